"""What moved: phases, who wrote in them, changes of level, interrupted series, outside series, return."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from typing import TYPE_CHECKING, Any

import pandas as pd
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from discourse.room import laid_in
from discourse.study.findings.groups import group_names
from discourse.study.schema import in_language

if TYPE_CHECKING:
    from discourse.compare.spans import Phase
    from discourse.study.material import Material
    from discourse.study.schema import Study

#: Name of the time before the first event, where the study declares no phases.
BEFORE = "before"


def time_tables(material: Material) -> dict[str, pd.DataFrame]:
    """Describe the phases of a study, and what its series can and cannot show.

    Parameters
    ----------
    material : Material
        Its scores, and the table ``daily``; of the study phases, events, outside series, zone, groups.

    Returns
    -------
    dict of str to DataFrame
        ``phases``, ``phase_changes``, ``composition`` and ``interrupted`` (where the study has phases or
        events), ``change_points``, ``cohorts`` and ``outside_series`` (where it names some).
    """
    # sums so small that threads would only wait for each other
    with laid_in(material.mapped), threadpool_limits(1):
        return _time_tables(material)


def _time_tables(material: Material) -> dict[str, pd.DataFrame]:
    from discourse.compare.changepoints import daily_change_points
    from discourse.compare.cohorts import cohort_return
    from discourse.compare.interrupted import interrupted

    study, scored = material.study, material.numbered.scored
    head = study.study
    language = "zh" if head.language == "zh" else "en"
    posts = material.numbered.posts
    named = [name for name in group_names(study, posts) if name != "unassigned"]
    events = [{"name": in_language(event.name, language), "at": event.at} for event in study.events]
    made = _phase_tables(material, scored) if study.phases or study.events else {}
    if events:
        made["interrupted"] = interrupted(
            scored, events, instrument=material.instruments, groups=named, min_cell=head.min_cell
        )
    made["change_points"] = daily_change_points(material.tables["daily"])
    made["cohorts"] = cohort_return(
        posts, head.timezone, groups=group_names(study, posts), min_cell=head.min_cell
    )
    return made | _outside(study, language)


def study_phases(study: Study) -> list[Phase]:
    """Give the phases that a study declares, or those that its events cut.

    Parameters
    ----------
    study : Study
        A study.

    Returns
    -------
    list of Phase
        In order; one phase where the study has neither.

    Raises
    ------
    ParameterError
        If the declared phases are not in the order of time.
    """
    from discourse.compare.spans import Phase, phases_of_events

    zone = zoneinfo.ZoneInfo(study.study.timezone)
    if study.phases:
        return [Phase(phase.name, _moment(phase.start, zone)) for phase in study.phases]
    language = "zh" if study.study.language == "zh" else "en"
    events = [{"name": in_language(event.name, language), "at": event.at} for event in study.events]
    return phases_of_events(events, study.study.timezone, before=BEFORE)


def phase_starts(study: Study) -> list[str]:
    """List the first days of the phases of a study, in its zone.

    Parameters
    ----------
    study : Study
        A study.

    Returns
    -------
    list of str
        ``YYYY-MM-DD``.
    """
    zone = zoneinfo.ZoneInfo(study.study.timezone)
    starts = [phase.start for phase in study_phases(study)]
    return [start.astimezone(zone).date().isoformat() for start in starts if start is not None]


def _moment(start: dt.date | dt.datetime | None, zone: zoneinfo.ZoneInfo) -> dt.datetime | None:
    if start is None or isinstance(start, dt.datetime):
        return start
    return dt.datetime.combine(start, dt.time(), zone)


def _phase_tables(material: Material, scored: pd.DataFrame) -> dict[str, pd.DataFrame]:
    from discourse.compare.composition import composition
    from discourse.compare.phases import hide_sides, phase_changes, phase_table

    study = material.study
    head, phases = study.study, study_phases(study)
    groups = group_names(study, scored)
    named = [name for name in groups if name != "unassigned"]
    given: dict[str, Any] = {"instrument": material.instruments}
    described = phase_table(scored, phases, head.timezone, groups=groups, min_cell=head.min_cell, **given)
    changes = phase_changes(scored, phases, head.timezone, groups=named, seed=head.seed, **given)
    return {
        "phases": described,
        "phase_changes": hide_sides(changes, described),
        "composition": composition(scored, phases, groups=named, min_cell=head.min_cell, **given),
    }


def _outside(study: Study, language: str) -> dict[str, pd.DataFrame]:
    from discourse.compare.outside_series import read_outside

    if not study.series:
        return {}
    tables = [
        read_outside(series.path, series.date, series.value, in_language(series.label, language))
        for series in study.series
    ]
    return {"outside_series": pd.concat(tables, ignore_index=True)}
