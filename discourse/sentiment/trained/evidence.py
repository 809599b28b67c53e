"""The words behind a judgment of a trained model."""

from __future__ import annotations

from typing import Any

import numpy as np

from discourse.sentiment.trained.classifier import StanceClassifier
from discourse.sentiment.trained.committee import model_of
from discourse.sentiment.trained.machine import Part
from discourse.sentiment.trained.posts import Posts
from discourse.sentiment.trained.views import MASK

Array = np.ndarray[Any, Any]
SHOWN = 3  # terms a post


def evidence(model: StanceClassifier, posts: Posts, labels: Array) -> list[str]:
    """Name the words that spoke most for the label of each post.

    Parameters
    ----------
    model : StanceClassifier
        A fitted model.
    posts : Posts
        The posts.
    labels : ndarray of int, shape (n,)
        Number of the label of each.

    Returns
    -------
    list of str
        Up to three words or pairs of words with what they added to the decision for the label over the mean
        of the others; the model also weighs characters and meaning, which are not shown.
    """
    part = next((part for part in model.machine_.parts if part.side.view == "words"), None)
    if part is None:
        return ["no word that was known"] * len(posts)
    own = model.own_targets_
    models = np.zeros(len(posts), dtype=np.intp) if len(own) == 1 else model_of(posts.targets, own)
    return _lines(part, posts, models, labels)


def _lines(part: Part, posts: Posts, models: Array, labels: Array) -> list[str]:
    names = part.source.names_
    measured = part.source.transform(posts)
    lines = []
    for row in range(len(posts)):
        own = measured[row]
        added = own.data * _margin(part.weights[own.indices, models[row]], int(labels[row]))
        terms = [names[column] for column in own.indices]
        ranked = sorted(zip(terms, added.tolist(), strict=True), key=lambda pair: (-pair[1], pair[0]))
        shown = [f"{term} {value:+.2f}" for term, value in ranked if value > 0.005 and term != MASK]
        lines.append("; ".join(shown[:SHOWN]) or "no word that was known")
    return lines


def _margin(weights: Array, label: int) -> Array:
    """Weights for a label over the mean of the others: shape (n_terms, n_classes) in, (n_terms,) out."""
    others = (weights.sum(axis=1) - weights[:, label]) / max(1, weights.shape[1] - 1)
    return np.asarray(weights[:, label] - others)
