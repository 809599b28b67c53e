"""The table of what gaps and changes are made of, in three versions."""

from __future__ import annotations

from discourse.tables.table import ESTIMATE, Column, Table

PART_ESTIMATES = Table(
    "part_estimates",
    "What a gap or a change of mean stance is made of: codes alone, labels alone, and corrected.",
    (
        Column("target", "str", "name of the target"),
        Column("split", "str", "topics (a gap of two groups) | authors (a change between two phases)"),
        Column("id", "str", "language of the topics; or the later phase, ' vs ' and the one before it"),
        Column("group", "str", "the group, or two joined by ' vs '"),
        Column(
            "part",
            "str",
            "gap | topics | stance; or change | same authors | activity | arrivals | departures",
        ),
        Column("version", "str", "human | naive | corrected"),
        *ESTIMATE,
        Column("p", "float64", "p-value of no difference"),
        Column("n", "Int64", "mentions by the labels, on both sides", "posts"),
        Column("n_coded", "Int64", "posts that people coded, those without a mention too", "posts"),
        Column(
            "n_topics", "Int64", "topics told apart, small ones being one; NA for a change", required=False
        ),
        Column("method", "str", "how estimate and interval were computed", required=False),
        Column("reason", "str", "why no figure is given; NA otherwise", required=False),
    ),
)
