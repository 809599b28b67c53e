"""Posts and material for the analyses of a study, made by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from discourse.corpus.corpus import Corpus
from discourse.study.load import check_study
from discourse.study.material import Material
from discourse.tables import POSTS

BASE = {"version": 1, "study": {"title": "T", "question": "Q?"}, "sources": [{"path": "posts.csv"}]}


@pytest.fixture
def posts():
    """Make posts from texts, one author each, all in one group."""

    def make(*texts, **columns):
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
        return POSTS.conform(frame).assign(group="everybody")

    return make


@pytest.fixture
def material():
    """Make the material of a study from posts, without scores."""

    def make(posts, study=None, **given):
        authors = pd.DataFrame({"author": posts["author"].unique(), "group": "everybody"})
        defaults = {
            "study": check_study(BASE | (study or {})),
            "corpus": Corpus.from_pandas(posts.drop(columns="group")),
            "marked": posts.drop(columns="group"),
            "posts": posts,
            "authors": authors,
            "readable": posts,
            "scored": posts.iloc[:0],
            "instruments": {},
        }
        return Material(**(defaults | given))

    return make
