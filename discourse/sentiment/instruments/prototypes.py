"""A scorer without training: whether a post is nearer to praise of the target or to blame of it."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from discourse.sentiment.instruments.embeddings import Embedder, SentenceEncoder
from discourse.sentiment.instruments.presence import Presence, Shares, Span, naming
from discourse.sentiment.judgment import Judgment
from discourse.sentiment.target import Target

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_FILE = Path(__file__).resolve().parent / "prototypes.toml"
_SIDES = ("positive", "neutral", "negative")
NEAREST = 4
"""Prototypes of each side that count: the nearest ones."""
SHARPNESS = 25.0
"""How fast a difference of cosines becomes a certainty; chosen on posts of our own (promises/dev.tsv)."""


class _Sides(NamedTuple):
    centre: npt.NDArray[np.float32]
    sides: tuple[npt.NDArray[np.float32], ...]


class EmbeddingsScorer:
    """Judge posts by their likeness to sentences that praise or blame the target.

    Parameters
    ----------
    target : str, pathlib.Path or Target
        What the sentiment is about.
    neutral : float, optional
        Scores nearer to zero than this are neutral.
    replies : bool
        Whether a post that names nobody takes the target of the post it answers.
    embedder : Embedder, optional
        What embeds; by default :class:`discourse.sentiment.instruments.embeddings.SentenceEncoder`.

    Raises
    ------
    MissingExtra
        If the extra ``embeddings`` is not installed.
    InputError
        If its model files are not the pinned ones.

    Notes
    -----
    Sentences of ours in both languages (``prototypes.toml``), with the first name of the target
    put in; those of the post's language are used, all vectors centred on their mean; each side is
    as near as its four nearest sentences on average, and the shares are a softmax of that.
    Classes told by likeness to their descriptions: Chang, Ratinov, Roth and Srikumar 2008, *AAAI*.  Negation
    is where embeddings are weak; the lexicon scorer is the better instrument without training,
    this one a second opinion.
    """

    def __init__(
        self,
        target: str | Path | Target = "refugees",
        *,
        neutral: float | None = None,
        replies: bool = True,
        embedder: Embedder | None = None,
    ) -> None:
        self._embedder = SentenceEncoder() if embedder is None else embedder
        self._presence = Presence(target, neutral, replies)
        self.target, self.neutral = self._presence.target, self._presence.neutral

    @property
    def instrument(self) -> str:
        """The encoder, a hash of the prototypes, and what finds the mentions."""
        digest = hashlib.sha256(_FILE.read_bytes()).hexdigest()[:8]
        return f"embeddings {self._embedder.instrument} prototypes {digest}; {self._presence.instrument}"

    @cached_property
    def _prototypes(self) -> dict[str, _Sides]:
        """One set of vectors a language, with the first name of the target put in."""
        import numpy as np

        data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
        built: dict[str, _Sides] = {}
        for language in ("en", "zh"):
            name = naming(self.target, "" if language == "en" else "名", None)
            raw = [
                self._embedder.embed(
                    [s.replace("{}", name) for s in data[side] if s.isascii() == (language == "en")]
                )
                for side in _SIDES
            ]
            centre = np.mean(np.vstack(raw), axis=0)
            built[language] = _Sides(centre, tuple(_centred(vectors, centre) for vectors in raw))
        return built

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
        return self._presence.judge(
            texts, parents, spans, lambda rows: self._tell([texts[row] for row in rows]), "embeddings"
        )

    def _tell(self, posts: list[str]) -> list[Shares]:
        vectors = self._embedder.embed(posts)
        return [self._shares(vector, text) for vector, text in zip(vectors, posts, strict=True)]

    def _shares(self, vector: npt.NDArray[np.float32], text: str) -> Shares:
        import numpy as np

        if not vector.any():
            return (0.0, 1.0, 0.0)
        prototypes = self._prototypes["en" if _mostly_latin(text) else "zh"]
        centred = _centred(vector[None, :], prototypes.centre)[0]
        near = [float(np.sort(side @ centred)[-NEAREST:].mean()) for side in prototypes.sides]
        weights = np.exp(SHARPNESS * (np.array(near) - max(near)))
        positive, neutral, negative = (float(value) for value in weights / weights.sum())
        return (positive, neutral, negative)


def _centred(vectors: npt.NDArray[np.float32], centre: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    import numpy as np

    moved = vectors - centre
    length = np.linalg.norm(moved, axis=1, keepdims=True)
    return np.asarray(moved / np.where(length > 0, length, 1.0), dtype=np.float32)


def _mostly_latin(text: str) -> bool:
    han = sum("\u4e00" <= c <= "\u9fff" for c in text)
    return 4 * han < sum(c.isascii() and c.isalpha() for c in text)
