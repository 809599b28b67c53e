"""Krippendorff's alpha: his own examples, the sums over pairs by hand, and its bootstrap."""

from __future__ import annotations

import math
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import ParameterError
from discourse.stats import krippendorff_alpha, krippendorff_interval
from discourse.stats.alpha import LEVELS

N = math.nan
# Krippendorff (2011), repository.upenn.edu/asc_papers/43, section C: four observers, missing codes
FOUR = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, 3],
    [N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, N],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N],
]
# Wikipedia, Krippendorff's alpha: three coders
THREE = [
    [N, N, N, N, N, 3, 4, 1, 2, 1, 1, 3, 3, N, 3],
    [1, N, 2, 1, 3, 3, 4, 3, N, N, N, N, N, N, N],
    [N, N, 2, 1, 3, 4, 4, N, 2, 1, 1, 3, 3, N, 4],
]
DISTANCE = {
    "nominal": lambda a, b: float(a != b),
    "interval": lambda a, b: (a - b) ** 2,
    "ratio": lambda a, b: ((a - b) / (a + b)) ** 2 if a + b else 0.0,
}
tables = st.integers(2, 4).flatmap(
    lambda coders: st.integers(1, 8).flatmap(
        lambda units: st.lists(
            st.lists(st.sampled_from([0, 1, 2, 5, None]), min_size=units, max_size=units),
            min_size=coders,
            max_size=coders,
        )
    )
)


@pytest.mark.parametrize(
    ("ratings", "values"),
    [
        (FOUR, [0.743421052632, 0.815387503755, 0.849107142857, 0.797402774712]),
        (THREE, [0.691358024691, 0.806721419941, 0.810844892812, 0.808943670784]),
    ],
)
def test_gives_the_published_values_on_all_four_levels(ratings, values):
    assert [krippendorff_alpha(ratings, level) for level in LEVELS] == pytest.approx(values, abs=1e-9)


