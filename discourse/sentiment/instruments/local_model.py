"""Any sequence classifier of Hugging Face, from a folder of this machine (extra ``transformers``)."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from discourse.errors import InputError, MissingExtra, ParameterError
from discourse.sentiment.instruments.presence import Presence, Shares, Span, naming
from discourse.sentiment.judgment import Judgment
from discourse.sentiment.target import Target

SETTINGS = "discourse.toml"
_VALUES = {
    **dict.fromkeys(("positive", "pos", "favor", "favour", "support", "支持", "正面", "积极"), 1.0),
    **dict.fromkeys(("negative", "neg", "against", "oppose", "反对", "负面", "消极"), -1.0),
    **dict.fromkeys(("neutral", "none", "neither", "中立", "中性"), 0.0),
}


class TransformersScorer:
    """Judge posts by a classifier that lies in a folder; nothing is ever downloaded.

    Parameters
    ----------
    target : str, pathlib.Path or Target
        What the sentiment is about.
    folder : str or pathlib.Path
        The model: ``config.json``, tokenizer files and ``*.safetensors``.
    neutral : float, optional
        Scores nearer to zero than this are neutral.
    replies : bool
        Whether a post that names nobody takes the target of the post it answers.
    labels : mapping of str to (str or float), optional
        What each label of the model means: ``"positive"``, ``"neutral"``, ``"negative"``, or a number in
        [-1, 1].  By default read from the names in ``config.json``, or from ``[labels]`` in a
        ``discourse.toml`` in the folder.
    pair : bool, optional
        Give the model the post and the target as a pair, if it was trained so; also ``pair = true`` in that
        file.
    batch_size : int
        Posts read at once.

    Raises
    ------
    InputError
        If the folder holds no such model, or its labels cannot be read.
    MissingExtra
        If transformers or torch is not installed.

    Notes
    -----
    Weights are read from safetensors only, and no code out of the folder is run.  The model tells the tone;
    whether a post speaks of the target at all is told by the lexicon scorer, and a post that does not is
    ``absent``.  A model without ``pair`` is blind to the target (Bestvater and Monroe 2023,
    doi:10.1017/pan.2022.10): check it on hand codes.
    """

    def __init__(
        self,
        target: str | Path | Target = "refugees",
        *,
        folder: str | Path | None = None,
        neutral: float | None = None,
        replies: bool = True,
        labels: Mapping[str, str | float] | None = None,
        pair: bool | None = None,
        batch_size: int = 32,
    ) -> None:
        self.folder = _model_folder(folder)
        settings = _settings(self.folder)
        self._presence = Presence(target, neutral, replies)
        self.target, self.neutral = self._presence.target, self._presence.neutral
        self.pair = bool(settings.get("pair", False)) if pair is None else pair
        self.batch_size = max(1, int(batch_size))
        self._tokenizer, self._model = _load(self.folder)
        names = self._model.config.id2label
        self._values = read_labels(names, labels or settings.get("labels"), str(self.folder))

    @property
    def instrument(self) -> str:
        """Folder, hash of configuration and weights, and what finds the mentions."""
        how = "pair" if self.pair else "text"
        return f"transformers {self.folder.name} {_digest(self.folder)} {how}; {self._presence.instrument}"

    def score(
        self,
        texts: Sequence[str],
        parents: Sequence[str | None] | None = None,
        spans: Sequence[Span | None] | None = None,
    ) -> list[Judgment]:
        """Judge posts, one judgment a post, in order.

        Parameters
        ----------
        texts : sequence of str
            The posts.
        parents : sequence of str or None, optional
            The post that each one answers.
        spans : sequence of (int, int), optional
            Where the target stands in each post, if known.

        Returns
        -------
        list of Judgment
            One a post.
        """

        def tell(rows: list[int]) -> list[Shares]:
            posts = [sendable(texts[row]) for row in rows]
            names = [naming(self.target, texts[row], spans[row] if spans else None) for row in rows]
            return self._tell(posts, [sendable(name) for name in names])

        return self._presence.judge(texts, parents, spans, tell, self.folder.name)

    def _tell(self, posts: list[str], names: list[str]) -> list[Shares]:
        """Read posts of like length together, so that little is padded."""
        order = sorted(range(len(posts)), key=lambda row: (len(posts[row]), row))
        told: dict[int, Shares] = {}
        for start in range(0, len(order), self.batch_size):
            rows = order[start : start + self.batch_size]
            second = [names[row] for row in rows] if self.pair else None
            probabilities = _probabilities(self._tokenizer, self._model, [posts[row] for row in rows], second)
            told |= {row: as_shares(p, self._values) for row, p in zip(rows, probabilities, strict=True)}
        return [told[row] for row in range(len(posts))]


def sendable(text: str) -> str:
    r"""Replace what no encoder takes (lone surrogates, NUL).

    Examples
    --------
    >>> sendable("a\ud800b") == "a\ufffdb"
    True
    """
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "\ufffd")


def as_shares(probabilities: Sequence[float], values: Sequence[float]) -> Shares:
    """Sum the probabilities of labels into shares of positive, neutral and negative.

    Examples
    --------
    >>> as_shares([0.5, 0.25, 0.25], [1.0, 0.5, -1.0])
    (0.625, 0.125, 0.25)
    """
    pairs = list(zip(probabilities, values, strict=True))
    positive = sum(p * v for p, v in pairs if v > 0)
    negative = sum(-p * v for p, v in pairs if v < 0)
    return (float(positive), float(max(0.0, 1.0 - positive - negative)), float(negative))


def read_labels(
    names: Mapping[int, str], meanings: Mapping[str, str | float] | None, where: str
) -> list[float]:
    """Say what each label of a model is worth.

    Parameters
    ----------
    names : mapping of int to str
        The labels of the model, by number.
    meanings : mapping, optional
        Label to positive, neutral, negative or a number in [-1, 1].
    where : str
        The folder, for the message.

    Returns
    -------
    list of float
        One value in [-1, 1] a label, in the order of their numbers.

    Raises
    ------
    InputError
        If a label has no meaning that can be read.

    Examples
    --------
    >>> read_labels({0: "NEGATIVE", 1: "neutral", 2: "Favor"}, None, "model")
    [-1.0, 0.0, 1.0]
    """
    values = []
    for number in sorted(names, key=int):
        name = str(names[number])
        meaning = (meanings or {}).get(name, name if meanings is None else None)
        value = _VALUES.get(str(meaning).strip().lower())
        if value is None and isinstance(meaning, (int, float)) and -1 <= meaning <= 1:
            value = float(meaning)
        if value is None:
            raise InputError(
                f"what the label {name!r} of the model means is not known",
                where=where,
                expected="positive, neutral, negative, or a number from -1 to 1",
                hint=f"write {SETTINGS} in the folder: [labels], then {name} = 'positive' and so on",
            )
        values.append(value)
    if max(values, default=0) <= 0 or min(values, default=0) >= 0:
        raise InputError("the model has no label on one of the two sides", where=where)
    return values


def _model_folder(folder: str | Path | None) -> Path:
    path = None if folder is None else Path(folder).expanduser()
    if path is None or not path.is_dir():
        raise InputError(
            f"{str(folder)!r} is not a folder" if folder else "a model needs a folder",
            expected="the path of a folder on this machine: models are never downloaded",
            hint='save the model with save_pretrained and name its folder: "transformers:models/mine"',
        )
    if not (path / "config.json").is_file() or not list(path.glob("*.safetensors")):
        raise InputError(
            "the folder holds no model",
            where=str(path),
            expected="config.json, the files of a tokenizer, weights as *.safetensors (a .bin can run)",
        )
    return path.resolve()


def _settings(folder: Path) -> dict[str, Any]:
    path = folder / SETTINGS
    if not path.is_file():
        return {}
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"not a valid TOML file: {error}", where=str(path)) from error
    unknown = sorted(set(settings) - {"labels", "pair"})
    if unknown:
        raise ParameterError(f"unknown key {unknown[0]!r}", where=str(path), expected="labels, pair")
    return settings


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted([folder / "config.json", *folder.glob("*.safetensors"), *folder.glob("tokenizer*")]):
        with path.open("rb") as handle:
            digest.update(hashlib.file_digest(handle, "sha256").digest())
    return digest.hexdigest()[:8]


def _load(folder: Path) -> tuple[Any, Any]:
    try:
        transformers = import_module("transformers")
    except ImportError as error:
        raise MissingExtra(
            "a local model needs the packages transformers and torch",
            hint='install them: pip install "discourse[transformers]"',
        ) from error
    options: dict[str, Any] = {"local_files_only": True, "trust_remote_code": False}
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(str(folder), **options)
        model = transformers.AutoModelForSequenceClassification.from_pretrained(
            str(folder), use_safetensors=True, **options
        )
    except ImportError as error:
        raise MissingExtra(
            f"the model needs a package that is missing: {error}",
            hint='install it: pip install "discourse[transformers]"',
        ) from error
    except (OSError, ValueError, KeyError) as error:
        raise InputError(f"the model cannot be read: {error}", where=str(folder)) from error
    model.eval()
    return tokenizer, model


def _probabilities(
    tokenizer: Any, model: Any, posts: list[str], second: list[str] | None
) -> list[list[float]]:
    torch = import_module("torch")

    longest = min(int(getattr(tokenizer, "model_max_length", 512) or 512), 512)
    encoded = tokenizer(
        posts,
        second,
        padding=True,
        truncation="only_first" if second else True,
        max_length=longest,
        return_tensors="pt",
    )
    with torch.inference_mode():
        logits = model(**encoded).logits
    shares: list[list[float]] = torch.softmax(logits.double(), dim=-1).tolist()
    return shares
