"""The posts of a model of likes, and its regressors."""

from __future__ import annotations

import numpy as np
import pytest

from discourse.compare import like_design as like_design_module
from discourse.compare.like_design import LikeDesign, like_design
from tests.compare.test_engagement import COLLECTED, TERMS, liked


@pytest.fixture(scope="module")
def design():
    made = like_design(liked(), "comments", TERMS, collected=COLLECTED)
    assert isinstance(made, LikeDesign)
    return made


def test_posts_stand_by_author_and_thread_whatever_the_order_of_rows(design):
    turned = like_design(liked().iloc[::-1], "comments", TERMS, collected=COLLECTED)
    assert design.rows["author"].astype(str).is_monotonic_increasing
    assert design.rows["author"].tolist() == turned.rows["author"].tolist()
    assert np.allclose(np.sort(design.x, axis=0), np.sort(turned.x, axis=0))


def test_regressors_are_what_stands_in_the_posts(design):
    for k, (term, value, _) in enumerate(design.terms):
        column = design.x[:, k]
        if value is not None:
            assert column.tolist() == (design.rows[term] == value).astype(float).tolist()
        elif term != "constant":
            number = design.rows[term].to_numpy()
            assert np.allclose(column, number - number.mean())
            assert abs(column.mean()) < 1e-12


def test_parts_are_the_rows_of_the_whole(design):
    assert np.array_equal(design.regressors.part(slice(3, 9)), design.x[3:9])


def test_posts_stand_alike_however_many_authors_are_sorted_together(design, monkeypatch):
    monkeypatch.setattr(like_design_module, "AT_ONCE", 7)
    again = like_design(liked(), "comments", TERMS, collected=COLLECTED)
    assert again.places.tolist() == design.places.tolist()