def test_two_observers_and_two_values():
    ratings = [[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]
    assert krippendorff_alpha(ratings) == pytest.approx(0.095, abs=5e-4)  # Krippendorff 2011, A


def test_labels_may_be_text():
    ratings = [list("aabbdcccedda"), list("babbbcccEddd".lower())]
    assert krippendorff_alpha(ratings) == pytest.approx(0.692, abs=5e-4)  # Krippendorff 2011, B


def by_hand(ratings, distance):
    """The definition: mean distance of pairs within units over mean distance of all pairs."""
    units = [[code for code in unit if code is not None] for unit in zip(*ratings, strict=True)]
    units = [unit for unit in units if len(unit) > 1]
    everything = [code for unit in units for code in unit]
    inside = sum(sum(distance(a, b) for a, b in permutations(unit, 2)) / (len(unit) - 1) for unit in units)
    between = sum(distance(a, b) for a, b in permutations(everything, 2))
    return 1 - (len(everything) - 1) * inside / between if between else math.nan


@given(tables, st.sampled_from(sorted(DISTANCE)))
def test_follows_the_definition_over_pairs(ratings, level):
    found = krippendorff_alpha(ratings, level)
    assert found == pytest.approx(by_hand(ratings, DISTANCE[level]), abs=1e-9, nan_ok=True)


@given(tables)
def test_ordinal_distance_counts_the_codes_between(ratings):
    coded = [[code for code in unit if code is not None] for unit in zip(*ratings, strict=True)]
    used = [code for unit in coded if len(unit) > 1 for code in unit]

    def distance(a, b):
        low, high = sorted((a, b))
        between = sum(low <= code <= high for code in used)
        return (between - (used.count(a) + used.count(b)) / 2) ** 2 if a != b else 0.0

    found = krippendorff_alpha(ratings, "ordinal")
    assert found == pytest.approx(by_hand(ratings, distance), abs=1e-9, nan_ok=True)


@given(tables, st.sampled_from(LEVELS))
def test_neither_the_order_of_coders_nor_of_units_matters(ratings, level):
    turned = [row[::-1] for row in ratings[::-1]]
    assert krippendorff_alpha(turned, level) == pytest.approx(krippendorff_alpha(ratings, level), nan_ok=True)


@given(tables, st.sampled_from(LEVELS))
def test_a_unit_coded_once_changes_nothing(ratings, level):
    longer = [[*row, 5 if place == 0 else None] for place, row in enumerate(ratings)]
    assert krippendorff_alpha(longer, level) == pytest.approx(krippendorff_alpha(ratings, level), nan_ok=True)


@given(tables)
def test_interval_alpha_knows_neither_origin_nor_unit(ratings):
    moved = [[None if code is None else 1e6 + 3 * code for code in row] for row in ratings]
    found, before = (krippendorff_alpha(table, "interval") for table in (moved, ratings))
    assert found == pytest.approx(before, abs=1e-7, nan_ok=True)


def test_with_two_values_all_levels_but_ratio_agree():
    ratings = [[0, 1, 0, 1, 1, N], [0, 1, 1, 1, 0, 1], [0, 1, 0, 0, 1, 1]]
    nominal, ordinal, interval, _ = (krippendorff_alpha(ratings, level) for level in LEVELS)
    assert nominal == pytest.approx(ordinal)
    assert nominal == pytest.approx(interval)


@pytest.mark.parametrize(
    "ratings",
    [
        [[1, 2, 3]],
        [[1, N], [N, 2]],
        [[1, 1], [1, 1]],
        [[3.7, 3.7], [3.7, 3.7]],
        np.empty((2, 0)),
        np.empty((0, 2)),
    ],
)
@pytest.mark.parametrize("level", LEVELS)
def test_one_coder_one_code_or_no_pair_has_no_alpha(ratings, level):
    assert math.isnan(krippendorff_alpha(ratings, level))
    interval = krippendorff_interval(ratings, level, rng=np.random.default_rng(0), draws=9)
    assert math.isnan(interval.low)
    assert math.isnan(interval.high)


def noisy_codes(n_units, rng, share=0.2):
    truth = rng.integers(0, 4, n_units)
    return np.array(
        [np.where(rng.random(n_units) < share, rng.integers(0, 4, n_units), truth) for _ in range(3)]
    )


@pytest.mark.parametrize("level", LEVELS)
def test_the_bootstrap_of_patterns_is_that_of_units(level):
    ratings = noisy_codes(60, np.random.default_rng(1)).astype(float)
    fast = krippendorff_interval(ratings, level, rng=np.random.default_rng(2), draws=3000)
    rng = np.random.default_rng(3)
    slow = [krippendorff_alpha(ratings[:, rng.integers(0, 60, 60)], level) for _ in range(1500)]
    assert (fast.low, fast.high) == pytest.approx(np.quantile(slow, [0.025, 0.975]), abs=0.025)


def test_the_interval_covers_the_alpha_of_a_large_population():
    rng = np.random.default_rng(4)
    population = krippendorff_alpha(noisy_codes(200_000, rng))
    intervals = [krippendorff_interval(noisy_codes(80, rng), rng=rng, draws=400) for _ in range(150)]
    covered = sum(each.low <= population <= each.high for each in intervals)
    assert 132 <= covered <= 150  # 95 % of 150 is 142.5


def test_the_same_seed_gives_the_same_interval():
    ratings = noisy_codes(50, np.random.default_rng(5))
    first, second = (krippendorff_interval(ratings, rng=np.random.default_rng(6)) for _ in range(2))
    assert first == second
    assert first.n_units == 50


def test_a_wider_level_gives_a_wider_interval():
    ratings = noisy_codes(50, np.random.default_rng(7))
    narrow, wide = (
        krippendorff_interval(ratings, rng=np.random.default_rng(8), confidence=c) for c in (0.5, 0.99)
    )
    assert wide.low < narrow.low < narrow.alpha < narrow.high < wide.high


@pytest.mark.parametrize(
    "call",
    [
        lambda: krippendorff_alpha([[1, 2], [1, 2]], "rank"),
        lambda: krippendorff_alpha([1, 2]),
        lambda: krippendorff_alpha([["a", "b"], ["a", "b"]], "ordinal"),
        lambda: krippendorff_alpha([[-1, 2], [1, 2]], "ratio"),
        lambda: krippendorff_alpha([[math.inf, 2], [1, 2]], "interval"),
        lambda: krippendorff_interval([[1, 2], [1, 2]], rng=np.random.default_rng(0), draws=0),
        lambda: krippendorff_interval([[1, 2], [1, 2]], rng=np.random.default_rng(0), confidence=95),
    ],
)
def test_wrong_input_is_refused(call):
    with pytest.raises(ParameterError):
        call()
