"""What coding n posts buys."""

from __future__ import annotations

import numpy as np
import pytest

from discourse.coding.draw import draw_sample
from discourse.coding.widths import expected_widths, width_sentences
from discourse.errors import ParameterError
from tests.coding.conftest import LABELS, make_frame


def test_more_posts_and_a_better_instrument_narrow_the_interval():
    table = (
        expected_widths(make_frame(5000)).set_index(["group", "n", "accuracy"])["half_width"].unstack([1, 2])
    )
    for n in (100, 200, 400):
        assert (table[n, 0.7] > table[n, 0.8]).all()
        assert (table[n, 0.8] > table[n, 0.9]).all()
    assert (table[100, 0.8] > table[200, 0.8]).all()
    assert (table[200, 0.8] > table[400, 0.8]).all()


def test_coding_everything_leaves_nothing_open():
    table = expected_widths(make_frame(300), (300,))
    assert np.allclose(table["half_width"], 0.0, atol=1e-6)


def test_the_promise_is_kept_when_samples_are_drawn():
    rng = np.random.default_rng(1)
    frame = make_frame(3000, error=0.0).drop(columns="confidence")
    wrong = rng.random(len(frame)) < 0.2
    other = [rng.choice([x for x in LABELS if x != said]) for said in frame["label"]]
    frame["truth"] = np.where(wrong, other, frame["label"])
    promised = expected_widths(frame, (200,), accuracies=(0.8,)).set_index("group")["half_width"]
    found = {"all": [], "hosts": [], "newcomers": []}
    truth = frame.set_index("post_id")["truth"]
    for seed in range(120):
        units = draw_sample(frame, 200, seed=seed).units
        said = truth.loc[units["post_id"]].to_numpy()
        for group, values in found.items():
            inside = (units["group"] == group).to_numpy() | (group == "all")
            w = np.where(inside, 1 / units["inclusion"], 0.0)
            values.append(w @ (said == "positive") / (w @ (said != "absent")))
    for group, values in found.items():
        assert np.isclose(1.96 * np.std(values), promised[group], rtol=0.2)


def test_sentences_in_both_languages():
    widths = expected_widths(make_frame(2000), (100,))
    english, chinese = width_sentences(widths), width_sentences(widths, "zh")
    assert len(english) == len(chinese) == 3
    assert english[0].startswith("code 100 posts: the share positive in all posts is known to ±")
    assert chinese[1].startswith("编码 100 条帖文：hosts")


@pytest.mark.parametrize("bad", [{"accuracies": (0.2,)}, {"outcome": "absent"}])
def test_impossible_assumptions_are_refused(bad):
    with pytest.raises(ParameterError):
        expected_widths(make_frame(100), **bad)
