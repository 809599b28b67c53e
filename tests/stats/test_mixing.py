"""Mixing, E-I and assortativity: published values, formulas by hand, and what may not matter."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from networkx.algorithms.assortativity.correlation import attribute_ac

from discourse.errors import ParameterError
from discourse.stats.mixing import assortativity, ei_index, expected_mixing, mixing_matrix

tables = st.integers(2, 5).flatmap(
    lambda k: st.lists(st.lists(st.integers(0, 30), min_size=k, max_size=k), min_size=k, max_size=k)
)


def test_newmans_table_of_couples():
    # Newman 2003, table I; he gives r = 0.621 from shares with more digits
    table = [[0.258, 0.016, 0.035, 0.013], [0.012, 0.157, 0.058, 0.019], [0.013, 0.023, 0.306, 0.035]]
    assert assortativity([*table, [0.005, 0.007, 0.024, 0.016]]) == pytest.approx(0.621, abs=0.003)


def test_e_i_of_krackhardt_and_stern_by_hand():
    # ties: 0-0, 0-0, 0-1, 1-1, 1-0: two between, three within
    table = mixing_matrix([0, 0, 0, 1, 1], [0, 0, 1, 1, 0], 2)
    assert ei_index(table) == (2 - 3) / 5


def test_assortativity_is_that_of_networkx():
    rng = np.random.default_rng(4)
    table = rng.integers(0, 40, (4, 4)).astype(float)
    assert assortativity(table) == pytest.approx(attribute_ac(table / table.sum()))


def test_bounds_of_the_indices():
    apart, across = np.diag([3.0, 5.0]), np.array([[0.0, 4.0], [4.0, 0.0]])
    assert (ei_index(apart), assortativity(apart)) == (-1.0, 1.0)
    assert (ei_index(across), assortativity(across)) == (1.0, -1.0)


def test_what_the_margins_give_has_no_assortativity():
    table = expected_mixing([[5, 3, 9], [1, 7, 2], [4, 4, 4]])
    assert assortativity(table) == pytest.approx(0.0, abs=1e-12)


def test_without_a_tie_nothing_is_known():
    assert np.isnan(ei_index(np.zeros((2, 2))))
    assert np.isnan(assortativity(np.zeros((2, 2))))


@given(tables)
def test_the_names_of_groups_do_not_matter(rows):
    table = np.array(rows, dtype=float)
    order = np.arange(len(table))[::-1]
    moved = table[np.ix_(order, order)]
    assert ei_index(table) == pytest.approx(ei_index(moved), nan_ok=True)
    assert assortativity(table) == pytest.approx(assortativity(moved), nan_ok=True, abs=1e-9)


@given(tables)
def test_doubling_all_ties_changes_nothing(rows):
    table = np.array(rows, dtype=float)
    assert ei_index(2 * table) == pytest.approx(ei_index(table), nan_ok=True)
    assert assortativity(2 * table) == pytest.approx(assortativity(table), nan_ok=True, abs=1e-9)


@given(st.lists(st.tuples(st.integers(-1, 3), st.integers(-1, 3)), max_size=50))
def test_every_tie_with_two_groups_is_counted_once(ties):
    senders, receivers = [a for a, _ in ties], [b for _, b in ties]
    assert mixing_matrix(senders, receivers, 4).sum() == sum(a >= 0 and b >= 0 for a, b in ties)


def test_ties_that_do_not_fit_are_refused():
    with pytest.raises(ParameterError, match="one sender"):
        mixing_matrix([0, 1], [0], 2)
    with pytest.raises(ParameterError, match="no row"):
        mixing_matrix([0], [2], 2)
    with pytest.raises(ParameterError, match="square"):
        ei_index([[1, 2, 3], [4, 5, 6]])
