from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import ParameterError
from discourse.text.dfm import dfm
from discourse.text.tokens import tokenize

TEXTS = st.lists(st.lists(st.sampled_from(["a", "b", "猫", "税"]), max_size=6), max_size=6)


@given(TEXTS)
def test_every_token_is_counted_once(texts: list[list[str]]) -> None:
    table = dfm(texts)
    assert table.counts.shape == (len(texts), len(table.vocabulary))
    assert list(table.vocabulary) == sorted({word for text in texts for word in text})
    dense = table.counts.toarray()
    for row, text in zip(dense, texts, strict=True):
        assert [text.count(word) for word in table.vocabulary] == row.tolist()
    assert table.frequency.tolist() == dense.sum(axis=0).tolist()
    assert table.document_frequency.tolist() == (dense > 0).sum(axis=0).tolist()


def test_a_given_vocabulary_sets_columns_and_their_order() -> None:
    table = dfm([["b", "a", "c"]], vocabulary=["c", "x", "a"])
    assert table.counts.toarray().tolist() == [[1, 0, 1]]


def test_a_word_cannot_have_two_columns() -> None:
    with pytest.raises(ParameterError):
        dfm([["a"]], vocabulary=["a", "a"])


def test_rare_words_can_be_left_out_without_losing_texts() -> None:
    table = tokenize(["猫 猫 税", "猫 税", ""]).dfm().trim(min_count=3)
    assert table.vocabulary == ("猫",)
    assert table.counts.toarray().tolist() == [[2], [1], [0]]
    assert table.trim(min_texts=3).vocabulary == ()


def test_no_texts_make_an_empty_table() -> None:
    table = dfm([])
    assert table.counts.shape == (0, 0)
    assert table.frequency.dtype == np.int64
