from __future__ import annotations

import pytest

from discourse.errors import ParameterError
from discourse.text.tokens import tokenize
from discourse.topics.vocabulary import Limits, content_words, document_features, vocabulary_of


def words_of(text: str, **settings) -> tuple[list[str], list[str]]:
    found = content_words(tokenize([text]), **settings)
    return found["zh"][0], found["en"][0]


@pytest.mark.parametrize(
    "text",
    [
        "[doge][笑哭R]",
        "😂👍🏽",
        "https://example.org/cats",
        "@user",
        "[phone]",
        "2025 19.5 30%",
        "！？…,.",
        "的 是 了",
        "the and of",
        "",
    ],
)
def test_what_is_no_content_word_falls_out(text):
    assert words_of(text) == ([], [])


def test_chinese_and_english_words_are_kept_apart():
    zh, en = words_of("欢迎来自TikTok的朋友, welcome friends")
    assert "欢迎" in zh
    assert "朋友" in zh
    assert en == ["tiktok", "friends"] or en == ["tiktok", "welcome", "friends"]


def test_scripts_and_cases_are_folded():
    assert words_of("歡迎 CATS")[0] == words_of("欢迎 cats")[0] == ["欢迎"]
    assert words_of("歡迎 CATS")[1] == ["cats"]


def test_the_researcher_names_words_to_leave_out_in_any_script_or_case():
    assert words_of("歡迎 Cats", stop_words=["欢迎", "CATS"]) == ([], [])


def test_the_shortest_word_kept_is_a_choice():
    assert words_of("猫")[0] == []
    assert words_of("猫", min_length=1)[0] == ["猫"]


def test_rare_and_common_words_get_no_column():
    docs = [["common", "rare"]] + [["common", "middling"]] * 60 + [["else"]] * 60
    assert vocabulary_of(docs, Limits()) == ["else", "middling"]
    assert vocabulary_of(docs, Limits(max_share=1.0)) == ["common", "else", "middling"]
    assert "rare" in vocabulary_of(docs, Limits(min_posts=1))


def test_a_handful_of_posts_keeps_every_word():
    assert vocabulary_of([["a"], ["a", "b"]], Limits()) == ["a", "b"]


@pytest.mark.parametrize("limits", [{"min_posts": 0}, {"max_share": 0.0}, {"max_share": 1.5}])
def test_limits_out_of_range_are_refused(limits):
    with pytest.raises(ParameterError):
        Limits(**limits)


def test_counts_words_and_passes_over_unknown_ones():
    dfm = document_features([["b", "a", "b"], ["z"], []], {"a": 0, "b": 1})
    assert dfm.toarray().tolist() == [[1, 2], [0, 0], [0, 0]]


def test_no_posts_give_an_empty_matrix():
    assert document_features([], {"a": 0}).shape == (0, 1)
