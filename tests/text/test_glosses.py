"""Glosses help to read: known words have one, slang has none, nothing fails."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import ParameterError
from discourse.text.glosses import gloss, gloss_other


@pytest.mark.parametrize(
    ("word", "meaning"), [("难民", "refugee"), ("難民", "refugee"), ("猫", "cat"), ("邻居", "neighbor")]
)
def test_chinese_words_in_english(word, meaning):
    assert gloss(word) == meaning


@pytest.mark.parametrize(("word", "meaning"), [("refugee", "难民"), ("Cat", "猫"), ("new", "新")])
def test_english_words_in_chinese(word, meaning):
    assert gloss(word, "zh") == meaning


def test_words_that_the_dictionary_lacks_have_none():
    assert gloss_other(["yyds", "洋抖难民"], "zh") == [None, None]
    assert gloss_other(["qwertyuiop"], "en") == [None]


def test_another_language_is_refused():
    with pytest.raises(ParameterError, match="'fr'"):
        gloss("chat", "fr")


@given(st.text(st.characters(codec="utf-8"), max_size=6))
def test_any_word_may_be_asked_for(word):
    for language in ("en", "zh"):
        found = gloss(word, language)
        assert found is None or (found and found == found.strip())
