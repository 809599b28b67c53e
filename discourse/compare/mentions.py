"""Posts that speak of a target in narrow columns, and what is measured of those of a cell.

A table goes over the same posts cell by cell and measure by measure.  A cell is a truth value a post; what
is taken of it are the columns of one estimate, of the posts behind it alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.compare.confounding import language_classes
from discourse.compare.samples import in_text_order, numbers, taken
from discourse.room import laid, looked, parts, places, room

Which = NDArray[np.bool_]
#: What every estimate carries beside its outcome, where it is known.
CARRIED = ("author", "thread_id", "group", "lang", "platform")
_FEW = ("target", "group", "mention_kind", "platform", "label")
_AT_ONCE = 1 << 16


def prepared_mentions(frame: pd.DataFrame, more: Sequence[str] = ()) -> pd.DataFrame:
    """Keep what is read, as numbers of what there is.

    Parameters
    ----------
    frame : DataFrame
        One row a post and target: ``target``, ``group``, ``label``, ``score``, ``mention_kind``, ``author``,
        ``thread_id``; ``lang`` and ``platform`` where they are known.
    more : sequence of str
        Other columns to be kept, such as the phase.

    Returns
    -------
    DataFrame
        On a fresh index; ``about`` says whether a post speaks of the target and not only of its own author as
        one of them; ``lang`` is folded into zh, en, mixed and other.

    Examples
    --------
    >>> scored = pd.DataFrame({"target": "t", "group": "g", "lang": "zh-Hans", "label": ["neutral", "absent"],
    ...     "score": 0.0, "mention_kind": "named", "author": "a", "thread_id": "1"})
    >>> prepared_mentions(scored)[["lang", "about"]].values.tolist()
    [['zh', True], ['zh', False]]
    """
    columns: dict[str, Any] = {
        name: frame[name].astype("category").array for name in _FEW if name in frame.columns
    }
    if "lang" in frame.columns:
        columns["lang"] = language_classes(frame["lang"]).array
    columns |= {
        name: in_text_order(frame[name]).array for name in ("author", "thread_id") if name in frame.columns
    }
    columns["about"] = speaks(frame["label"]) & ~equals(frame["mention_kind"], "self")
    columns["score"] = numbers(frame["score"], "score")
    columns |= {name: frame[name].array for name in more}
    return pd.DataFrame(columns, copy=False)


def measured(
    posts: pd.DataFrame, which: Which, measure: str, *, name: str | None = None, more: Sequence[str] = ()
) -> pd.DataFrame:
    """Take the posts of a cell that have a measure, with it.

    Parameters
    ----------
    posts : DataFrame
        From :func:`prepared_mentions`.
    which : ndarray of bool, shape (n_posts,)
        The cell.
    measure : str
        ``coverage``, or of the posts that speak of the target ``mean``, ``positive``, ``neutral``,
        ``negative`` or ``balance``.
    name : str, optional
        Column of the measure; by its own name by default.
    more : sequence of str
        Columns to be carried beside :data:`CARRIED`.

    Returns
    -------
    DataFrame
        On a fresh index.

    Examples
    --------
    >>> scored = pd.DataFrame({"target": "t", "group": "g", "label": ["neutral", "absent"],
    ...     "score": [0.0, float("nan")], "mention_kind": "named", "author": "a", "thread_id": "1"})
    >>> posts = prepared_mentions(scored)
    >>> measured(posts, np.ones(2, dtype=bool), "coverage")["coverage"].tolist()
    [1.0, 0.0]
    """
    return take(posts, rows_with(posts, which, measure), measure, name=name, more=more)


def rows_with(posts: pd.DataFrame, which: Which, measure: str) -> NDArray[np.int32]:
    """Find the posts of a cell that have a measure; see :func:`measured`."""
    if measure == "coverage":
        return places(which & posts["label"].notna().to_numpy())
    inside = which & posts["about"].to_numpy()
    if measure == "mean":
        scores = posts["score"].to_numpy()
        for part in parts(len(inside)):
            inside[part] &= ~np.isnan(scores[part])
    return places(inside)


def take(
    posts: pd.DataFrame,
    rows: NDArray[np.integer],
    measure: str,
    *,
    name: str | None = None,
    more: Sequence[str] = (),
) -> pd.DataFrame:
    """Take some posts with a measure that they have; see :func:`measured`."""
    columns = {column: posts[column] for column in (*CARRIED, *more) if column in posts.columns}
    found = taken(pd.DataFrame(columns, copy=False), rows)
    found[name or measure] = outcome(posts, rows, measure)
    looked()
    return found


def outcome(posts: pd.DataFrame, rows: Any, measure: str) -> NDArray[np.float64]:
    """Give a measure of some posts that have it; see :func:`measured`."""
    if measure == "mean":
        return laid(np.asarray(posts["score"].to_numpy(), dtype=np.float64), rows)
    out = room(len(rows), np.float64)
    for part in parts(len(rows)):
        label = posts["label"].iloc[rows[part]]
        if measure == "coverage":
            out[part] = ~equals(label, "absent")
        elif measure == "balance":
            out[part] = equals(label, "positive").astype(np.float64) - equals(label, "negative")
        else:
            out[part] = equals(label, measure)
    return out


def targets_in_order(posts: pd.DataFrame, which: Which | None = None) -> list[str]:
    """List the targets of some posts in the order in which they come, post by post by id.

    Examples
    --------
    >>> posts = pd.DataFrame({"post_id": ["b", "a"], "target": ["t", "s"]})
    >>> targets_in_order(posts), targets_in_order(posts, np.array([True, False]))
    (['s', 't'], ['t'])
    """
    some = slice(None) if which is None else which
    found = [str(target) for target in posts["target"][some].dropna().unique()]
    if len(found) < 2:
        return found
    inside = np.ones(len(posts), dtype=bool) if which is None else which
    first = {name: posts["post_id"][inside & equals(posts["target"], name)].min() for name in found}
    return sorted(found, key=first.__getitem__)


def speaks(label: pd.Series) -> Which:
    """Say which labels are known and not ``absent``.

    Examples
    --------
    >>> speaks(pd.Series(["neutral", "absent", None])).tolist()
    [True, False, False]
    """
    return label.notna().to_numpy(dtype=bool) & ~equals(label, "absent")


def equals(values: pd.Series, name: str) -> Which:
    """Say where a value is the one that is named; the unknown is not.

    Examples
    --------
    >>> equals(pd.Series(["a", None, "b"], dtype="category"), "a").tolist()
    [True, False, False]
    """
    if isinstance(values.dtype, pd.CategoricalDtype):
        place = values.cat.categories.get_indexer(pd.Index([name]))[0]
        codes = values.cat.codes.to_numpy()
        return np.asarray(codes == place) if place >= 0 else np.zeros(len(codes), dtype=bool)
    return (values == name).fillna(False).to_numpy(dtype=bool)


def n_distinct(values: pd.Series, inside: Any = slice(None)) -> int:
    """Count what is known among some values, each once.

    Examples
    --------
    >>> n_distinct(pd.Series(["a", "a", None], dtype="category"))
    1
    """
    if not isinstance(values.dtype, pd.CategoricalDtype):
        return int(values[inside].nunique())
    codes = values.cat.codes.to_numpy()
    taken = np.zeros(len(values.cat.categories) + 1, dtype=bool)  # the last is the unknown
    some = not isinstance(inside, slice)
    for start in range(0, len(codes), _AT_ONCE):
        rows = slice(start, start + _AT_ONCE)
        taken[codes[rows][inside[rows]] if some else codes[rows]] = True
    return int(taken[:-1].sum())
