"""VADER by its two implementations: oracles beside our own scorers."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

from discourse.testing.reference import Adapter, Entry, NotCovered


@cache
def _nltk_analyser() -> Any:
    """NLTK's analyser with the lexicon of the package vaderSentiment; NLTK's own copy would be a download."""
    from nltk.sentiment.vader import SentimentIntensityAnalyzer, VaderConstants

    analyser = SentimentIntensityAnalyzer.__new__(SentimentIntensityAnalyzer)
    lexicon = files("vaderSentiment").joinpath("vader_lexicon.txt").read_text(encoding="utf-8")
    analyser.lexicon_file = lexicon.rstrip("\n")
    analyser.lexicon = analyser.make_lex_dict()
    analyser.constants = VaderConstants()
    return analyser


@cache
def _vader_analyser() -> Any:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()


def _by_both(entry: Entry) -> list[dict[str, Any]]:
    """Score the sentences that stand beside the expected scores with both implementations."""
    number = re.fullmatch(r"(\d+) sentences", str(entry.input))
    if number is None or int(number[1]) != len(entry.expected):
        raise NotCovered("the entry does not hold the sentences that it speaks of")
    analysers = {"nltk": _nltk_analyser, "vaderSentiment_3_3_2": _vader_analyser}
    return [
        {"text": row["text"], **{name: run().polarity_scores(row["text"]) for name, run in analysers.items()}}
        for row in entry.expected
    ]


def _by_vader(entry: Entry) -> list[dict[str, Any]]:
    return [{"text": text, **_vader_analyser().polarity_scores(text)} for text in entry.input]


ADAPTERS: dict[str, Adapter] = {"vader.nltk49": _by_both, "vader.vs332": _by_vader}
