"""The tables of likes, of influence, and of places."""

from __future__ import annotations

from discourse.tables.table import ESTIMATE, Column, Table

ENGAGEMENT = Table(
    "engagement",
    "P12: what goes with likes: negative binomial regression.",
    (
        Column("model", "str", "opening | comments: which posts"),
        Column("term", "str", "regressor"),
        Column("level_of", "str", "its value; NA for a number", required=False),
        Column("reference", "str", "the value that it is compared with; NA for a number", required=False),
        *ESTIMATE,
        Column("p", "float64", "p-value of no difference"),
        Column("p_adjusted", "float64", "after Holm within the model"),
        Column("n", "Int64", "posts with this value; all posts of the model for a number", "posts"),
        Column("n_authors", "Int64", "authors of these", "authors"),
        Column("n_threads", "Int64", "threads of these", "threads"),
        Column("n_censored", "Int64", "posts whose likes are shown as a lower bound", "posts"),
        Column("alpha", "float64", "overdispersion of the model"),
        Column("method", "str", "how it was computed", required=False),
        Column("reason", "str", "why no figure is given; NA otherwise", required=False),
    ),
)

INFLUENCE_WEIGHTS = Table(
    "influence_weights",
    "P16: how much each kind of attention counts in the influence of an author.",
    (
        Column("indicator", "str", "likes | answers | comments | collects | shares | answerers"),
        Column("entropy", "float64", "evenness over authors, from 0 (one has all) to 1"),
        Column("weight", "float64", "weight in the score; they add up to 1"),
        Column("total", "Int64", "sum over authors", "count"),
        Column("n_authors", "Int64", "authors who received any", "authors"),
    ),
)

INFLUENCE = Table(
    "influence",
    "P16: authors of high and of low influence compared.",
    (
        Column("measure", "str", "share | score | posts | stance"),
        Column("group", "str", "name of the group"),
        Column("influence", "str", "high | low"),
        *ESTIMATE,
        Column("n", "Int64", "posts behind the figure", "posts"),
        Column("n_authors", "Int64", "authors behind the figure", "authors"),
        Column("method", "str", "how it was computed", required=False),
        Column("reason", "str", "why no figure is given; NA otherwise", required=False),
    ),
)

AREAS = Table(
    "areas",
    "P13: stance by place, partially pooled.",
    (
        Column("target", "str", "name of the target"),
        Column("group", "str", "group of the authors; all for everybody"),
        Column("within", "str", "china | abroad: places among which it is pooled", required=False),
        Column("area", "str", "ISO 3166 country, or province of China (CN-GD)"),
        *ESTIMATE,
        Column("raw", "float64", "mean before pooling", "score"),
        Column("weight", "float64", "share of the area's own mean in the pooled one, [0, 1]"),
        Column("mean", "float64", "what the areas share", "score"),
        Column("tau", "float64", "standard deviation between areas beyond chance", "score"),
        Column("n", "Int64", "posts behind the figure", "posts"),
        Column("n_authors", "Int64", "authors behind the figure", "authors"),
        Column("method", "str", "how it was computed", required=False),
        Column("reason", "str", "why no figure is given; NA otherwise", required=False),
    ),
)

AREA_BOUNDARIES = Table(
    "area_boundaries",
    "Boundaries of places, as the study supplies them.",
    (
        Column("area", "str", "code of the place"),
        Column("ring", "Int64", "number of the ring to which a corner belongs"),
        Column("x", "float64", "longitude, or what the file has", "degrees"),
        Column("y", "float64", "latitude, or what the file has", "degrees"),
    ),
)
