"""Do coders code alike?  Alpha with its interval and its rivals: overall, by category, language and pair."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from discourse.coding.codes import ADJUDICATED
from discourse.errors import NotMeasurable
from discourse.stats import agreement as stats
from discourse.stats.alpha import krippendorff_interval
from discourse.tables import AGREEMENT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from discourse.coding.sample import Sample

UNIT = ["post_id", "target"]
MIN_TWINS = 60
"""Bilingual items without which agreement across languages is not given."""


def agreement(
    codes: pd.DataFrame,
    sample: Sample | None = None,
    *,
    level: float = 0.95,
    seed: int = 0,
    draws: int = 2000,
) -> pd.DataFrame:
    """Compare the coders with each other.

    Parameters
    ----------
    codes : DataFrame
        :data:`discourse.tables.CODES`; adjudicated codes are not those of a coder, and are left out.
    sample : Sample, optional
        With it, agreement is given by language too, and coefficients that need the number of categories take
        it from the codebook rather than from what was used.
    level : float
        Level of the interval of alpha.
    seed, draws : int
        Seed and number of its bootstrap resamples of units.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.AGREEMENT`: for each variable one row for all, one a category (that category
        against all others), one a language, and one a pair of coders.

    Raises
    ------
    NotMeasurable
        If no unit was coded by two people.

    Notes
    -----
    Krippendorff (2018), *Content Analysis*, chapter 12: .80 and above reliable, .667 to .80 tentative.
    Percent agreement alone says nothing about chance; AC1 stands beside alpha since kappa-like coefficients
    fall where one category prevails (Gwet 2008, doi:10.1348/000711006X126600).

    Examples
    --------
    >>> codes = pd.DataFrame({"post_id": list("1234") * 2, "target": "refugees", "variable": "label",
    ...     "coder": ["anna"] * 4 + ["bo"] * 4,
    ...     "value": ["positive", "absent", "absent", "neutral", "positive", "absent", "neutral", "neutral"]})
    >>> table = agreement(codes)
    >>> round(float(table.loc[0, "alpha"]), 3), float(table.loc[0, "percent"])
    (0.667, 0.75)
    """
    people = codes[codes["coder"] != ADJUDICATED]
    lang = None if sample is None else sample.units.set_index("post_id")["lang"]
    rows = []
    for variable, part in people.groupby("variable", sort=True):
        known = None if sample is None else len(sample.codebook.variable(str(variable)).values)
        wide = part.set_index([*UNIT, "coder"])["value"].unstack("coder").sort_index()
        for scope, value, ratings, n_categories in _views(wide, lang, known):
            row = _coefficients(ratings, n_categories, level, seed, draws)
            rows.append({"variable": variable, "scope": scope, "value": value} | row)
    if not any(row["scope"] == "all" and row["n_units"] for row in rows):
        raise NotMeasurable(
            "no unit was coded by two people; nothing can be said about agreement",
            hint="draw with several coders and an overlap, or let a second person code some units",
        )
    return AGREEMENT.conform(pd.DataFrame(rows))


def _views(
    wide: pd.DataFrame, lang: pd.Series | None, known: int | None
) -> Iterator[tuple[str, str | None, pd.DataFrame, int | None]]:
    yield "all", None, wide, known
    for category in sorted(set(wide.to_numpy()[wide.notna().to_numpy()])):
        yield "category", category, wide.eq(category).astype(object).where(wide.notna(), None), 2
    if lang is not None:
        spoken = lang.reindex(wide.index.get_level_values("post_id"))
        for name in sorted(spoken.dropna().unique()):
            yield "language", str(name), wide[(spoken == name).to_numpy()], known
    if wide.shape[1] > 2:
        for a, b in combinations(wide.columns, 2):
            yield "pair", f"{a} & {b}", wide[[a, b]], known


def _coefficients(
    wide: pd.DataFrame, n_categories: int | None, level: float, seed: int, draws: int
) -> dict[str, Any]:
    table = _ratings(wide)
    alpha = krippendorff_interval(table, rng=np.random.default_rng(seed), draws=draws, confidence=level)
    return {
        "n_units": alpha.n_units,
        "n_coders": int((wide.notna().any()).sum()),
        "alpha": alpha.alpha,
        "low": alpha.low,
        "high": alpha.high,
        "level": level,
        "percent": stats.percent_agreement(table),
        "kappa": stats.conger_kappa(_shared(table)),
        "pi": stats.fleiss_kappa(_shared(table)),
        "ac1": stats.gwet_ac1(table, n_categories=n_categories),
        "brennan_prediger": stats.brennan_prediger(table, n_categories=n_categories),
    }


def _ratings(wide: pd.DataFrame) -> NDArray[Any]:
    """Give coders in rows and units in columns, None where not coded; truth values as text."""
    values, known = wide.to_numpy(dtype=object), wide.notna().to_numpy()
    table = np.full(values.shape[::-1], None, dtype=object)
    table.T[known] = [str(value) for value in values[known]]
    return table


def _shared(table: NDArray[Any]) -> NDArray[Any]:
    """Two coders are compared over the units that both coded (Cohen, Scott); more over all."""
    known = np.array([[value is not None for value in row] for row in table], dtype=bool).reshape(table.shape)
    rows = table[known.any(axis=1)] if table.size else table
    return rows[:, known.all(axis=0)] if table.shape[0] == 2 else rows


def twin_agreement(
    codes: pd.DataFrame,
    twins: pd.DataFrame,
    *,
    variable: str = "label",
    level: float = 0.95,
    seed: int = 0,
    draws: int = 2000,
    least: int = MIN_TWINS,
) -> pd.DataFrame:
    """Compare what people say of the same message in two languages.

    Parameters
    ----------
    codes : DataFrame
        :data:`discourse.tables.CODES`.
    twins : DataFrame
        One row a version: ``item`` (the message), ``lang`` (two languages) and ``post_id`` (the unit coded).
    variable : str
        Variable of the codebook.
    level, seed, draws
        As for :func:`agreement`.
    least : int
        Items coded in both languages without which nothing is said.

    Returns
    -------
    DataFrame
        One row of :data:`discourse.tables.AGREEMENT` with scope ``twins``: the two languages take the part of
        coders.  Where several people coded a version, the settled code counts.

    Raises
    ------
    NotMeasurable
        If fewer items than `least` have a settled code in both languages.

    Notes
    -----
    A translation that is coded otherwise means that the codebook does not mean the same in both languages,
    and differences between them cannot be read as differences between people (measurement equivalence: van de
    Vijver and Leung 1997, *Methods and Data Analysis for Cross-Cultural Research*).

    Examples
    --------
    >>> ids = [str(i) for i in range(120)]
    >>> codes = pd.DataFrame({"post_id": ids, "target": "refugees", "variable": "label", "coder": "anna",
    ...     "value": ["positive", "positive", "absent", "absent"] * 30})
    >>> items = [i // 2 for i in range(120)]
    >>> twins = pd.DataFrame({"post_id": ids, "lang": ["zh", "en"] * 60, "item": items})
    >>> twin_agreement(codes, twins)[["n_units", "alpha"]].to_numpy().tolist()
    [[60, 1.0]]
    """
    from discourse.coding.final import final_codes

    final = final_codes(codes[codes["variable"] == variable])
    both = twins.astype({"post_id": "str"}).merge(final, on="post_id")
    wide = both[both["value"].notna()].drop_duplicates(["item", "lang"])
    wide = wide.set_index(["item", "lang"])["value"].unstack("lang").sort_index()
    shared = wide.dropna() if wide.shape[1] == 2 else wide.iloc[:0]
    if len(shared) < least:
        raise NotMeasurable(
            f"{len(shared)} items are coded in two languages; agreement across languages needs {least}",
            hint="code more bilingual or translated items by the same codebook",
        )
    row = _coefficients(shared, None, level, seed, draws)
    name = " & ".join(map(str, shared.columns))
    return AGREEMENT.conform(pd.DataFrame([{"variable": variable, "scope": "twins", "value": name} | row]))
