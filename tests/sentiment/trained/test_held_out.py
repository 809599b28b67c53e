"""What a report prints of a trained model: intervals of F1, and whether confidence means what it says."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import f1_score

from discourse.sentiment.trained.held_out import calibration, with_intervals
from discourse.sentiment.trained.posts import Posts, gather
from discourse.sentiment.trained.report import report


@pytest.fixture(scope="module")
def judged() -> tuple[Posts, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(3)
    codes = rng.choice(["negative", "neutral", "positive"], 300, p=[0.2, 0.3, 0.5])
    said = np.where(rng.random(300) < 0.7, codes, rng.choice(["negative", "neutral", "positive"], 300))
    texts = ["guests are here" if n % 3 else "客人来了" for n in range(300)]
    return gather(texts, ["guests" if n % 2 else "hosts" for n in range(300)]), codes, said


def test_each_interval_holds_its_figure(judged: tuple[Posts, np.ndarray, np.ndarray]) -> None:
    table = with_intervals(report(*judged), *judged)
    assert ((table["f1_low"] <= table["f1"]) & (table["f1"] <= table["f1_high"])).all()
    assert {"all", "en", "zh"} == set(table["lang"])
    assert {"all", "guests", "hosts"} == set(table["target"])


def test_the_interval_of_the_macro_f1_is_that_of_resampled_posts(
    judged: tuple[Posts, np.ndarray, np.ndarray],
) -> None:
    _, codes, said = judged
    row = with_intervals(report(*judged), *judged).query("lang == 'all' & target == 'all' & label == 'macro'")
    rng = np.random.default_rng(11)
    drawn = [rng.integers(0, 300, 300) for _ in range(400)]
    figures = [f1_score(codes[rows], said[rows], average="macro") for rows in drawn]
    expected = np.quantile(figures, [0.025, 0.975])
    assert row[["f1_low", "f1_high"]].to_numpy()[0] == pytest.approx(expected, abs=0.012)


def test_a_language_with_fewer_posts_has_a_wider_interval(
    judged: tuple[Posts, np.ndarray, np.ndarray],
) -> None:
    macro = with_intervals(report(*judged), *judged).query("target == 'all' & label == 'macro'")
    widths = dict(zip(macro["lang"], macro["f1_high"] - macro["f1_low"], strict=True))
    assert widths["all"] < widths["en"] < widths["zh"]


def test_the_same_posts_give_the_same_interval(judged: tuple[Posts, np.ndarray, np.ndarray]) -> None:
    first, second = (with_intervals(report(*judged), *judged) for _ in range(2))
    pd.testing.assert_frame_equal(first, second)


def test_bins_of_confidence_count_every_post_once_and_say_what_is_right() -> None:
    rng = np.random.default_rng(5)
    likely = rng.uniform(0.4, 1.0, 503)
    right = rng.random(503) < likely
    table = calibration(right, likely)
    assert int(table["n"].sum()) == 503
    assert table["n"].max() - table["n"].min() <= 1
    assert float(table["estimate"] @ table["n"]) == pytest.approx(right.sum())
    assert (table["bin_high"].to_numpy()[:-1] <= table["bin_low"].to_numpy()[1:]).all()
    assert ((table["low"] <= table["confidence"]) & (table["confidence"] <= table["high"])).sum() >= 4


def test_confidence_that_promises_too_much_lies_below_the_line() -> None:
    table = calibration(np.tile([True, False], 100), np.full(200, 0.95))
    assert (table["high"] < table["confidence"]).all()
