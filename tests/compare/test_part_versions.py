"""Stance in parts of the posts: which posts are in which part, and that the stance in it is corrected."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from discourse.compare.part_versions import part_versions, parts_answered, parts_by, parts_within
from discourse.compare.spans import Phase
from discourse.compare.three_estimates import Settings, coded_outcomes

START = pd.Timestamp("2025-01-10", tz="UTC")
SHIFT = pd.Timestamp("2025-01-19", tz="UTC")


def scored(labels, **columns):
    n = len(labels)
    frame = pd.DataFrame(
        {
            "post_id": [str(i) for i in range(n)],
            "target": "t",
            "label": labels,
            "score": 0.0,
            "lang": "en",
            "mention_kind": ["named" if label != "absent" else None for label in labels],
            "group": "g",
            "author": [f"u{i}" for i in range(n)],
            "thread_id": [f"t{i}" for i in range(n)],
        }
    )
    return frame.assign(**columns)


def uncoded(frame):
    return coded_outcomes(
        frame, pd.DataFrame({"post_id": [], "value": [], "pi": []}).astype({"post_id": "str"})
    )


def ids(part):
    return part.posts["post_id"].tolist()


def test_a_post_is_in_the_part_of_its_name_and_one_without_a_name_in_none():
    posts = uncoded(scored(["positive"] * 4))
    parts = parts_by(posts, "place", pd.Series({"0": "US", "1": "CN-GD", "3": "US"}))
    assert [(part.id, ids(part)) for part in parts] == [("CN-GD", ["1"]), ("US", ["0", "3"])]


def test_replies_are_parted_by_what_they_answer():
    posts = uncoded(scored(["positive", "negative", "neutral", "absent", "positive"]))
    pairs = pd.DataFrame({"post_id": ["2", "3", "4"], "parent_id": ["0", "0", "1"]})
    found = {(part.id, part.group): ids(part) for part in parts_answered(posts, pairs, ["g"])}
    assert found["positive", "all"] == found["positive", "g"] == ["2", "3"]
    assert found["negative", "all"] == ["4"]
    assert found["neutral", "all"] == []


def test_only_who_speaks_of_the_target_in_both_phases_is_compared():
    times = [START, SHIFT, START, SHIFT, START, SHIFT]
    authors = ["a", "a", "b", "b", "c", "d"]
    labels = ["positive", "negative", "positive", "absent", "positive", "positive"]
    posts = uncoded(scored(labels, author=authors, created_at=pd.DatetimeIndex(times)))
    phases = [Phase("before"), Phase("after", SHIFT)]
    (part,) = parts_within(posts, ["g"], phases)
    assert (part.id, part.pair) == ("after vs before", ("after", "before"))
    assert ids(part) == ["0", "1"]
    assert part.posts["group"].tolist() == ["before", "after"]


def test_stance_in_a_part_is_corrected_and_small_parts_are_left_out():
    rng = np.random.default_rng(1)
    n = 1500
    meant = rng.choice(["positive", "neutral", "negative"], n, p=[0.5, 0.2, 0.3])
    said = np.where((meant == "positive") & (rng.random(n) < 0.4), "neutral", meant)
    frame = scored(list(said))
    codes = frame[["post_id"]].assign(value=meant, pi=0.4)[rng.random(n) < 0.4]
    posts = coded_outcomes(frame, codes)
    topics = pd.Series(np.where(np.arange(n) < 1400, "000", "001"), index=frame["post_id"])
    table = part_versions(parts_by(posts, "topic", topics), Settings())
    assert "000" in set(table["id"])
    rows = table[(table["id"] == "000") & (table["outcome"] == "positive")].set_index("version")
    truth = (meant[:1400] == "positive").mean()
    assert rows.loc["corrected", "low"] <= truth <= rows.loc["corrected", "high"]
    assert not rows.loc["naive", "low"] <= truth <= rows.loc["naive", "high"]
    assert rows.loc["naive", "estimate"] == pytest.approx((said[:1400] == "positive").mean())
    tiny = parts_by(posts, "place", pd.Series({"0": "US"}))
    assert part_versions(tiny, Settings()).empty
