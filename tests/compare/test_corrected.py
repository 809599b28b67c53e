from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import discourse
from discourse.compare.corrected import estimate_share
from discourse.errors import NotMeasurable, ParameterError

METHODS = ["ppi++", "dsl", "naive", "human"]


def coded(seed: int = 0, n: int = 4000) -> pd.DataFrame:
    """Half the posts are mentions; .30 of them positive in a, .50 in b; the instrument errs in both."""
    rng = np.random.default_rng(seed)
    a = rng.integers(0, 700, n)
    second = a % 2 == 1
    about = rng.random(n) < 0.5
    y = about & (rng.random(n) < np.where(second, 0.5, 0.3))
    found = rng.random(n) < np.where(about, 0.85, 0.2)
    label = found & (rng.random(n) < np.where(y, 0.7, np.where(second, 0.1, 0.3)))
    pi = np.where(found, 0.3, 0.12)
    drawn = rng.random(n) < pi
    return pd.DataFrame(
        {
            "pred": label,
            "mention": found,
            "code": np.where(drawn & about, y, np.nan),
            "coded_mention": np.where(drawn, about, np.nan),
            "group": np.where(second, "b", "a"),
            "author": a,
            "thread": rng.integers(0, 40, n),
            "pi": pi,
        }
    )


def test_planted_share_and_gap_are_covered_by_the_corrections_and_missed_by_the_labels():
    hits = {(m, what): 0 for m in METHODS for what in ("share", "gap")}
    for seed in range(25):
        frame = coded(seed)
        for m in METHODS:
            one = discourse.estimate_share(frame[frame["group"] == "b"], method=m).iloc[0]
            two = estimate_share(frame, group="group", method=m).iloc[0]
            hits[m, "share"] += one["low"] <= 0.5 <= one["high"]
            hits[m, "gap"] += two["low"] <= -0.2 <= two["high"]
    for what in ("share", "gap"):
        assert hits["naive", what] == 0
        assert all(hits[m, what] >= 21 for m in ("ppi++", "dsl", "human"))


def test_where_everybody_is_coded_the_share_is_that_of_the_codes():
    frame = coded().assign(pi=1.0)
    frame["coded_mention"], frame["code"] = frame["mention"], frame["pred"].where(frame["mention"])
    share = frame.loc[frame["mention"], "pred"].mean()
    for m in METHODS:
        assert estimate_share(frame, method=m).loc[0, "estimate"] == pytest.approx(share)


@pytest.mark.parametrize("method", METHODS)
def test_shuffling_the_rows_changes_no_digit(method):
    frame = coded(3, 900)
    one, two = (estimate_share(f, method=method) for f in (frame, frame.sample(frac=1.0, random_state=2)))
    pd.testing.assert_frame_equal(one, two, check_exact=True)
    assert one.loc[0, "n_mentions"] == frame["mention"].sum()
    assert one.loc[0, "n_coded"] == frame["coded_mention"].notna().sum()


def test_what_cannot_be_measured_is_refused_with_its_reason():
    frame = coded(n=900)
    with pytest.raises(NotMeasurable, match="group 'b' was coded"):
        estimate_share(
            frame.assign(coded_mention=frame["coded_mention"].where(frame["group"] == "a")), group="group"
        )
    with pytest.raises(NotMeasurable, match="mentions the target"):
        estimate_share(frame.assign(coded_mention=frame["coded_mention"] * 0))
    with pytest.raises(NotMeasurable, match=r"one cluster \(thread\)"):
        estimate_share(frame.assign(thread=1))
    with pytest.raises(NotMeasurable, match="has no post"):
        estimate_share(frame, group="group", groups=("a", "z"))
    for wrong, match in (({"mention": 2}, "0 and 1"), ({"code": np.nan}, "no value"), ({"pi": 0.0}, "prob")):
        with pytest.raises(ParameterError, match=match):
            estimate_share(frame.assign(**wrong))
    with pytest.raises(ParameterError, match="unknown method"):
        estimate_share(frame, method="ppi")
    with pytest.raises(ParameterError, match="'coded_mention'"):
        estimate_share(frame.drop(columns="coded_mention"))
    bare = frame.drop(columns=["code", "coded_mention", "pi"])
    assert estimate_share(bare, method="naive").loc[0, "n_coded"] == 0
