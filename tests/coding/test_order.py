"""The order in which a coder meets the units."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from discourse.coding.order import coding_order

UNITS = st.lists(st.sampled_from("abcd"), min_size=1, max_size=60).map(lambda s: pd.DataFrame({"stratum": s}))


@given(UNITS, st.integers(0, 10**6), st.data())
def test_any_first_part_has_its_share_of_every_stratum(units, seed, data):
    order = coding_order(units, seed, "anna")
    assert sorted(order) == list(range(len(units)))
    k = data.draw(st.integers(0, len(units)))
    first = units["stratum"].iloc[order[:k]].value_counts()
    keys = units["stratum"].value_counts()
    for name, size in keys.items():
        assert abs(first.get(name, 0) - k * size / len(units)) <= 1 + len(keys)


def test_every_unit_is_as_likely_to_come_early():
    units = pd.DataFrame({"stratum": ["a"] * 6 + ["b"] * 2})
    early = np.zeros(8)
    for seed in range(600):
        early[coding_order(units, seed, "anna")[:4]] += 1
    assert np.abs(early / 600 - 0.5).max() < 5 * np.sqrt(0.25 / 600)


def test_each_coder_and_each_seed_has_an_order_of_its_own():
    units = pd.DataFrame({"stratum": ["a"] * 40})
    orders = {tuple(coding_order(units, seed, who)) for seed in (0, 1) for who in ("anna", "小李")}
    assert len(orders) == 4
