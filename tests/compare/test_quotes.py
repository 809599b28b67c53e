"""A quotation is used by many, or it is one person's; and it can be found, or it cannot."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.compare.quotes import quotation_use
from discourse.errors import ParameterError

RENT = "the rent in my town is twice what they told us"


@pytest.mark.parametrize(
    ("quotation", "posts", "users"),
    [
        ("欢迎大家来小红书", ["欢迎大家来小红书！", "欢迎大家来小红书～", "你好"], 2),
        ("Welcome home", ["welcome   HOME!!", "so: welcome home everybody", "welcome"], 2),
        ("thank you all so much for this", ["thank you all so much for thiss", "thank them"], 1),
        ("hello", ["bye", "good day"], 0),
    ],
)
def test_counts_authors_of_the_same_or_nearly_the_same_words(quotation, posts, users):
    use = quotation_use([quotation], posts, list(range(len(posts))))
    assert use["n_authors"].tolist() == [users]


def test_an_author_counts_once_and_nobody_never():
    assert quotation_use(["hello there"], ["hello there"] * 3, ["a", "a", pd.NA])["n_authors"].tolist() == [1]


@pytest.mark.parametrize(
    ("text", "run"),
    [
        (RENT, "the rent in my town is twice what"),
        ("七个词不够长", None),
        ("我们这里的房租比他们说的还要高", "我们这里的房租比他们说的"),
        ("我们这里的，房租比他们，说的还要高", "我们这里的房租比他们说的"),
        ("seven words are not yet enough here", None),
    ],
)
def test_a_long_run_of_one_author_can_be_found(text, run):
    found = quotation_use([text], [text, "something else"], ["a", "b"])["findable"][0]
    assert (None if pd.isna(found) else found) == run


def test_a_run_of_two_authors_gives_neither_away():
    assert quotation_use([RENT], [RENT, f"They say: {RENT}!"], ["a", "b"])["findable"].isna().all()


@given(st.lists(st.text(max_size=30), min_size=1, max_size=6))
def test_every_post_that_is_quoted_has_its_author(texts):
    use = quotation_use(texts, texts, [f"a{i}" for i in range(len(texts))])
    worded = [any(character.isalnum() for character in text) for text in texts]
    assert all(n >= 1 for n, words in zip(use["n_authors"], worded, strict=True) if words)


def test_refuses_texts_without_authors():
    with pytest.raises(ParameterError, match="2 texts by 1 authors"):
        quotation_use([], ["a", "b"], ["x"])


def test_a_word_that_is_cut_off_makes_no_run_rare():
    said = "dear refugees you are brave and I admire"
    assert quotation_use([said[:-4]], [said, said], ["a", "b"])["findable"].isna().all()
