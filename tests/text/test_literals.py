"""Strings found in texts: leftmost and longest or all of them, one text or many, by either engine."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.text import literals
from discourse.text.literals import Finder, Literals

SMALL = st.text("ab难民", min_size=1, max_size=4)
ENGINES = [
    pytest.param(literals._c, id="c"),
    pytest.param(
        literals._rust,
        id="rust",
        marks=pytest.mark.skipif(literals.ahocorasick_rs is None, reason="ahocorasick_rs is not installed"),
    ),
]


def by_hand(strings: list[str], text: str) -> list[tuple[int, int, int]]:
    """Leftmost and longest, as a definition."""
    found, at = [], 0
    while at < len(text):
        here = [s for s in strings if text.startswith(s, at)]
        longest = max(here, key=len, default="")
        if longest:
            found.append((strings.index(longest), at, at + len(longest)))
        at += max(1, len(longest))
    return found


@pytest.mark.parametrize("engine", ENGINES)
@given(strings=st.lists(SMALL, min_size=1, max_size=6, unique=True), text=st.text("ab难民 ", max_size=30))
def test_the_leftmost_and_longest_are_found(engine, strings, text):
    assert engine(tuple(strings), False)(text) == by_hand(strings, text)


@pytest.mark.parametrize("engine", ENGINES)
@given(strings=st.lists(SMALL, min_size=1, max_size=6, unique=True), text=st.text("ab难民 ", max_size=30))
def test_all_of_them_are_found_where_they_may_overlap(engine, strings, text):
    every = {
        (n, at, at + len(s))
        for n, s in enumerate(strings)
        for at in range(len(text))
        if text.startswith(s, at)
    }
    found = engine(tuple(strings), True)(text)
    assert set(found) == every
    assert [stop for _n, _start, stop in found] == sorted(stop for _n, _start, stop in found)


@given(st.lists(st.text("ab难民\x00\x01\ud800 ", max_size=12), max_size=6))
def test_texts_searched_together_are_the_same_as_one_by_one(texts):
    finder = Finder({"a": 1, "难民": 2, "ab": 3, "民a": 4})
    assert finder.each(texts) == [finder.each([text])[0] for text in texts]
    assert finder.values_each(texts) == [[value for _, _, value in hits] for hits in finder.each(texts)]


def test_half_a_surrogate_pair_keeps_its_place():
    assert Literals(["难民"]).find("\ud83d难民\ud83d") == [(0, 1, 3)]
    assert Finder({"x": "y"}).each([]) == []
