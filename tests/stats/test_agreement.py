"""Agreement beyond chance: the handbooks' values, and what no coder's name or order may change."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import ParameterError
from discourse.stats import (
    bennett_s,
    brennan_prediger,
    cohen_kappa,
    conger_kappa,
    fleiss_kappa,
    from_category_counts,
    from_confusion,
    gwet_ac1,
    krippendorff_alpha,
    percent_agreement,
    scott_pi,
)

N = math.nan
# Gwet (2014), irrCAC's raw_4raters: four coders, twelve units
GWET = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, N],
    [N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 3],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N],
]
# Wikipedia's worked example of Fleiss' kappa: 14 coders, 10 units, 5 categories
FLEISS = [
    [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
]  # fmt: skip
# Artstein and Poesio (2008), doi:10.1162/coli.07-034-R2
ARTSTEIN = [
    ("stat", "stat", 46),
    ("ireq", "ireq", 32),
    ("chck", "chck", 10),
    ("ireq", "stat", 6),
    ("ireq", "chck", 6),
]
MANY = (percent_agreement, fleiss_kappa, conger_kappa, gwet_ac1, brennan_prediger)
TWO = (cohen_kappa, scott_pi, bennett_s)

tables = st.integers(2, 4).flatmap(
    lambda coders: st.integers(1, 8).flatmap(
        lambda units: st.lists(
            st.lists(st.sampled_from(["a", "b", "c", None]), min_size=units, max_size=units),
            min_size=coders,
            max_size=coders,
        )
    )
)


@pytest.mark.parametrize(
    ("coefficient", "published"),
    [
        (percent_agreement, 0.81818),
        (gwet_ac1, 0.77544),
        (fleiss_kappa, 0.76117),
        (conger_kappa, 0.76282),
        (brennan_prediger, 0.77273),
    ],
)
def test_gives_the_values_of_irrcac_with_missing_codes(coefficient, published):
    assert coefficient(GWET) == pytest.approx(published, abs=5e-6)


def test_fleiss_kappa_of_the_worked_example():
    assert fleiss_kappa(from_category_counts(FLEISS)) == pytest.approx(0.209930704422, abs=1e-9)


@pytest.mark.parametrize(
    ("coefficient", "published"),
    [
        (percent_agreement, 0.88),
        (bennett_s, 0.82),
        (scott_pi, 0.799532241898),
        (cohen_kappa, 0.801324503311),
        (krippendorff_alpha, 0.800534580688),
    ],
)
def test_gives_the_values_of_artstein_and_poesio(coefficient, published):
    ratings = [[row[side] for row in ARTSTEIN for _ in range(row[2])] for side in (0, 1)]
    assert coefficient(ratings) == pytest.approx(published, abs=1e-9)


@pytest.mark.parametrize(
    ("table", "published"),
    [
        ([[20, 5], [10, 15]], 0.4),
        ([[45, 15], [25, 15]], 0.130434782609),
        ([[25, 35], [5, 35]], 0.259259259259),
    ],
)
def test_cohen_kappa_of_published_tables(table, published):
    assert cohen_kappa(from_confusion(table)) == pytest.approx(published, abs=1e-9)


@given(tables)
def test_neither_the_order_of_coders_nor_of_units_matters(ratings):
    turned = [row[::-1] for row in ratings[::-1]]
    for coefficient in MANY:
        assert coefficient(turned) == pytest.approx(coefficient(ratings), nan_ok=True)


@given(tables)
def test_what_the_categories_are_called_does_not_matter(ratings):
    renamed = [[{"a": "z", "b": "x", "c": "y", None: None}[code] for code in row] for row in ratings]
    for coefficient in MANY:
        assert coefficient(renamed) == pytest.approx(coefficient(ratings), nan_ok=True)


@given(tables)
def test_units_counted_twice_change_nothing(ratings):
    for coefficient in MANY:
        assert coefficient([row * 2 for row in ratings]) == pytest.approx(coefficient(ratings), nan_ok=True)


@given(tables)
def test_no_coefficient_exceeds_one(ratings):
    for coefficient in MANY:
        value = coefficient(ratings)
        assert math.isnan(value) or value <= 1 + 1e-9


@given(st.lists(st.sampled_from("abc"), min_size=2, max_size=9).filter(lambda codes: len(set(codes)) > 1))
def test_coders_who_always_agree_agree_fully(codes):
    for coefficient in (*MANY, *TWO):
        assert coefficient([codes, codes]) == pytest.approx(1)


def test_with_two_coders_and_no_gaps_the_kappas_of_many_are_those_of_two():
    ratings = from_confusion([[20, 5, 1], [10, 15, 2], [3, 1, 9]])
    assert conger_kappa(ratings) == pytest.approx(cohen_kappa(ratings))
    assert fleiss_kappa(ratings) == pytest.approx(scott_pi(ratings))
    assert brennan_prediger(ratings) == pytest.approx(bennett_s(ratings))


def test_units_that_one_of_two_coders_left_out_do_not_count():
    assert cohen_kappa([[1, 2, 1, 2, N], [1, 2, 2, 2, 7]]) == cohen_kappa([[1, 2, 1, 2], [1, 2, 2, 2]])


def test_one_category_gives_no_coefficient_beyond_percent():
    same = [[1, 1, 1], [1, 1, 1]]
    assert percent_agreement(same) == 1
    for coefficient in (fleiss_kappa, conger_kappa, gwet_ac1, brennan_prediger, *TWO):
        assert math.isnan(coefficient(same))


def test_categories_nobody_used_count_where_chance_is_even():
    ratings = from_confusion([[5, 1], [1, 5]])
    assert brennan_prediger(ratings, n_categories=4) == pytest.approx((10 / 12 - 1 / 4) / (1 - 1 / 4))
    assert gwet_ac1(ratings, n_categories=4) > gwet_ac1(ratings)


@pytest.mark.parametrize("ratings", [[[1, 2, 3]], [[1, N], [N, 2]], np.empty((2, 0)), np.empty((0, 3))])
def test_without_a_unit_coded_twice_there_is_no_agreement(ratings):
    for coefficient in MANY:
        assert math.isnan(coefficient(ratings))


def test_wrong_input_is_refused():
    for coefficient in TWO:
        with pytest.raises(ParameterError):
            coefficient([[1], [1], [1]])
    with pytest.raises(ParameterError):
        brennan_prediger([[1, 2, 3], [1, 2, 3]], n_categories=2)
