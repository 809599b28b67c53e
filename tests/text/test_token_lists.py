"""Tokens held as numbers say the same as lists of words."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.text.ordering import in_order
from discourse.text.token_lists import WordLists, joined_lists
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


docs_of_words = st.lists(
    st.lists(st.sampled_from(["猫", "cat", "tax", "难民", "a", "ab"]), max_size=5), max_size=8
)


@given(docs_of_words)
def test_lists_of_words_are_what_they_were_made_of(docs):
    lists = WordLists.of(docs)
    assert lists == docs
    assert pickle.loads(pickle.dumps(lists)) == docs
    assert lists.compact() == docs


@given(docs_of_words, st.randoms(use_true_random=False))
def test_lists_are_taken_by_their_places(docs, random):
    places = [random.randrange(len(docs)) for _ in range(4)] if docs else []
    assert WordLists.of(docs).take(np.array(places, dtype=np.int64)) == [docs[i] for i in places]


@given(st.lists(st.tuples(st.lists(st.sampled_from("abc")), st.lists(st.sampled_from("cde")))))
def test_texts_are_sorted_as_python_sorts_their_lists(rows):
    first, second = [a for a, _ in rows], [b for _, b in rows]
    order = in_order([first, second])
    assert [rows[i] for i in order] == sorted(rows)
    assert joined_lists([first, second]) == [a + b for a, b in rows]


@given(docs_of_words)
def test_words_that_become_nothing_are_left_out(docs):
    lists = WordLists.of(docs)
    new = lists.renamed([None if word == "tax" else word.upper() for word in lists.types])
    assert new == [[word.upper() for word in doc if word != "tax"] for doc in docs]
