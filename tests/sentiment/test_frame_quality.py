from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.errors import ParameterError
from discourse.sentiment.frame_quality import FRAME_QUALITY, frame_quality
from discourse.stats import krippendorff_alpha, wilson

FOUND = pd.DataFrame({"a": [1, 1, 1, 0, 0, 0, 0, 1]}).astype(bool)
HAND = pd.DataFrame({"a": [1, 1, 0, 0, 0, 1, 0, None]})


def test_figures_follow_their_formulas() -> None:
    row = frame_quality(FOUND, HAND).iloc[0]
    # Two found by both, one by us only, one by people only; the eighth post has no hand code.
    assert (row["n"], row["n_hand"], row["n_found"]) == (7, 3, 3)
    assert row["precision"] == pytest.approx(2 / 3)
    assert row["recall"] == pytest.approx(2 / 3)
    assert row["f1"] == pytest.approx(2 * 2 / (2 * 2 + 1 + 1))
    assert [row["precision_low"], row["precision_high"]] == pytest.approx(
        [float(v) for v in wilson(2, 3)[1:]]
    )
    ratings = np.array([[1, 1, 1, 0, 0, 0, 0], [1, 1, 0, 0, 0, 1, 0]], dtype=float)
    assert row["alpha"] == pytest.approx(krippendorff_alpha(ratings))


def test_what_has_no_denominator_is_nan() -> None:
    row = frame_quality(pd.DataFrame({"a": [False, False]}), pd.DataFrame({"a": [0, 0]})).iloc[0]
    assert all(math.isnan(row[name]) for name in ("precision", "recall", "f1", "f1_low", "alpha"))
    assert row["n"] == 2


def test_the_interval_of_f1_covers_it_and_narrows_with_more_posts() -> None:
    many = frame_quality(pd.concat([FOUND] * 50), pd.concat([HAND] * 50)).iloc[0]
    few = frame_quality(FOUND, HAND).iloc[0]
    assert few["f1_low"] <= few["f1"] <= few["f1_high"]
    assert many["f1_high"] - many["f1_low"] < few["f1_high"] - few["f1_low"]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=30))
def test_swapping_found_and_hand_swaps_precision_and_recall(pairs: list[tuple[bool, bool]]) -> None:
    one, other = (pd.DataFrame({"a": list(column)}) for column in zip(*pairs, strict=True))
    forward, backward = frame_quality(one, other).iloc[0], frame_quality(other, one).iloc[0]
    assert forward["precision"] == pytest.approx(backward["recall"], nan_ok=True)
    assert forward["f1"] == pytest.approx(backward["f1"], nan_ok=True)


def test_tables_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ParameterError, match="8 found rows for 2"):
        frame_quality(FOUND, HAND.iloc[:2])
    with pytest.raises(ParameterError, match="no frame"):
        frame_quality(FOUND, HAND.rename(columns={"a": "b"}))


def test_columns_are_those_of_the_table() -> None:
    assert frame_quality(FOUND, HAND).columns.tolist() == FRAME_QUALITY.names
