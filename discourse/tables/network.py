"""The tables of who answers whom, in which tone and in which language."""

from __future__ import annotations

from discourse.tables.table import ESTIMATE, Column, Table

_COUNTS = (
    Column("n", "Int64", "replies behind the figure", "replies"),
    Column("n_authors", "Int64", "authors of these replies", "authors"),
    Column("n_threads", "Int64", "threads behind the figure", "threads"),
)
_CHANCE = (
    Column("expected", "float64", "the same by chance, groups exchanged among authors of like activity"),
    Column("p", "float64", "two-sided p-value against it"),
    Column("expected_in_thread", "float64", "the same by chance, groups exchanged within threads"),
    Column("p_in_thread", "float64", "two-sided p-value against it"),
)
_END = (
    Column("method", "str", "how it was computed", required=False),
    Column("reason", "str", "why no figure is given; NA otherwise", required=False),
)

REPLY_MIXING = Table(
    "reply_mixing",
    "P14: whom each group answers, beside what chance would give.",
    (
        Column("group", "str", "group that answers"),
        Column("parent_group", "str", "group that is answered"),
        *ESTIMATE,
        *_CHANCE,
        Column("p_adjusted", "float64", "p after Holm over all cells of the table"),
        Column("ratio", "float64", "estimate over expected"),
        *_COUNTS,
        Column("n_answered", "Int64", "authors who are answered", "authors"),
        *_END,
    ),
)

REPLY_INDICES = Table(
    "reply_indices",
    "Whether groups keep to themselves, and who stands between them.",
    (
        Column("measure", "str", "ei | assortativity | bridging | brokers"),
        Column("group", "str", "group that answers; all for everybody"),
        *ESTIMATE,
        *(Column(c.name, c.dtype, c.meaning, c.unit, required=False) for c in _CHANCE),
        *_COUNTS,
        *_END,
    ),
)

RECIPROCITY = Table(
    "reciprocity",
    "What stance replies take, by the stance of the post that they answer.",
    (
        Column("target", "str", "name of the target"),
        Column("group", "str", "group that answers; all for everybody"),
        Column("parent_group", "str", "group that is answered; all for everybody"),
        Column("parent_label", "str", "stance of the post answered: positive | neutral | negative"),
        Column("label", "str", "stance of the reply: positive | neutral | negative"),
        *ESTIMATE,
        Column("expected", "float64", "the same by chance, stances exchanged among posts answered"),
        Column("p", "float64", "two-sided p-value against it"),
        *_COUNTS,
        *_END,
    ),
)

LANGUAGE_CHOICE = Table(
    "language_choice",
    "P17: who writes in which language to whom, and what it earns.",
    (
        Column("group", "str", "group that writes"),
        Column("parent_group", "str", "group that is answered; opening where a post opens a thread"),
        Column("lang", "str", "zh | en | mixed | other: language of the post"),
        *ESTIMATE,
        Column("likes", "float64", "likes of such a post: geometric mean of likes + 1, minus 1", "likes"),
        Column("likes_low", "float64", "lower end of the interval of likes", "likes"),
        Column("likes_high", "float64", "upper end of the interval of likes", "likes"),
        Column("n", "Int64", "posts behind the figure", "posts"),
        Column("n_authors", "Int64", "authors of these posts", "authors"),
        Column("n_threads", "Int64", "threads behind the figure", "threads"),
        *_END,
    ),
)

SEMANTIC_NODES = Table(
    "semantic_nodes",
    "P15: words of the network around the target, by polarity.",
    (
        Column("target", "str", "name of the target"),
        Column("lang", "str", "zh | en: language of the words"),
        Column("polarity", "str", "positive | negative: stance of the posts"),
        Column("word", "str", "the word"),
        Column(
            "gloss", "str", "what it means in the other language; NA if not in the dictionary", required=False
        ),
        Column("community", "Int64", "number of its community, from 0"),
        Column("n", "Int64", "posts that use it", "posts"),
        Column("n_authors", "Int64", "authors who use it", "authors"),
        Column("degree", "Int64", "edges of the word", "edges"),
    ),
)

SEMANTIC_EDGES = Table(
    "semantic_edges",
    "P15: words that stand together around the target, by polarity.",
    (
        Column("target", "str", "name of the target"),
        Column("lang", "str", "zh | en: language of the words"),
        Column("polarity", "str", "positive | negative: stance of the posts"),
        Column("word_a", "str", "first word"),
        Column("word_b", "str", "second word"),
        Column("pmi", "float64", "pointwise mutual information over posts", "bits"),
        Column("n", "Int64", "posts that use both", "posts"),
        Column("n_authors", "Int64", "authors who use both in one post", "authors"),
    ),
)

COLLOCATES = Table(
    "collocates",
    "Words that stand near the target, by group or by stance.",
    (
        Column("target", "str", "name of the target"),
        Column("lang", "str", "zh | en: language of the words"),
        Column("by", "str", "group | stance: what is compared"),
        Column("side", "str", "the group, or positive | negative"),
        Column("other", "str", "what it is compared with"),
        Column("word", "str", "the word"),
        Column(
            "gloss", "str", "what it means in the other language; NA if not in the dictionary", required=False
        ),
        Column("n", "Int64", "occurrences near the target on this side", "tokens"),
        Column("n_authors", "Int64", "authors of these", "authors"),
        Column("log_dice", "float64", "logDice with the target on this side, at most 14"),
        Column("g2", "float64", "log-likelihood of word and target, four cells"),
        Column("log_odds_z", "float64", "log-odds against the other side over its standard error"),
        Column("p", "float64", "p-value of log_odds_z, authors permuted"),
        Column("q", "float64", "p after Benjamini and Hochberg over the words tested"),
    ),
)

CONCORDANCE = Table(
    "concordance",
    "P11: the target in its context, or a paraphrase; only under a policy of quotes that allows it.",
    (
        Column("group", "str", "group of the author"),
        Column("stance", "str", "positive | neutral | negative"),
        Column("left", "str", "what stands before; NA where the line is not printed"),
        Column("node", "str", "the naming of the target"),
        Column("right", "str", "what stands behind"),
        Column("quote", "str", "the line in the sheet of quotes", required=False),
        Column("n_authors", "Int64", "authors who write the same, or nearly", "authors", required=False),
        Column(
            "findable",
            "boolean",
            "a search would find it: eight words, or twelve Chinese characters, of one author",
            required=False,
        ),
        Column("gloss", "str", "Chinese word by word in English; no translation", required=False),
        Column("paraphrase", "str", "what a person wrote in its place", required=False),
        Column("not_printed", "str", "why neither line nor paraphrase is printed", required=False),
    ),
)
