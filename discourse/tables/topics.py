"""The tables of topics."""

from __future__ import annotations

from discourse.tables.stance import CONTRASTS
from discourse.tables.table import ESTIMATE, Column, Table

#: What a topic model adds to an estimate.
UNCERTAINTY = (
    Column(
        "se",
        "float64",
        "standard error, with the uncertainty of the model where it was fitted again",
        required=False,
    ),
    Column(
        "model_share",
        "float64",
        "share of the variance that comes from the model; NA where it was not fitted again",
        required=False,
    ),
)

TOPICS = Table(
    "topics",
    "P5: one row a topic.",
    (
        Column("lang", "str", "language of the model"),
        Column("topic", "Int64", "number of the topic, from 0"),
        Column("label", "str", "people's label where the study gives one, else its most telling words"),
        Column("share", "float64", "mean prevalence over posts"),
        Column("n", "Int64", "posts in which it leads", "posts"),
        Column("coherence", "float64", "c_v (Roeder et al. 2015)"),
        Column("exclusivity", "float64", "how far its top words are its own, 0 to 1 (stm)", required=False),
        Column(
            "stability",
            "float64",
            "mean Jaccard of its top words in fits to author samples, 0 to 1; NA where there were none",
            required=False,
        ),
        Column("suggested", "str", "its most telling words (FREX), before people name it", required=False),
        Column(
            "exemplar_ids",
            "str",
            "post ids of exemplars by different authors, joined by spaces",
            required=False,
        ),
    ),
)

TOPIC_WORDS = Table(
    "topic_words",
    "P5: top words of each topic.",
    (
        Column("lang", "str", "language of the model or of the word"),
        Column("topic", "Int64", "number of the topic, from 0"),
        Column("rank", "Int64", "rank of the word, from 1"),
        Column("word", "str", "the word"),
        Column("weight", "float64", "probability of the word in the topic"),
        Column(
            "gloss", "str", "meaning in the other language; NA where the dictionary has none", required=False
        ),
    ),
)

TOPIC_RANKINGS = Table(
    "topic_rankings",
    "P5: words of each topic by probability, FREX and lift.",
    (
        Column("topic", "Int64", "number of the topic, from 0"),
        Column("by", "str", "probability | frex | lift"),
        Column("lang", "str", "language of the word: zh | en"),
        Column("rank", "Int64", "rank of the word, from 1"),
        Column("word", "str", "the word"),
        Column("weight", "float64", "probability of the word in the topic"),
        Column(
            "gloss", "str", "meaning in the other language; NA where the dictionary has none", required=False
        ),
    ),
)

TOPIC_GRID = Table(
    "topic_grid",
    "Numbers of topics that were fitted, and how good each is.",
    (
        Column("n_topics", "Int64", "number of topics", "topics"),
        Column("held_out", "float64", "log-likelihood of a word in posts of authors left out", "nats a word"),
        Column("npmi", "float64", "mean coherence, NPMI"),
        Column("coherence", "float64", "mean coherence, c_v (Roeder et al. 2015)"),
        Column("exclusivity", "float64", "mean exclusivity of the top words, 0 to 1"),
        Column("stability", "float64", "mean Jaccard of top words in fits to author samples, 0 to 1"),
        Column("chosen", "boolean", "whether it is recommended"),
        Column("used", "boolean", "whether the tables of topics hold it", required=False),
        Column("reason", "str", "its rank in each measure", required=False),
    ),
)

TOPIC_PREVALENCE = Table(
    "topic_prevalence",
    "P6: mean prevalence of each topic by group.",
    (
        Column("lang", "str", "language of the model"),
        Column("topic", "Int64", "number of the topic, from 0"),
        Column("label", "str", "its most telling words"),
        Column("group", "str", "name of the group"),
        *ESTIMATE,
        *UNCERTAINTY,
        Column("n", "Int64", "posts", "posts"),
        Column("n_authors", "Int64", "authors", "authors"),
        Column("n_threads", "Int64", "threads", "threads"),
        Column("method", "str", "how it was computed"),
        Column("reason", "str", "why no figure is given; NA otherwise", required=False),
    ),
)

TOPIC_CONTRASTS = Table(
    "topic_contrasts",
    "P6: difference of the mean prevalence of each topic between two groups.",
    (
        Column("topic", "Int64", "number of the topic, from 0"),
        *(
            Column("p_adjusted", "float64", "after Benjamini-Hochberg within the family")
            if column.name == "p_adjusted"
            else Column("outcome", "str", "topic <n>: its most telling words")
            if column.name == "outcome"
            else column
            for column in CONTRASTS.columns
        ),
        *UNCERTAINTY,
    ),
)

TOPIC_COVARIATES = Table(
    "topic_covariates",
    "What goes with talking about a topic: differences of mean shares, everything else in the model equal.",
    (
        Column("lang", "str", "language of the model"),
        Column("topic", "Int64", "number of the topic, from 0"),
        Column("label", "str", "its most telling words"),
        Column("term", "str", "trait of the posts: group, language, kind, week, ..."),
        Column("level_of", "str", "value of the trait; NA for a number", required=False),
        Column("reference", "str", "value that it is compared with; NA for a number", required=False),
        *ESTIMATE,
        *UNCERTAINTY,
        Column("p", "float64", "p-value of no difference"),
        Column("p_adjusted", "float64", "after Benjamini-Hochberg within the family"),
        Column("family", "str", "the declared family of tests"),
        Column("n", "Int64", "posts with the value; all posts of the model for a number", "posts"),
        Column("n_authors", "Int64", "their authors", "authors"),
        Column("n_threads", "Int64", "their threads", "threads"),
        Column("method", "str", "how it was computed", required=False),
        Column("reason", "str", "why no figure is given; NA otherwise", required=False),
    ),
)
