from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from discourse.errors import ParameterError
from discourse.topics.choose import choose_k, grid_beside, stability
from discourse.topics.fit import fit_topics

BLOCKS = [
    ["cats", "kittens", "purring", "whiskers", "paws", "feline", "litter", "meowing", "claws", "tails"],
    ["court", "lawsuit", "judges", "ruling", "verdict", "lawyers", "senate", "congress", "appeal", "justice"],
    ["noodles", "dumplings", "kitchen", "recipe", "cooking", "dinner", "soup", "spicy", "lunch", "rice"],
]


def posts(n: int = 150) -> list[str]:
    rng = np.random.default_rng(7)
    return [" ".join(rng.choice(BLOCKS[i % 3], 8)) for i in range(n)]


def test_prints_the_grid_that_was_fitted_and_chooses_one():
    grid = choose_k(posts(), [6, 3, 3], seed=2)
    assert grid["n_topics"].tolist() == [3, 6]
    assert grid["chosen"].sum() == 1
    assert grid[["coherence", "exclusivity", "stability"]].notna().all(axis=None)


def test_the_planted_number_of_topics_is_the_stable_one():
    grid = choose_k(posts(), [3, 8], seed=2).set_index("n_topics")
    assert grid.loc[3, "stability"] > grid.loc[8, "stability"]
    assert grid.loc[3, "chosen"]


def test_auto_fits_the_chosen_number_and_keeps_the_grid():
    model = fit_topics(posts(), "auto", grid=[3, 8], seed=2)
    assert model.n_topics == 3
    assert model.grid["n_topics"].tolist() == [3, 8]
    assert (model.prevalence == fit_topics(posts(), 3, seed=2).prevalence).all()


@pytest.mark.parametrize("grid", [[], [1, 5]])
def test_an_impossible_grid_is_refused(grid):
    with pytest.raises(ParameterError, match="grid"):
        choose_k(posts(), grid)


def test_stability_does_not_care_for_the_numbers_of_topics():
    a = [frozenset("abc"), frozenset("def"), frozenset("ghi")]
    assert stability(a, a[::-1]) == 1
    assert stability(a, [frozenset("xyz")] * 3) == 0


def test_other_numbers_are_judged_beside_a_fixed_one_as_in_a_grid():
    model = fit_topics(posts(), 8, seed=2)
    beside = grid_beside(model, [3, 8])
    expected = choose_k(posts(), [3, 8], seed=2)
    assert beside["used"].tolist() == [False, True]
    assert expected["used"].tolist() == expected["chosen"].tolist() == [True, False]
    columns = ["n_topics", "held_out", "npmi", "exclusivity", "stability", "chosen", "reason"]
    pd.testing.assert_frame_equal(beside[columns], expected[columns])
    with pytest.raises(ParameterError, match="grid"):
        grid_beside(model, [1])
