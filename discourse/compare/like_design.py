"""The posts of a model of likes, and its regressors, laid out part by part."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.compare.lookup import rows_of
from discourse.compare.mentions import n_distinct
from discourse.compare.reply_pairs import group_places
from discourse.compare.samples import in_text_order
from discourse.compare.sentiment import CLUSTER, too_small
from discourse.room import AT_ONCE, laid, looked, parts, places, room

#: What is read of a post beside its terms.
READ = ("post_id", "parent_id", "thread_id", "author", "likes", "likes_at_least")
_AT_ONCE = 1 << 16


def like_numbers(
    posts: pd.DataFrame, terms: Mapping[str, Sequence[str]], collected: dt.datetime | None
) -> pd.DataFrame:
    """Give the columns that are read, without texts, the names of authors and threads sorted once for all."""
    thread = in_text_order(posts["thread_id"])
    opens = posts["parent_id"].isna()
    below = (rows_of(posts["parent_id"], posts.loc[opens, "post_id"]) < 0) & ~opens.to_numpy(dtype=bool)
    columns: dict[str, Any] = {name: posts[name] for name in (*READ, *terms)}
    columns |= {"author": in_text_order(posts["author"]), "thread_id": thread}
    end = _end(posts["created_at"], collected)
    shown, codes = _opening_likes(thread, opens, posts["likes"]), thread.cat.codes.to_numpy()
    given = posts["length"] if "length" in posts else posts["text"]
    n = len(posts)
    columns["log_age"] = _made(n, lambda rows: _log_age(posts["created_at"].iloc[rows], end))
    columns["log_length"] = _made(n, lambda rows: np.log1p(_lengths(given.iloc[rows])))
    columns["log_thread"] = _made(n, lambda rows: np.log1p(shown[codes[rows]]))
    columns["below"] = _made(n, lambda rows: below[rows].astype(np.float64))
    return pd.DataFrame(columns, copy=False)


def _made(n: int, make: Callable[[slice], NDArray[np.float64]]) -> NDArray[np.float64]:
    """Make a column of numbers part by part, where large arrays lie."""
    out: NDArray[np.float64] = room(n, np.float64)
    for rows in parts(n, _AT_ONCE):
        out[rows] = make(rows)
    return out


def _end(times: pd.Series, collected: dt.datetime | None) -> Any:
    end: Any = pd.Timestamp(collected) if collected is not None else times.max()
    return end.tz_localize("UTC") if end is not pd.NaT and end.tzinfo is None else end


def _log_age(times: pd.Series, end: Any) -> NDArray[np.float64]:
    hours = (-(times - end).dt.total_seconds() / 3600.0).clip(lower=1.0)
    return np.asarray(np.log(hours.to_numpy(np.float64, na_value=np.nan)))


def _lengths(given: pd.Series) -> NDArray[np.float64]:
    if not pd.api.types.is_numeric_dtype(given.dtype):
        given = given.fillna("").str.len()
    return np.asarray(given.fillna(0), dtype=np.float64)


def _opening_likes(thread: pd.Series, opens: pd.Series, likes: pd.Series) -> NDArray[np.float64]:
    """Give the likes of the post that opened each thread; NaN where it was not collected, and last of all."""
    at = np.flatnonzero(opens)[::-1]
    of_thread = np.full(len(thread.cat.categories) + 1, np.nan)
    shown = likes.iloc[at].astype("Float64").to_numpy(np.float64, na_value=np.nan)
    of_thread[thread.cat.codes.to_numpy()[at]] = shown  # of several the first, which is written last
    of_thread[-1] = np.nan
    return of_thread


@dataclass(frozen=True)
class LikeDesign:
    """Posts of one model with its regressors: ``x`` (n, k), and (term, value, reference) of each column.

    ``table``: all posts; ``places``: where in it those of the model stand, by author and thread; ``who``:
    their authors and threads; ``codes``: the places of their values among those of each term.
    """

    table: pd.DataFrame
    places: NDArray[np.int32]
    who: pd.DataFrame
    codes: dict[str, NDArray[np.integer]]
    regressors: Regressors
    terms: list[tuple[str, str | None, str | None]]

    @property
    def rows(self) -> pd.DataFrame:
        """The posts."""
        return self.table.iloc[self.places]

    @property
    def x(self) -> NDArray[np.float64]:
        """All regressors at once."""
        return self.regressors.part(slice(None))


@dataclass(frozen=True)
class Regressors:
    """A table of regressors that is laid out part by part.

    ``columns``: a row of numbers, or codes and the one of which the column says whether it stands there; None
    for the constant.
    """

    n: int
    columns: list[NDArray[np.float64] | tuple[NDArray[Any], int] | None]

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.n, len(self.columns)

    def part(self, rows: slice) -> NDArray[np.float64]:
        """Lay out some of the rows."""
        laid = np.empty((len(range(*rows.indices(self.n))), len(self.columns)))
        for k, column in enumerate(self.columns):
            if column is None:
                laid[:, k] = 1.0
            else:
                laid[:, k] = column[0][rows] == column[1] if isinstance(column, tuple) else column[rows]
        looked()
        return laid


def like_design(
    posts: pd.DataFrame,
    model: str,
    terms: Mapping[str, Sequence[str]],
    *,
    collected: dt.datetime | None = None,
    min_cell: int = 10,
) -> LikeDesign | str:
    """Choose the posts of a model of likes and lay out its regressors.

    Parameters
    ----------
    posts, terms, collected, min_cell
        As for :func:`engagement`.
    model : {"opening", "comments"}
        Which posts.

    Returns
    -------
    LikeDesign or str
        The constant stands first; or the reason why there is no such model.

    Examples
    --------
    >>> posts = pd.DataFrame({"post_id": ["1"], "parent_id": None, "thread_id": "1", "author": "a",
    ...     "created_at": pd.to_datetime(["2025-01-14T00:00Z"]), "likes": [3], "likes_at_least": False,
    ...     "text": "hello", "group": "g"})
    >>> like_design(posts, "opening", {"group": ["g", "h"]})
    'fewer than 100 authors'
    """
    return design_of(like_numbers(posts, terms, collected), model, terms, min_cell)


def design_of(
    table: pd.DataFrame, model: str, terms: Mapping[str, Sequence[str]], min_cell: int
) -> LikeDesign | str:
    """Do as :func:`like_design`, with a table that :func:`like_numbers` has made."""
    numbers = ["log_age", "log_length"] + ([] if model == "opening" else ["log_thread", "below"])
    chosen = places(_known(table, model, numbers))
    if (reason := _refusal(table, chosen)) is not None:
        return reason
    levels: dict[str, list[int]] = {}
    for name, values in terms.items():
        codes, authors = _codes(table[name], values, chosen), _laid(table["author"], chosen)
        levels[name] = [k for k in range(len(values)) if n_distinct(authors, codes == k) >= min_cell]
        enough = np.isin(np.arange(len(values) + 1), levels[name])  # the last is another value
        if not (kept := laid(enough, codes)).all():
            chosen = laid(chosen, kept)
    if (reason := _refusal(table, chosen)) is not None:
        return reason
    chosen = _by_author(table, chosen)
    who = pd.DataFrame({name: _laid(table[name], chosen).array for name in CLUSTER}, copy=False)
    codes_of = {name: _codes(table[name], values, chosen) for name, values in terms.items()}
    used = {
        name: [(terms[name][k], k) for k in kept if (codes_of[name] == k).any()]
        for name, kept in levels.items()
    }
    return LikeDesign(table, chosen, who, codes_of, *_design(table, chosen, codes_of, used, numbers))


def _known(table: pd.DataFrame, model: str, numbers: Sequence[str]) -> NDArray[np.bool_]:
    """Say of which posts of a model all is known."""
    known = (table["parent_id"].isna() if model == "opening" else table["parent_id"].notna()).to_numpy(bool)
    known = known & table["likes"].notna().to_numpy(bool)
    known &= table["author"].notna().to_numpy(bool)
    for name in numbers:
        column = table[name].to_numpy()
        for rows in parts(len(column)):
            known[rows] &= ~np.isnan(column[rows])
    return known


def _codes(column: pd.Series, values: Sequence[str], chosen: NDArray[np.int32]) -> NDArray[np.integer]:
    return laid(group_places(column, values), chosen)


def _laid(column: pd.Series, chosen: NDArray[np.int32]) -> pd.Series:
    codes = laid(column.cat.codes.to_numpy(), chosen)
    kind: Any = column.dtype
    return pd.Series(pd.Categorical.from_codes(codes, dtype=kind), copy=False)


def _by_author(table: pd.DataFrame, chosen: NDArray[np.int32]) -> NDArray[np.int32]:
    """Order posts by author and thread: what is summed within both need not be held.

    Authors that stand side by side are sorted so many at a time.
    """
    author, thread = (laid(table[name].cat.codes.to_numpy(), chosen) for name in CLUSTER)
    ends = np.zeros(int(author.max()) + 2, dtype=np.int64)  # posts of all authors before each
    for rows in parts(len(author)):
        np.add.at(ends, author[rows] + 1, 1)
    np.cumsum(ends, out=ends)
    width, ordered = int(thread.max()) + 2, room(len(chosen), np.int32)
    for low, high in _spans(ends):
        inside = np.concatenate(
            [rows.start + np.flatnonzero(_between(author[rows], low, high)) for rows in parts(len(author))]
        )
        key = author[inside].astype(np.int64) * width + thread[inside]
        ordered[ends[low] : ends[high]] = chosen[inside[np.argsort(key, kind="stable")]]
        looked()
    return ordered


def _between(codes: NDArray[np.integer], low: int, high: int) -> NDArray[np.bool_]:
    return np.asarray((codes >= low) & (codes < high))


def _spans(ends: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Part the authors, so that those of a part have so many posts together, or are one."""
    low, last = 0, len(ends) - 1
    while low < last:
        high = int(np.searchsorted(ends, ends[low] + AT_ONCE, side="right")) - 1
        high = min(max(high, low + 1), last)
        yield low, high
        low = high


