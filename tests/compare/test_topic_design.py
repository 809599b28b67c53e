"""The regressors of a model of topics: who is in it, and what stands in its columns."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from discourse.compare import topic_design as module
from discourse.compare.topic_design import DesignedPosts, TopicDesign, topic_design

N = 600
TERMS = {"group": ("a", "b", "c"), "week": None}


def written() -> pd.DataFrame:
    """Make posts of two groups and three of a third one, in as many weeks; some authors are unknown."""
    group = np.where(np.arange(N) < 3, "c", np.where(np.arange(N) % 2 == 0, "a", "b"))
    week = np.arange(N) % 7 / 1.0
    week[5] = np.nan
    authors = pd.array([None if i % 50 == 7 else f"u{i % 300}" for i in range(N)], dtype="str")
    threads = [f"t{i % 40}" for i in range(N)]
    return pd.DataFrame({"group": group, "week": week, "author": authors, "thread_id": threads})


@pytest.mark.parametrize("at_once", [50_000, 16])
def test_columns_hold_what_differs_from_the_first_value_and_numbers_around_their_mean(monkeypatch, at_once):
    monkeypatch.setattr(module, "_AT_ONCE", at_once)
    frame = written()
    posts = DesignedPosts.of(frame, TERMS)
    found = topic_design(posts, np.arange(N, dtype=np.int32), TERMS, 10)
    assert isinstance(found, TopicDesign)
    kept = frame[frame["group"].isin(["a", "b"]) & frame["week"].notna()]  # the third has too few authors
    assert found.places.tolist() == kept.index.tolist()
    assert found.columns == [("constant", None, None), ("group", "b", "a"), ("week", None, None)]
    expected = [np.ones(len(kept)), kept["group"] == "b", kept["week"] - kept["week"].mean()]
    np.testing.assert_allclose(found.x, np.array(expected, dtype=float), atol=1e-12)
    mine = kept[kept["group"] == "b"]
    assert posts.counts(found.places, "group", "b") == {
        "n": len(mine),
        "n_authors": mine["author"].nunique(),
        "n_threads": mine["thread_id"].nunique(),
    }


def test_too_few_threads_are_said():
    frame = written().assign(thread_id="t")
    terms = {"group": ("a", "b")}
    posts = DesignedPosts.of(frame, terms)
    assert topic_design(posts, np.arange(N, dtype=np.int32), terms, 10) == "fewer than 20 threads"
