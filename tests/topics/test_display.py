from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from discourse.topics.context import Context
from discourse.topics.display import Meetings, list_words, within_language

#: One post with all words: nothing is known of which go together.
TOGETHER = sparse.csr_matrix(np.ones((1, 8)))


def context(
    links: dict[tuple[int, int], float], graph: dict[tuple[int, int], float] | None = None
) -> Context:
    def symmetric(values: dict[tuple[int, int], float]) -> sparse.csr_matrix:
        made = np.zeros((8, 8))
        for (i, j), value in values.items():
            made[i, j] = made[j, i] = value
        return sparse.csr_matrix(made)

    langs = np.array(["zh"] * 4 + ["en"] * 4)
    return Context(langs, symmetric(graph or {}), symmetric(links), symmetric(links))


def test_linked_words_come_before_heavier_ones_without_a_link():
    weights = within_language(np.array([[0.4, 0.3, 0.2, 0.1, 0.4, 0.3, 0.2, 0.1]]), context({}).langs)
    listed = list_words(weights, context({(1, 6): 1.0, (2, 5): 1.0}), ["zh", "en"], TOGETHER)
    assert set(listed["zh"][0, :2]) == {1, 2}
    assert set(listed["en"][0, :2]) == {5, 6}
    assert listed["zh"][0].tolist()[2:] == [0, 3]
    assert sorted(listed["en"][0].tolist()) == [4, 5, 6, 7]


def test_of_two_translations_the_plainer_one_is_taken():
    weights = within_language(np.full((1, 8), 0.125), context({}).langs)
    listed = list_words(weights, context({(0, 4): 0.2, (0, 5): 1.0}), ["zh", "en"], TOGETHER)
    assert (listed["zh"][0, 0], listed["en"][0, 0]) == (0, 5)


def test_words_that_go_together_are_taken_together():
    weights = within_language(np.full((1, 8), 0.125), context({}).langs)
    links = {(0, 4): 1.0, (1, 5): 1.0, (2, 6): 1.0}
    listed = list_words(weights, context(links, {(0, 2): 0.9, (4, 6): 0.9}), ["zh", "en"], TOGETHER)
    assert set(listed["zh"][0, :2]) == {0, 2}
    assert set(listed["en"][0, :2]) == {4, 6}


def test_without_links_words_stand_by_weight():
    weights = within_language(np.array([[0.1, 0.4, 0.3, 0.2, 0.1, 0.2, 0.3, 0.4]]), context({}).langs)
    listed = list_words(weights, context({}), ["zh", "en"], TOGETHER)
    assert listed["zh"].tolist() == [[1, 2, 3, 0]]
    assert listed["en"].tolist() == [[7, 6, 5, 4]]


def test_words_that_never_meet_in_posts_are_not_put_side_by_side():
    weights = within_language(np.full((1, 8), 0.125), context({}).langs)
    links = {(0, 4): 1.0, (1, 5): 1.0, (2, 6): 1.0}
    posts = sparse.csr_matrix(np.array([[1, 0, 1, 0, 1, 0, 1, 0]] * 5 + [[0, 1, 0, 1, 0, 1, 0, 1]] * 5))
    listed = list_words(weights, context(links), ["zh", "en"], posts)
    assert listed["zh"][0, :2].tolist() == [0, 2]
    assert listed["en"][0, :2].tolist() == [4, 6]


def test_nearness_is_half_of_one_plus_npmi():
    posts = sparse.csr_matrix(
        np.array([[1, 1, 0, 0]] * 3 + [[1, 0, 1, 0]] + [[0, 1, 0, 0]] * 4 + [[0, 0, 0, 1]])
    )
    met = Meetings.of(posts, np.arange(3))
    assert met.n == 8  # the last post has no word of the language
    found = met.nearness(np.arange(3))
    npmi = np.log((3 / 8) / (4 / 8 * 7 / 8)) / -np.log(3 / 8)
    assert found[0, 1] == pytest.approx((1 + npmi) / 2)
    assert found[1, 2] == 0.0


def test_of_two_pairs_the_one_that_other_topics_do_not_have_is_taken():
    weights = np.array([[0.5, 0.5, 0, 0, 0.5, 0.5, 0, 0], [0.5, 0, 0.5, 0, 0.5, 0, 0.5, 0]])
    links = {(0, 4): 1.0, (1, 5): 1.0, (2, 6): 1.0}
    listed = list_words(weights, context(links), ["zh", "en"], TOGETHER)
    assert listed["zh"][:, 0].tolist() == [1, 2]
    assert listed["en"][:, 0].tolist() == [5, 6]
