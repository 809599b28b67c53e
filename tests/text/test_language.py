from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.text.language import detect_language, detect_languages

LANGUAGES = {"zh-Hans", "zh-Hant", "en", "mixed", "other", "none"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh-Hans", "大家好，欢迎来到小红书"),
        ("zh-Hans", "刚下载了TikTok这个APP，准备拍vlog"),
        ("zh-Hans", "ok的，没问题"),
        ("zh-Hans", "今天在Costco买了iPhone和iPad，顺便喝了Starbucks"),
        ("zh-Hans", "好看 #tiktok refugee[话题]# #cat tax[话题]# @some_american_user"),
        ("zh-Hans", "链接在这里 https://example.com/this-is-a-long-english-title"),
        ("zh-Hant", "歡迎大家來到這裡"),
        ("zh-Hant", "我唔知點解"),
        ("zh-Hant", "佢哋喺度食飯"),
        ("en", "where are my people at"),
        ("en", "lol"),
        ("en", "just a test in 小红书 for all of my american friends who moved here this week"),
        ("en", "omggg this app is sooo good yall"),
        ("en", "Cat tax paid 🐱 #小红书 @小红薯 [害羞R]"),
        ("en", "My café has a naïve menu"),
        ("mixed", "这些refugees真的好sweet，love you guys"),
        ("mixed", "你好！Hello everyone, nice to be here, 我来自美国"),
        ("mixed", "Hi sisters, I am new here. 姐妹们好，我是新来的"),
        ("mixed", "祝大家 happy new year"),
        ("mixed", "I love 中国"),
        ("other", "オリンピック延期決定！"),
        ("other", "안녕하세요 여러분"),
        ("other", "Привет всем"),
        ("other", "مرحبا بالجميع"),
        ("other", "hola a todos, soy nueva aquí y me gusta mucho"),
        ("other", "bonjour, je suis nouvelle ici et j'aime les chats"),
        ("other", "xin chào mọi người, tôi là người mới"),
        ("other", "selamat pagi, saya baru di sini dan suka kucing"),
        ("none", ""),
        ("none", " \n\t"),
        ("none", "😂😂[笑哭R] #小红书 http://t.cn/abc @user [url]"),
        ("none", "2025-01-19 12:00 !!!"),
    ],
)
def test_tells_the_language(language: str, text: str) -> None:
    assert detect_language(text) == language


@given(st.text(st.characters(codec=None)))
def test_any_text_gets_one_of_six_answers(text: str) -> None:
    assert detect_language(text) in LANGUAGES


@given(st.text("你好世界歡迎欢迎ab, 。", max_size=20))
def test_what_is_no_word_does_not_count(text: str) -> None:
    assert detect_language(f"{text} [笑哭R] 😂 [url]") == detect_language(text)


def test_answers_in_order() -> None:
    assert detect_languages(iter(["hello there", "你好"])) == ["en", "zh-Hans"]
    assert detect_languages([]) == []


@given(
    st.lists(
        st.sampled_from(
            ["it's", "I'm", "que", "de", "a", "hola", "'n'", "x1y", "no_", "\n", "\x1c", "-", "''"]
        )
    )
)
def test_a_text_in_ascii_is_read_as_one_with_a_sign_behind_it(words: list[str]) -> None:
    for text in (" ".join(words), "".join(words)):
        assert detect_language(text) == detect_language(f"{text} ’")
