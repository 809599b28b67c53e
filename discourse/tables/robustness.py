"""The tables of robustness and power: an answer under other choices, and what a design could show."""

from __future__ import annotations

from discourse.tables.table import ESTIMATE, Column, Table

SPECIFICATIONS = Table(
    "specifications",
    "A question answered under every combination of the declared choices (specification curve).",
    (
        Column("question", "str", "id of the question"),
        Column("rank", "Int64", "place by estimate, from 1; NA where no figure is given", required=False),
        Column("declared", "bool", "whether all choices are those of the study"),
        Column("groups", "str", "group rules: declared | no-phrases | no-language | place-only"),
        Column("neutral", "float64", "scores nearer to zero than this are neutral"),
        Column("scorer", "str", "the instrument"),
        Column("duplicates", "str", "copies left out: declared | no-exact | no-near"),
        Column("mentions", "str", "mentions that count: all | no-replies | named"),
        Column("languages", "str", "posts that count: all | zh | en | mixed"),
        Column("k", "Int64", "number of topics; NA for a question on stance", required=False),
        *ESTIMATE,
        Column("n", "Int64", "posts behind the figure", "posts"),
        Column("n_authors", "Int64", "authors behind the figure", "authors"),
        Column("n_threads", "Int64", "threads behind the figure", "threads"),
        Column("answer", "str", "supported | contradicted | undecided | not measurable"),
        Column("reason", "str", "why this answer", required=False),
        Column("key", "str", "hash of the choices and of all that they rest on"),
    ),
)

ROBUSTNESS = Table(
    "robustness",
    "How far a question's answer depends on the declared choices.",
    (
        Column("question", "str", "id of the question"),
        Column("n_specifications", "Int64", "combinations of choices"),
        Column("n_estimated", "Int64", "combinations with a figure"),
        Column("declared", "float64", "the figure under the choices of the study", required=False),
        Column("median", "float64", "median figure", required=False),
        Column("lowest", "float64", "lowest figure", required=False),
        Column("highest", "float64", "highest figure", required=False),
        Column("share_same_side", "float64", "share of figures on the declared figure's side of the bound"),
        Column("share_excluding", "float64", "share of intervals wholly on that side of the bound"),
        Column("widest", "str", "the choice that moves the median most", required=False),
        Column(
            "widest_by", "float64", "by how much: highest minus lowest median of its options", required=False
        ),
    ),
)

POWER = Table(
    "power",
    "What differences these numbers of authors and threads could show.",
    (
        Column("outcome", "str", "share | mean (in standard deviations)"),
        Column("group_a", "str", "first group"),
        Column("group_b", "str", "second group; NA where one group is compared with a bound", required=False),
        Column("detectable", "float64", "least difference that is found with the power stated"),
        Column("power", "float64", "how often a difference that large is found"),
        Column("level", "float64", "confidence level of the interval that finds it"),
        Column("n_a", "Int64", "posts of the first group that count", "posts"),
        Column("n_b", "Int64", "posts of the second group that count", "posts", required=False),
        Column("authors_a", "Int64", "authors of the first group", "authors"),
        Column("authors_b", "Int64", "authors of the second group", "authors", required=False),
        Column("threads_a", "Int64", "threads of the first group", "threads"),
        Column("threads_b", "Int64", "threads of the second group", "threads", required=False),
        Column("design_effect_a", "float64", "posts that count for one, first group"),
        Column("design_effect_b", "float64", "posts that count for one, second group", required=False),
        Column("icc_author", "float64", "likeness assumed of posts by one author"),
        Column("icc_thread", "float64", "likeness assumed of posts in one thread"),
        Column("mentions", "float64", "share of posts assumed to count"),
        Column("reason", "str", "why no figure is given; NA otherwise", required=False),
    ),
)
