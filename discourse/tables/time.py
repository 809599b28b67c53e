"""The tables of time: who came and came back."""

from __future__ import annotations

from discourse.tables.table import ESTIMATE, Column, Table

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
        Column("method", "str", "how it was computed", required=False),
        Column("reason", "str", "why no figure is given; NA otherwise", required=False),
    ),
)
