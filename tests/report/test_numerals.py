from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.report.numerals import (
    count,
    date,
    decimal,
    difference,
    enumeration,
    fewer_than,
    interval,
    percent,
    probability,
    short_date,
)
from discourse.report.widths import shortened, width_of, wrapped


def test_an_interval_is_printed_as_the_house_prints_it():
    assert interval(-0.12, -0.2, -0.04, "mean") == "−0.12 [−0.20, −0.04]"
    assert interval(0.5, float("nan"), float("nan"), "positive") == "50%"
    assert interval(float("nan"), 0, 1, "mean") == "–"
    assert difference(-0.1, -0.2, 0.0, "negative") == "−10.0 [−20.0, 0.0]"


@given(st.floats(-1, 1))
def test_no_hyphen_stands_for_a_minus_and_nothing_is_minus_zero(value):
    for text in (decimal(value), percent(value), decimal(value, 0)):
        assert "-" not in text
        assert text.strip("−0.%") or "−" not in text


@pytest.mark.parametrize(
    ("p", "text"), [(0.0004, "< 0.001"), (0.001, "0.001"), (0.0499, "0.050"), (0.2, "0.20"), (1.0, "1.00")]
)
def test_p_is_never_printed_as_zero(p, text):
    assert probability(p) == text


def test_dates_follow_each_language():
    assert date("2025-01-19", "en") == "19 January 2025"
    assert date("2025-01-19", "zh") == "2025年1月19日"
    assert short_date("2025-12-01", "en") == "1 Dec"
    assert date("someday", "en") == "someday"


def test_counts_and_lists():
    assert count(1234567) == "1,234,567"
    assert fewer_than(10) == "<10"
    assert enumeration([], "en") == ""
    assert enumeration(["a", "b"], "en") == "a and b"
    assert enumeration(["甲", "乙"], "zh") == "甲和乙"


@given(st.text(max_size=80), st.integers(2, 40))
def test_a_cut_text_fits(text, width):
    assert width_of(shortened(text, width)) <= width


@given(st.text(st.sampled_from("难民，。ab "), max_size=80), st.integers(8, 40))
def test_wrapping_loses_no_letter(text, width):
    lines = wrapped(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert not any(
        line.startswith(("，", "。"))
        for line in lines[1:]
        if not text.isspace() and "，" not in text[:1] and " ，" not in text and " 。" not in text
    )
