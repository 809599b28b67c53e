"""A frame says of every post what an instrument says, and of the coded ones what people said."""

from __future__ import annotations

import numpy as np
import pytest

from discourse.errors import ParameterError
from discourse.stats.coded_frame import Frame

NAN = float("nan")


def test_a_denominator_is_one_and_a_group_the_only_one_unless_they_are_given():
    frame = Frame([0.0, 1.0], [NAN, 1.0], [NAN, 0.5], (np.array([4, -1]),))
    assert np.asarray(frame.prediction_base).tolist() == [1.0, 1.0]
    assert (frame.n_groups, frame.members(0).tolist()) == (1, [True, True])
    assert frame.coded.tolist() == [False, True]


@pytest.mark.parametrize(
    ("prediction", "code", "pi", "said"),
    [
        ([0.0, NAN], [NAN, NAN], [1.0, 1.0], "finite prediction"),
        ([0.0, 1.0], [NAN, 1.0], [1.0, 0.0], "no inclusion probability"),
        ([0.0, 1.0], [1.0], [1.0, 1.0], "one value for each"),
    ],
)
def test_what_cannot_be_weighted_is_refused(prediction, code, pi, said):
    with pytest.raises(ParameterError, match=said):
        Frame(prediction, code, pi, (np.arange(2),))
