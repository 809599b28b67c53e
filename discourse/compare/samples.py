"""Read outcomes, groups and clusters from a frame, in an order that does not depend on that of its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from discourse.errors import NotMeasurable, ParameterError
from discourse.room import laid, parts, room
from discourse.stats.clusters import narrow_codes

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Sample:
    """Outcomes with their clusters, in an order that does not depend on that of the rows."""

    values: NDArray[np.float64]
    clusters: tuple[NDArray[np.integer], ...]
    groups: NDArray[np.integer]
    names: tuple[str, ...]
    n_missing: int

    def clusters_of(self, group: int) -> tuple[int, ...]:
        """Count the clusters of each way that have posts of one group."""
        inside = self.groups == group
        return tuple(int(np.count_nonzero(np.bincount(codes[inside]))) for codes in self.clusters)

    def varies(self, se: float) -> bool:
        """Whether a standard error is more than the rounding of a constant."""
        return se > 1e-12 * max(float(self.values.max()), -float(self.values.min()))

    @property
    def method(self) -> str:
        """The words for a report."""
        return f"cluster-robust t interval ({' x '.join(self.names)})"


def one_group(frame: pd.DataFrame, outcome: str, cluster: str | Sequence[str]) -> Sample:
    """Read outcome and clusters of all posts of a frame."""
    names = cluster_names(cluster)
    require_columns(frame, [outcome, *names])
    values = numbers(frame[outcome], outcome)
    known = np.isfinite(values)
    if not known.any():
        raise NotMeasurable(f"no post has an outcome in {outcome!r}")
    return _sample(frame, values, known, np.zeros(len(frame), dtype=np.int8), names)


def two_groups(
    frame: pd.DataFrame,
    outcome: str,
    group: str,
    groups: tuple[str, str],
    cluster: str | Sequence[str],
) -> Sample:
    """Read outcome, group (0 or 1) and clusters of the posts of two groups."""
    names = cluster_names(cluster)
    require_columns(frame, [outcome, group, *names])
    index = _sides(frame[group], groups)
    member = index >= 0
    values = numbers(frame[outcome], outcome)
    known = member & np.isfinite(values)
    for code, name in enumerate(groups):
        if not (known & (index == code)).any():
            present = "" if not (index == code).any() else " with an outcome"
            raise NotMeasurable(f"group {name!r} has no post{present}; nothing can be compared")
    sample = _sample(frame, values, known, index, names)
    for code, name in enumerate(groups):
        _refuse_single_cluster(sample, code, name)
    return replace(sample, n_missing=int((member & ~np.isfinite(values)).sum()))


def group_index(labels: pd.Series, groups: tuple[str, str]) -> NDArray[np.int64]:
    """Turn group labels into 0, 1 and -1 for all others."""
    return _sides(labels, groups).astype(np.int64)


def _sides(labels: pd.Series, groups: tuple[str, str]) -> NDArray[np.int8]:
    pair = list(groups) if isinstance(groups, (tuple, list)) else []
    if len(pair) != 2 or pair[0] == pair[1]:
        raise ParameterError("`groups` must name two different groups", expected='for instance ("a", "b")')
    index = np.full(len(labels), -1, dtype=np.int8)
    for code, name in enumerate(pair):
        index[(labels == name).fillna(False).to_numpy(dtype=bool)] = code
    return index


def _sample(
    frame: pd.DataFrame,
    values: NDArray[np.float64],
    known: NDArray[np.bool_],
    index: NDArray[np.int8],
    names: tuple[str, ...],
) -> Sample:
    columns = [_codes(frame[name]) for name in names]
    n_missing = len(known) - int(np.count_nonzero(known))
    if n_missing:
        values, index = laid(values, known), laid(index, known)
        columns = [laid(codes, known) for codes in columns]
    sides, codes, values = _in_order(values, columns, index)
    return Sample(values, tuple(narrow_codes(way) for way in codes), sides, names, n_missing)


_Rows = tuple["NDArray[np.integer]", list["NDArray[np.integer]"], "NDArray[np.float64]"]


def _in_order(
    values: NDArray[np.float64], clusters: Sequence[NDArray[np.integer]], groups: NDArray[np.int8]
) -> _Rows:
    """Sort rows by group, clusters and value, by one number a row where it can hold all of them.

    Rows that tie are the same in all of these.  Numbers are sorted where they lie, several times as fast as
    rows of keys, and say what they were made of.
    """
    ranks, listed = _ranks(values)
    columns = [groups, *clusters, ranks]
    widths = [int(column.max(initial=0)) + 2 for column in columns]  # from -1 on
    if prod(widths) > np.iinfo(np.int64).max:
        keys: Sequence[Any] = (values, *clusters[::-1], groups)
        order = np.lexsort(keys)
        return groups[order], [codes[order] for codes in clusters], values[order]
    key = room(len(values), np.int64)
    for rows in parts(len(values)):
        key[rows] = 0
        for column, width in zip(columns, widths, strict=True):
            key[rows] *= width
            key[rows] += column[rows]
            key[rows] += 1
    key.sort()
    out = [room(len(key), column.dtype) for column in columns[:-1]]
    ordered = room(len(key), np.float64)
    for rows in parts(len(key)):
        rest, rank = np.divmod(key[rows], widths[-1])
        ordered[rows] = rank - 1.0 + listed if isinstance(listed, float) else listed[rank - 1]
        for found, width in zip(reversed(out), reversed(widths[:-1]), strict=True):
            rest, code = np.divmod(rest, width)
            found[rows] = code - 1
    return out[0], out[1:], ordered


def _ranks(values: NDArray[np.float64]) -> tuple[NDArray[np.int32], float | NDArray[np.float64]]:
    """Number values in their order, and say what the numbers stand for: the values, or the least of them.

    Shares and balances (-1, 0, 1) are their own numbers.
    """
    low, high = float(values.min(initial=0.0)), float(values.max(initial=0.0))
    ranks = room(len(values), np.int32)
    few = high - low <= 2.0 and _whole(values)
    found = [] if few else [np.unique(values[rows]) for rows in parts(len(values))]
    distinct = np.unique(np.concatenate(found)) if found else np.zeros(0)
    for rows in parts(len(values)):
        ranks[rows] = values[rows] - low if few else np.searchsorted(distinct, values[rows])
    return ranks, low if few else distinct


def _whole(values: NDArray[np.float64]) -> bool:
    return all(bool((values[rows] == np.trunc(values[rows])).all()) for rows in parts(len(values)))


def cluster_codes(labels: pd.Series) -> NDArray[np.int64]:
    """Number labels in the order of their texts, -1 where unknown, whatever the order of rows.

    Only distinct labels are turned into texts and sorted; those that :func:`in_text_order` has prepared are
    not even looked at.
    """
    return _codes(labels).astype(np.int64)


def _codes(labels: pd.Series) -> NDArray[np.int32]:
    if _prepared(labels):
        return np.asarray(labels.cat.codes, dtype=np.int32)
    found, values = pd.factorize(labels)
    order, _ = pd.factorize(_as_sorted(values), sort=True)
    return np.append(np.asarray(order, dtype=np.int32), np.int32(-1))[found]


def in_text_order(labels: pd.Series) -> pd.Series:
    """Turn labels into ordered categories, so that many cells of a table can share the work of sorting."""
    if _prepared(labels):
        return labels
    found, values = pd.factorize(labels)
    order, names = pd.factorize(_as_sorted(values), sort=True)
    if len(names) and not isinstance(names[0], str):
        names = pd.RangeIndex(len(names))
    codes = np.append(np.asarray(order, dtype=np.int64), -1)[found]
    return pd.Series(pd.Categorical.from_codes(codes, categories=names, ordered=True), index=labels.index)


def taken(frame: pd.DataFrame, rows: NDArray[np.integer]) -> pd.DataFrame:
    """Take some rows of a frame on a fresh index, where large arrays lie just now.

    Examples
    --------
    >>> taken(pd.DataFrame({"n": pd.array([1, None], dtype="Int64")}), np.array([1, 0]))["n"].tolist()
    [<NA>, 1]
    """
    columns = {name: _taken(frame[name].array, rows) for name in frame.columns}
    return pd.DataFrame(columns, index=pd.RangeIndex(len(rows)), copy=False)


def _taken(held: Any, rows: NDArray[np.integer]) -> Any:
    if isinstance(held, pd.Categorical):
        return pd.Categorical.from_codes(laid(np.asarray(held.codes), rows), dtype=held.dtype)
    if hasattr(held, "_mask"):  # numbers and truth values of which some are unknown
        return type(held)(laid(held._data, rows), laid(held._mask, rows))
    if isinstance(held.dtype, pd.DatetimeTZDtype):
        return pd.array(laid(held.asi8, rows), dtype=held.dtype, copy=False)
    if isinstance(held.dtype, np.dtype) and held.dtype.kind in "iufb":
        return laid(np.asarray(held), rows)
    return held.take(rows)


def as_shares(held: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Give truth values as 0 and 1, where large arrays lie just now.

    Examples
    --------
    >>> as_shares(np.array([True, False])).tolist()
    [1.0, 0.0]
    """
    out = room(len(held), np.float64)
    out[:] = held
    return out


