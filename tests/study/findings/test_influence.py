"""Stance of authors of high and of low influence: parts of a group, compared where both sides are many."""

from __future__ import annotations

import numpy as np
import pandas as pd

from discourse.compare.three_estimates import Settings, coded_outcomes
from discourse.study.findings.influence import influence_parts, without_one

N = 100


def outcomes(frame):
    scored = frame[["post_id", "author", "thread_id", "group", "lang", "created_at"]]
    scored = scored.assign(target="refugees", label="positive", score=0.5, mention_kind="named")
    codes = pd.DataFrame({"post_id": frame["post_id"][:5], "value": "positive", "pi": 0.1})
    return coded_outcomes(scored, codes)


def written(posts, likes):
    texts = ["post"] * N
    return posts(*texts, likes=likes, lang="en").assign(group=np.where(np.arange(N) < 60, "a", "b"))


def test_each_side_holds_the_posts_of_its_authors(posts, material):
    frame = written(posts, [100 - i if i % 3 == 0 else 0 for i in range(N)])
    given = material(frame)
    parts = influence_parts(outcomes(frame), ["a", "b"], given, Settings(min_cell=1))
    assert [(part.group, part.id) for part in parts if part.group == "a"] == [
        ("a", "high"),
        ("a", "low"),
        ("a", "high vs low"),
    ]
    high, low, both = parts[:3]
    assert set(high.posts["post_id"]) == {f"p{i}" for i in range(0, 60, 3)}
    assert len(high.posts) + len(low.posts) == len(both.posts) == 60
    assert both.pair == ("high", "low")
    assert (both.posts["group"] == "high").sum() == len(high.posts)


def test_a_group_with_few_authors_on_a_side_is_left_out_whole(posts, material):
    frame = written(posts, [100 - i if i % 3 == 0 else 0 for i in range(N)])
    parts = influence_parts(outcomes(frame), ["a", "b"], material(frame), Settings(min_cell=10))
    assert {part.group for part in parts} == {"a"}  # group b has nobody of high influence


def test_where_nobody_received_attention_nothing_is_said(posts, material):
    frame = written(posts, [0] * N)
    assert influence_parts(outcomes(frame), ["a"], material(frame), Settings()) == []


def test_only_questions_about_the_target_are_asked_without_single_units(posts, material):
    frame = written(posts, [1] * N)
    asked = [
        {"id": name, "text": "?", "outcome": outcome, "groups": ["all"]}
        for name, outcome in (("Q1", "positive:refugees"), ("Q2", "positive:hosts"), ("Q3", "lang:en"))
    ]
    table = without_one(outcomes(frame), material(frame, {"questions": asked}), Settings())
    assert set(table["id"]) == {"Q1"}
    assert set(table["figure"]) == {"without author", "without thread", "without day"}
