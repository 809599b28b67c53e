"""Labels that people give to topics: a sheet to fill in, and back."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

from discourse.errors import InputError
from discourse.topics.model import TopicModel

_COLUMNS = ("topic", "words", "suggested", "exemplar_ids", "label")
#: A label stays with a topic that shares so many of its words, whatever its number has become.
LEAST_OVERLAP = 0.5
_N_WORDS = 10
# Engines give words that a topic never uses a weight next to nothing.
_UNUSED = 1e-6


def label_sheet(
    model: TopicModel,
    post_ids: Sequence[str] | pd.Series | None = None,
    authors: Sequence[Any] | pd.Series | None = None,
) -> pd.DataFrame:
    """Make a sheet in which people name the topics.

    Parameters
    ----------
    model : TopicModel
        The fitted model.
    post_ids, authors : sequence, optional
        Of each post; with ids exemplars by different authors are named.

    Returns
    -------
    DataFrame
        One row a topic: ``topic``, ``words`` (its top ten a language, joined by spaces), ``suggested``,
        ``exemplar_ids``, and ``label``, to be filled in.

    Examples
    --------
    >>> from discourse.topics.fit import fit_topics
    >>> label_sheet(fit_topics(["cats purr", "courts ban apps"] * 3, 2))["label"].tolist()
    ['', '']
    """
    found = [""] * model.n_topics
    if post_ids is not None:
        ids = list(post_ids)
        shown = model.exemplars(authors=authors)
        for topic, doc in zip(shown["topic"].tolist(), shown["doc"].tolist(), strict=True):
            found[topic] = f"{found[topic]} {ids[doc]}".strip()
    return pd.DataFrame(
        {
            "topic": range(model.n_topics),
            "words": [" ".join(words) for words in _top(model)],
            "suggested": model.suggested_labels(),
            "exemplar_ids": found,
            "label": [model.named.get(topic, "") for topic in range(model.n_topics)],
        }
    )


def read_labels(path: str | Path) -> pd.DataFrame:
    """Read a sheet of labels.

    Parameters
    ----------
    path : str or Path
        The CSV or workbook, as :func:`label_sheet` made it.

    Returns
    -------
    DataFrame
        The rows with a label: ``words``, ``label``.

    Raises
    ------
    InputError
        If the file cannot be read, or lacks the columns ``words`` and ``label``.
    """
    table = read_sheet(path)
    if len(table) and not {"words", "label"} <= set(table.columns):
        raise InputError("a sheet of labels lacks columns", where=str(path), expected=", ".join(_COLUMNS))
    kept = [
        (str(row["words"]), str(row["label"]).strip()) for row in table.to_dict("records") if row["label"]
    ]
    return pd.DataFrame([row for row in kept if row[1]], columns=["words", "label"])


def read_sheet(path: str | Path) -> pd.DataFrame:
    """Read a sheet that people filled in, a CSV or a workbook.

    Parameters
    ----------
    path : str or Path
        The file; a workbook if its name ends in ``.xlsx``, of which the first page is read.

    Returns
    -------
    DataFrame
        Every cell a text, empty where nothing is written.

    Raises
    ------
    InputError
        If the file cannot be read.
    """
    file = Path(path)
    try:
        if file.suffix.lower() == ".xlsx":
            table = pd.read_excel(file, dtype="str", keep_default_na=False)
        else:
            table = pd.read_csv(file, dtype="str", encoding="utf-8-sig", keep_default_na=False)
    except pd.errors.EmptyDataError:
        return pd.DataFrame()
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise InputError(
            f"the sheet cannot be read: {error}", where=str(path), hint="save it as CSV in UTF-8 or as .xlsx"
        ) from None
    return table.fillna("").astype("str")


def with_labels(model: TopicModel, labels: pd.DataFrame) -> TopicModel:
    """Give topics the labels of people.

    Parameters
    ----------
    model : TopicModel
        The fitted model.
    labels : DataFrame
        ``words``, ``label``.

    Returns
    -------
    TopicModel
        With ``named``.  A label goes to the topic whose words it was given for, by the largest overlap
        (Jaccard at least a half), not by its number: that may change with the posts.  A label whose topic is
        no longer there is left out.

    Examples
    --------
    >>> from discourse.topics.fit import fit_topics
    >>> model = fit_topics(["cats purr", "courts ban apps"] * 3, 2)
    >>> sheet = label_sheet(model).assign(label=["law", "pets"])
    >>> with_labels(model, sheet[::-1]).labels()
    ['law', 'pets']
    """
    if labels.empty:
        return model
    given = [frozenset(str(words).split()) for words in labels["words"]]
    own = [frozenset(words) for words in _top(model)]
    overlap = np.array([[len(a & b) / max(len(a | b), 1) for b in own] for a in given])
    rows, topics = linear_sum_assignment(-overlap)
    texts = labels["label"].tolist()
    named = {
        int(topic): str(texts[row])
        for row, topic in zip(rows, topics, strict=True)
        if overlap[row, topic] >= LEAST_OVERLAP
    }
    return replace(model, named=named)


def _top(model: TopicModel) -> list[list[str]]:
    top = model.top_words(_N_WORDS)
    top = top[top["weight"] > _UNUSED]
    return [top.loc[top["topic"] == topic, "word"].tolist() for topic in range(model.n_topics)]