def is_numbered(labels: Any) -> bool:
    """Whether ids are numbers in the order of their texts, as a study holds those of its posts."""
    return str(labels.dtype).lower() == "int32"


def _as_sorted(values: Any) -> Any:
    return values if is_numbered(values) else pd.Series(values).astype("str")


def _prepared(labels: pd.Series) -> bool:
    """Whether labels are what :func:`in_text_order` makes."""
    if not (isinstance(labels.dtype, pd.CategoricalDtype) and labels.dtype.ordered):
        return False
    categories = labels.cat.categories
    if isinstance(categories, pd.RangeIndex):  # numbers in the order of names that are not at hand
        return True
    return bool(categories.is_monotonic_increasing and pd.api.types.is_string_dtype(categories))


def by_post_id(frame: pd.DataFrame) -> pd.DataFrame:
    """Sort rows by ``post_id``, so that sums agree to the last digit whatever the order of files.

    Several tables of a study read the same posts: those that are sorted already are not sorted again.
    """
    if frame["post_id"].is_monotonic_increasing:
        return frame.reset_index(drop=True)
    return frame.sort_values("post_id", kind="stable", ignore_index=True)


def order_of_ids(ids: pd.Series) -> NDArray[np.intp]:
    """Give the places of rows as :func:`by_post_id` sorts them."""
    if is_numbered(ids):
        return np.argsort(ids.to_numpy(dtype=np.int32), kind="stable")
    return ids.reset_index(drop=True).sort_values(kind="stable").index.to_numpy()


