"""What a study says of its copies."""

from __future__ import annotations

from discourse.study import steps
from discourse.study.findings.description import copy_tables, limit_counts

LONG = "Buy the finest tea of the whole province in our little shop today, only 9.9!"


def test_the_summary_of_copies_adds_up(posts, material):
    frame = posts(LONG, LONG.replace("9.9", "9.8"), "else, and long enough to count")
    head = {"title": "T", "question": "Q?", "min_cell": 1}
    asked = {"duplicates": {"near": "mark"}, "study": head}
    marked = steps.mark_duplicates(frame.drop(columns="group"), material(frame, asked).study)
    table = copy_tables(material(frame, asked, marked=marked))["dropped_copies"].set_index("group")
    assert table.loc["all", "n"] == table.loc["all", "left"] + table.loc["all", "dropped"] == 3
    assert table.loc["all", "near"] == 1


def test_nothing_is_said_of_copies_that_were_not_searched_for(posts, material):
    assert copy_tables(material(posts("a"))) == {}


def test_a_corpus_in_which_nothing_says_what_it_answers_is_counted_as_such(posts, material):
    frame = posts("one", "two")
    assert limit_counts(material(frame.assign(parent_id=None)))["parentless"] == 2
    answered = frame.assign(parent_id=[None, frame["post_id"].iloc[0]])
    assert limit_counts(material(answered))["parentless"] == 0
