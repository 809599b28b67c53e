"""Tokens held as numbers say the same as lists of words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.text.tokens import join_tokens, tokenize


@given(st.lists(st.text(max_size=30), max_size=6), st.integers(0, 6))
def test_tokens_of_two_parts_are_those_of_the_whole(texts, cut):
    whole = tokenize(texts)
    joined = join_tokens([tokenize(texts[:cut]), tokenize(texts[cut:])])
    assert joined == whole
    assert joined.types == whole.types
    assert len(whole.types) == len(set(whole.types))


def test_nothing_joined_is_nothing():
    assert join_tokens([]).words == []


@given(st.lists(st.text(alphabet="aAbB 猫", max_size=10), max_size=4))
def test_lower_case_is_that_of_each_word(texts):
    tokens = tokenize(texts)
    assert tokens.lower().words == [[word.lower() for word in row] for row in tokens.words]
    assert len(tokens.lower().types) == len(set(tokens.lower().types))


def test_rows_are_looked_at_like_a_list():
    rows = tokenize(["a b", "c", ""]).words
    assert rows[-1] == []
    assert rows[1:] == [["c"], []]
    assert rows != [["a", "b"]]
    with pytest.raises(IndexError):
        rows[3]
