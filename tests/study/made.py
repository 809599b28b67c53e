"""Posts made up for the steps of a study."""

from __future__ import annotations

import pandas as pd

from discourse.tables import POSTS

BASE = {"version": 1, "study": {"title": "T", "question": "Q?"}, "sources": [{"path": "posts.csv"}]}


def posts(*texts, **columns):
    """Make posts from texts, one author each."""
    n = len(texts)
    frame = pd.DataFrame(
        {
            "post_id": [f"p{i}" for i in range(n)],
            "thread_id": "t",
            "kind": "post",
            "text": list(texts),
            "author": [f"a{i}" for i in range(n)],
            "created_at": pd.date_range("2025-01-13", periods=n, tz="UTC").astype("datetime64[us, UTC]"),
        }
        | columns
    )
    return POSTS.conform(frame)
