"""Patterns begun with a letter: they match what they matched, in the same places."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.sentiment.heads import headed
from discourse.sentiment.selves import _BEFORE, _SIGN

PATTERNS = [
    r"\bab",
    r"\b(?:ab|b[ac]+|c(?:a|b)) ?a",
    r"(?<!b )\b(?:ab|ba)",
    r"(?<!\bc )(?<!aa)bc?",
    r"\b(?:a|b)?c",
    r"\b(?:a+b|c)",
    r"(?<!a)(?:b|c)\b",
    r"\bab|c",
    r"\b(?:a[)|]b|c\|a)",
]


@pytest.mark.parametrize("pattern", PATTERNS)
@given(text=st.text(alphabet="abc )|", max_size=14))
def test_a_pattern_begun_with_a_letter_matches_the_same(pattern, text):
    before, after = re.search(pattern, text), re.search(headed(pattern), text)
    assert (before and before.span()) == (after and after.span())


def test_most_of_these_begin_with_a_letter_or_a_choice_of_letters():
    assert sum(headed(pattern) != pattern for pattern in PATTERNS) == 6


@pytest.mark.parametrize(
    "before",
    [
        *(
            "as a ",
            "as one of the new ",
            "i'm an ",
            "im now a ",
            "i am just one of the ",
            "we're all ",
            "we ",
        ),
        *(
            "my fellow ",
            "call me a ",
            "am i a ",
            "i guess i'm an ",
            "me, a ",
            "became a ",
            "us ",
            "hi from a ",
        ),
        *(
            "signed, signed a ",
            "from your ",
            "一枚",
            "我是",
            "我就是",
            "俺是",
            "作为",
            "身为一名",
            "同为",
            "咱也是",
            "本",
            "俺",
        ),
    ],
)
def test_who_speaks_of_himself_shows_a_sign_of_it(before):
    assert _BEFORE.search(before)
    assert _SIGN.search(before)
