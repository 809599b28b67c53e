"""Frames learned from hand codes: one linear model a frame over words and characters."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from discourse.errors import InputError, ParameterError
from discourse.sentiment.frames import FrameCode
from discourse.sentiment.phrases import fold
from discourse.text.tokens import tokenize

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

QUALITY = "quality.csv"
"""File beside a saved model: how it did on posts that it had not seen."""
LEAST = 5
"""Posts with and without a frame that are needed to learn it."""
_FORMAT = 1


def features(texts: Sequence[str]) -> list[list[str]]:
    """Cut texts into what the classifier counts: words, pairs of words, and 2 to 3 characters of Chinese.

    Examples
    --------
    >>> features(["猫税 paid"])[0]
    ['w:猫税', 'w:paid', 'w:猫税 paid', 'c:猫税']
    """
    rows = []
    for words, kinds in _tokens([fold(text) for text in texts]):
        row = [f"w:{word}" for word in words]
        row += [f"w:{a} {b}" for a, b in pairwise(words)]
        han = "".join(w if kind == "zh" else " " for w, kind in zip(words, kinds, strict=True))
        row += [f"c:{g}" for n in (2, 3) for i in range(len(han) - n + 1) if " " not in (g := han[i : i + n])]
        rows.append(row)
    return rows


def _tokens(texts: list[str]) -> list[tuple[list[str], list[str]]]:
    tokens = tokenize(texts, lower=True)
    kept = []
    for words, kinds in zip(tokens.words, tokens.kinds, strict=True):
        pairs = [(w, k) for w, k in zip(words, kinds, strict=True) if k not in ("punct", "url", "mention")]
        kept.append(([w for w, _ in pairs], [k for _, k in pairs]))
    return kept


class FrameClassifier:
    """Learn frames, or emotions, from posts that people coded; a post may hold several.

    Parameters
    ----------
    C : float, default 1.0
        Inverse strength of the penalty.
    random_state : int, default 0
        Seed.

    Attributes
    ----------
    frames_ : list of str
        The frames that were learned.
    n_coded_ : dict of str to int
        Coded posts behind each.

    Notes
    -----
    TF-IDF of words, word pairs and Chinese characters; one logistic regression a frame, classes weighted by
    their frequency (scikit-learn, liblinear); a post holds a frame from probability .5 on.  Posts that nobody
    coded for a frame are left out of that frame.

    Examples
    --------
    >>> posts = ["boycott meta", "boycott now", "we boycott", "boycott it", "boycott them",
    ...          "cat tax", "my cat", "cats here", "cute cat", "cat photo"]
    >>> codes = pd.DataFrame({"protest": [1] * 5 + [0] * 5})
    >>> FrameClassifier().fit(posts, codes).predict(["boycott"])["protest"].tolist()
    [True]
    """

    def __init__(self, *, C: float = 1.0, random_state: int = 0) -> None:
        self.C = C
        self.random_state = random_state

    def fit(self, texts: Sequence[str], codes: pd.DataFrame) -> FrameClassifier:
        """Learn the frames.

        Parameters
        ----------
        texts : sequence of str
            The coded posts.
        codes : DataFrame
            One row a post and one column a frame: 0, 1, or NA where nobody coded.

        Returns
        -------
        FrameClassifier
            Itself.

        Raises
        ------
        ParameterError
            If there are not as many rows as posts, or a frame has fewer than 5 posts with or without it.
        """
        from sklearn.feature_extraction.text import TfidfVectorizer

        values = _table(codes, len(texts))
        vectorizer = TfidfVectorizer(analyzer=_as_is, sublinear_tf=True, dtype=np.float64)
        matrix = vectorizer.fit_transform(features(texts))
        vocabulary = vectorizer.vocabulary_
        self.vocabulary_: list[str] = sorted(vocabulary, key=vocabulary.__getitem__)
        self.idf_ = np.asarray(vectorizer.idf_, dtype=np.float64)
        self.frames_ = [str(name) for name in codes.columns]
        self.n_coded_ = {name: int((~np.isnan(values[:, i])).sum()) for i, name in enumerate(self.frames_)}
        learned = [self._learn(matrix, values[:, i], name) for i, name in enumerate(self.frames_)]
        self.coef_ = np.vstack([weights for weights, _ in learned])
        self.intercept_ = np.array([bias for _, bias in learned])
        return self

    def _learn(self, matrix: Any, column: Any, name: str) -> tuple[Any, float]:
        from sklearn.linear_model import LogisticRegression

        coded = np.flatnonzero(~np.isnan(column))
        yes = int(column[coded].sum())
        if min(yes, len(coded) - yes) < LEAST:
            raise ParameterError(
                f"the frame {name!r} has {yes} posts with it and {len(coded) - yes} without",
                expected=f"at least {LEAST} of each",
                hint="code more posts, or use a lexicon for this frame",
            )
        model = LogisticRegression(
            C=self.C, class_weight="balanced", solver="liblinear", random_state=self.random_state
        )
        model.fit(matrix[coded], column[coded].astype(int))
        return model.coef_[0], float(model.intercept_[0])

    def predict_proba(self, texts: Sequence[str]) -> pd.DataFrame:
        """Give the probability of each frame.

        Parameters
        ----------
        texts : sequence of str
            Posts.

        Returns
        -------
        DataFrame
            One row a post and one column a frame, in [0, 1].
        """
        logits = self._matrix(texts) @ self.coef_.T + self.intercept_
        return pd.DataFrame(1 / (1 + np.exp(-np.clip(logits, -500, 500))), columns=self.frames_)

    def predict(self, texts: Sequence[str]) -> pd.DataFrame:
        """Say which frames each post holds.

        Parameters
        ----------
        texts : sequence of str
            Posts.

        Returns
        -------
        DataFrame of bool
            One row a post and one column a frame.
        """
        return self.predict_proba(texts) >= 0.5

    def cross_predict(self, texts: Sequence[str], codes: pd.DataFrame, *, folds: int = 5) -> pd.DataFrame:
        """Predict each coded post by a model that has not seen it, for an honest check.

        Parameters
        ----------
        texts : sequence of str
            The coded posts, in the order of collection.
        codes : DataFrame
            As in :meth:`fit`.
        folds : int, default 5
            Contiguous blocks: posts that stand together, such as those of one thread, stay together, where
            random folds flatter.

        Returns
        -------
        DataFrame of bool
            One row a post, for :func:`discourse.sentiment.frame_quality.frame_quality`.
        """
        posts = list(texts)
        parts = []
        for block in np.array_split(np.arange(len(posts)), folds):
            rest = np.setdiff1d(np.arange(len(posts)), block)
            model = FrameClassifier(C=self.C, random_state=self.random_state)
            model.fit([posts[i] for i in rest], codes.iloc[rest])
            parts.append(model.predict([posts[i] for i in block]))
        return pd.concat(parts, ignore_index=True)

    def frame(self, name: str) -> TrainedFrame:
        """Give one frame, for ``code_frames``.

        Parameters
        ----------
        name : str
            One of ``frames_``.

        Returns
        -------
        TrainedFrame
            The frame.

        Raises
        ------
        ParameterError
            If it was not learned.
        """
        if name not in self.frames_:
            raise ParameterError(f"the frame {name!r} was not learned", expected=", ".join(self.frames_))
        return TrainedFrame(name, self)

    def _matrix(self, texts: Sequence[str]) -> csr_matrix:
        from sklearn.feature_extraction.text import CountVectorizer
        from sklearn.preprocessing import normalize

        counter = CountVectorizer(analyzer=_as_is, vocabulary=self.vocabulary_, dtype=np.float64)
        counts = counter.transform(features(texts))
        counts.data = 1 + np.log(counts.data)
        matrix: csr_matrix = normalize(counts.multiply(self.idf_).tocsr())
        return matrix

    @property
    def digest(self) -> str:
        """Eight digits of a hash of what was learned."""
        digest = hashlib.sha256("\n".join(self.vocabulary_).encode("utf-8", "surrogatepass"))
        for array in (self.idf_, self.coef_, self.intercept_):
            digest.update(np.ascontiguousarray(array).tobytes())
        return digest.hexdigest()[:8]

    def save(self, folder: str | Path, quality: pd.DataFrame | None = None) -> None:
        """Write the model as JSON and arrays; nothing in it can run.

        Parameters
        ----------
        folder : str or pathlib.Path
            Made if it is not there.
        quality : DataFrame, optional
            How the frames did on posts that the model had not seen: ``frame_quality`` of what
            :meth:`cross_predict` gave.  The report of a study that codes by the model prints it.
        """
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        card = {
            "format": _FORMAT,
            "C": self.C,
            "random_state": self.random_state,
            "frames": self.frames_,
            "n_coded": self.n_coded_,
            "digest": self.digest,
            "vocabulary": self.vocabulary_,
        }
        (folder / "frames.json").write_bytes(json.dumps(card, indent=1).encode() + b"\n")
        np.savez(folder / "frames.npz", idf=self.idf_, coef=self.coef_, intercept=self.intercept_)
        (folder / QUALITY).unlink(missing_ok=True)  # that of a model that stood here before
        if quality is not None:
            text = quality.to_csv(index=False, lineterminator="\n", float_format="%.6g")
            (folder / QUALITY).write_bytes(text.encode("utf-8", "surrogatepass"))

    @classmethod
    def load(cls, folder: str | Path) -> FrameClassifier:
        """Read a model that :meth:`save` wrote.

        Parameters
        ----------
        folder : str or pathlib.Path
            The folder.

        Returns
        -------
        FrameClassifier
            The model.

        Raises
        ------
        InputError
            If the folder holds no such model, or it was changed.
        """
        try:
            card = json.loads((Path(folder) / "frames.json").read_text(encoding="utf-8"))
            with np.load(Path(folder) / "frames.npz", allow_pickle=False) as arrays:
                idf, coef, intercept = arrays["idf"], arrays["coef"], arrays["intercept"]
            model = cls(C=card["C"], random_state=card["random_state"])
            model.frames_, model.n_coded_ = card["frames"], card["n_coded"]
            model.vocabulary_, model.idf_ = card["vocabulary"], idf
            model.coef_, model.intercept_ = coef, intercept
        except (OSError, KeyError, ValueError, TypeError) as error:
            raise InputError(
                f"the trained frames cannot be read: {error}",
                where=str(folder),
                expected="a folder with frames.json and frames.npz, as FrameClassifier.save writes it",
            ) from error
        if model.digest != card.get("digest"):
            raise InputError("the trained frames were changed after they were saved", where=str(folder))
        return model


def _as_is(row: list[str]) -> list[str]:
    return row


def _table(codes: pd.DataFrame, n: int) -> Any:
    if len(codes) != n:
        raise ParameterError(f"{len(codes)} rows of codes for {n} texts", expected="one row a text")
    plain = codes.astype("object").map(lambda value: np.nan if pd.isna(value) else float(value))
    values = plain.to_numpy(dtype=np.float64)
    if not np.isin(values[~np.isnan(values)], (0.0, 1.0)).all():
        raise ParameterError("a code is neither 0 nor 1", expected="0, 1, or NA where not coded")
    return values


@dataclass(frozen=True)
class TrainedFrame:
    """One frame of a trained classifier, as ``code_frames`` takes it."""

    name: str
    classifier: FrameClassifier = field(repr=False)

    @property
    def method(self) -> str:
        """Return ``trained`` and eight digits of a hash of the model."""
        return f"trained {self.classifier.digest}"

    def code(self, texts: Sequence[str | None]) -> list[FrameCode]:
        """Code the texts.

        Parameters
        ----------
        texts : sequence of str or None
            The texts; None has no code.

        Returns
        -------
        list of FrameCode
            One a text, in order, with its probability.
        """
        shares = self.classifier.predict_proba([text or "" for text in texts])[self.name]
        return [
            FrameCode(None) if text is None else FrameCode(bool(share >= 0.5), probability=float(share))
            for text, share in zip(texts, shares, strict=True)
        ]
