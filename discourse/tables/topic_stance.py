"""The tables of topics against stance: who speaks how of what, and what a gap is made of."""

from __future__ import annotations

from discourse.tables.table import ESTIMATE, Column, Table

TOPIC_STANCE = Table(
    "topic_stance",
    "P4, P7: stance toward a target by topic and group; a post counts for the topic that leads in it.",
    (
        Column("lang", "str", "language of the topic"),
        Column("topic", "Int64", "number of the topic, from 0"),
        Column("label", "str", "its most telling words"),
        Column("target", "str", "name of the target"),
        Column("group", "str", "name of the group"),
        Column("measure", "str", "mean | positive | neutral | negative"),
        *ESTIMATE,
        Column("elsewhere", "float64", "the same figure in the group's other topics of that language"),
        Column("residual", "float64", "the difference from elsewhere, over its clustered standard error"),
        Column("p", "float64", "p-value of no difference from elsewhere"),
        Column("p_adjusted", "float64", "after Benjamini-Hochberg within the family"),
        Column("family", "str", "the declared family of tests"),
        Column("n", "Int64", "posts behind the figure", "posts"),
        Column("n_authors", "Int64", "authors behind the figure", "authors"),
        Column("n_threads", "Int64", "threads behind the figure", "threads"),
        Column("method", "str", "how it was computed", required=False),
        Column("instrument", "str", "scorer and version; engine of the topics"),
        Column("reason", "str", "why no figure is given; NA otherwise", required=False),
    ),
)

GAP_PARTS = Table(
    "gap_parts",
    "A gap of mean stance between two groups, split into what is talked about and how.",
    (
        Column("lang", "str", "language of the topics, and of the posts that they lead"),
        Column("target", "str", "name of the target"),
        Column("group_a", "str", "first group"),
        Column("group_b", "str", "second group"),
        Column("part", "str", "gap | topics (what is talked about) | stance (how, within topics)"),
        *ESTIMATE,
        Column("p", "float64", "p-value of no difference"),
        Column("n_a", "Int64", "posts of the first group", "posts"),
        Column("n_b", "Int64", "posts of the second group", "posts"),
        Column("authors_a", "Int64", "authors of the first group", "authors"),
        Column("authors_b", "Int64", "authors of the second group", "authors"),
        Column("n_topics", "Int64", "topics told apart; small ones are one"),
        Column("method", "str", "how it was computed", required=False),
        Column("instrument", "str", "scorer and version; engine of the topics"),
        Column("reason", "str", "why no figure is given; NA otherwise", required=False),
    ),
)
