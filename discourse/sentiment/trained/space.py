"""How alike two posts are: a sum of kernels over the sides from which they are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from discourse.sentiment.trained.embeddings import Meaning
from discourse.sentiment.trained.posts import Posts
from discourse.sentiment.trained.terms import TermWeights
from discourse.sentiment.trained.tone import Tone

Array = np.ndarray[Any, Any]
SPREAD = 1.0  # of the radial kernel, on embeddings of length one
_ROWS = 512  # rows of a kernel that are computed at a time


class Side(NamedTuple):
    """One side of posts: what measures it, its share in the sum, how often a term must stand, the encoder."""

    view: str
    kind: str
    weight: float
    fewest: int = 1
    encoder: str = ""


@dataclass
class Block:
    """One side as it was measured on the training posts."""

    side: Side
    source: Any
    rows: Any = field(repr=False)

    @property
    def radial(self) -> bool:
        """Whether the kernel is radial rather than linear."""
        return self.side.kind == "meaning"

    def length(self, count: int) -> float:
        """Give the mean kernel of the training posts with themselves."""
        if self.radial:
            return 1.0
        squares = self.rows.multiply(self.rows) if hasattr(self.rows, "multiply") else self.rows**2
        return float(squares.sum()) / max(1, count)

    def kernel(self, other: Any, into: Array) -> None:
        """Add the weighted kernel between other rows and the training rows to an array."""
        for start in range(0, other.shape[0], _ROWS):
            piece = other[start : start + _ROWS] @ self.rows.T
            near: Array = piece.toarray() if hasattr(piece, "toarray") else np.asarray(piece)
            if self.radial:
                near = np.exp(2.0 * SPREAD * (near - 1.0))
            into[start : start + _ROWS] += np.asarray(self.side.weight * near, dtype=into.dtype)


def source_of(side: Side) -> Any:
    """Make what measures a side."""
    if side.kind == "terms":
        return TermWeights(side.view, side.fewest)
    return Meaning(side.view, side.encoder) if side.kind == "meaning" else Tone()


class Space:
    """Posts as points, by the sides that were chosen.

    Parameters
    ----------
    sides : list of Side
        What to measure.
    """

    def __init__(self, sides: list[Side]) -> None:
        self.sides = sides

    def fit(self, posts: Posts) -> Space:
        """Measure the training posts; sides that say nothing about them are left out."""
        self.blocks_: list[Block] = []
        for side in self.sides:
            source = source_of(side)
            rows = source.fit(posts)
            if rows is not None:
                self.blocks_.append(Block(side, source, rows))
        self._level(len(posts))
        return self

    def _level(self, count: int) -> None:
        """Scale all weights so that a post is as long as 1 on average: strengths mean the same everywhere."""
        total = sum(block.side.weight * block.length(count) for block in self.blocks_)
        for block in self.blocks_:
            block.side = block.side._replace(weight=block.side.weight / max(total, 1e-9))

    def gram(self) -> Array:
        """Give the kernel of the training posts with each other, shape (n, n)."""
        count = self.blocks_[0].rows.shape[0] if self.blocks_ else 0
        kernel = np.zeros((count, count), dtype=np.float32)
        for block in self.blocks_:
            block.kernel(block.rows, kernel)
        return kernel

    def measure(self, posts: Posts) -> Iterator[tuple[Block, Any]]:
        """Measure other posts, side by side."""
        for block in self.blocks_:
            yield block, block.source.transform(posts)
