"""How well labels agree with hand codes: by label, language and target."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from sklearn.metrics import precision_recall_fscore_support

from discourse.sentiment.trained.posts import Posts
from discourse.text.language import detect_languages

Array = np.ndarray[Any, Any]
ALL = "all"
COLUMNS = ("lang", "target", "label", "precision", "recall", "f1", "n", "n_predicted")


def report(posts: Posts, labels: Array, predicted: Array) -> pd.DataFrame:
    """Compare labels with hand codes.

    Parameters
    ----------
    posts : Posts
        The posts.
    labels : ndarray of str, shape (n,)
        Hand codes.
    predicted : ndarray of str, shape (n,)
        What the model gave.

    Returns
    -------
    DataFrame
        lang (all | zh | en | mixed | other | none), target (all or its name), label (a label, ``macro``: mean
        over labels, or ``accuracy``), precision, recall, f1 (in [0, 1]; NaN where the label neither occurs
        nor is predicted), n: posts coded so, n_predicted: posts predicted so.  One averaged figure hides
        classes that are never right: read the rows of single labels.

    Notes
    -----
    F1 is the harmonic mean of precision and recall (van Rijsbergen 1979); ``macro`` is the plain mean over
    the labels that occur.

    Examples
    --------
    >>> posts = Posts(["a", "b"], ["", ""], ["", ""], [None, None])
    >>> frame = report(posts, np.array(["x", "y"]), np.array(["x", "x"]))
    >>> frame.query("label == 'macro' and lang == 'all'")["f1"].round(3).tolist()
    [0.333]
    """
    langs = np.array([_short(lang) for lang in detect_languages(posts.texts)])
    targets = np.asarray(posts.targets)
    rows: list[dict[str, Any]] = []
    for lang in [ALL, *sorted(set(langs.tolist()))]:
        for target in [ALL, *sorted(set(posts.targets))]:
            kept = ((langs == lang) | (lang == ALL)) & ((targets == target) | (target == ALL))
            alone = lang != ALL and target != ALL
            if kept.any() and not alone and not (target != ALL and len(set(posts.targets)) == 1):
                rows += _rows(labels[kept], predicted[kept], lang, target)
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _short(lang: str) -> str:
    return "zh" if lang.startswith("zh") else lang


def _rows(labels: Array, predicted: Array, lang: str, target: str) -> list[dict[str, Any]]:
    names = np.unique(np.concatenate([labels, predicted]))
    figures = precision_recall_fscore_support(labels, predicted, labels=names, zero_division=0)
    place = {"lang": lang, "target": target}
    rows: list[dict[str, Any]] = []
    for name, precision, recall, f1, count in zip(names, *figures, strict=True):
        measured = {"precision": precision, "recall": recall, "f1": f1, "n": int(count)}
        found = int((predicted == name).sum())
        rows.append({**place, "label": str(name), **measured, "n_predicted": found})
    coded = [row for row in rows if row["n"]]
    means = {key: float(np.mean([row[key] for row in coded])) for key in ("precision", "recall", "f1")}
    total = {"n": len(labels), "n_predicted": len(labels)}
    right = float((labels == predicted).mean())
    accuracy = {"precision": right, "recall": right, "f1": right}
    return [
        *rows,
        {**place, "label": "macro", **means, **total},
        {**place, "label": "accuracy", **accuracy, **total},
    ]
