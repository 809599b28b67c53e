"""Short published texts that reference values were computed on, and that reference files only name."""

from __future__ import annotations

LEXICAL_RICHNESS = """Measure of textual lexical diversity, computed as the mean length of sequential words in
a text that maintains a minimum threshold TTR score.

Iterates over words until TTR scores falls below a threshold, then increase factor
counter by 1 and start over. McCarthy and Jarvis (2010, pg. 385) recommends a factor
threshold in the range of [0.660, 0.750].
(McCarthy 2005, McCarthy and Jarvis 2010)"""
"""The example in the README of LexicalRichness 0.5.1: 57 words by the package's own tokeniser.

pypi.org/project/lexicalrichness; copyright 2018 Shen Yan Shun (Lucas), MIT licence."""

DEERWESTER = (
    "human interface computer",
    "survey user computer system response time",
    "eps user interface system",
    "system human system eps",
    "user response time",
    "trees",
    "graph trees",
    "graph minors trees",
    "graph minors survey",
)
"""Nine titles, reduced to the words that occur twice or more; gensim calls them ``common_texts``.

Deerwester et al. (1990), *JASIS* 41(6), 391-407."""

NAMED = {"README.rst of LSYS/LexicalRichness": LEXICAL_RICHNESS}
"""Texts by the name that a reference file gives them."""
