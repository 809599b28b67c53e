"""Answers without the author, thread or day that moves them most: found, left out in full, not told of."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from discourse.compare.leave_one_out import leave_one_out, most_moving
from discourse.compare.questions import Asked
from discourse.compare.three_estimates import Settings, coded_outcomes, question_versions

ASKED = [Asked("H1", "?", "positive:t", ("a",)), Asked("H2", "?", "positive:t", ("a", "b"))]
N = 1200


@pytest.fixture(scope="module")
def posts():
    """Two groups alike, but for one author of group a who wrote eighty positive posts in a thread of their own."""
    rng = np.random.default_rng(5)
    group = np.where(np.arange(N) % 2 == 0, "a", "b")
    meant = rng.random(N) < 0.4
    loud = (group == "a") & (np.arange(N) < 160)
    meant[loud] = True
    said = np.where(rng.random(N) < 0.15, ~meant, meant)
    scored = pd.DataFrame(
        {
            "post_id": [f"{i:05d}" for i in range(N)],
            "target": "t",
            "label": np.where(said, "positive", "negative"),
            "score": np.where(said, 0.5, -0.5),
            "mention_kind": "named",
            "group": group,
            "lang": "zh-Hans",
            "author": np.where(loud, "loud", [f"u{i // 3}{g}" for i, g in enumerate(group)]),
            "thread_id": np.where(loud, "theirs", [f"t{i % 70}" for i in range(N)]),
            "created_at": pd.Timestamp("2025-01-13T20:00Z") + pd.to_timedelta(np.arange(N) % 9, "D"),
        }
    )
    taken = rng.random(N) < 0.4
    codes = pd.DataFrame(
        {"post_id": scored["post_id"], "value": np.where(meant, "positive", "negative"), "pi": 0.4}
    )[taken]
    return scored, codes


@pytest.fixture(scope="module")
def outcomes(posts):
    return coded_outcomes(*posts)


@pytest.fixture(scope="module")
def table(outcomes):
    return leave_one_out(outcomes, ASKED, Settings(), timezone="Asia/Shanghai").set_index(
        ["figure", "id", "version"]
    )


@pytest.mark.parametrize("question", ["H1", "H2"])
@pytest.mark.parametrize("version", ["human", "naive", "corrected"])
def test_the_figure_without_the_loud_author_is_the_figure_of_the_other_posts(posts, table, question, version):
    scored, codes = posts
    rest = coded_outcomes(scored[scored["author"] != "loud"].reset_index(drop=True), codes)
    by_hand = question_versions(rest, ASKED, Settings()).set_index(["id", "version"])
    for figure in ("without author", "without thread"):
        row = table.loc[figure, question, version]
        for name in ("estimate", "low", "high"):
            assert row[name] == pytest.approx(by_hand.loc[(question, version), name], abs=0.0005)


def test_no_other_author_moves_a_figure_of_labels_as_much(posts):
    scored, codes = posts
    few = scored[(scored["group"] == "a") & (scored.index % 6 == 0) | (scored["author"] == "loud")]
    columns = coded_outcomes(few.reset_index(drop=True), codes)
    columns = columns.assign(top=columns["positive"], base=1.0, code=np.nan, coded_base=np.nan)
    whole, change = columns["top"].mean(), {}
    for one in columns["author"].unique():
        change[one] = abs(columns.loc[columns["author"] != one, "top"].mean() - whole)
    by_hand = sorted(change, key=lambda one: -change[one])[:3]
    assert most_moving(columns, "author", "naive", None, 3)[:1] == by_hand[:1] == ["loud"]


def test_counts_are_those_of_the_whole_figure_and_digits_are_few(outcomes, table):
    whole = question_versions(outcomes, ASKED, Settings()).set_index(["id", "version"])
    for (_, question, version), row in table.iterrows():
        for name in ("n", "n_coded", "n_authors"):
            assert row[name] == whole.loc[(question, version), name]
        assert row["estimate"] == round(row["estimate"], 3)


def test_a_day_is_left_out_by_the_calendar_of_the_study(outcomes, posts, table):
    scored, _ = posts
    mine = scored[scored["group"] == "a"]
    days = mine["created_at"].dt.tz_convert("Asia/Shanghai").dt.date
    positive = mine["label"] == "positive"
    left = {day: positive[days != day].mean() for day in days.unique()}
    furthest = max(left.values(), key=lambda share: abs(share - positive.mean()))
    assert table.loc["without day", "H1", "naive"]["estimate"] == pytest.approx(furthest, abs=0.0005)


def test_without_enough_codes_labels_alone_are_answered_and_the_others_say_why(posts):
    scored, codes = posts
    few = leave_one_out(coded_outcomes(scored, codes.iloc[:40]), ASKED[:1], Settings())
    few = few.set_index(["figure", "version"])
    assert np.isfinite(few.loc[("without author", "naive"), "estimate"])
    assert few.loc[("without author", "corrected"), "reason"] == "fewer than 50 codes"
    assert np.isnan(few.loc[("without author", "human"), "estimate"])
