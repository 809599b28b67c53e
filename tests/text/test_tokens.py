from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from nltk.tokenize import TweetTokenizer

from discourse.errors import ParameterError
from discourse.text.segment import segment_zh
from discourse.text.tokens import KINDS, tokenize

ANY = st.text(st.characters(codec=None), max_size=40)
PIECES = st.lists(
    st.sampled_from(
        [
            "[笑哭R]",
            "#话题[话题]#",
            "#tag",
            "#难民#",
            "👨‍👩‍👧‍👦",
            "🇨🇳",
            "❤️",
            "http://t.cn/a",
            "a@b.cn",
            "@user",
            "@小明",
            "don’t",
            "U.S.",
            "3.5%",
            " ",
            "\u200b",
            "\u200d",
            "\ufeff",
            "你好",
            "难民",
            "A",
            "#",
            "[",
            "]",
            "/",
            "u/",
            "\n",
            "カタ",
            "é",
        ]
    ),
    max_size=12,
).map("".join)


def words_of(text: str, **options: object) -> list[str]:
    return tokenize([text], **options).words[0]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[笑哭R]新年好[doge]", ["[笑哭R]", "新年好", "[doge]"]),  # tok.91
        ("太好笑了👨‍👩‍👧‍👦🇨🇳", ["太", "好笑", "了", "👨‍👩‍👧‍👦", "🇨🇳"]),  # tok.92
        ("license", ["license"]),  # tok.93
        ("今天\u200b天\u200b气真\u202e好", words_of("今天天气真好")),  # tok.94
        ("印度尼西亚", ["印度尼西亚"]),  # tok.95
        (
            "オリンピック延期！ #政治 #安部政権",
            ["オリンピック", "延期", "！", "#政治", "#安部政権"],
        ),  # tok.96
        ("#TikTok难民#", ["#TikTok难民#"]),  # tok.97
        ("#猫税[话题]##cat tax[话题]#", ["#猫税[话题]#", "#cat tax[话题]#"]),
        ("Don’t panic, it's the U.S.", ["Don’t", "panic", ",", "it's", "the", "U.S."]),
        ("a well-known rock'n'roll café", ["a", "well-known", "rock'n'roll", "café"]),
        ("1,299.00元，涨3.5%，12:30见", ["1,299.00", "元", "，", "涨", "3.5%", "，", "12:30", "见"]),
        ("买了T恤和iPhone15", ["买", "了", "T恤", "和", "iPhone15"]),
        ("C++ and C# in the 90s", ["C++", "and", "C#", "in", "the", "90s"]),
        ("看http://t.cn/Ab1吧", ["看", "http://t.cn/Ab1", "吧"]),
        ("写a.b@mail.com给@小明 [url] @user", ["写", "a.b@mail.com", "给", "@小明", "[url]", "@user"]),
        ("👍🏽1️⃣❤️☺", ["👍🏽", "1️⃣", "❤️", "☺"]),
        ("good :) :-( <3 T_T", ["good", ":)", ":-(", "<3", "T_T"]),
        ("Привет 안녕 नमस्ते", ["Привет", "안녕", "नमस्ते"]),
        ("a\x00b\t\u3000c", ["a", "b", "c"]),
        ("\ufeff \u200b\u200d\ufe0f", []),
        ("", []),
    ],
)
def test_keeps_in_one_piece_what_is_one(text: str, words: list[str]) -> None:
    assert words_of(text) == words


def test_names_each_kind() -> None:
    text = "你好hi[doge]😀#a http://t.cn/b @c1 [url]12！あ"
    assert tokenize([text]).kinds == [
        [
            "zh",
            "en",
            "sticker",
            "emoji",
            "hashtag",
            "url",
            "mention",
            "placeholder",
            "number",
            "punct",
            "other",
        ]
    ]


def test_own_words_stay_whole_but_split_no_latin_word() -> None:
    own = ["ens", "猫税", "cat tax", "TikTok难民", "小红书App", ("对账单", 5, "n")]
    text = "license ens 猫税 cat tax cat taxi myTikTok TikTok难民 小红书App 小红书Apps"
    assert words_of(text, words=own) == [
        *("license", "ens", "猫税", "cat tax", "cat", "taxi", "myTikTok", "TikTok难民", "小红书App"),
        *("小红书", "Apps"),
    ]
    assert words_of("猫税 cat tax") == [*segment_zh("猫税"), "cat", "tax"]


def test_own_words_may_open_with_any_character() -> None:
    own = ["一个APP", "，，", " x", "龥a", "“难民”们"]
    text = "看一个APP，，y x龥a“难民”们"
    assert words_of(text, words=own) == ["看", "一个APP", "，，", "y", " x", "龥a", "“难民”们"]


