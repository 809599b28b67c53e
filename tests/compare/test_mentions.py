from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from discourse.compare.confounding import confounded_with, language_class, overlap
from discourse.compare.mentions import measured, n_distinct, prepared_mentions
from discourse.compare.samples import by_post_id, order_of_ids
from discourse.compare.sentiment import mention_outcomes
from discourse.compare.trend import local_day


def scored(seed: int = 0, n: int = 400) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    label = rng.choice(["positive", "neutral", "negative", "absent", None], n)
    frame = pd.DataFrame(
        {
            "post_id": [f"p{i}" for i in rng.permutation(n)],
            "target": "t",
            "group": rng.choice(["g", "h", None], n),
            "lang": rng.choice(["zh-Hans", "en", "fr", None], n),
            "platform": rng.choice(["x", None], n),
            "label": label,
            "score": np.where(rng.random(n) < 0.2, np.nan, rng.normal(size=n)),
            "mention_kind": rng.choice(["named", "self", None], n),
            "author": rng.choice([*"abcdef", None], n),
            "thread_id": rng.choice(list("st"), n),
        }
    )
    return frame.astype({name: "str" for name in frame if name != "score"})


@pytest.mark.parametrize("measure", ["mean", "positive", "neutral", "negative", "balance", "coverage"])
@pytest.mark.parametrize("numbered", [False, True])
def test_measures_are_those_of_the_wide_table(measure, numbered):
    frame = scored()
    column = "mention" if measure == "coverage" else measure
    wide = mention_outcomes(frame)
    inside = (frame["group"] == "g").to_numpy()
    expected = wide[inside & wide[column].notna()]
    given = frame.astype(dict.fromkeys(("label", "group", "lang"), "category")) if numbered else frame
    found = measured(prepared_mentions(given), inside, measure)
    assert found[measure].tolist() == expected[column].tolist()
    assert found["author"].astype("str").tolist() == expected["author"].tolist()
    assert found["lang"].tolist() == language_class(expected["lang"]).tolist()


def test_the_known_are_counted_once_each():
    frame = scored()
    inside = (frame["group"] == "g").to_numpy()
    assert n_distinct(prepared_mentions(frame)["author"], inside) == frame.loc[inside, "author"].nunique()
    assert n_distinct(frame["author"], inside) == frame.loc[inside, "author"].nunique()


def test_groups_are_confounded_where_their_columns_hardly_overlap():
    frame = scored()
    frame["platform"] = np.where(frame["group"] == "g", "x", "y")
    a, b = (frame[frame["group"] == name] for name in "gh")
    assert overlap(language_class(a["lang"]), language_class(b["lang"])) >= 0.5
    assert confounded_with(frame, ("g", "h")) == "platform"
    assert confounded_with(frame.drop(columns="platform"), ("g", "h")) is None


def test_rows_are_ordered_as_they_are_sorted():
    frame = scored()
    assert (
        frame["post_id"].iloc[order_of_ids(frame["post_id"])].tolist()
        == by_post_id(frame)["post_id"].tolist()
    )
    numbers = pd.Series([3, 1, 2, 1], dtype="int32")
    assert order_of_ids(numbers).tolist() == [1, 3, 2, 0]


def test_days_are_those_of_the_zone_before_1970_too():
    times = pd.Series(pd.to_datetime(["1969-12-31T20:00Z", None, "2025-01-18T20:00Z"], utc=True))
    assert local_day(times, "Asia/Shanghai").fillna("").tolist() == ["1970-01-01", "", "2025-01-19"]
    assert local_day(times, "UTC").fillna("").tolist() == ["1969-12-31", "", "2025-01-18"]