def _refusal(table: pd.DataFrame, chosen: NDArray[np.int32]) -> str | None:
    if not len(chosen):
        return "no such post with likes was collected"
    return too_small(pd.DataFrame({name: _laid(table[name], chosen).array for name in CLUSTER}, copy=False))


def _design(
    table: pd.DataFrame,
    chosen: NDArray[np.int32],
    codes: Mapping[str, NDArray[np.integer]],
    used: Mapping[str, Sequence[tuple[str, int]]],
    numbers: Sequence[str],
) -> tuple[Regressors, list[tuple[str, str | None, str | None]]]:
    """Lay out a constant, a dummy for each value but the first, and the numbers, centred."""
    columns: list[NDArray[np.float64] | tuple[NDArray[Any], int] | None] = [None]
    listed: list[tuple[str, str | None, str | None]] = [("constant", None, None)]
    for name, values in used.items():
        for value, code in values[1:]:
            columns.append((codes[name], code))
            listed.append((name, value, values[0][0]))
    for name in numbers:
        number = _centred(table[name].to_numpy(), chosen)
        if number is not None:
            columns.append(number)
            listed.append((name, None, None))
    return Regressors(len(chosen), columns), listed


def _centred(column: NDArray[np.float64], chosen: NDArray[np.int32]) -> NDArray[np.float64] | None:
    """Give the numbers of some posts less their mean; None where all are one."""
    number: NDArray[np.float64] = laid(column, chosen)
    rows = [slice(start, start + _AT_ONCE) for start in range(0, len(number), _AT_ONCE)]
    if max(float(number[part].max()) for part in rows) <= min(float(number[part].min()) for part in rows):
        return None
    mean = sum(float(number[part].sum()) for part in rows) / len(number)
    for part in rows:
        number[part] -= mean
        looked()
    return number
