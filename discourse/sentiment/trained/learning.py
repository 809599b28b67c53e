"""How much is gained by coding more posts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from sklearn.base import clone

from discourse.errors import ParameterError
from discourse.sentiment.trained.choose import blocks, quality
from discourse.sentiment.trained.classifier import StanceClassifier
from discourse.sentiment.trained.posts import FEWEST, Posts, check_labels, gather

Array = np.ndarray[Any, Any]
SIZES = (50, 100, 200, 300, 450, 600)
LEAST_GAIN = 0.01  # of macro-F1: less is not worth an evening of coding
COLUMNS = ("n_training", "draw", "macro_f1", "accuracy", "n_test")


def learning_curve(
    model: StanceClassifier,
    texts: Any,
    labels: Any,
    targets: Any = None,
    parents: Any = None,
    *,
    sizes: Sequence[int] = SIZES,
    draws: int = 3,
    test_share: float = 0.25,
) -> pd.DataFrame:
    """Train on more and more of the coded posts and test on the last block of each target.

    Parameters
    ----------
    model : StanceClassifier
        Its parameters are taken; it is not changed.
    texts, labels, targets, parents
        As for :meth:`StanceClassifier.fit`.
    sizes : sequence of int
        Numbers of training posts; those above what there is are left out, and all there is comes last.
    draws : int
        Random draws of each size; all posts are drawn once.
    test_share : float
        Share of the posts of each target, the last ones of the file, that is tested on.

    Returns
    -------
    DataFrame
        One row a size and draw: n_training, draw, macro_f1 and accuracy in [0, 1], n_test.  Where the curve
        is still rising at its end, code more.

    Raises
    ------
    ParameterError
        If no size can be trained.

    Notes
    -----
    Each draw holds at least five posts of each label.  A difference between two sizes that is smaller than
    that between draws is noise.

    Examples
    --------
    >>> texts = ["what lovely people", "so kind", "rude and loud", "loud guests"] * 10
    >>> labels = ["pos", "pos", "neg", "neg"] * 10
    >>> curve = learning_curve(StanceClassifier(embeddings=False), texts, labels, sizes=(20,), draws=1)
    >>> curve[["n_training", "macro_f1"]].values.tolist()
    [[20.0, 1.0], [30.0, 1.0]]
    """
    posts = gather(texts, targets, parents)
    coded = check_labels(labels, len(posts))
    if not 0.0 < test_share < 1.0 or draws < 1:
        raise ParameterError(
            f"test_share is {test_share!r}, draws {draws!r}", expected="0 < share < 1, draws >= 1"
        )
    parts = max(2, round(1 / test_share))
    last = blocks(np.asarray(posts.targets), parts) == parts - 1
    train, test = np.flatnonzero(~last), np.flatnonzero(last)
    rng = np.random.default_rng(model.random_state)
    rows = []
    for size in [*sorted(size for size in set(sizes) if size < len(train)), len(train)]:
        for draw in range(draws if size < len(train) else 1):
            chosen = _draw(train, coded, size, rng)
            if chosen is not None:
                rows.append((size, draw, *_tested(model, posts, coded, chosen, test), len(test)))
    if not rows:
        raise ParameterError(
            "too few coded posts for a learning curve", expected="five of each label or more"
        )
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _draw(train: Array, labels: Array, size: int, rng: np.random.Generator) -> Array | None:
    """Draw posts, first a few of each label; None where that is not possible."""
    order = rng.permutation(train)
    first = [order[labels[order] == name][:FEWEST] for name in np.unique(labels)]
    if any(len(rows) < FEWEST for rows in first):
        return None
    sure = np.concatenate(first)
    if len(sure) > size:
        return None
    others = order[~np.isin(order, sure)]
    return np.sort(np.concatenate([sure, others[: size - len(sure)]]))


def _tested(
    model: StanceClassifier, posts: Posts, labels: Array, train: Array, test: Array
) -> tuple[float, float]:
    seen, new = posts.take(train.tolist()), posts.take(test.tolist())
    fitted = clone(model).fit(seen.texts, labels[train].tolist(), seen.targets, seen.parents, seen.spans)
    likely = fitted.predict_proba(new.texts, new.targets, new.parents, new.spans)
    right = fitted.classes_[likely.argmax(axis=1)] == labels[test]
    return quality(labels[test], likely, fitted.classes_), float(right.mean())


def still_rising(curve: pd.DataFrame) -> bool:
    """Say whether more codes would help: all posts beat the best draw of the size before by a point.

    Parameters
    ----------
    curve : DataFrame
        As :func:`learning_curve` gives it.

    Returns
    -------
    bool
        False with a single size.

    Examples
    --------
    >>> sizes = {"n_training": [50, 50, 100], "draw": [0, 1, 0], "macro_f1": [0.5, 0.6, 0.7]}
    >>> still_rising(pd.DataFrame(sizes))
    True
    """
    found = curve.groupby("n_training")["macro_f1"].agg(["mean", "max"])
    return len(found) > 1 and bool(found["mean"].iloc[-1] > found["max"].iloc[-2] + LEAST_GAIN)
