"""What a post that names nobody says of those it answers."""

from __future__ import annotations

import pytest

from discourse.sentiment.score import score

PARENT = "大家好，我是TikTok难民"


def reply(text: str, parent: str = PARENT) -> str:
    return str(score([text], parents=[parent])["label"][0])


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("太可爱了！", "positive"),
        ("so funny", "positive"),
        ("你的中文真好", "positive"),
        ("they are lovely", "positive"),
        ("他们太吵了", "negative"),
        ("烦死了", "negative"),
        ("今天学了八个汉字，手好酸", "neutral"),
        ("my hand hurts from writing characters all night", "neutral"),
        ("我妈的新裙子买得特别好看", "neutral"),
    ],
)
def test_a_valence_counts_where_it_is_said_of_them_or_is_all_there_is(text: str, label: str) -> None:
    assert reply(text) == label


@pytest.mark.parametrize("text", ["小红书真好玩", "The Chinese users here are so kind", "the ban is stupid"])
def test_a_reply_about_somebody_else_is_not_about_the_target(text: str) -> None:
    assert reply(text) == "absent"


def test_a_tag_in_a_reply_names_a_topic() -> None:
    assert reply("#还我首页[话题]# 今天下雪") == "neutral"


def test_you_under_the_post_of_a_newcomer_is_the_newcomer() -> None:
    parent = "My rent is $2,000 and my senator does not care"
    assert reply("你太有趣了", parent) == "positive"
    assert reply("太有趣了", parent) == "absent"


def test_a_later_sentence_with_a_subject_of_its_own_is_about_that() -> None:
    labels = score(["遇到一个难民。太可爱了", "遇到一个难民。我昨天下班路上看到的那棵老银杏树特别好看"])[
        "label"
    ]
    assert labels.tolist() == ["positive", "neutral"]
