"""A DataFrame at the door."""

from __future__ import annotations

import pandas as pd
import pytest

from discourse.corpus.corpus import Corpus
from discourse.corpus.read import read_posts
from discourse.errors import ParameterError


def test_columns_of_other_names_are_named_by_a_mapping():
    theirs = pd.DataFrame({"body": ["hi"], "user": ["ann"], "when": ["2025-01-14 10:00:00+08:00"]})
    mapping = {"text": "body", "author": "user", "created_at": "when"}
    row = Corpus.from_pandas(theirs, key=b"k", mapping=mapping).to_pandas().iloc[0]
    assert (row["text"], row["author"][:2], row["created_at"].hour) == ("hi", "a-", 2)


def test_authors_under_another_name_are_not_lost_without_a_word():
    theirs = pd.DataFrame({"text": ["hi"], "author_id": ["ann"]})
    with pytest.warns(UserWarning, match="'author': 'author_id'"):
        Corpus.from_pandas(theirs, key=b"k")


@pytest.mark.parametrize("mapping", [{"text": "nowhere"}, {"words": "text"}])
def test_a_mapping_to_what_is_not_there_is_refused(mapping):
    with pytest.raises(ParameterError, match="which there is not"):
        Corpus.from_pandas(pd.DataFrame({"text": ["hi"]}), mapping=mapping)


def test_a_path_and_a_table_are_not_taken_for_each_other():
    with pytest.raises(ParameterError, match="read_posts"):
        Corpus.from_pandas("posts.csv")
    with pytest.raises(ParameterError, match="from_pandas"):
        read_posts(pd.DataFrame({"text": ["hi"]}))
