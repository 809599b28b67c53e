"""Parts of a gap or change, made of corrected totals: they add up, and hold what was planted."""

from __future__ import annotations

import numpy as np
import pytest

from discourse.errors import NotMeasurable
from discourse.stats.clusters import dense_codes
from discourse.stats.corrected_parts import change_of_authors, gap_derivatives, gap_of_topics, part_intervals
from discourse.stats.correction import METHODS, Frame, corrected_estimate
from discourse.stats.correction_totals import corrected_values


def posts(seed=0, n=1500, mix=0.4, apart=0.3, err=0.25, coded=0.35):
    """Group 0 speaks more of topic 1, which is warmer, and is warmer within topics; labels miss warmth there."""
    rng = np.random.default_rng(seed)
    author = rng.integers(0, n // 3, n)
    group = author % 2
    topic = (rng.random(n) < 0.5 + mix / 2 * np.where(group == 0, 1, -1)).astype(int)
    about = rng.random(n) < 0.7
    warm = rng.random(n) < 0.2 + 0.3 * topic + apart * (group == 0)
    seen = np.where(rng.random(n) < 0.1, ~about, about)
    said = warm & ~((group == 0) & (rng.random(n) < err))
    pi = np.where(said, coded, coded * 0.8)
    drawn = rng.random(n) < pi
    frame = Frame(
        (said & seen).astype(float),
        np.where(drawn, warm & about, np.nan),
        pi,
        (author, rng.integers(0, 60, n)),
        group,
        seen.astype(float),
        np.where(drawn, about, np.nan),
    )
    return frame, topic, author


def test_the_derivatives_are_those_of_the_split():
    rng = np.random.default_rng(1)
    counts = rng.uniform(5, 20, (2, 3))
    sums = counts * rng.uniform(-1, 1, (2, 3))
    _, of_counts, of_sums = gap_derivatives(counts, sums)
    step = np.zeros((2, 3))
    step[1, 2] = 1e-6
    for values, derivative in (((step, 0), of_counts), ((0, step), of_sums)):
        up, down = (gap_derivatives(counts + s * values[0], sums + s * values[1])[0] for s in (1, -1))
        assert derivative[:, 1, 2] == pytest.approx((up - down) / 2e-6, abs=1e-6)


@pytest.mark.parametrize("method", METHODS)
def test_parts_add_up_to_the_corrected_gap_in_every_version(method):
    frame, topic, author = posts()
    values = corrected_values(frame, method)
    known = corrected_estimate(frame, method)
    for parts in (gap_of_topics(values, topic), change_of_authors(values, dense_codes(author // 2))):
        sign = 1.0 if len(parts.estimates) == 3 else -1.0  # a change is the later minus the earlier
        assert parts.estimates[0] == pytest.approx(sign * known.estimate, abs=1e-12)
        assert parts.estimates[1:].sum() == pytest.approx(parts.estimates[0], abs=1e-12)
        whole = part_intervals(values, parts)[0]
        assert (whole.high - whole.low) == pytest.approx(known.high - known.low, rel=0.05)


def test_corrected_parts_hold_what_was_planted_where_those_of_labels_do_not():
    held = {"naive": 0, "ppi++": 0}
    for seed in range(40):
        frame, topic, _ = posts(seed)
        for method in held:
            values = corrected_values(frame, method)
            within = part_intervals(values, gap_of_topics(values, topic))[2]
            held[method] += within.low <= 0.3 <= within.high
    assert held["ppi++"] >= 36
    assert held["naive"] <= 20


def test_authors_who_only_come_and_go_are_no_change_of_the_same():
    frame, _, _ = posts()
    values = corrected_values(frame, "naive")
    strangers = change_of_authors(values, np.arange(frame.prediction.shape[0]))
    assert strangers.estimates[1:3].tolist() == [0.0, 0.0]
    assert np.isnan(part_intervals(values, strangers)[1].low)
    same = change_of_authors(values, np.zeros(frame.prediction.shape[0], dtype=int))
    assert same.estimates[[0, 2, 3, 4]] == pytest.approx([same.estimates[1], 0.0, 0.0, 0.0])


def test_a_topic_without_posts_in_a_group_is_refused():
    with pytest.raises(NotMeasurable, match="not above zero"):
        gap_derivatives([[1, 0], [1, 1]], [[1, 0], [0, 1]])
