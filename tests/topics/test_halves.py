"""Topics of one half of the authors."""

from __future__ import annotations

import numpy as np

from discourse.topics.fit import fit_topics
from discourse.topics.halves import discovery_half, fit_half, only

TEXTS = ["cats purr, kittens nap", "courts ban apps, judges rule"] * 20
AUTHORS = [f"u{i // 2}" for i in range(40)]


def test_no_author_is_on_both_sides():
    half = discovery_half(AUTHORS, 3)
    sides = {name: {bool(half[i]) for i in range(40) if AUTHORS[i] == name} for name in AUTHORS}
    assert all(len(side) == 1 for side in sides.values())
    assert half.sum() == 20


def test_the_half_does_not_hang_on_the_order_of_posts_but_on_the_seed():
    order = np.random.default_rng(0).permutation(40)
    np.testing.assert_array_equal(discovery_half([AUTHORS[i] for i in order]), discovery_half(AUTHORS)[order])
    assert any((discovery_half(AUTHORS, s) != discovery_half(AUTHORS, 0)).any() for s in (1, 2))


def test_posts_of_the_other_half_leave_no_trace_in_the_topics():
    half = discovery_half(AUTHORS)
    other = [text if half[i] else "quite another matter: snow" for i, text in enumerate(TEXTS)]
    one, two = fit_half(TEXTS, half, 2), fit_half(other, half, 2)
    np.testing.assert_allclose(one.spaces[0].topic_word, two.spaces[0].topic_word)
    assert "snow" not in two.spaces[0].words
    assert np.isnan(two.prevalence[~half]).all()
    assert not np.isnan(one.prevalence).any()


def test_a_part_of_a_model_has_the_same_topics():
    model = fit_topics(TEXTS, 2)
    half = discovery_half(AUTHORS)
    part = only(model, half)
    np.testing.assert_array_equal(part.prevalence, model.prevalence[half])
    assert part.labels() == model.labels()
    assert [len(docs) for docs in part.docs.values()] == [20]
