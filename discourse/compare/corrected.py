"""The share positive among mentions, corrected for an instrument that errs in finding and in judging them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast, get_args

import numpy as np
import pandas as pd

from discourse.compare.samples import cluster_codes, cluster_names, group_index, numbers, require_columns
from discourse.errors import NotMeasurable, ParameterError
from discourse.stats.clusters import dense_codes
from discourse.stats.correction import Corrected, Frame, Method, corrected_estimate

if TYPE_CHECKING:
    from numpy.typing import NDArray


def estimate_share(
    frame: pd.DataFrame,
    outcome: str = "pred",
    code: str = "code",
    mention: str = "mention",
    coded_mention: str = "coded_mention",
    group: str | None = None,
    groups: tuple[str, str] = ("a", "b"),
    cluster: str | Sequence[str] = ("author", "thread"),
    probability: str = "pi",
    method: str = "ppi++",
    level: float = 0.95,
    *,
    seed: int = 0,
) -> pd.DataFrame:
    """Estimate a share or mean among the mentions, or its gap between two groups, corrected by human codes.

    Parameters
    ----------
    frame : DataFrame
        One row a post, mention or not.
    outcome, mention : str
        Columns with what the instrument says of every post: 0/1 or a score, and whether it mentions the
        target (0/1).  The outcome is read among its mentions only.
    code, coded_mention : str
        The same from people: NaN where not coded.  ``coded_mention`` is known for every coded post; ``code``
        is read where it is 1.
    group : str, optional
        Column with the group of each post; without it all posts are one group.
    groups : tuple of two values
        The groups compared, first minus second, where ``group`` is given.
    cluster : str or sequence of one or two str
        Columns within which posts depend on each other.
    probability : str
        Column with the known probability with which each coded post was drawn; not needed by ``"naive"``.
    method : {"ppi++", "dsl", "naive", "human"}
        Which estimate; see :mod:`discourse.stats.correction`.
    level : float
        Confidence level.
    seed : int
        Seed of the folds of ``"dsl"``.

    Returns
    -------
    DataFrame
        One row: ``estimate``, ``low``, ``high``, ``n`` (posts), ``n_coded``, ``n_mentions`` (according to
        the instrument), ``method``, ``level``, ``se``, ``df``, ``p`` (of a gap; NaN for one group),
        ``n_missing`` (posts left out, because the instrument says nothing).

    Raises
    ------
    ParameterError
        If a column is missing, a value is not a number, a mention is not 0 or 1, a coded mention has no code,
        a coded post has no probability in (0, 1], or the method is unknown.
    NotMeasurable
        If a group has no post, no coded post or no mention, or lies in a single cluster; or nothing varies.

    Notes
    -----
    A ratio of two corrected means, with linearised variance clustered as in :func:`discourse.contrast`: a
    domain estimator (Särndal, Swensson and Wretman 1992, *Model Assisted Survey Sampling*, chapter 10), the
    domain being known by hand for the coded only.  Corrections as in :func:`discourse.estimate_gap`.

    Examples
    --------
    >>> frame = pd.DataFrame({"pred": [1, 0, 1, 1, 0, 0], "mention": [1, 1, 1, 1, 1, 0], "pi": 1.0,
    ...     "code": [1, 0, None, 1, 0, None], "coded_mention": [1, 1, 0, 1, 1, 0],
    ...     "author": list("stuvwx"), "thread": list("klmklm")})
    >>> row = estimate_share(frame, method="human").iloc[0]
    >>> float(row["estimate"]), int(row["n_coded"]), int(row["n_mentions"])
    (0.5, 6, 5)
    """
    names = cluster_names(cluster)
    if method not in get_args(Method):
        raise ParameterError(f"unknown method {method!r}", expected=", ".join(get_args(Method)))
    human = [] if method == "naive" else [code, coded_mention, probability]
    require_columns(frame, human)
    data = coded_share(
        frame, outcome, code, mention, coded_mention, group, groups, names, probability=probability
    )
    found, said = estimated_share(
        data, cast("Method", method), groups if group else ("all posts",), names, level=level, seed=seed
    )
    asked = len(frame) if group is None else int((group_index(frame[group], groups) >= 0).sum())
    row: dict[str, Any] = {
        "estimate": found.estimate,
        "low": found.low,
        "high": found.high,
        "n": found.n,
        "n_coded": found.n_coded,
        "n_mentions": int((np.asarray(data.prediction_base) == 1.0).sum()),
        "method": said,
        "level": level,
        "se": found.se,
        "df": found.df,
        "p": found.p if group else float("nan"),
        "n_missing": asked - data.prediction.shape[0],
    }
    return pd.DataFrame([row])


def coded_share(
    frame: pd.DataFrame,
    outcome: str,
    code: str,
    mention: str,
    coded_mention: str,
    group: str | None,
    groups: tuple[str, str],
    cluster: str | Sequence[str],
    *,
    probability: str = "pi",
) -> Frame:
    """Read the posts of a share once, for as many versions as are asked for.

    Parameters
    ----------
    frame, outcome, code, mention, coded_mention, group, groups, cluster, probability
        As for :func:`estimate_share`; columns with codes may be missing.

    Returns
    -------
    Frame
        Posts that the instrument has judged, in an order that does not depend on that of the rows.

    Raises
    ------
    ParameterError
        As :func:`estimate_share`.
    """
    names = cluster_names(cluster)
    require_columns(frame, [outcome, mention, *([group] if group else []), *names])
    index = group_index(frame[group], groups) if group else np.zeros(len(frame), dtype=np.int64)
    top, base = _domain(frame, outcome, mention)
    kept = (index >= 0) & np.isfinite(top)
    return _read(frame, (top, base), (code, coded_mention, probability), index, kept, names)


def estimated_share(
    data: Frame,
    method: Method,
    groups: Sequence[str],
    cluster: Sequence[str],
    *,
    level: float = 0.95,
    seed: int = 0,
) -> tuple[Corrected, str]:
    """Estimate one version of a share that was read before.

    Parameters
    ----------
    data : Frame
        From :func:`coded_share`.
    method : {"ppi++", "dsl", "naive", "human"}
        Which version.
    groups, cluster : sequence of str
        What groups and clusters are called.
    level : float
        Confidence level.
    seed : int
        Seed of the folds of ``"dsl"``.

    Returns
    -------
    (Corrected, str)
        The figures, and how they were computed.

    Raises
    ------
    NotMeasurable
        As :func:`estimate_share`.
    """
    _refuse(data, groups, cluster, coded=method != "naive")
    found = corrected_estimate(data, method, level=level, seed=seed)
    if not found.se > 1e-12 * float(np.abs(data.prediction).max()):
        raise NotMeasurable("nothing varies among the mentions; no interval can be given")
    return found, f"{method}: ratio among mentions; cluster-robust t interval ({' x '.join(cluster)})"


def _domain(
    frame: pd.DataFrame, outcome: str, mention: str
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Read numerator and denominator: both zero outside the mentions, both NaN where not known."""
    base, value = numbers(frame[mention], mention), numbers(frame[outcome], outcome)
    if not np.isin(base[np.isfinite(base)], (0.0, 1.0)).all():
        raise ParameterError(f"column {mention!r} holds something other than 0 and 1")
    return np.where(base == 0.0, 0.0, np.where(base == 1.0, value, np.nan)), base


