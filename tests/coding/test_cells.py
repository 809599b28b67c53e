"""Texts in the cells of coding sheets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.coding.cells import meant, shown
from discourse.corpus.cells import escaped


@given(st.text(st.sampled_from("_x000D\u2060ab\n"), max_size=40) | st.text())
def test_what_is_shown_is_what_is_meant_up_to_line_ends(text):
    assert meant(shown(text)) == text.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize("text", ["_x000D_", "_\u2060x000D_", "__x0041__x0042_"])
def test_nothing_that_is_shown_looks_like_an_escape(text):
    assert escaped(shown(text)) == shown(text)