def first_of_each(ids: pd.Series) -> NDArray[np.bool_]:
    """Say which rows are the first with their id.

    Examples
    --------
    >>> first_of_each(pd.Series([2, 0, 2], dtype="int32")).tolist()
    [True, True, False]
    """
    if not is_numbered(ids):
        return ~ids.duplicated().to_numpy()
    numbers = ids.to_numpy(dtype=np.int32)
    rows = np.arange(len(numbers), dtype=np.int32)
    first = np.zeros(int(numbers.max(initial=-1)) + 1, dtype=np.int32)
    first[numbers[::-1]] = rows[::-1]  # of several with one number the one that is written last stands
    return np.asarray(first[numbers] == rows)


def cluster_names(cluster: str | Sequence[str]) -> tuple[str, ...]:
    """Read one or two column names."""
    names = (cluster,) if isinstance(cluster, str) else tuple(cluster or ())
    if len(names) not in (1, 2) or len(set(names)) != len(names):
        raise ParameterError(
            "`cluster` must name one or two columns",
            expected='for instance "author" or ("author", "thread")',
        )
    return names


def require_columns(frame: pd.DataFrame, names: Sequence[str]) -> None:
    """Refuse a frame without a column that is needed, naming those it has."""
    missing = [name for name in names if name not in frame.columns]
    if missing:
        raise ParameterError(
            f"the frame has no column {', '.join(repr(name) for name in missing)}",
            where="columns: " + ", ".join(str(name) for name in frame.columns),
            hint="rename the column, or name yours, for instance cluster=('author', 'thread_id')",
        )


def numbers(column: pd.Series, name: str) -> NDArray[np.float64]:
    """Read numbers or truth values as floats, NaN where unknown."""
    if column.dtype == np.float64:
        return np.asarray(column, dtype=np.float64)
    try:
        return np.array(column.astype("Float64").to_numpy(dtype=np.float64, na_value=np.nan))
    except (TypeError, ValueError) as error:
        raise ParameterError(f"column {name!r} holds something that is not a number") from error


def _refuse_single_cluster(sample: Sample, code: int, name: str) -> None:
    for way, count in zip(sample.names, sample.clusters_of(code), strict=True):
        if count < 2:
            raise NotMeasurable(
                f"all posts of group {name!r} lie in one cluster ({way}); a difference between groups cannot "
                "be told from a difference between clusters",
                expected=f"at least two values of {way!r} in each group",
            )
