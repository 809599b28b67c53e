"""Labels exchanged within strata."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import ParameterError
from discourse.stats.strata import Strata

units = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3)), min_size=1, max_size=40)


@given(units, st.integers(0, 99))
def test_one_number_a_unit_exchanges_as_sorting_by_two_keys_does(units, seed):
    strata, labels = np.array(units).T
    draws = np.random.default_rng(seed).random(len(units))
    plain = np.empty_like(labels)
    plain[np.argsort(strata, kind="stable")] = labels[np.lexsort((draws, strata))]
    assert Strata(strata).exchanged(labels, np.random.default_rng(seed)).tolist() == plain.tolist()


@given(units, st.integers(0, 99))
def test_each_stratum_keeps_its_labels(units, seed):
    strata, labels = np.array(units).T
    drawn = Strata(strata).exchanged(labels, np.random.default_rng(seed))
    for stratum in set(strata.tolist()):
        assert sorted(drawn[strata == stratum]) == sorted(labels[strata == stratum])


def test_every_order_is_equally_likely():
    rng, strata, labels = np.random.default_rng(0), Strata([7, 7, 7]), np.arange(3)
    drawn = [tuple(strata.exchanged(labels, rng).tolist()) for _ in range(6000)]
    counts = [drawn.count(order) for order in sorted(set(drawn))]
    assert len(counts) == 6
    assert min(counts) > 880
    assert max(counts) < 1120


def test_very_many_strata_leave_each_unit_in_its_own():
    strata = np.arange(5000)
    assert Strata(strata).exchanged(strata, np.random.default_rng(0)).tolist() == strata.tolist()


def test_a_label_without_a_stratum_is_refused():
    with pytest.raises(ParameterError, match="one stratum"):
        Strata([0, 0]).exchanged(np.arange(3), np.random.default_rng(0))
