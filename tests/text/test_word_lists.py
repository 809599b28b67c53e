"""Lists of words that are gone through in parts are those of the whole."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.text import word_lists
from discourse.text.tokens import tokenize
from discourse.text.word_lists import WordLists, joined_lists

DOCS = st.lists(st.lists(st.sampled_from("abcd"), max_size=4), max_size=9)


@given(DOCS, st.integers(1, 4))
def test_parts_say_what_the_whole_says(docs: list[list[str]], at_once: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(word_lists, "TEXTS", at_once)
        lists = WordLists.of(docs)
        assert [doc for part in lists.parts() for doc in part] == docs
        assert lists.counts().tolist() == [sum(doc.count(word) for doc in docs) for word in lists.types]
        assert lists.take(np.arange(len(docs))[::-1]) == docs[::-1]
        named = lists.renamed([None if word == "a" else word.upper() for word in lists.types])
        assert named == [[word.upper() for word in doc if word != "a"] for doc in docs]
        assert joined_lists([lists, named]) == [one + other for one, other in zip(docs, named, strict=True)]


def test_words_of_one_kind_are_looked_for_where_it_is_said() -> None:
    tokens = tokenize(["cats nap 猫", "dogs nap"])
    within = np.array([True, False, True, True, True])
    assert tokens.renamed("en", tokens.types, within) == [["cats"], ["dogs", "nap"]]
    assert tokens.used("zh").tolist() == [word == "猫" for word in tokens.types]
