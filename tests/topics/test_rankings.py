"""Ways to rank the words of a topic."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from discourse.topics.rankings import RANKINGS


@pytest.fixture
def space():
    """Two topics over three Chinese and two English words; the first word is common to both topics."""
    weights = np.array([[0.5, 0.4, 0.1, 0.9, 0.1], [0.5, 0.1, 0.4, 0.2, 0.8]])
    listed = {"zh": np.array([[1], [2]]), "en": np.array([[4], [3]])}
    return SimpleNamespace(langs=["zh"] * 3 + ["en"] * 2, topic_word=weights, listed=listed)


def test_by_probability_the_heaviest_stand_first(space):
    assert RANKINGS["probability"](space, "zh", 2) == [[0, 1], [0, 2]]
    assert RANKINGS["probability"](space, "en", 2) == [[3, 4], [4, 3]]


def test_by_frex_the_words_of_the_other_topic_come_last(space):
    assert [row[-1] for row in RANKINGS["frex"](space, "zh", 3)] == [2, 1]


def test_listed_words_are_filled_up_by_weight_and_shown_the_heaviest_first(space):
    assert RANKINGS["listed"](space, "en", 1) == [[4], [3]]
    assert RANKINGS["listed"](space, "zh", 2) == [[0, 1], [0, 2]]
