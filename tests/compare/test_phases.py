from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from discourse.compare.phases import hide_sides, phase_changes, phase_table
from discourse.compare.spans import Phase

BEIJING = dt.timezone(dt.timedelta(hours=8))
PHASES = [Phase("before"), Phase("dark", dt.datetime(2025, 1, 19, tzinfo=BEIJING))]


def scored(n_authors: int, day: str, mean: float, group: str = "hosts", seed: int = 0) -> pd.DataFrame:
    """Two posts an author on one day, in 40 threads."""
    rng = np.random.default_rng(seed)
    author = np.repeat(np.arange(n_authors), 2)
    score = np.clip(mean + rng.normal(0, 0.3, len(author)), -1, 1)
    return pd.DataFrame(
        {
            "post_id": [f"{group}{day}{i:05d}" for i in range(len(author))],
            "author": [f"{group}{i}" for i in author],
            "thread_id": [f"{day}{i % 40}" for i in range(len(author))],
            "group": group,
            "created_at": pd.to_datetime([f"{day}T04:00Z"] * len(author), utc=True),
            "target": "refugees",
            "label": np.where(score >= 0.15, "positive", np.where(score <= -0.15, "negative", "neutral")),
            "score": score,
            "mention_kind": "named",
        }
    )


def both(before: float, after: float, n_authors: int = 150, **columns) -> pd.DataFrame:
    parts = [scored(n_authors, "2025-01-17", before, seed=1), scored(n_authors, "2025-01-20", after, seed=2)]
    return pd.concat(parts, ignore_index=True).assign(**columns)


def test_a_planted_difference_of_phases_is_found_within_its_interval():
    frame = both(0.3, 0.1)
    changes = phase_changes(frame, PHASES, "Asia/Shanghai", instrument="lexicon")
    row = changes[changes["measure"] == "mean"].iloc[0]
    assert (row["phase_a"], row["phase_b"]) == ("dark", "before")
    assert row["low"] < -0.2 < row["high"] < 0
    assert row["p_adjusted"] >= row["p"]
    assert changes["family"].unique().tolist() == ["phases, stance toward refugees"]


def test_the_table_of_phases_gives_what_the_posts_of_each_give():
    frame = both(0.3, 0.1)
    table = phase_table(frame, PHASES, "Asia/Shanghai", instrument="lexicon")
    mean = table[(table["measure"] == "mean") & (table["group"] == "hosts")].set_index("phase")
    assert mean.loc["before", "estimate"] == pytest.approx(frame["score"].iloc[:300].mean())
    assert mean.loc["dark", ["first", "last"]].tolist() == ["2025-01-20", "2025-01-20"]
    assert mean.loc["dark", "low"] < 0.1 < mean.loc["dark", "high"]
    posts = table[(table["measure"] == "posts") & (table["group"] == "all")]
    assert posts["estimate"].tolist() == [300, 300]
    assert posts["low"].isna().all()


def test_too_few_authors_are_given_no_mean_and_too_few_to_print_no_count():
    frame = pd.concat([both(0.3, 0.1), scored(5, "2025-01-17", 0.5, "guests")], ignore_index=True)
    table = phase_table(frame, PHASES, "Asia/Shanghai", instrument="lexicon")
    guests = table[(table["group"] == "guests") & (table["phase"] == "before")]
    assert guests[["n", "n_authors", "estimate"]].isna().all(axis=None)
    assert set(guests["reason"]) == {"fewer than 10 authors"}


def test_a_small_cell_is_not_the_difference_of_two_that_are_printed():
    parts = [scored(60, day, 0.2, group) for day in ("2025-01-17", "2025-01-20") for group in ("a", "b", "c")]
    frame = pd.concat(
        [*parts, scored(5, "2025-01-17", 0.5, "guests"), scored(40, "2025-01-20", 0.5, "guests")]
    )
    table = phase_table(frame, PHASES, "Asia/Shanghai", instrument="lexicon")
    for _, part in table.groupby(["phase", table["target"].fillna(""), "measure"]):
        assert part["n"].isna().sum() != 1
    hidden = table[(table["measure"] == "posts") & table["n"].isna()]
    assert len(hidden) == 4
    assert hidden["group"].nunique() == 2


def test_the_counts_of_a_comparison_do_not_give_a_hidden_cell_away():
    frame = pd.concat([both(0.3, 0.1), scored(5, "2025-01-17", 0.5, "guests")], ignore_index=True)
    described = phase_table(frame, PHASES, "Asia/Shanghai", instrument="lexicon")
    changes = hide_sides(phase_changes(frame, PHASES, "Asia/Shanghai", instrument="lexicon"), described)
    known = described[described["n"].notna()].set_index(["phase", "group", "measure"])["n"]
    for row in changes.to_dict("records"):
        for letter in "ab":
            if pd.notna(row[f"n_{letter}"]):
                assert known[(row[f"phase_{letter}"], row["group"], row["measure"])] == row[f"n_{letter}"]
    assert changes.loc[changes["group"] == "guests", "n_b"].isna().all()


def test_a_post_without_a_time_lies_in_no_phase():
    frame = both(0.3, 0.1)
    frame.loc[0, "created_at"] = pd.NaT
    table = phase_table(frame, PHASES, "Asia/Shanghai", instrument="lexicon")
    assert table.loc[(table["measure"] == "posts") & (table["group"] == "all"), "n"].sum() == 599