def test_own_words_are_text_not_patterns() -> None:
    assert words_of("a.c abc .* (x", words=["a.c", ".*", "(x"]) == ["a.c", "abc", ".*", "(x"]


@settings(max_examples=300)
@given(ANY | PIECES)
@example("‍")
def test_every_token_stands_where_it_says(text: str) -> None:
    tokens = tokenize([text])
    (words,), (spans,), (kinds,) = tokens.words, tokens.spans, tokens.kinds
    at = 0
    for word, (start, stop), kind in zip(words, spans, kinds, strict=True):
        assert at <= start < stop <= len(text)
        rest = iter(text[start:stop])
        assert all(character in rest for character in word)  # the surface, but for controls
        assert kind in KINDS
        at = stop


@given(ANY | PIECES)
def test_nothing_visible_is_lost(text: str) -> None:
    kept = "".join(words_of(text))
    gone = [
        c for c in text if not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf", "Mn", "Cn", "Me")
    ]
    assert [c for c in kept if c in gone] == gone


@given(st.lists(ANY, max_size=4))
def test_texts_do_not_touch_each_other(texts: list[str]) -> None:
    together = tokenize(texts)
    assert len(together) == len(texts)
    assert together.words == [words_of(text) for text in texts]


@given(st.lists(st.sampled_from(["你好", "hello", "[doge]", "#难民#", "😀", "3.5%", "don’t"]), max_size=8))
def test_tokens_joined_by_spaces_are_the_same_tokens(words: list[str]) -> None:
    assert words_of(" ".join(words)) == words


@given(st.text("你好世界欢迎难民小红书，。！", max_size=30))
def test_plain_chinese_is_cut_as_jieba_cuts_it(text: str) -> None:
    assert words_of(text) == segment_zh(text)


@given(PIECES, st.sampled_from("\u200b\u202e\ufeff\u2066"))
def test_controls_change_no_word(text: str, control: str) -> None:
    assert words_of(control.join(["你好", "新世界"])) == words_of("你好新世界")
    assert words_of(control + text + control) == words_of(text)


def test_lower_and_remove_keep_the_places() -> None:
    tokens = tokenize(["The Cat, the 猫！", ""])
    left = tokens.remove({"the"}, kinds={"punct"}).lower()
    assert left.words == [["cat", "猫"], []]
    assert left.spans == [[(4, 7), (13, 14)], []]
    assert left.kinds == [["en", "zh"], []]
    assert tokenize(["The Cat"], lower=True).words == [["the", "cat"]]
    assert tokens.words[0][0] == "The"


@pytest.mark.parametrize("texts", ["one text", [None], ["a", 3], [float("nan")]])
def test_refuses_what_is_no_list_of_texts(texts: object) -> None:
    with pytest.raises(ParameterError):
        tokenize(texts)  # type: ignore[arg-type]


@pytest.mark.parametrize("word", ["", "  "])
def test_refuses_empty_words(word: str) -> None:
    with pytest.raises(ParameterError):
        tokenize(["a"], words=[word])


TWEETS = [
    "@friend did you see the cat tax thread? I can't stop laughing :)",
    "So many people moved to the new app today, it's wild!",
    "I paid 3 cat pictures and they taught me how to say hello <3",
    "just got here from #tiktok and everyone is so kind",
    "why is my feed all in Chinese? not mad, just confused",
    "check https://example.org/page for the translation guide",
    "They're sharing grocery prices: $5 for eggs, really?",
    "homework help from strangers across the world, I love it",
]


def test_english_tokens_agree_with_the_tweet_tokenizer() -> None:
    """Agreement on tweets without what we cut otherwise on purpose (curly apostrophes, runs of "!", U.S.)."""
    reference = TweetTokenizer()
    theirs = [reference.tokenize(tweet) for tweet in TWEETS]
    ours = tokenize(TWEETS).words
    same = sum(len(set(a) & set(b)) for a, b in zip(ours, theirs, strict=True))
    union = sum(len(set(a) | set(b)) for a, b in zip(ours, theirs, strict=True))
    assert same / union > 0.97


def test_english_tokens_differ_from_the_tweet_tokenizer_on_purpose() -> None:
    reference = TweetTokenizer()
    for text, ours in [
        ("don’t", ["don’t"]),
        ("U.S.", ["U.S."]),
        ("3.5%", ["3.5%"]),
        ("cat #a[话题]#", ["cat", "#a[话题]#"]),
    ]:
        assert words_of(text) == ours != reference.tokenize(text)
