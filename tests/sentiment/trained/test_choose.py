from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from discourse.sentiment.trained.choose import COSTS, PENALTIES, blocks, choose, own_targets, quality
from discourse.sentiment.trained.committee import Coded, Strength


@given(st.lists(st.sampled_from("xyz"), min_size=1, max_size=60), st.integers(2, 5))
def test_blocks_are_contiguous_within_each_target_and_nearly_equal(names: list[str], count: int) -> None:
    targets = np.array(names)
    found = blocks(targets, count)
    for name in set(names):
        own = found[targets == name]
        assert (np.diff(own) >= 0).all()
        sizes = np.bincount(own, minlength=count)
        assert sizes.max() - sizes.min() <= 1


def _coded(own: list[str]) -> Coded:
    rng = np.random.default_rng(0)
    labels = np.array(["a", "b"] * 40)
    targets = np.repeat(["t", "u"], 40)
    X = rng.normal(size=(80, 5)) + 2 * np.eye(5)[(labels == "a").astype(int)]
    return Coded(X @ X.T, labels, targets, np.array(["a", "b"]), own)


def test_keeps_the_best_strength_and_its_decisions() -> None:
    coded = _coded(["t", "u"])
    choice = choose(coded)
    assert set(choice.scores) == {Strength(cost, penalty) for cost in COSTS for penalty in PENALTIES}
    assert choice.score == max(choice.scores.values()) == choice.scores[choice.strength]
    assert round(quality(coded.labels, choice.held_out, coded.classes), 6) == choice.score
    assert choice.score > 0.9


def test_without_machines_of_their_own_only_the_penalty_is_chosen() -> None:
    assert {strength.cost for strength in choose(_coded([])).scores} == {COSTS[0]}


def test_copies_that_stand_together_do_not_flatter() -> None:
    rng = np.random.default_rng(1)
    X = np.repeat(rng.normal(size=(60, 40)), 4, axis=0)  # each post four times, one behind the other
    labels = np.repeat(rng.choice(["a", "b"], 60), 4)
    coded = Coded(X @ X.T, labels, np.full(240, "t"), np.array(["a", "b"]), ["t"])
    assert choose(coded).score < 0.7
    order = rng.permutation(240)
    mixed = Coded(coded.kernel[np.ix_(order, order)], labels[order], coded.targets, coded.classes, ["t"])
    assert choose(mixed).score > 0.9


def test_targets_get_their_own_machine_only_where_they_hold_nearly_all_posts() -> None:
    labels = np.array(["a", "b"] * 50)
    assert own_targets(["t"] * 60 + ["u"] * 40, labels, 40) == ["t", "u"]
    assert own_targets(["t"] * 90 + ["u"] * 10, labels, 40) == ["t"]
    assert own_targets(["t"] * 60 + [f"u{n}" for n in range(40)], labels, 40) == []


def test_a_target_with_one_label_only_gets_no_machine() -> None:
    labels = np.array(["a", "b"] * 45 + ["a"] * 10)
    assert own_targets(["t"] * 90 + ["u"] * 10, labels, 10) == ["t"]
