"""Differential error between groups."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from discourse.coding.differential import differential_error
from discourse.errors import ParameterError


def units_of(n=400, errors=(0.1, 0.1), flip="absent", seed=0):
    """Two groups of posts, positive or absent by half, with shares of positives missed."""
    rng = np.random.default_rng(seed)
    group = np.repeat(["a", "b"], n)
    code = rng.choice(["positive", "absent"], 2 * n)
    rate = np.where(group == "a", *errors)
    label = np.where((rng.random(2 * n) < rate) & (code == "positive"), flip, code)
    return pd.DataFrame(
        {
            "group": group,
            "code": code,
            "label": label,
            "pi": 0.5,
            "author": np.arange(2 * n),
            "thread_id": None,
        }
    )


def row_of(table, measure):
    return table.set_index("measure").loc[measure]


def test_a_planted_difference_is_found_in_size_and_direction():
    table = differential_error(units_of(1000, (0.4, 0.1)))
    row = row_of(table, "error if positive")
    assert row["low"] < 0.3 < row["high"]
    assert row["verdict"] == "different"
    assert row_of(table, "missed")["verdict"] == "different"
    bias = row_of(table, "bias positive")
    assert bias["low"] < -0.15 < bias["high"]
    assert np.isclose(row_of(table, "error if absent")["estimate"], 0.0)


def test_swapping_the_groups_flips_the_sign():
    units = units_of(200, (0.3, 0.1))
    other = units.assign(group=units["group"].map({"a": "b", "b": "a"}))
    first, again = differential_error(units), differential_error(other)
    assert np.allclose(first["estimate"], -again["estimate"])
    assert np.allclose(first["p"], again["p"], equal_nan=True)


def test_few_codes_say_not_known_and_what_could_have_been_found():
    row = row_of(differential_error(units_of(20, (0.3, 0.2), seed=2)), "error")
    assert row["verdict"] == "not known"
    assert row["detectable"] > 0.15


def test_many_codes_without_a_difference_say_equal():
    row = row_of(differential_error(units_of(5000, (0.1, 0.1))), "error")
    assert row["verdict"] == "equal within the margin"
    assert row["detectable"] < 0.05


def test_the_detectable_difference_is_found_four_times_in_five():
    said = np.median(
        [
            row_of(differential_error(units_of(150, (0.3, 0.1), seed=s)), "missed")["detectable"]
            for s in range(20)
        ]
    )
    found = [
        row_of(differential_error(units_of(150, (0.1 + said, 0.1), seed=100 + s)), "missed")["p"] < 0.05
        for s in range(80)
    ]
    assert 0.66 < np.mean(found) < 0.94


def test_no_difference_is_called_one_seldom():
    found = [
        row_of(differential_error(units_of(100, (0.2, 0.2), seed=s)), "error")["verdict"] == "different"
        for s in range(60)
    ]
    assert np.mean(found) < 0.1


def test_nobody_erred_is_no_proof():
    row = row_of(differential_error(units_of(30, (0.0, 0.0))), "error")
    assert row["estimate"] == 0.0
    assert np.isnan(row["p"])
    assert row["verdict"] == "not known"


def test_authors_of_no_group_are_not_compared():
    units = units_of(50)
    assert differential_error(units.assign(group=units["group"].replace({"b": "unassigned"}))).empty


def test_three_groups_have_three_pairs():
    units = pd.concat([units_of(50), units_of(50).assign(group="c")])
    pairs = differential_error(units)[["group_a", "group_b"]].drop_duplicates()
    assert pairs.to_numpy().tolist() == [["a", "b"], ["a", "c"], ["b", "c"]]


def test_a_margin_of_nothing_is_refused():
    with pytest.raises(ParameterError):
        differential_error(units_of(20), margin=0.0)
