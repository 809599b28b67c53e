"""The tables of a study's analyses, in their order; some are made by a fork beside the others."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd

from discourse.study.analyses import Analysis, made_apart
from discourse.study.clock import Clock
from discourse.study.depend import Dependence
from discourse.study.fork import Fork
from discourse.study.material import Material
from discourse.study.spread import goes_elsewhere
from discourse.text.dictionaries import let_go_of_dictionaries

#: Of more posts no analyses are made beside others: what both sides hold at their height adds up.
APART = 2_000_000
#: Behind these nobody looks up a word for a while.
_LAST_TO_READ = ("words", "nearby")


def analyse(material: Material, chosen: Sequence[Analysis], depend: Dependence, clock: Clock) -> None:
    """Make the tables of some analyses, into ``material.tables``.

    Parameters
    ----------
    material : Material
        What they work on; where it has several workers, analyses that may be made apart are made by a fork.
    chosen : sequence of Analysis
        Which ones, in order.
    depend : Dependence
        What their entries of the store depend on.
    clock : Clock
        Notes the seconds of each.

    Notes
    -----
    When an analysis reads a table of the fork, all that the fork makes is waited for.
    """
    missing = [a for a in chosen if not material.store.has(depend.analysis(a.name))]
    aside = _aside(material, chosen, missing)
    if any(analysis.name == "compare" for analysis in aside):
        _ = material.codes  # both sides read them
    if missing:
        _ = material.numbered
        material.mapped.let_go()
    awaited = {table for analysis in aside for table in analysis.tables}
    made: dict[str, dict[str, pd.DataFrame]] = {}
    material.beside = bool(aside)
    with Fork(partial(_make, material, depend, clock), aside) as fork:
        for analysis in (a for a in chosen if a not in aside):
            if awaited & set(analysis.reads):
                made |= _taken(fork, aside, material, clock)
                awaited = set()
            made[analysis.name] = _make(material, depend, clock, analysis)[0]
        if awaited:
            made |= _taken(fork, aside, material, clock)
    material.tables = {}
    for analysis in chosen:  # in one order, whoever made them
        material.tables |= made[analysis.name]


def _aside(material: Material, chosen: Sequence[Analysis], missing: Sequence[Analysis]) -> list[Analysis]:
    """Choose what a fork makes, so that there is something to do beside it."""
    if material.workers == 1 or goes_elsewhere() or len(material.posts) > APART:
        return []
    aside = [analysis for analysis in made_apart(chosen, material.study) if analysis in missing]
    return aside if len(aside) < len(missing) else []


_Made = tuple[dict[str, pd.DataFrame], float, set[str]]


def _make(material: Material, depend: Dependence, clock: Clock, analysis: Analysis) -> _Made:
    """Make the tables of one analysis; with the seconds it took, and the entries of the store it wrote."""
    with clock.step(analysis.name, analysis.message):
        key = depend.analysis(analysis.name)
        tables = material.store.frames(key, partial(analysis.make, material))
        material.tables |= tables  # for those behind it
        if material.mapped.used and analysis.name in _LAST_TO_READ:
            let_go_of_dictionaries()
        material.mapped.let_go()
    return tables, clock.seconds[analysis.name], material.store.made


def _taken(
    fork: Fork[Analysis, _Made], aside: Sequence[Analysis], material: Material, clock: Clock
) -> dict[str, dict[str, pd.DataFrame]]:
    """Wait for what a fork makes; the tables by analysis."""
    made = {}
    for analysis, (tables, seconds, entries) in zip(aside, fork.results(), strict=True):
        made[analysis.name] = tables
        material.tables |= tables
        material.store.made |= entries
        clock.seconds[analysis.name] = seconds
    return made
