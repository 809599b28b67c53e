from __future__ import annotations

import pytest

from discourse.sentiment.trained.posts import gather
from discourse.sentiment.trained.views import MASK, VIEWS


def seen(view: str, text: str, target: str = "cats") -> list[str]:
    return next(iter(VIEWS[view](gather([text], targets=[target], parents=["A  parent"]))))


def test_the_target_is_masked_and_its_sides_are_told_apart() -> None:
    assert seen("words", "I love Cats a lot") == [
        *("i", "love", MASK, "a", "lot"),
        *("i love", f"love {MASK}", f"{MASK} a", "a lot"),
    ]
    assert seen("words before", "I love Cats a lot") == ["i", "love", "i love"]
    assert seen("words behind", "I love Cats a lot") == ["a", "lot", "a lot"]


def test_chinese_words_are_those_of_the_segmenter() -> None:
    assert seen("words", "我喜欢小红书")[:3] == ["我", "喜欢", "小红书"]


@pytest.mark.parametrize(("text", "lengths"), [("难民真可爱啊", {1, 2, 3}), ("lovely people", {2, 3, 4, 5})])
def test_pieces_are_as_long_as_the_language_needs(text: str, lengths: set[int]) -> None:
    assert {len(piece) for piece in seen("characters", text, "nobody")} == lengths


def test_only_few_words_are_near() -> None:
    text = "a1 a2 a3 a4 a5 a6 a7 cats b1 b2 b3 b4 b5 b6 b7"
    near = {term for term in seen("words near", text) if " " not in term}
    assert near == {*(f"a{n}" for n in range(3, 8)), MASK, *(f"b{n}" for n in range(1, 6))}


@pytest.mark.parametrize("view", ["words before", "words behind", "characters before", "words near"])
def test_a_target_that_is_not_named_has_no_sides(view: str) -> None:
    assert seen(view, "we say nothing of them") == []


@pytest.mark.parametrize("view", list(VIEWS))
def test_no_term_holds_a_line_break(view: str) -> None:
    text = "one\ntwo\u2028three\x0bfour\x85 cats\r\nfive \x1c six"
    posts = gather([text], targets=["cats"], parents=[text])
    assert not any("\n" in term for term in next(iter(VIEWS[view](posts))))


@pytest.mark.parametrize("view", list(VIEWS))
def test_no_posts_have_no_terms(view: str) -> None:
    assert list(VIEWS[view](gather([]))) == []
