from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.report.runs import runs


@given(st.text(alphabet="ab 难民，。TikTok-1<"), st.sampled_from(["en", "zh"]))
def test_the_pieces_together_are_the_text(text, language):
    assert "".join(run.text for run in runs(text, language)) == text


@pytest.mark.parametrize(
    ("text", "language", "foreign"),
    [
        ("hosts and newcomers", "en", []),
        ("found by “TikTok难民”.", "en", ["难民"]),
        ("推荐、首页、朋友", "en", ["推荐、首页、朋友"]),
        ("原住民（n = 3）", "zh", []),
        ("英文特征词 welcome, tax refund。", "zh", ["welcome, tax refund"]),
    ],
)
def test_words_of_the_other_language_are_cut_out(text, language, foreign):
    assert [run.text for run in runs(text, language) if run.foreign] == foreign