def _read(
    frame: pd.DataFrame,
    predicted: tuple[NDArray[np.float64], NDArray[np.float64]],
    columns: tuple[str, str, str],
    index: NDArray[np.int64],
    kept: NDArray[np.bool_],
    names: Sequence[str],
) -> Frame:
    """Sort the posts, so that the order of rows changes nothing, not even the last digit."""
    code, coded_mention, probability = columns
    blank = np.full(len(frame), np.nan)
    y, x = blank, blank
    if code in frame.columns and coded_mention in frame.columns:
        y, x = _domain(frame, code, coded_mention)
        if (np.isnan(y) & (x == 1.0) & kept).any():
            raise ParameterError(f"a post is coded as a mention but has no value in {code!r}")
    pi = numbers(frame[probability], probability) if probability in frame.columns else np.ones(len(frame))
    ways = [cluster_codes(frame.loc[kept, name]) for name in names]
    arrays = [values[kept] for values in (*predicted, y, x, pi)]
    group = index[kept]
    order = np.lexsort((*arrays, *ways[::-1], group))
    top, base, y, x, pi = (values[order] for values in arrays)
    clusters = tuple(dense_codes(way[order]) for way in ways)
    return Frame(top, y, pi, clusters, group[order], base, x)


def _refuse(data: Frame, groups: Sequence[str], names: Sequence[str], *, coded: bool) -> None:
    for g, name in enumerate(groups):
        posts = data.members(g)
        inside = posts & (data.coded | (not coded))
        if not posts.any():
            raise NotMeasurable(f"group {name!r} has no post that the instrument has judged")
        if not inside.any():
            raise NotMeasurable(
                f"no post of group {name!r} was coded; the errors of the instrument there are unknown",
                hint="code a sample of that group, drawn with known probabilities",
            )
        base = np.asarray(data.code_base if coded else data.prediction_base)
        if not (base[inside] == 1.0).any():
            if coded:
                raise NotMeasurable(f"no coded post of group {name!r} mentions the target")
            raise NotMeasurable(f"no post of group {name!r} mentions the target")
        for way, codes in zip(names, data.clusters, strict=True):
            if np.unique(codes[inside]).shape[0] < 2:
                raise NotMeasurable(f"all posts of group {name!r} lie in one cluster ({way})")
