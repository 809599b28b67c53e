"""Differential error: whether the instrument errs more, or in another direction, in one group than another.

If it does, a naive difference between the groups is partly a difference between errors.  Not finding a
difference is not the same as there being none: each row says what difference could have been found.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from scipy import special

from discourse.coding.weighted import clusters_of
from discourse.errors import NotMeasurable, ParameterError
from discourse.stats.cluster_means import clustered_ratio
from discourse.stats.multiple import holm
from discourse.tables import DIFFERENTIAL

POWER = 0.8


def differential_error(units: pd.DataFrame, *, margin: float = 0.05, level: float = 0.95) -> pd.DataFrame:
    """Compare the errors of an instrument between groups.

    Parameters
    ----------
    units : DataFrame
        From :func:`discourse.coding.final.coded_units`.
    margin : float
        A difference is taken as none if its interval lies within plus and minus this.
    level : float
        Level of the intervals.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.DIFFERENTIAL`, one row a pair of groups and measure: ``error`` (share of
        wrong labels), ``bias positive`` and ``bias negative`` (share labelled so minus share coded so: what a
        naive comparison of shares is off by), ``missed`` (labelled absent where people see a mention), and
        ``error if LABEL`` among posts that people gave that code.  Empty with fewer than two groups.

    Raises
    ------
    ParameterError
        If the margin is not above zero.

    Notes
    -----
    TeBlunthuis, Hase and Chan (2024) doi:10.1080/19312458.2023.2293713 on why it matters; differences of
    weighted ratios with cluster-robust intervals; Holm (1979) over the pairs of groups, measure by
    measure.  ``detectable`` is
    (t_0.975 + t_0.8) se, the difference that would be found in 80 of 100 such samples (Bloom 1995,
    doi:10.1177/0193841X9501900504).

    Examples
    --------
    >>> units = pd.DataFrame({"group": ["a", "b"] * 40, "label": "positive", "pi": 0.5,
    ...     "code": ["positive"] * 40 + ["positive", "absent"] * 20, "author": range(80), "thread_id": None})
    >>> row = differential_error(units).iloc[0]
    >>> row["measure"], float(row["estimate"]), row["verdict"]
    ('error', -0.5, 'different')
    """
    if not margin > 0.0:
        raise ParameterError("the margin must lie above zero", where="margin")
    known = units[units["group"].notna() & ~units["group"].isin(["unassigned", "unknown"])]
    rows: list[dict[str, Any]] = []
    for a, b in combinations(sorted(known["group"].unique()), 2):
        pair = known[known["group"].isin([a, b])].reset_index(drop=True)
        for name, top, bottom in _measures(pair):
            rows.append({"group_a": a, "group_b": b, "measure": name} | _compare(pair, top, bottom, a, level))
    if not rows:
        return DIFFERENTIAL.empty()
    table = pd.DataFrame(rows)
    table["p_adjusted"] = np.nan
    for _, rows_of in table[table["p"].notna()].groupby("measure"):
        table.loc[rows_of.index, "p_adjusted"] = holm(rows_of["p"].to_numpy(dtype=np.float64))
    table["verdict"] = [_verdict(row, margin, level) for row in table.to_dict("records")]
    return DIFFERENTIAL.conform(table)


def _measures(pair: pd.DataFrame) -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
    label, code = pair["label"].to_numpy(dtype=str), pair["code"].to_numpy(dtype=str)
    wrong, everyone = (label != code).astype(float), np.ones(len(pair))
    yield "error", wrong, everyone
    for name in ("positive", "negative", "yes"):
        if (label == name).any() or (code == name).any():
            yield f"bias {name}", (label == name) * 1.0 - (code == name), everyone
    if (code == "absent").any() or (label == "absent").any():
        mention = (code != "absent").astype(float)
        yield "missed", mention * (label == "absent"), mention
    for name in sorted(set(code)):
        yield f"error if {name}", wrong * (code == name), (code == name).astype(float)


def _compare(
    pair: pd.DataFrame, top: np.ndarray, bottom: np.ndarray, first: str, level: float
) -> dict[str, Any]:
    second = (pair["group"] != first).to_numpy()
    asked = bottom > 0
    counts = {"n_a": int((asked & ~second).sum()), "n_b": int((asked & second).sum()), "level": level}
    w = 1.0 / pair["pi"].to_numpy(dtype=np.float64)
    try:
        found = clustered_ratio(
            w * top, w * bottom, clusters_of(pair), groups=second.astype(np.int64), level=level
        )
    except NotMeasurable:
        return counts | dict.fromkeys(("estimate", "low", "high", "p", "detectable"), float("nan"))
    if not found.se > 1e-12:  # nobody erred, or everybody did: no variation to measure uncertainty by
        return (
            counts | {"estimate": found.estimate} | dict.fromkeys(("low", "high", "p", "detectable"), np.nan)
        )
    reach = special.stdtrit(found.df, 0.5 + level / 2.0) + special.stdtrit(found.df, POWER)
    return counts | {
        "estimate": found.estimate,
        "low": found.low,
        "high": found.high,
        "p": found.p,
        "detectable": float(reach * found.se),
    }


def _verdict(row: Mapping[Hashable, Any], margin: float, level: float) -> str:
    if row["p_adjusted"] < 1.0 - level:
        return "different"
    return "equal within the margin" if row["low"] > -margin and row["high"] < margin else "not known"
