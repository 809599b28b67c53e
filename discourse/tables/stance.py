"""The tables of sentiment toward a target, of frames, and of their comparison."""

from __future__ import annotations

from discourse.tables.table import ESTIMATE, Column, Table

MENTION_KINDS = Table(
    "mention_kinds",
    "How a post refers to a target.",
    (
        Column("kind", "str", "named | pronoun | addressed | reply | self"),
        Column("meaning", "str", "what it means"),
    ),
)

SCORES = Table(
    "scores",
    "What one post shows toward one target.",
    (
        Column("label", "str", "positive | neutral | negative | absent"),
        Column("score", "float64", "stance in [-1, 1]; NaN where absent or self", "score"),
        Column("confidence", "float64", "trust in the judgment, [0, 1]"),
        Column("mixed", "bool", "strong evidence on both sides"),
        Column("kind", "str", "named | pronoun | addressed | reply | self; NA where absent"),
        Column("evidence", "str", "rule and words behind the judgment, readable"),
    ),
)

GROUP_SENTIMENT = Table(
    "group_sentiment",
    "Stance of each group toward each target, among posts that mention it.",
    (
        Column("target", "str", "name of the target"),
        Column("group", "str", "name of the group"),
        Column("lang", "str", "all | zh | en | mixed: language of the posts counted"),
        Column("mention_kind", "str", "all | named | pronoun | addressed | reply | self"),
        Column("measure", "str", "mean | positive | neutral | negative | balance | coverage"),
        *ESTIMATE,
        Column("n", "Int64", "posts behind the figure", "posts"),
        Column("n_authors", "Int64", "authors behind the figure", "authors"),
        Column("n_threads", "Int64", "threads behind the figure", "threads"),
        Column("method", "str", "how estimate and interval were computed"),
        Column("instrument", "str", "scorer and version"),
        Column("reason", "str", "why no figure is given; NA otherwise", required=False),
    ),
)

CONTRASTS = Table(
    "contrasts",
    "One comparison of two groups.",
    (
        Column("target", "str", "name of the target; NA where the outcome has none", required=False),
        Column("lang", "str", "all | zh | en | mixed: language of the posts compared"),
        Column("outcome", "str", "mean | positive | negative | balance | coverage | topic:<n>"),
        Column("group_a", "str", "first group"),
        Column("group_b", "str", "second group"),
        *ESTIMATE,
        Column("effect", "float64", "Hedges g", "standard deviations"),
        Column("p", "float64", "p-value of no difference"),
        Column("p_adjusted", "float64", "after Holm within the family"),
        Column("family", "str", "the declared family of tests", required=False),
        Column("n_a", "Int64", "posts of the first group", "posts"),
        Column("n_b", "Int64", "posts of the second group", "posts"),
        Column("authors_a", "Int64", "authors of the first group", "authors"),
        Column("authors_b", "Int64", "authors of the second group", "authors"),
        Column("threads_a", "Int64", "threads of the first group", "threads"),
        Column("threads_b", "Int64", "threads of the second group", "threads"),
        Column("method", "str", "how it was computed"),
        Column("instrument", "str", "scorer or engine and version", required=False),
        Column("reason", "str", "why no figure is given; NA otherwise", required=False),
    ),
)

FRAMES = Table(
    "frames",
    "How often each group speaks in a frame.",
    (
        Column("frame", "str", "name of the frame"),
        Column("group", "str", "name of the group"),
        *ESTIMATE,
        Column("n", "Int64", "posts behind the figure", "posts"),
        Column("n_authors", "Int64", "authors behind the figure", "authors"),
        Column("n_threads", "Int64", "threads behind the figure", "threads"),
        Column("method", "str", "how it was computed"),
        Column("instrument", "str", "how the frame was coded"),
        Column("reason", "str", "why no figure is given; NA otherwise", required=False),
    ),
)

QUESTIONS = Table(
    "questions",
    "What was asked, and the answer as far as the data allow.",
    (
        Column("id", "str", "id in the study"),
        Column("text", "str", "the question"),
        Column("outcome", "str", "what was measured"),
        Column("groups", "str", "groups, joined by ' vs '"),
        Column("expect", "str", "direction stated beforehand"),
        Column("answer", "str", "supported | contradicted | undecided | not measurable"),
        Column("estimate", "float64", "the figure", required=False),
        Column("low", "float64", "lower end of the interval", required=False),
        Column("high", "float64", "upper end of the interval", required=False),
        Column("n", "Int64", "posts behind it", "posts", required=False),
        Column("n_authors", "Int64", "authors behind it", "authors", required=False),
        Column("n_threads", "Int64", "threads behind it", "threads", required=False),
        Column("p", "float64", "p-value of the figure being the bound", required=False),
        Column("p_adjusted", "float64", "the same, adjusted over all questions", required=False),
        Column("reason", "str", "why this answer"),
        Column("planned", "str", "planned | changed | exploratory; NA without a plan", required=False),
        Column("answer_by_labels", "str", "answer on labels alone; NA without codes", required=False),
        Column("basis", "str", "corrected | uncorrected: by human codes; NA without them", required=False),
    ),
)
