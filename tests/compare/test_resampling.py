from __future__ import annotations

import numpy as np
import pytest

from discourse.compare.resampling import bootstrap_sample, check_interval
from discourse.compare.samples import Sample
from discourse.errors import NotMeasurable, ParameterError


def sample(values):
    n = len(values)
    ways = (np.arange(n) % 20, np.arange(n) % 7)
    return Sample(np.asarray(values, dtype=float), ways, np.arange(n) % 2, ("author", "thread"), 0)


def test_one_seed_one_result_another_seed_another():
    one, two, three = (
        bootstrap_sample(sample(np.arange(70.0)), seed=s, n_draws=200, level=0.95)[0] for s in (3, 3, 4)
    )
    assert one.low == two.low
    assert one.low != three.low
    assert one.low < one.estimate < one.high


def test_the_words_say_what_ran():
    drawn = sample(np.arange(70) % 3 == 0)
    words = bootstrap_sample(drawn, seed=2, n_draws=150, level=0.9, share=True)[1]
    assert words == "pigeonhole bootstrap (author x thread), BCa, 150 draws, seed 2"
    assert "symmetric studentised" in bootstrap_sample(drawn, seed=2, n_draws=150, level=0.9, two=True)[1]


def test_a_constant_and_an_unknown_interval_are_refused():
    with pytest.raises(NotMeasurable):
        bootstrap_sample(sample(np.ones(70)), seed=0, n_draws=200, level=0.95)
    with pytest.raises(ParameterError, match="analytic or bootstrap"):
        check_interval("t")
