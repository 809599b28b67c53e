"""Shares of frames: what is counted, what is refused."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from discourse.compare.frames import group_frames
from discourse.errors import ParameterError


def made(n=600, authors=200, threads=40, seed=3):
    rng = np.random.default_rng(seed)
    posts = pd.DataFrame(
        {
            "group": np.where(np.arange(n) % 2, "hosts", "visitors"),
            "author": [f"a{i}" for i in rng.integers(authors, size=n)],
            "thread_id": [f"t{i}" for i in rng.integers(threads, size=n)],
        }
    )
    held = rng.random(n) < np.where(posts["group"] == "hosts", 0.4, 0.1)
    return posts, pd.DataFrame({"protest": held})


def test_shares_are_those_of_the_coded_posts_and_lie_in_their_intervals():
    posts, codes = made()
    table = group_frames(posts, codes, ["hosts", "visitors"], methods={"protest": "m"})
    for row in table.itertuples():
        truth = codes["protest"][posts["group"] == row.group].mean()
        assert row.estimate == pytest.approx(truth)
        assert row.low <= truth <= row.high
        assert row.instrument == "m"


def test_a_post_that_was_not_coded_counts_for_nothing():
    posts, codes = made()
    unknown = codes["protest"].astype("boolean").where(np.arange(len(codes)) >= 100)
    table = group_frames(posts, unknown.to_frame(), ["hosts"], methods={"protest": "m"})
    rows = (posts["group"] == "hosts") & unknown.notna()
    assert table.loc[0, "n"] == rows.sum()
    assert table.loc[0, "estimate"] == pytest.approx(codes["protest"][rows].mean())


def test_a_small_group_gets_a_reason_and_no_figure():
    posts, codes = made(authors=60)
    table = group_frames(posts, codes, ["hosts", "nobody"], methods={"protest": "m"})
    assert table["estimate"].isna().all()
    assert table["reason"].tolist()[0] == "fewer than 100 authors"


def test_the_order_of_posts_changes_nothing():
    posts, codes = made()
    order = np.random.default_rng(1).permutation(len(posts))
    one = group_frames(posts, codes, ["hosts"], methods={"protest": "m"})
    other = group_frames(
        posts.iloc[order].reset_index(drop=True),
        codes.iloc[order].reset_index(drop=True),
        ["hosts"],
        methods={"protest": "m"},
    )
    pd.testing.assert_frame_equal(one, other)


def test_codes_of_other_posts_are_refused():
    posts, codes = made()
    with pytest.raises(ParameterError, match="codes for"):
        group_frames(posts, codes.head(3), ["hosts"], methods={"protest": "m"})
