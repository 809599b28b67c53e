"""The tables of time: phases, who wrote in them, changes of level, outside series, and who came back."""

from __future__ import annotations

from discourse.tables.table import ESTIMATE, Column, Table

_REASON = Column("reason", "str", "why no figure is given; NA otherwise", required=False)
_METHOD = Column("method", "str", "how it was computed", required=False)

PHASES = Table(
    "phases",
    "P8: one row a phase, group and measure; phases are spans of time in the zone of the study.",
    (
        Column("phase", "str", "name of the phase"),
        Column("first", "str", "its first day in the study's zone, YYYY-MM-DD"),
        Column("last", "str", "its last day in the study's zone, YYYY-MM-DD"),
        Column("target", "str", "name of the target; NA for volume", required=False),
        Column("group", "str", "name of the group; 'all' for everybody"),
        Column("measure", "str", "posts | mean | positive | negative | balance | coverage"),
        *ESTIMATE,
        Column("n", "Int64", "posts behind the figure", "posts"),
        Column("n_authors", "Int64", "authors behind the figure", "authors"),
        Column("n_threads", "Int64", "threads behind the figure", "threads"),
        _METHOD,
        Column("instrument", "str", "scorer and version; NA for volume", required=False),
        _REASON,
    ),
)

PHASE_CHANGES = Table(
    "phase_changes",
    "One phase compared with the one before it, within a group.",
    (
        Column("target", "str", "name of the target"),
        Column("group", "str", "name of the group"),
        Column("measure", "str", "mean | positive | negative"),
        Column("phase_a", "str", "the later phase"),
        Column("phase_b", "str", "the phase before it"),
        *ESTIMATE,
        Column("effect", "float64", "Hedges g", "standard deviations"),
        Column("p", "float64", "p-value of no difference"),
        Column("p_adjusted", "float64", "after Holm within the family"),
        Column("family", "str", "the declared family of tests"),
        Column("n_a", "Int64", "posts of the later phase", "posts"),
        Column("n_b", "Int64", "posts of the phase before it", "posts"),
        Column("authors_a", "Int64", "authors of the later phase", "authors"),
        Column("authors_b", "Int64", "authors of the phase before it", "authors"),
        Column("threads_a", "Int64", "threads of the later phase", "threads"),
        Column("threads_b", "Int64", "threads of the phase before it", "threads"),
        _METHOD,
        Column("instrument", "str", "scorer and version", required=False),
        _REASON,
    ),
)

COMPOSITION = Table(
    "composition",
    "A change between two phases, split into the same authors writing otherwise and other authors writing.",
    (
        Column("target", "str", "name of the target"),
        Column("group", "str", "name of the group; 'all' for everybody"),
        Column("phase_a", "str", "the later phase"),
        Column("phase_b", "str", "the phase before it"),
        Column("part", "str", "change | same authors | activity | arrivals | departures | within authors"),
        *ESTIMATE,
        Column("p", "float64", "p-value of no difference"),
        Column("n", "Int64", "posts of the authors of this part, in both phases", "posts"),
        Column("n_authors", "Int64", "authors of this part", "authors"),
        _METHOD,
        Column("instrument", "str", "scorer and version", required=False),
        _REASON,
    ),
)

CHANGE_POINTS = Table(
    "change_points",
    "Days on which the level of a daily series changes; exploratory.",
    (
        Column("target", "str", "name of the target; NA for volume", required=False),
        Column("group", "str", "name of the group; 'all' for everybody"),
        Column("measure", "str", "posts | mean"),
        Column("day", "str", "first day of the new level; NA if there is no change", required=False),
        Column("before", "float64", "mean level before", required=False),
        Column("after", "float64", "mean level after", required=False),
        Column("change", "float64", "after minus before", required=False),
        Column("n_before", "Int64", "days of the level before", "days", required=False),
        Column("n_after", "Int64", "days of the level after", "days", required=False),
        Column("n_days", "Int64", "days with a value", "days"),
        _REASON,
    ),
)

INTERRUPTED = Table(
    "interrupted",
    "P9: jump and change of slope of a series at an event, where there are enough points on both sides.",
    (
        Column("event", "str", "what happened"),
        Column("unit", "str", "day | hour: the step of the series"),
        Column("target", "str", "name of the target"),
        Column("group", "str", "name of the group; 'all' for everybody"),
        Column("term", "str", "level (jump) | slope (change of slope, per step)"),
        *ESTIMATE,
        Column("p", "float64", "p-value of no change"),
        Column("placebo_p", "float64", "share of placebo dates with as large a jump", required=False),
        Column("n_placebo", "Int64", "placebo dates before the event", "steps", required=False),
        Column("n_before", "Int64", "steps with a value before the event", "steps"),
        Column("n_after", "Int64", "steps with a value from the event on", "steps"),
        Column("lags", "Int64", "lags of the Newey-West errors", "steps", required=False),
        _METHOD,
        Column("instrument", "str", "scorer and version", required=False),
        _REASON,
    ),
)

OUTSIDE_SERIES = Table(
    "outside_series",
    "Series from outside of the posts, drawn beside them.",
    (
        Column("label", "str", "what was counted"),
        Column("day", "str", "date as in the file, YYYY-MM-DD"),
        Column("value", "float64", "the value of that day; NA where the file has none", required=False),
    ),
)

COHORTS = Table(
    "cohorts",
    "Of those who first wrote on a day, how many wrote again on a later day within the horizon.",
    (
        Column("group", "str", "name of the group; 'all' for everybody"),
        Column("cohort", "str", "day of the first collected post, in the study's zone; 'all' for every day"),
        Column("days", "Int64", "horizon: how many days after the first one are watched", "days"),
        *ESTIMATE,
        Column("n_authors", "Int64", "authors whose whole horizon lies in the collection", "authors"),
        Column("n_threads", "Int64", "threads in which they first wrote", "threads"),
        _METHOD,
        _REASON,
    ),
)
