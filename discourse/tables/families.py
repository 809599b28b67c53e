"""The tables of codes compared between groups, of emotions, and of declared families of tests."""

from __future__ import annotations

from discourse.tables.stance import CONTRASTS, FRAMES
from discourse.tables.table import Column, Table

EMOTIONS = Table(
    "emotions",
    "How often each group shows an emotion toward a target, among the posts that mention it.",
    (
        Column("target", "str", "name of the target"),
        Column("emotion", "str", "name of the emotion"),
        *(column for column in FRAMES.columns if column.name != "frame"),
    ),
)

CODE_CONTRASTS = Table(
    "code_contrasts",
    "One comparison of two groups by how often they speak in a frame or show an emotion.",
    tuple(
        Column("outcome", "str", "frame:<name> | emotion:<name>") if column.name == "outcome" else column
        for column in CONTRASTS.columns
    ),
)

FAMILIES = Table(
    "families",
    "The declared families of tests: p-values are adjusted within a family, over all its tests.",
    (
        Column("family", "str", "name of the family"),
        Column("table", "str", "where its tests stand"),
        Column("adjustment", "str", "Holm | Benjamini-Hochberg"),
        Column("n_tests", "Int64", "comparisons declared", "tests"),
        Column("n_tested", "Int64", "comparisons with a p-value", "tests"),
        Column("n_below", "Int64", "comparisons with an adjusted p-value below .05", "tests"),
    ),
)
