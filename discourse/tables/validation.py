"""The tables of a checked instrument: every figure in three versions."""

from __future__ import annotations

from discourse.tables.table import ESTIMATE, Column, Table

THREE_ESTIMATES = Table(
    "three_estimates",
    "Each figure in three versions: from human codes alone, from labels alone, and corrected.",
    (
        Column("target", "str", "name of the target"),
        Column("figure", "str", "group | difference | event | question"),
        Column("id", "str", "id of the question, or name of the event; NA otherwise", required=False),
        Column("outcome", "str", "mean | positive | neutral | negative | balance | coverage"),
        Column("group", "str", "the group, or two joined by ' vs '"),
        Column("lang", "str", "all | zh | en | mixed: language of the posts counted"),
        Column("version", "str", "human | naive | corrected"),
        *ESTIMATE,
        Column("n", "Int64", "posts behind the figure", "posts"),
        Column("n_coded", "Int64", "posts among them that people coded", "posts"),
        Column("n_authors", "Int64", "authors of the coded posts; of all posts for naive", "authors"),
        Column("method", "str", "how estimate and interval were computed"),
        Column("reason", "str", "why no figure is given; NA otherwise", required=False),
    ),
)
