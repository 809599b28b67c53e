"""How many units are drawn from which stratum."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.coding.allocation import ALLOCATIONS, allocate
from discourse.errors import ParameterError

SIZES = st.lists(st.integers(0, 500), min_size=1, max_size=30).filter(any)


@given(SIZES, st.integers(1, 400), st.sampled_from(ALLOCATIONS), st.data())
def test_all_units_are_shared_out_and_no_stratum_is_left_out_or_overdrawn(sizes, more, how, data):
    big = np.array(sizes)
    n = int((big > 0).sum()) - 1 + more
    spread = data.draw(st.lists(st.floats(0.05, 0.5), min_size=len(sizes), max_size=len(sizes)))
    drawn = allocate(big, n, spread, allocation=how)
    assert drawn.sum() == min(n, big.sum())
    assert (drawn[big > 0] >= 1).all()
    assert (drawn <= big).all()


def test_neyman_follows_size_times_spread():
    drawn = allocate([1000, 1000, 2000], 400, [0.1, 0.3, 0.3], allocation="neyman")
    assert drawn.tolist() == [40, 120, 240]


def test_proportional_knows_no_spread():
    assert allocate([100, 300], 40, [0.5, 0.01], allocation="proportional").tolist() == [10, 30]


def test_power_lies_between_neyman_and_equal():
    small = [int(allocate([900, 100], 100, allocation=how)[1]) for how in ("neyman", "power", "equal")]
    assert small == [10, 25, 50]


def test_too_few_units_for_the_strata_are_refused_with_what_to_do():
    with pytest.raises(ParameterError, match="2 units cannot cover 3 strata"):
        allocate([5, 5, 5], 2)


def test_an_unknown_allocation_is_refused():
    with pytest.raises(ParameterError, match="unknown allocation"):
        allocate([5, 5], 3, allocation="best")
