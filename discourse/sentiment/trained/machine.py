"""A fitted model as it is kept: weights of terms, and coded posts where the kernel is radial."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from discourse.sentiment.trained.fits import Duals
from discourse.sentiment.trained.posts import Posts
from discourse.sentiment.trained.space import SPREAD, Side, Space

Array = np.ndarray[Any, Any]
_ROWS = 2048  # posts that are judged at a time


@dataclass(frozen=True)
class Part:
    """What one side of a post adds to the decisions.

    ``weights`` has shape (n_features, n_models, n_classes), or (n_training, n_models, n_classes) where
    ``rows`` holds the embeddings of the training posts.
    """

    side: Side
    source: Any
    weights: Array
    rows: Array | None

    def decide(self, measured: Any) -> Array:
        """Add up over features: shape (n_posts, n_models, n_classes)."""
        flat = self.weights.reshape(len(self.weights), -1)
        if self.rows is None:
            added = np.asarray(measured @ flat)
        else:
            added = np.exp(2.0 * SPREAD * (measured @ self.rows.T - 1.0)) @ flat
        return added.reshape(measured.shape[0], *self.weights.shape[1:])


@dataclass(frozen=True)
class Machine:
    """All sides together; ``intercept`` has shape (n_models, n_classes)."""

    parts: list[Part]
    intercept: Array

    def decide(self, posts: Posts, models: Array) -> Array:
        """Decide on posts, each by its own model.

        Parameters
        ----------
        posts : Posts
            The posts.
        models : ndarray of int, shape (n,)
            Number of the model for each.

        Returns
        -------
        ndarray of float64, shape (n, n_classes)
            Decisions; the highest one wins.
        """
        found = np.zeros((len(posts), self.intercept.shape[1]))
        for start in range(0, len(posts), _ROWS):
            rows = range(start, min(start + _ROWS, len(posts)))
            found[rows.start : rows.stop] = self._decide(posts.take(rows), models[rows.start : rows.stop])
        return found

    def _decide(self, posts: Posts, models: Array) -> Array:
        each = np.arange(len(posts))
        total = self.intercept[models].astype(np.float64)
        for part in self.parts:
            total += part.decide(part.source.transform(posts))[each, models]
        return total


def machine_of(space: Space, fitted: list[Duals]) -> Machine:
    """Turn weights of training posts into weights of features where the kernel is linear."""
    duals = np.stack([one.weights for one in fitted], axis=1)
    flat = duals.reshape(len(duals), -1)
    parts = []
    for block in space.blocks_:
        weights = block.side.weight * (flat if block.radial else np.asarray(block.rows.T @ flat))
        shaped = weights.reshape(-1, *duals.shape[1:]).astype(np.float32)
        parts.append(Part(block.side, block.source, shaped, block.rows if block.radial else None))
    return Machine(parts, np.stack([one.intercept for one in fitted]))
