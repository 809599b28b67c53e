from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.text.script import count_scripts, is_traditional, simplify


@pytest.mark.parametrize(
    ("text", "simple"),
    [
        ("頭髮發展乾淨幹部皇后", "头发发展干净干部皇后"),
        ("裡面與裏面", "里面与里面"),
        ("這隻貓在臺灣", "这只猫在台湾"),
        ("著急地看著", "着急地看着"),
        ("后来在里面", "后来在里面"),
        ("no change 123", "no change 123"),
        ("", ""),
    ],
)
def test_folds_to_simplified(text: str, simple: str) -> None:
    assert simplify(text) == simple


@given(st.text(st.characters(codec=None)))
def test_keeps_the_length_and_folds_once(text: str) -> None:
    simple = simplify(text)
    assert len(simple) == len(text)
    assert simplify(simple) == simple


@given(st.text(), st.text())
def test_folds_character_by_character(a: str, b: str) -> None:
    assert simplify(a) + simplify(b) == simplify(a + b)


@pytest.mark.parametrize("text", ["歡迎新朋友", "我唔知佢係邊個", "他們說這裡很好"])
def test_knows_traditional_text(text: str) -> None:
    assert is_traditional(text)


@pytest.mark.parametrize("text", ["欢迎新朋友", "你好", "皇后在里面", "hello", "", "他们转了【歡迎】两个字"])
def test_does_not_take_shared_characters_for_traditional(text: str) -> None:
    assert not is_traditional(text)


def test_characters_of_both_scripts_count_for_none() -> None:
    assert count_scripts("后里干面台只你好") == (0, 0)


def test_the_everyday_me_has_one_form() -> None:
    assert simplify("什麼") == simplify("什么") == "什么"
