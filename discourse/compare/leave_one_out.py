"""Answers in three versions without the author, the thread or the day that moves them most."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from discourse.compare.cell_versions import VERSIONS, Settings, cell_versions
from discourse.compare.questions import Asked
from discourse.compare.three_estimates import outcome_columns
from discourse.tables import THREE_ESTIMATES

#: What is left out, and the column that names it.
UNITS: Final = {"author": "author", "thread": "thread_id", "day": "day"}
#: Units tried again in full: the weight of the labels in a correction is found anew without them.
_TRIED: Final = {"human": 1, "naive": 1, "corrected": 2}
#: Digits of what is published: more would tell what one author wrote.
_DIGITS: Final = 3
_FIGURES: Final = ("estimate", "low", "high")


def leave_one_out(
    posts: pd.DataFrame, asked: Sequence[Asked], settings: Settings, *, timezone: str = "UTC"
) -> pd.DataFrame:
    """Answer questions without the author, the thread or the day that moves the figure most.

    Parameters
    ----------
    posts : DataFrame
        From :func:`discourse.compare.three_estimates.coded_outcomes`; days need ``created_at``.
    asked : sequence of Asked
        Questions about the target of the posts.
    settings : Settings
        Correction, level, seed, minimum cell.
    timezone : str
        Zone in which days are counted.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.THREE_ESTIMATES` with ``figure`` "without author", "without thread" or
        "without day" and the question in ``id``; counts are those of the whole figure, and figures are
        rounded to three digits, for the difference of two exact ones would tell what one author wrote.

    Notes
    -----
    Which unit moves a figure most follows from the sums behind it (for a correction, those with the full
    weight of the labels); the first ones are left out and the figure is computed again in full, for each
    version by itself: human codes may rest on another author than labels do.  Deleting one case at a time and
    looking at the largest change is that of Belsley, Kuh and Welsch (1980) doi:10.1002/0471725153, here with
    whole clusters as cases.

    Examples
    --------
    >>> leave_one_out(pd.DataFrame(), [], Settings()).empty
    True
    """
    rows: list[dict[str, Any]] = []
    for question in asked:
        outcome = "mean" if question.outcome.startswith("stance:") else question.outcome.partition(":")[0]
        wanted = list(question.groups)
        pair = (wanted[0], wanted[1]) if len(wanted) == 2 else None
        part = posts if "all" in wanted else posts[posts["group"].isin(wanted)]
        if part.empty:
            continue
        cell = {"target": part["target"].iloc[0], "id": question.id, "outcome": outcome, "lang": "all"}
        cell["group"] = " vs ".join(wanted)
        columns = outcome_columns(part, outcome)
        if "created_at" in part.columns:
            when = part.loc[columns.index, "created_at"]
            columns = columns.assign(day=when.dt.tz_convert(timezone).dt.floor("D"))
        rows += _question(columns, cell, outcome, pair, settings)
    return THREE_ESTIMATES.conform(pd.DataFrame(rows)) if rows else THREE_ESTIMATES.empty()


def _question(
    columns: pd.DataFrame,
    cell: dict[str, Any],
    outcome: str,
    pair: tuple[str, str] | None,
    settings: Settings,
) -> list[dict[str, Any]]:
    whole = {row["version"]: row for row in cell_versions(columns, cell, outcome, pair, settings)}
    rows = []
    for unit, name in UNITS.items():
        if name not in columns.columns:
            continue
        tried = {
            version: most_moving(columns, name, version, pair, _TRIED[version])
            for version in VERSIONS
            if np.isfinite(whole[version]["estimate"])
        }
        again = {
            one: {row["version"]: row for row in cell_versions(rest, cell, outcome, pair, settings)}
            for one in dict.fromkeys(one for found in tried.values() for one in found)
            for rest in [columns[columns[name] != one]]
        }
        for version in VERSIONS:
            found = [again[one][version] for one in tried.get(version, ())]
            rows.append(whole[version] | {"figure": f"without {unit}"} | _furthest(whole[version], found))
    return rows


def _furthest(whole: dict[str, Any], found: list[dict[str, Any]]) -> dict[str, Any]:
    """Take the figure that lies furthest from the whole one; where none can be given, its reason."""
    if not found:
        return {}
    known = [row for row in found if np.isfinite(row["estimate"])]
    if not known:
        return dict.fromkeys(_FIGURES, float("nan")) | {"method": pd.NA, "reason": found[0]["reason"]}
    row = max(known, key=lambda row: abs(row["estimate"] - whole["estimate"]))
    return {name: round(float(row[name]), _DIGITS) for name in _FIGURES} | {"method": row["method"]}


def most_moving(
    columns: pd.DataFrame, unit: str, version: str, pair: tuple[str, str] | None, n: int
) -> list[Any]:
    """Find the units without which a figure would change most.

    Parameters
    ----------
    columns : DataFrame
        As for :func:`discourse.compare.cell_versions.cell_versions`.
    unit : str
        Column that names the units; unknown ones are passed over.
    version : {"human", "naive", "corrected"}
        Whose sums are looked at.
    pair : tuple of two str or None
        Groups compared, first minus second.
    n : int
        How many.

    Returns
    -------
    list
        Values of the column, that which moves the figure most first.

    Examples
    --------
    >>> posts = pd.DataFrame({"author": list("aab"), "top": [1.0, 1.0, 0.0], "base": 1.0, "code": np.nan,
    ...     "coded_base": np.nan, "pi": np.nan})
    >>> most_moving(posts, "author", "naive", None, 1)
    ['a']
    """
    top, base = _sums(columns, version)
    known = columns[unit].notna().to_numpy()
    codes, names = pd.factorize(columns[unit][known], sort=True)
    change = np.zeros(len(names))
    for sign, side in zip((1.0, -1.0), pair or ("all",), strict=False):
        mine = np.ones(len(columns), bool) if pair is None else (columns["group"] == side).to_numpy()
        total = top[mine].sum(), base[mine].sum()
        parts = [
            np.bincount(codes, weights=np.where(mine, v, 0.0)[known], minlength=len(names))
            for v in (top, base)
        ]
        with np.errstate(divide="ignore", invalid="ignore"):
            without = (total[0] - parts[0]) / (total[1] - parts[1])
            change += sign * np.nan_to_num(without - total[0] / total[1], posinf=0.0, neginf=0.0)
    order = np.argsort(-np.abs(change).round(12), kind="stable")[:n]
    return [names[place] for place in order]


def _sums(columns: pd.DataFrame, version: str) -> tuple[np.ndarray, np.ndarray]:
    """Give what each post adds to numerator and denominator of a version."""
    base = columns["base"].to_numpy(np.float64)
    top = np.where(base == 1.0, columns["top"].to_numpy(np.float64), 0.0)
    base = np.nan_to_num(base)
    if version == "naive":
        return top, base
    coded = columns["coded_base"].notna().to_numpy()
    people = np.nan_to_num(columns["coded_base"].to_numpy(np.float64))
    code = np.where(people == 1.0, np.nan_to_num(columns["code"].to_numpy(np.float64)), 0.0)
    weight = np.where(coded, 1.0 / np.where(coded, columns["pi"].to_numpy(np.float64), 1.0), 0.0)
    if version == "human":
        return weight * code, weight * people
    return top + weight * (code - top), base + weight * (people - base)
