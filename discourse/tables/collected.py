"""The tables that describe a corpus, its words and its days."""

from __future__ import annotations

from discourse.tables.table import Column, Table

FLOW = Table(
    "flow",
    "From records read to posts analysed; the counts add up.",
    (
        Column("step", "str", "what happened"),
        Column("n", "Int64", "records or posts", "posts"),
        Column("note", "str", "why"),
    ),
)

CORPUS_DESCRIPTION = Table(
    "corpus_description",
    "P1: who and what was collected, per group.",
    (
        Column("group", "str", "name of the group; 'all' for everybody"),
        Column("n_posts", "Int64", "opening posts", "posts"),
        Column("n_comments", "Int64", "comments and replies", "posts"),
        Column("n_authors", "Int64", "authors", "authors"),
        Column("n_threads", "Int64", "threads", "threads"),
        Column("median_length", "float64", "median length of text", "characters"),
        Column("share_zh", "float64", "share of posts in Chinese"),
        Column("share_en", "float64", "share of posts in English"),
        Column("share_mixed", "float64", "share of posts mixing both"),
        Column("share_ip", "float64", "share of posts with a known place"),
        Column("first", "datetime64[us, UTC]", "earliest post", required=False),
        Column("last", "datetime64[us, UTC]", "latest post", required=False),
    ),
)

GROUP_SIGNALS = Table(
    "group_signals",
    "Cross-tabulation of the signals that the group rules read.",
    (
        Column("group", "str", "group assigned"),
        Column("signals", "str", "which signals were present, such as 'ip=US, lang=en, phrase'"),
        Column("n_authors", "Int64", "authors; NA if below the minimum cell", "authors"),
    ),
)

KEYNESS = Table(
    "keyness",
    "P10: words that distinguish two groups, within a language.",
    (
        Column("lang", "str", "zh | en"),
        Column("group_a", "str", "focus group"),
        Column("group_b", "str", "reference group"),
        Column("word", "str", "the word"),
        Column("n_a", "Int64", "occurrences in the focus group", "tokens"),
        Column("n_b", "Int64", "occurrences in the reference group", "tokens"),
        Column("authors_a", "Int64", "authors using it in the focus group", "authors"),
        Column("authors_b", "Int64", "authors using it in the reference group", "authors"),
        Column("g2", "float64", "log-likelihood ratio, four cells"),
        Column("log_ratio", "float64", "binary log of the ratio of relative frequencies"),
        Column("log_odds_z", "float64", "weighted log-odds z (Monroe et al. 2008)"),
        Column("p", "float64", "p of log_odds_z, by author permutation where authors are known"),
        Column("q", "float64", "Benjamini-Hochberg"),
        Column("n_permutations", "Int64", "permutations of authors behind p", "permutations", required=False),
        Column("gloss", "str", "what it means in the other language; NA if unknown", required=False),
    ),
)

DAILY = Table(
    "daily",
    "P8: one row a day, group and measure, in the zone of the study.",
    (
        Column("target", "str", "name of the target; NA for volume", required=False),
        Column("group", "str", "name of the group; 'all' for everybody"),
        Column("day", "str", "date in the study's zone, YYYY-MM-DD"),
        Column("measure", "str", "posts | mean | positive | negative | coverage"),
        Column("estimate", "float64", "the figure"),
        Column("low", "float64", "lower end of the interval", required=False),
        Column("high", "float64", "upper end of the interval", required=False),
        Column("n", "Int64", "posts behind the figure", "posts"),
        Column("n_authors", "Int64", "authors behind the figure", "authors"),
    ),
)

EVENTS = Table(
    "events",
    "Events drawn as lines.",
    (
        Column("name", "str", "what happened"),
        Column("at", "datetime64[us, UTC]", "when"),
        Column("day", "str", "date in the study's zone"),
    ),
)

LIMITS = Table(
    "limits",
    "What the data cannot say, written from the card and from what ran.",
    (
        Column("topic", "str", "sampling | time | groups | instrument | privacy"),
        Column("text", "str", "one sentence"),
        Column("lang", "str", "language of the sentence", required=False),
    ),
)

DIFF = Table(
    "diff",
    "What changed between two runs of a study.",
    (
        Column("section", "str", "answers | estimates | names | counts | inputs | settings | versions"),
        Column("table", "str", "table of the run; NA where it is none", required=False),
        Column("what", "str", "what is compared"),
        Column("change", "str", "new | gone | changed | outside the interval | no longer given | now given"),
        Column("before", "str", "value in the first run; NA if new", required=False),
        Column("after", "str", "value in the second run; NA if gone", required=False),
        Column("difference", "float64", "after minus before, where both are numbers", required=False),
    ),
)
