"""The words near a target are those within reach of a naming, and no word is in both parts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.compare.mention_windows import mention_windows
from discourse.errors import ParameterError
from discourse.text.tokens import tokenize


def windows(texts, window=2):
    return mention_windows(texts, tokenize(texts), "refugees", window=window)


def test_words_within_reach_are_near_and_the_others_elsewhere():
    found = windows(["kittens breakfast garden tiktok refugees funny polite weather mountains"])
    assert found.near["en"] == [["breakfast", "garden", "funny", "polite"]]
    assert found.elsewhere["en"] == [["kittens", "weather", "mountains"]]
    assert found.namings == [1]


def test_chinese_words_are_counted_alike():
    found = windows(["昨天看到难民们真诚地交猫税"], window=3)
    assert "看到" in found.near["zh"][0]
    assert all("难民" not in word for word in found.near["zh"][0])


def test_a_post_that_names_nobody_has_nothing_near():
    found = windows(["kittens and gardens"])
    assert found.near["en"] == [[]]
    assert found.namings == [0]


@given(st.lists(st.sampled_from(["refugees", "funny", "gardens", "今天", "难民", "猫税", "!"]), max_size=15))
def test_no_word_is_lost_and_none_is_counted_twice(words):
    text = " ".join(words)
    found = windows([text], window=1)
    content = {"funny", "gardens", "今天", "猫税"}
    expected = sum(word in content for word in words)
    counted = sum(len(found.near[k][0]) + len(found.elsewhere[k][0]) for k in ("zh", "en"))
    assert counted <= expected + text.count("猫税")
    if "refugees" not in words and "难民" not in words:
        assert not found.near["en"][0]


def test_bad_windows_are_refused():
    with pytest.raises(ParameterError, match="window"):
        windows(["x"], window=0)
    with pytest.raises(ParameterError, match="the same posts"):
        mention_windows(["a", "b"], tokenize(["a"]), "refugees")
