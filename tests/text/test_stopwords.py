from __future__ import annotations

import pytest

from discourse.errors import ParameterError
from discourse.text.script import simplify
from discourse.text.stopwords import stop_words


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["the", "and", "don't", "don’t", "i'm", "is"]),
        ("zh", ["的", "我们", "我們", "嘅", "因为", "因為", "什么", "什麼"]),
    ],
)
def test_holds_words_of_grammar(lang: str, words: list[str]) -> None:
    assert set(words) <= stop_words(lang)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["refugee", "welcome", "name", "serious", "chinese", "help"]),
        ("zh", ["难民", "欢迎", "高兴", "认真", "美国"]),
    ],
)
def test_holds_no_words_of_content(lang: str, words: list[str]) -> None:
    assert not set(words) & stop_words(lang)


def test_folding_the_script_leaves_no_new_word() -> None:
    chinese = stop_words("zh")
    assert {simplify(word) for word in chinese} - chinese <= {
        simplify(word) for word in chinese if simplify(word) != word
    }
    assert all(word == word.lower() for word in stop_words("en"))


def test_knows_two_languages() -> None:
    with pytest.raises(ParameterError):
        stop_words("fr")
