from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.errors import ParameterError
from discourse.text.docs import docs
from discourse.text.tokens import tokenize


@settings(deadline=None)
@given(st.text("你好难民 ab\n\t\u200b\u3000，😀[doge]#", max_size=30))
def test_chinese_documents_hold_our_tokens_and_the_whole_text(text: str) -> None:
    (doc,) = docs([text], "zh")
    assert doc.text == text
    places = {(token.idx, token.idx + len(token.text)) for token in doc}
    assert set(tokenize([text]).spans[0]) <= places


def test_english_documents_are_spacys_own() -> None:
    (doc,) = docs(["Don't panic, it's fine."], "en")
    assert [token.text for token in doc] == ["Do", "n't", "panic", ",", "it", "'s", "fine", "."]


def test_words_of_the_researcher_stay_whole() -> None:
    assert [token.text for token in docs(["新猫税"], "zh", words=["猫税"])[0]] == ["新", "猫税"]


def test_knows_two_languages_and_no_texts() -> None:
    assert docs([], "zh") == docs([], "en") == []
    with pytest.raises(ParameterError):
        docs(["a"], "fr")  # type: ignore[arg-type]
