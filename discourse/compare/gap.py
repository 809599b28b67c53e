"""The difference between two groups, corrected for an instrument that errs more in one than in the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast, get_args

import numpy as np
import pandas as pd

from discourse.compare.samples import (
    cluster_codes,
    cluster_names,
    group_index,
    numbers,
    require_columns,
)
from discourse.errors import NotMeasurable, ParameterError
from discourse.stats.clusters import dense_codes
from discourse.stats.correction import Corrected, Frame, Method, corrected_estimate

if TYPE_CHECKING:
    from numpy.typing import NDArray

_WORDS = {
    "ppi++": "codes with labels as helper, Hajek-weighted",
    "dsl": "pseudo-outcomes, cross-fitted by clusters",
    "naive": "labels of the instrument, uncorrected",
    "human": "human codes alone, Hajek-weighted",
}


def estimate_gap(
    frame: pd.DataFrame,
    outcome: str = "pred",
    code: str = "code",
    group: str = "group",
    groups: tuple[str, str] = ("a", "b"),
    cluster: str | Sequence[str] = ("author", "thread"),
    probability: str = "pi",
    method: str = "ppi++",
    level: float = 0.95,
    *,
    seed: int = 0,
) -> pd.DataFrame:
    """Estimate mean of the first minus mean of the second group, corrected by human codes.

    Parameters
    ----------
    frame : DataFrame
        One row a post.
    outcome : str
        Column with the label of the instrument for every post: 0/1 or a score.  Posts without one are left
        out and counted.
    code : str
        Column with the human value on the same scale, NaN where not coded.
    group, groups : str, tuple of two values
        Column with the group of each post, and the two groups compared.
    cluster : str or sequence of one or two str
        Columns within which posts depend on each other.  A post without an author is an author of its own.
    probability : str
        Column with the known probability with which each post was drawn for coding.  Read for coded posts
        only; not needed by ``"naive"``.
    method : {"ppi++", "dsl", "naive", "human"}
        Which estimate; see :mod:`discourse.stats.correction`.
    level : float
        Confidence level.
    seed : int
        Seed of the folds of ``"dsl"``.

    Returns
    -------
    DataFrame
        One row: ``estimate``, ``low``, ``high``, ``n``, ``n_coded``, ``method``, ``level``, ``se``, ``df``,
        ``p``, ``n_a``, ``n_b``, ``coded_a``, ``coded_b``, ``clusters_a``, ``clusters_b``, ``lambda_a``,
        ``lambda_b`` (weights of PPI++, NaN otherwise), ``n_missing``.

    Raises
    ------
    ParameterError
        If a column is missing, a value is not a number, a coded post has no probability in (0, 1], or the
        method is unknown.
    NotMeasurable
        If a group is empty, has no coded post, or lies in a single cluster; or if nothing varies.

    Notes
    -----
    Angelopoulos, Duchi and Zrnic (2023) arXiv:2311.01453; Egami, Hinck, Stewart and Wei (2023)
    arXiv:2306.04746; Hajek weights because probabilities may depend on the label; variance clustered as in
    :func:`discourse.contrast`.  Errors that differ between groups bias the naive gap in either direction
    (TeBlunthuis, Hase and Chan 2024, doi:10.1080/19312458.2023.2293713).

    Examples
    --------
    >>> frame = pd.DataFrame({"pred": [1, 0, 1, 1, 0, 0, 1, 0], "group": list("aaaabbbb"),
    ...     "author": list("stuvwxyz"), "thread": list("klmnklmn"), "pi": 0.5,
    ...     "code": [1, 0, None, 0, 0, None, 1, 0]})
    >>> row = estimate_gap(frame, method="human").iloc[0]
    >>> float(row["estimate"]), int(row["n"]), int(row["n_coded"])
    (0.0, 8, 6)
    """
    if method not in get_args(Method):
        raise ParameterError(f"unknown method {method!r}", expected=", ".join(get_args(Method)))
    names = cluster_names(cluster)
    needed = [outcome, code, group, *names] + ([] if method == "naive" else [probability])
    require_columns(frame, needed)
    index = group_index(frame[group], groups)
    values = numbers(frame[outcome], outcome)
    _require_members(index, values, groups)
    kept = (index >= 0) & np.isfinite(values)
    codes = numbers(frame[code], code)[kept]
    pi = (
        numbers(frame[probability], probability)[kept]
        if probability in frame.columns
        else np.ones(kept.sum())
    )
    clusters = [cluster_codes(frame.loc[kept, name]) for name in names]
    data = _ordered(values[kept], codes, pi, index[kept], clusters)
    _refuse(data, groups, names, coded=method != "naive")
    found = corrected_estimate(data, cast("Method", method), level=level, seed=seed)
    if not found.se > 1e-12 * float(np.abs(data.prediction).max()):
        raise NotMeasurable("nothing varies within the groups; no interval can be given")
    missing = int(((index >= 0) & ~np.isfinite(values)).sum())
    text = f"{method}: {_WORDS[method]}; cluster-robust t interval ({' x '.join(names)})"
    return pd.DataFrame([_row(data, found, text, level, missing)])


def _ordered(
    values: NDArray[np.float64],
    code: NDArray[np.float64],
    pi: NDArray[np.float64],
    groups: NDArray[np.int64],
    clusters: list[NDArray[np.int64]],
) -> Frame:
    """Sort the posts, so that the order of rows changes nothing, not even the last digit."""
    order = np.lexsort((pi, code, values, *clusters[::-1], groups))
    ways = tuple(dense_codes(c[order]) for c in clusters)
    return Frame(values[order], code[order], pi[order], ways, groups[order])


def _require_members(index: NDArray[np.int64], values: NDArray[np.float64], groups: tuple[str, str]) -> None:
    for g, name in enumerate(groups):
        if not (index == g).any():
            raise NotMeasurable(f"group {name!r} has no post; nothing can be compared")
        if not ((index == g) & np.isfinite(values)).any():
            raise NotMeasurable(f"group {name!r} has no post with an outcome; nothing can be compared")


def _refuse(data: Frame, groups: tuple[str, str], names: Sequence[str], *, coded: bool) -> None:
    for g, name in enumerate(groups):
        inside = data.members(g) & (data.coded | (not coded))
        if not inside.any():
            raise NotMeasurable(
                f"no post of group {name!r} was coded; the errors of the instrument there are unknown",
                hint="code a sample of that group, drawn with known probabilities",
            )
        for way, codes in zip(names, data.clusters, strict=True):
            if np.unique(codes[inside]).shape[0] < 2:
                what = "coded posts" if coded else "posts"
                raise NotMeasurable(
                    f"all {what} of group {name!r} lie in one cluster ({way}); their dependence is unknown",
                    expected=f"at least two values of {way!r} in each group",
                )


def _row(data: Frame, found: Corrected, method: str, level: float, n_missing: int) -> dict[str, Any]:
    weights = found.weights or (float("nan"), float("nan"))
    inside = [data.members(g) for g in (0, 1)]
    clusters = [int(np.unique(data.clusters[0][m]).shape[0]) for m in inside]
    coded = [int((m & data.coded).sum()) for m in inside]
    return {
        "estimate": found.estimate,
        "low": found.low,
        "high": found.high,
        "n": found.n,
        "n_coded": found.n_coded,
        "method": method,
        "level": level,
        "se": found.se,
        "df": found.df,
        "p": found.p,
        "n_a": int(inside[0].sum()),
        "n_b": int(inside[1].sum()),
        "coded_a": coded[0],
        "coded_b": coded[1],
        "clusters_a": clusters[0],
        "clusters_b": clusters[1],
        "lambda_a": weights[0],
        "lambda_b": weights[1],
        "n_missing": n_missing,
    }
