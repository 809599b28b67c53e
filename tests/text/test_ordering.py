from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.text import ordering
from discourse.text.ordering import in_order

WORDS = st.lists(st.sampled_from("abcd"), max_size=6)


@given(st.lists(st.tuples(WORDS, WORDS), max_size=30))
def test_texts_stand_as_python_sorts_their_lists(texts: list[tuple[list[str], list[str]]]) -> None:
    parts = [[first for first, _ in texts], [second for _, second in texts]]
    expected = sorted(range(len(texts)), key=lambda i: texts[i])
    assert in_order(parts).tolist() == expected
    assert in_order(parts[:1]).tolist() == sorted(range(len(texts)), key=lambda i: texts[i][0])


@given(st.lists(st.tuples(WORDS, WORDS), max_size=30), st.integers(1, 6))
def test_texts_that_are_sorted_heap_by_heap_stand_alike(
    texts: list[tuple[list[str], list[str]]], at_once: int
) -> None:
    parts = [[first for first, _ in texts], [second for _, second in texts]]
    expected = in_order(parts).tolist()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ordering, "_AT_ONCE", at_once)
        assert in_order(parts).tolist() == expected


def test_no_text_has_an_empty_order() -> None:
    assert in_order([]).tolist() == in_order([[]]).tolist() == []
