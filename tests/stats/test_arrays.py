"""What the statistics say when they are given the wrong arrays."""

from __future__ import annotations

import math

import numpy as np
import pytest

from discourse.errors import InputError, ParameterError
from discourse.stats.arrays import broadcast, counts, floats, ratio, within


def test_a_message_names_the_parameter():
    with pytest.raises(ParameterError, match="focus holds something that is not a number"):
        floats("focus", ["a"])
    with pytest.raises(ParameterError, match="focus has 2 dimensions"):
        floats("focus", [[1]], ndim=1)
    with pytest.raises(ParameterError, match=r"x \(2,\), n \(3,\)"):
        broadcast(["x", "n"], np.zeros(2), np.zeros(3))


@pytest.mark.parametrize("values", [[-1], [math.nan], [math.inf]])
def test_counts_are_finite_and_not_negative(values):
    with pytest.raises(ParameterError, match="negative, infinite or missing"):
        counts("focus", values)


def test_bounds_are_open():
    assert within("level", 0.5, 0, 1) == 0.5
    for value in (0, 1, math.nan):
        with pytest.raises(ParameterError, match="level"):
            within("level", value, 0, 1)


def test_division_by_nothing_is_quiet(recwarn):
    np.testing.assert_array_equal(ratio([1, 0, -1], 0), [math.inf, math.nan, -math.inf])
    assert not recwarn.list


def test_errors_can_be_caught_as_value_errors_and_as_input_errors():
    assert issubclass(ParameterError, ValueError)
    assert issubclass(ParameterError, InputError)
