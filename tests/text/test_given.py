from __future__ import annotations

import pandas as pd
import pytest

import discourse
from discourse.errors import ParameterError

POSTS = pd.DataFrame({"text": ["The refugees are a joy", "欢迎难民"], "likes": [1, 2]})


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: discourse.score(POSTS, "refugees"),
        lambda: discourse.fit_topics(POSTS, n_topics=2),
        lambda: discourse.kwic(POSTS, "refugees"),
        lambda: discourse.tokenize(POSTS),
    ],
)
def test_a_table_is_never_read_by_the_names_of_its_columns(wrong):
    with pytest.raises(ParameterError, match="columns: text, likes") as refused:
        wrong()
    assert 'posts["text"]' in str(refused.value)


def test_one_text_is_not_searched_letter_by_letter():
    with pytest.raises(ParameterError, match="one text was given"):
        discourse.kwic("a refugee", "refugee")


@pytest.mark.parametrize("function", ["segment_zh", "detect_language", "clauses", "explain"])
def test_what_takes_one_text_says_how_to_take_several(function):
    with pytest.raises(ParameterError, match=rf"\[{function}\(text\) for text in texts\]"):
        getattr(discourse, function)(["难民", "欢迎"])


def test_texts_given_as_words_are_told_to_be_cut_first():
    with pytest.raises(ParameterError, match=r"discourse\.tokenize"):
        discourse.keyness(["a b c"], ["c d e"])
