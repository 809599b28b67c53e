"""The posts of a model of likes, and its regressors, laid out part by part."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
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
from discourse.room import looked, room

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
    for start in range(0, n, _AT_ONCE):
        rows = slice(start, min(start + _AT_ONCE, n))
        out[rows] = make(rows)
        looked()
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
    places = _known(table, model, numbers)
    if (reason := _refusal(table, places)) is not None:
        return reason
    levels: dict[str, list[int]] = {}
    for name, values in terms.items():
        codes, authors = _codes(table[name], values, places), table["author"].iloc[places]
        inside = [codes == code for code in range(len(values))]
        levels[name] = [k for k, here in enumerate(inside) if n_distinct(authors, here) >= min_cell]
        if not (kept := np.isin(codes, levels[name])).all():
            places = places[kept]
    if (reason := _refusal(table, places)) is not None:
        return reason
    places = places[_by_author(table, places)]
    who = pd.DataFrame({name: _laid(table[name], places) for name in CLUSTER}, copy=False)
    codes_of = {name: _laid_codes(table[name], values, places) for name, values in terms.items()}
    used = {
        name: [(terms[name][k], k) for k in kept if (codes_of[name] == k).any()]
        for name, kept in levels.items()
    }
    return LikeDesign(table, places, who, codes_of, *_design(table, places, codes_of, used, numbers))


def _known(table: pd.DataFrame, model: str, numbers: Sequence[str]) -> NDArray[np.int32]:
    """Find the posts of a model of which all is known."""
    known = (table["parent_id"].isna() if model == "opening" else table["parent_id"].notna()).to_numpy(bool)
    known = known & table["likes"].notna().to_numpy(bool) & table["author"].notna().to_numpy(bool)
    for name in numbers:
        column = table[name].to_numpy()
        for start in range(0, len(column), _AT_ONCE):
            known[start : start + _AT_ONCE] &= ~np.isnan(column[start : start + _AT_ONCE])
            looked()
    return np.flatnonzero(known).astype(np.int32)


def _codes(column: pd.Series, values: Sequence[str], places: NDArray[np.int32]) -> NDArray[np.integer]:
    codes = group_places(column, values)
    looked()
    return codes[places]


def _laid_codes(column: pd.Series, values: Sequence[str], places: NDArray[np.int32]) -> NDArray[np.integer]:
    codes = _codes(column, values, places)
    out: NDArray[np.integer] = room(len(codes), codes.dtype)
    out[:] = codes
    return out


def _laid(column: pd.Series, places: NDArray[np.int32]) -> Any:
    codes = room(len(places), np.int32)
    codes[:] = column.cat.codes.to_numpy()[places]
    return pd.Categorical.from_codes(codes, categories=column.cat.categories, ordered=True)


def _by_author(table: pd.DataFrame, places: NDArray[np.int32]) -> NDArray[np.intp]:
    """Order posts by author and thread: what is summed within both need not be held."""
    author, thread = (table[name].cat.codes.to_numpy()[places] for name in CLUSTER)
    key = author.astype(np.int64)
    key *= int(thread.max()) + 2
    key += thread
    return np.argsort(key, kind="stable")


def _refusal(table: pd.DataFrame, places: NDArray[np.int32]) -> str | None:
    if not len(places):
        return "no such post with likes was collected"
    return too_small(pd.DataFrame({name: table[name].array[places] for name in CLUSTER}, copy=False))


def _design(
    table: pd.DataFrame,
    places: NDArray[np.int32],
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
        number = _centred(table[name].to_numpy(), places)
        if number is not None:
            columns.append(number)
            listed.append((name, None, None))
    return Regressors(len(places), columns), listed


def _centred(column: NDArray[np.float64], places: NDArray[np.int32]) -> NDArray[np.float64] | None:
    """Give the numbers of some posts less their mean; None where all are one."""
    number = _made(len(places), lambda rows: column[places[rows]])
    parts = [number[start : start + _AT_ONCE] for start in range(0, len(number), _AT_ONCE)]
    if max(float(part.max()) for part in parts) <= min(float(part.min()) for part in parts):
        return None
    mean = sum(float(part.sum()) for part in parts) / len(number)
    for part in parts:
        part -= mean
        looked()
    return number
