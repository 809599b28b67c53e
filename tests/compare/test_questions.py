"""Declared questions get one of four answers, with the numbers and the reason."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from discourse.compare.questions import Asked, adjust_answers, answer_questions, judge

_spec = importlib.util.spec_from_file_location("made_posts", Path(__file__).with_name("test_sentiment.py"))
_made = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_made)
posts = _made.posts


def ask(frame, **keys):
    question = Asked(**({"id": "H", "text": "?", "outcome": "stance:refugees", "groups": ("hosts",)} | keys))
    return answer_questions([question], frame, seed=0).iloc[0]


@pytest.mark.parametrize(
    ("low", "high", "keys", "answer"),
    [
        (0.01, 0.20, {}, "supported"),
        (-0.20, -0.01, {}, "contradicted"),
        (-0.01, 0.20, {}, "undecided"),
        (-0.20, -0.01, {"direction": "<"}, "supported"),
        (0.12, 0.20, {"bound": 0.1}, "supported"),
        (0.05, 0.20, {"bound": 0.1}, "undecided"),
        (-0.04, 0.04, {"equivalence": 0.05}, "contradicted"),
        (0.01, 0.04, {"equivalence": 0.05}, "contradicted"),
        (0.01, 0.06, {"equivalence": 0.05}, "supported"),
    ],
)
def test_the_whole_interval_decides(low, high, keys, answer):
    assert judge(low, high, Asked("H", "?", "stance:x", ("g",), **keys)) == answer


def test_a_planted_claim_is_answered_as_planted():
    frame = posts()
    assert ask(frame)["answer"] == "supported"
    assert ask(frame, direction="<")["answer"] == "contradicted"
    assert ask(frame, outcome="balance:refugees")["answer"] == "supported"


def test_an_answer_carries_its_numbers():
    row = ask(posts())
    assert row["low"] < row["estimate"] < row["high"]
    assert row["n_authors"] == 150
    assert row["n"] == 450


@pytest.mark.parametrize(
    ("keys", "reason"),
    [
        ({"outcome": "stance:hosts"}, "no target 'hosts'"),
        ({"groups": ("merchants",)}, "no collected author belongs to the group 'merchants'"),
        ({"outcome": "topic:3"}, "not measured by this version"),
    ],
)
def test_what_the_data_do_not_hold_is_not_measurable(keys, reason):
    row = ask(posts(), **keys)
    assert row["answer"] == "not measurable"
    assert reason in row["reason"]
    assert np.isnan(row["estimate"])


def test_nobody_mentions_the_target():
    frame = posts().assign(label="absent", score=np.nan, mention_kind=None)
    for outcome in ("stance:refugees", "coverage:refugees", "balance:refugees"):
        row = ask(frame, outcome=outcome)
        assert row["answer"] == "not measurable"
        assert row["reason"] == "no post of this group mentions the target"


def test_few_authors_are_not_measurable():
    assert ask(posts(n_authors=60))["answer"] == "not measurable"


def test_groups_confounded_with_language_are_not_measurable():
    frame = posts()
    frame.loc[frame["group"] == "visitors", "lang"] = "en"
    row = ask(frame, groups=("hosts", "visitors"))
    assert row["answer"] == "not measurable"
    assert "language" in row["reason"]


def test_a_difference_between_comparable_groups_is_answered():
    row = ask(posts(shift=0.2), groups=("hosts", "visitors"))
    assert row["answer"] == "supported"
    assert row["low"] < 0.2 < row["high"]


def test_the_share_of_a_language_counts_each_post_once():
    frame = posts()
    both = pd.concat([frame, frame.assign(target="feed")], ignore_index=True)
    row = ask(both, outcome="lang:zh", groups=("all",), bound=0.5)
    assert row["answer"] == "supported"
    assert row["estimate"] == 1.0
    assert row["n"] == len(frame)


def test_p_is_below_five_percent_where_the_interval_excludes_the_bound_and_nowhere_else():
    rows = [
        {"id": "H1", "expect": "> 0", "estimate": 0.2, "low": 0.001, "high": 0.399},
        {"id": "H2", "expect": "> 0", "estimate": 0.2, "low": -0.001, "high": 0.401},
        {"id": "H3", "expect": "< 0.5", "estimate": 0.2, "low": 0.1, "high": 0.3},
        {"id": "H4", "expect": "> 0", "estimate": np.nan, "low": np.nan, "high": np.nan},
    ]
    found = adjust_answers(pd.DataFrame(rows))
    assert found["p"].iloc[0] < 0.05 < found["p"].iloc[1]
    assert found["p"].iloc[2] < 1e-6
    assert found["p"].isna().tolist() == [False, False, False, True]
    # Holm over the three that were tested: the smallest three times, then twice, then once
    ranked = found["p"].iloc[[2, 0, 1]].to_numpy() * [3, 2, 1]
    np.testing.assert_allclose(found["p_adjusted"].iloc[[2, 0, 1]], np.maximum.accumulate(ranked))


def test_the_study_may_declare_another_adjustment():
    rows = [
        {"id": f"H{i}", "expect": "> 0", "estimate": 0.2, "low": 0.2 - h, "high": 0.2 + h}
        for i, h in enumerate((0.1, 0.15, 0.19))
    ]
    answers = pd.DataFrame(rows)
    holm, hochberg = (adjust_answers(answers, rule)["p_adjusted"] for rule in ("Holm", "Benjamini-Hochberg"))
    assert (hochberg <= holm).all()
    assert (hochberg < holm).any()
