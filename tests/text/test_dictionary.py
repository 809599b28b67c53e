from __future__ import annotations

import pytest

from discourse.text.dictionary import Cedict, lemma, meanings, word_links


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("难民", "refugee"),
        ("猫", "cat"),
        ("手机", "phone"),
        ("外婆", "grandmother"),
        ("武汉", "wuhan"),
        ("爱", "love"),
    ],
)
def test_everyday_words_have_their_meaning(zh, en):
    assert en in meanings(zh)


def test_first_meanings_weigh_more_and_grammar_has_none():
    found = meanings("漂亮")
    assert found["pretty"] == 1.0 > found["beautiful"] > 0
    assert not {"to", "the", "of", "be"} & set(meanings("打"))
    assert meanings("不在词典里的词") == {}


def test_links_are_found_for_all_forms_of_a_word_and_keep_them():
    links = word_links(["猫", "税", "难民"], ["cats", "refugees", "unrelated"])
    assert [(link.zh, link.en) for link in links] == [("猫", "cats"), ("难民", "refugees")]
    assert all(0 < link.weight <= 1 for link in links)
    assert word_links([], ["cat"]) == word_links(["猫"], []) == []


@pytest.mark.parametrize(
    ("word", "of"), [("Cats", "cat"), ("went", "go"), ("nurse’s", "nurse"), ("yyds", "yyds")]
)
def test_lemmas(word, of):
    assert lemma(word) == of


def test_an_entry_is_given_back_as_it_was_and_found_in_either_script():
    entries = [
        {"traditional": "發", "simplified": "发", "pinyin": "fa1", "definitions": ["to send", "to issue"]},
        {"traditional": "髮", "simplified": "发", "pinyin": "fa4", "definitions": ["hair"]},
    ]
    found = Cedict(entries)
    assert list(found) == entries
    assert found.headed("发") == entries
    assert found.definitions("發") == ["to send", "to issue"]
    assert found.definitions("发") == ["hair"]
    assert found.headed("猫") == []
