"""Several corpora become one without a post counted twice."""

from __future__ import annotations

import pandas as pd
import pytest

from discourse.corpus.corpus import Corpus
from discourse.corpus.join import join_corpora
from discourse.errors import ParameterError


def corpus(*rows, key=b"one key"):
    frame = pd.DataFrame(rows, columns=["post_id", "author", "text"])
    return Corpus.from_pandas(frame, key=key, platform="xiaohongshu")


def test_counts_add_up_and_a_post_counts_once():
    one = corpus(("1", "ann", "the first text of all"), ("2", "bo", "another text here"))
    two = corpus(("2", "bo", "another text here"), ("3", "cy", "the first text of all"))
    joined = join_corpora([one, two])
    counts = joined.counts
    assert counts["read"] == counts["kept"] + counts["duplicates"] + counts["rejected"] == 4
    assert joined.to_pandas()["post_id"].tolist() == ["1", "2", "3"]


def test_copies_are_marked_across_sources():
    one = corpus(("1", "ann", "the first text of all"))
    two = corpus(("3", "cy", "The first text  of all"))
    posts = join_corpora([one, two]).to_pandas()
    assert posts["duplicate_of"].isna().tolist() == [True, False]
    assert posts["duplicate_of"].iloc[1] == "1"


def test_the_same_person_is_the_same_author_in_both():
    posts = join_corpora([corpus(("1", "ann", "a text")), corpus(("2", "ann", "b text"))]).to_pandas()
    assert posts["author"].nunique() == 1


def test_different_keys_are_refused():
    with pytest.raises(ParameterError, match="different keys"):
        join_corpora([corpus(("1", "ann", "a")), corpus(("2", "ann", "b"), key=b"another key")])


def test_one_corpus_stays_itself_and_none_is_an_error():
    only = corpus(("1", "ann", "a"))
    assert join_corpora([only]) is only
    with pytest.raises(ParameterError):
        join_corpora([])
