"""From the codes of several people to one code a unit, and from the units coded so far to their weights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from discourse.coding.codebook import STANCE
from discourse.coding.codes import ADJUDICATED
from discourse.errors import NotMeasurable, ParameterError
from discourse.tables import FINAL_CODES

if TYPE_CHECKING:
    from discourse.coding.sample import Sample

KEYS = ["post_id", "target", "variable"]


def final_codes(codes: pd.DataFrame) -> pd.DataFrame:
    """Settle on one code for each unit and variable: adjudicated before agreed before single.

    Parameters
    ----------
    codes : DataFrame
        :data:`discourse.tables.CODES`, as :func:`discourse.read_codes` gives them.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.FINAL_CODES`.  ``origin`` is ``agreed`` where all coders say the same,
        ``majority`` where more than half of three or more do, ``single`` where one coder coded it, and
        ``disputed`` (value NA) otherwise, until somebody settles it.

    Examples
    --------
    >>> codes = pd.DataFrame({"post_id": ["1", "1", "2", "2", "3"], "target": "refugees",
    ...     "coder": ["anna", "bo", "anna", "bo", "bo"], "variable": "label",
    ...     "value": ["positive", "positive", "neutral", "absent", "negative"]})
    >>> final_codes(codes)[["post_id", "value", "origin"]].to_numpy().tolist()
    [['1', 'positive', 'agreed'], ['2', nan, 'disputed'], ['3', 'negative', 'single']]
    """
    place = codes.groupby(KEYS, sort=True, dropna=False).ngroup().rename("place")
    units = codes[KEYS].assign(place=place).drop_duplicates("place").set_index("place").sort_index()
    person = codes["coder"] != ADJUDICATED
    said = codes.loc[person, "value"].groupby(place[person]).value_counts(sort=True)
    n = said.groupby(level=0).sum().reindex(units.index, fill_value=0)
    top = said.groupby(level=0).max().reindex(units.index, fill_value=0)
    most = (
        said.index.set_names(["place", "value"])
        .to_frame(index=False)
        .drop_duplicates("place")
        .set_index("place")["value"]
    )
    settled = codes.loc[~person, "value"].groupby(place[~person]).last().reindex(units.index)
    origin = np.select(
        [settled.notna(), n == 1, top == n, (n > 2) & (2 * top > n)],
        ["adjudicated", "single", "agreed", "majority"],
        "disputed",
    )
    value = settled.where(settled.notna(), most.reindex(units.index)).where(origin != "disputed")
    return FINAL_CODES.conform(units.assign(value=value, origin=origin, n_coders=n))


def coded_units(
    sample: Sample,
    codes: pd.DataFrame,
    variable: str = STANCE,
    *,
    disputed: Literal["drawn", "leave out"] = "drawn",
) -> pd.DataFrame:
    """Give the coded units of a sample with their code and the weight that they carry.

    Parameters
    ----------
    sample : Sample
        What was drawn.
    codes : DataFrame
        :data:`discourse.tables.CODES`.
    variable : str
        The variable of the codebook.
    disputed : {"drawn", "leave out"}
        What happens where coders disagree and nobody has settled it: the code of one of them, drawn by the
        seed of the sample (``origin`` is then ``drawn``), or nothing.  Leaving the hardest posts out flatters
        an instrument.

    Returns
    -------
    DataFrame
        The columns of :data:`discourse.tables.SAMPLE`, and ``code``, ``origin``, ``n_coders`` and ``pi``: the
        probability of being drawn *and* coded so far, in (0, 1].  One row a unit; in the order of the sample.

    Raises
    ------
    NotMeasurable
        If nothing was coded.

    Notes
    -----
    ``pi`` is the inclusion probability times the coded share of the stratum, itself weighted: a weighting
    class adjustment (Särndal, Swensson and Wretman 1992, 15.6).  A stratum in which nothing was coded yet
    joins the strata of the same group and label, then of the same label, then all.  Weights 1 / pi sum to
    the size of the frame.
    """
    final = final_codes(codes[codes["variable"] == variable])
    if disputed not in ("drawn", "leave out"):
        raise ParameterError(f"disputed is {disputed!r}", expected="drawn or leave out")
    if disputed == "drawn":
        final = _drawn_where_disputed(final, codes, sample.design.seed)
    final = final[final["value"].notna()].rename(columns={"value": "code"})
    units = sample.units.merge(
        final[["post_id", "target", "code", "origin", "n_coders"]], on=["post_id", "target"], how="left"
    )
    coded = units["code"].notna().to_numpy()
    if not coded.any():
        raise NotMeasurable(f"no unit has a code of {variable!r} yet", hint="code some of the sample first")
    units["pi"] = _effective(units, coded)
    return units[coded].reset_index(drop=True)


def _drawn_where_disputed(final: pd.DataFrame, codes: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Take the code of one coder at random; a number for each row, so that no other row changes it."""
    open_ = final[final["origin"] == "disputed"][KEYS]
    said = open_.merge(codes[codes["coder"] != ADJUDICATED], on=KEYS).sort_values([*KEYS, "coder"])
    rng = np.random.default_rng([seed, 2])
    chosen = said.assign(u=rng.random(len(said))).sort_values("u", kind="stable").drop_duplicates(KEYS)
    values = final[KEYS].merge(chosen[[*KEYS, "value"]], on=KEYS, how="left")["value"]
    taken = (final["origin"] == "disputed") & values.notna()
    return final.assign(
        value=final["value"].where(~taken, values), origin=final["origin"].where(~taken, "drawn")
    )


def _effective(units: pd.DataFrame, coded: np.ndarray) -> np.ndarray:
    cell = units["stratum"].astype("str")
    for keys in (["group", "label"], ["label"], []):
        empty = ~cell.isin(cell[coded])
        if not empty.any():
            break
        wider = units[keys].astype("str").agg(" | ".join, axis=1) if keys else pd.Series("", units.index)
        cell = cell.where(~wider.isin(wider[empty]), "* " + wider)
    weight = 1.0 / units["inclusion"].to_numpy(dtype=np.float64)
    names = cell.to_numpy(dtype=str)
    drawn = pd.Series(weight).groupby(names).sum()
    answered = pd.Series(weight * coded).groupby(names).sum()
    share = (answered / drawn).loc[names].to_numpy()
    return np.asarray(np.minimum(share / weight, 1.0))


def disagreements(codes: pd.DataFrame, *, open_only: bool = True) -> pd.DataFrame:
    """List the units that coders disagree about, with what each of them said.

    Parameters
    ----------
    codes : DataFrame
        :data:`discourse.tables.CODES`.
    open_only : bool
        Whether to leave out what has been adjudicated.

    Returns
    -------
    DataFrame
        ``post_id``, ``target``, ``variable`` and a column a coder, sorted by unit.

    Examples
    --------
    >>> codes = pd.DataFrame({"post_id": ["1", "1", "2"], "target": "refugees", "variable": "label",
    ...     "coder": ["anna", "bo", "anna"], "value": ["positive", "neutral", "absent"]})
    >>> disagreements(codes).to_dict("records")
    [{'post_id': '1', 'target': 'refugees', 'variable': 'label', 'anna': 'positive', 'bo': 'neutral'}]
    """
    people = codes[codes["coder"] != ADJUDICATED]
    several = people.groupby(KEYS, dropna=False)["value"].transform("nunique") > 1
    if open_only:
        settled = codes.loc[codes["coder"] == ADJUDICATED, KEYS].assign(settled=True)
        known = people.merge(settled, on=KEYS, how="left")["settled"].notna().to_numpy()
        several = several & ~known
    rows = people[several]
    if rows.empty:
        return pd.DataFrame(columns=[*KEYS, *sorted(people["coder"].unique())])
    wide = rows.set_index([*KEYS, "coder"])["value"].unstack("coder")
    wide.columns.name = None
    return wide.reset_index()
