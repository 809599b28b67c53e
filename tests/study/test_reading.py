"""The steps of a study, one by one."""

from __future__ import annotations

import pytest

from discourse.errors import DiscourseError
from discourse.study import reading
from discourse.study.load import check_study
from tests.study.made import BASE, posts

LONG = "Buy the finest tea of the whole province in our little shop today, only 9.9!"


@pytest.mark.parametrize(
    ("rule", "left", "steps_named"),
    [
        ({}, 3, {}),
        ({"exact": "drop"}, 2, {"exact duplicates": 1}),
        ({"near": "drop"}, 2, {"near duplicates": 1}),
        ({"exact": "drop", "near": "drop"}, 1, {"exact duplicates": 1, "near duplicates": 1}),
    ],
)
def test_copies_are_left_out_where_the_study_says_so_and_counted(rule, left, steps_named):
    study = check_study(BASE | {"duplicates": rule})
    frame = posts(LONG, LONG.replace("9.9", "9.8"), "Something else that nobody else has written here")
    frame["duplicate_of"] = [None, None, "p9"]
    kept, left_out = reading.drop_or_keep_duplicates(reading.mark_duplicates(frame, study), study)
    assert len(kept) == left
    assert left_out == steps_named
    assert kept.index.tolist() == list(range(left))


def test_a_post_without_words_is_told_apart():
    frame = posts("", "  ", "words", title=[None, "Head", None])
    assert reading.has_words(frame).tolist() == [False, True, True]


def test_a_study_without_posts_is_refused():
    with pytest.raises(DiscourseError, match="no post"):
        reading.refuse_empty(posts())


def test_the_card_of_a_corpus_is_taken_where_the_study_says_nothing(tmp_path):
    from discourse.corpus.card import Card, Finding, write_card

    write_card(tmp_path, Card(collection=Finding(how="snowballing", keywords=("cat tax",))))
    bare = check_study(BASE | {"sources": [{"path": str(tmp_path)}]})
    assert reading.with_cards(bare).sources[0].collection.how == "snowballing"
    said = check_study(BASE | {"sources": [{"path": str(tmp_path), "collection": {"how": "by hand"}}]})
    assert reading.with_cards(said).sources[0].collection.how == "by hand"


def test_where_all_posts_can_be_read_none_is_left_out():
    assert reading.readable_posts(posts("a", "b"))["text"].tolist() == ["a", "b"]
    assert reading.readable_posts(posts("", "b"))["text"].tolist() == ["b"]
