"""Posts that show a topic."""

from __future__ import annotations

import numpy as np
import pytest

from discourse.errors import ParameterError
from discourse.topics.exemplars import find_exemplars, leading

SHARES = np.array([[0.9, 0.1], [0.8, 0.2], [0.95, 0.05], [0.3, 0.7], [np.nan, np.nan]])
DOCS = [[["cats", "purr"], ["cats", "nap"], ["cats"], ["courts", "ban"], []]]


def test_the_clearest_post_comes_first_and_short_ones_do_not_count():
    found = find_exemplars(SHARES, DOCS, min_words=2)
    assert found["topic"].tolist() == [0, 0, 1]
    assert found["doc"].tolist() == [0, 1, 3]
    assert found["rank"].tolist() == [1, 2, 1]


def test_no_two_are_by_one_author_or_in_the_same_words():
    assert find_exemplars(SHARES, DOCS, authors=list("aabbc"), min_words=1)["doc"].tolist() == [2, 0, 3]
    same = [[["cats", "purr"]] * 3 + DOCS[0][3:]]
    assert find_exemplars(SHARES, same, min_words=2)["doc"].tolist() == [2, 3]


def test_posts_of_nobody_are_passed_over():
    found = find_exemplars(SHARES, DOCS, authors=[None, "a", None, None, "b"], min_words=1)
    assert found["doc"].tolist() == [1]
    with pytest.raises(ParameterError, match="4 authors for 5 posts"):
        find_exemplars(SHARES, DOCS, authors=list("abcd"))


def test_no_posts_show_nothing_and_rounding_does_not_lead():
    assert find_exemplars(np.empty((0, 2)), [[]]).empty
    assert leading(np.array([[0.5, 0.5 + 1e-12]])).tolist() == [0]
