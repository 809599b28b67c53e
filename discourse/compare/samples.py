"""Read outcomes, groups and clusters from a frame, in an order that does not depend on that of its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from discourse.errors import NotMeasurable, ParameterError
from discourse.stats.clusters import dense_codes

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Sample:
    """Outcomes with their clusters, in an order that does not depend on that of the rows."""

    values: NDArray[np.float64]
    clusters: tuple[NDArray[np.int64], ...]
    groups: NDArray[np.int64]
    names: tuple[str, ...]
    n_missing: int

    def clusters_of(self, group: int) -> tuple[int, ...]:
        """Count the clusters of each way that have posts of one group."""
        inside = self.groups == group
        return tuple(int(np.count_nonzero(np.bincount(codes[inside]))) for codes in self.clusters)

    def varies(self, se: float) -> bool:
        """Whether a standard error is more than the rounding of a constant."""
        return se > 1e-12 * float(np.abs(self.values).max())

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
    return _sample(frame, values, known, np.zeros(len(frame), dtype=np.int64), names)


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
    index = group_index(frame[group], groups)
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
    return Sample(
        sample.values, sample.clusters, sample.groups, names, int((member & ~np.isfinite(values)).sum())
    )


def group_index(labels: pd.Series, groups: tuple[str, str]) -> NDArray[np.int64]:
    """Turn group labels into 0, 1 and -1 for all others."""
    pair = list(groups) if isinstance(groups, (tuple, list)) else []
    if len(pair) != 2 or pair[0] == pair[1]:
        raise ParameterError("`groups` must name two different groups", expected='for instance ("a", "b")')
    index = np.full(len(labels), -1, dtype=np.int64)
    for code, name in enumerate(pair):
        index[(labels == name).fillna(False).to_numpy(dtype=bool)] = code
    return index


def _sample(
    frame: pd.DataFrame,
    values: NDArray[np.float64],
    known: NDArray[np.bool_],
    index: NDArray[np.int64],
    names: tuple[str, ...],
) -> Sample:
    kept = frame[list(names)] if known.all() else frame.loc[known, list(names)]
    codes = [cluster_codes(kept[name]) for name in names]
    y, g = values[known], index[known]
    order = _in_order(y, codes, g)
    clusters = tuple(dense_codes(c[order]) for c in codes)
    return Sample(y[order], clusters, g[order], names, int((~known).sum()))


def _in_order(
    values: NDArray[np.float64], clusters: Sequence[NDArray[np.int64]], groups: NDArray[np.int64]
) -> NDArray[np.intp]:
    """Sort rows by group, clusters and value, by one number a row where it can hold all of them.

    Rows that tie are the same in all of these, so their order says nothing; numbers are sorted several times
    as fast as rows of keys.
    """
    ranks = _ranks(values)
    key, room = groups.astype(np.int64), int(groups.max(initial=0)) + 1
    for codes in (*clusters, ranks):
        width = int(codes.max(initial=0)) + 2  # from -1 on
        key, room = key * width + (codes + 1), room * width
    if room > np.iinfo(np.int64).max:
        return np.lexsort((values, *clusters[::-1], groups))
    return np.argsort(key)


def _ranks(values: NDArray[np.float64]) -> NDArray[np.int64]:
    """Number values in their order; shares and balances (-1, 0, 1) are their own numbers."""
    low, high = float(values.min(initial=0.0)), float(values.max(initial=0.0))
    if high - low <= 2.0 and (values == np.trunc(values)).all():
        return (values - low).astype(np.int64)
    return np.asarray(np.unique(values, return_inverse=True)[1], dtype=np.int64)


def cluster_codes(labels: pd.Series) -> NDArray[np.int64]:
    """Number labels in the order of their texts, -1 where unknown, whatever the order of rows.

    Only distinct labels are turned into texts and sorted; those that :func:`in_text_order` has prepared are
    not even looked at.
    """
    if _prepared(labels):
        return np.asarray(labels.cat.codes, dtype=np.int64)
    found, values = pd.factorize(labels)
    order, _ = pd.factorize(_as_sorted(values), sort=True)
    return np.append(np.asarray(order, dtype=np.int64), -1)[found]


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
        return np.array(column, dtype=np.float64)
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
