"""Posts by author and thread: the order of sorting all at once, heap by heap."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.compare import standing
from discourse.compare.standing import Standing, put_in_order


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 100_000))
def test_heaps_give_the_order_of_all_at_once(seed):
    rng = np.random.default_rng(seed)
    authors, threads = (rng.integers(-1, top, 150).astype(np.int32) for top in (12, 5))
    about = rng.integers(0, 3, 150) / 2
    last = [np.where(codes < 0, 99, codes) for codes in (authors, threads)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(standing, "_AT_ONCE", 20)
        found = Standing.of(authors, threads, about)
    assert found.order.tolist() == np.lexsort((about, last[1], last[0])).tolist()
    for codes, given_codes, named in zip(
        (found.authors, found.threads), (authors, threads), found.named, strict=True
    ):
        known = given_codes[found.order] >= 0
        assert codes[known].tolist() == given_codes[found.order][known].tolist()
        assert codes[~known].tolist() == list(range(named, named + int((~known).sum())))


def test_rows_follow_the_order():
    rows = np.arange(6.0).reshape(2, 3)
    put_in_order(rows, np.array([2, 0, 1]))
    assert rows.tolist() == [[2.0, 0.0, 1.0], [5.0, 3.0, 4.0]]


def test_no_posts_stand_in_no_order():
    nobody = np.zeros(0, dtype=np.int32)
    assert len(Standing.of(nobody, nobody, np.zeros(0)).order) == 0
