from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.compare.composition import PARTS, composition, split_change
from discourse.compare.spans import Phase
from discourse.errors import NotMeasurable

PHASES = [Phase("before"), Phase("after", dt.datetime(2025, 1, 19, tzinfo=dt.UTC))]


def split(posts: list[tuple[int, bool, float]]):
    author, later, value = (np.array(column) for column in zip(*posts, strict=True))
    return split_change(value.astype(float), later.astype(bool), author.astype(np.int64))


def test_the_formula_by_hand():
    # author 0 in both (0 then 1), author 1 only before (1), author 2 only after (0.5, twice)
    parts = split([(0, False, 0.0), (1, False, 1.0), (0, True, 1.0), (2, True, 0.5), (2, True, 0.5)]).parts
    before, after = 0.5, 2 / 3
    standard = (before + after) / 2
    share_0 = (1 / 2 + 1 / 3) / 2
    assert parts["change"] == pytest.approx(after - before)
    assert parts["same authors"] == pytest.approx(share_0 * 1.0)
    assert parts["activity"] == pytest.approx((1 / 3 - 1 / 2) * (0.5 - standard))
    assert parts["arrivals"] == pytest.approx(2 / 3 * (0.5 - standard))
    assert parts["departures"] == pytest.approx(-1 / 2 * (1.0 - standard))
    assert parts["within authors"] == pytest.approx(1.0)


def test_who_changes_the_mind_is_told_from_who_comes():
    changed = split([(i, late, 0.2 + 0.5 * late) for i in range(10) for late in (False, True)]).parts
    assert changed["same authors"] == pytest.approx(changed["change"]) == pytest.approx(0.5)
    replaced = split([(i, i >= 10, 0.2 + 0.5 * (i >= 10)) for i in range(20)]).parts
    assert replaced["same authors"] == 0
    assert np.isnan(replaced["within authors"])
    assert replaced["arrivals"] + replaced["departures"] == pytest.approx(0.5)


def test_louder_authors_are_activity_and_no_change_of_mind():
    posts = [
        (0, False, 0.0),
        (0, False, 0.0),
        (1, False, 1.0),
        (0, True, 0.0),
        (1, True, 1.0),
        (1, True, 1.0),
    ]
    parts = split(posts).parts
    assert parts["within authors"] == pytest.approx(0)
    assert parts["activity"] == pytest.approx(parts["change"]) == pytest.approx(1 / 3)


def test_refuses_a_phase_without_posts():
    with pytest.raises(NotMeasurable):
        split([(0, False, 0.0)])


values = st.lists(
    st.tuples(st.integers(0, 6), st.booleans(), st.floats(-1, 1)), min_size=4, max_size=30
).filter(lambda posts: {later for _, later, _ in posts} == {False, True})


@given(values)
def test_the_parts_add_up_and_influence_values_sum_to_zero(posts):
    found = split(posts)
    parts = found.parts
    assert parts["change"] == pytest.approx(sum(parts[name] for name in PARTS[1:5]), abs=1e-9)
    assert np.abs(found.influence.sum(axis=0)).max() < 1e-9
    assert found.influence[:, 0] == pytest.approx(found.influence[:, 1:5].sum(axis=1), abs=1e-9)


@given(values)
def test_swapping_the_phases_turns_the_signs_and_arrivals_into_departures(posts):
    there = split(posts).parts
    back = split([(author, not later, value) for author, later, value in posts]).parts
    for name, other in (
        ("change", "change"),
        ("same authors", "same authors"),
        ("activity", "activity"),
        ("arrivals", "departures"),
    ):
        assert back[other] == pytest.approx(-there[name], abs=1e-9)


def drawn(rng: np.random.Generator, n: int = 260, within: float = 0.2, newer: float = 0.3) -> pd.DataFrame:
    """Authors of whom 40 % write in both phases; all change by ``within``, newcomers differ by ``newer``."""
    rows = []
    threads = rng.normal(0, 0.2, (2, 60))
    for author in range(n):
        kind = rng.random()
        base = rng.normal(0, 0.3) + newer * (kind > 0.7)
        for late, writes in ((0, kind <= 0.7), (1, kind < 0.4 or kind > 0.7)):
            for _ in range((1 + rng.poisson(1)) * writes):
                thread = int(rng.integers(60))
                score = base + within * late + threads[late, thread] + rng.normal(0, 0.4)
                rows.append((f"a{author}", f"t{late}{thread}", late, score))
    frame = pd.DataFrame(rows, columns=["author", "thread_id", "late", "score"])
    times = np.where(frame.pop("late") == 1, "2025-01-20T00:00Z", "2025-01-17T00:00Z")
    return frame.assign(
        post_id=[f"{i:05d}" for i in range(len(frame))],
        created_at=pd.to_datetime(times, utc=True),
        group="hosts",
        target="refugees",
        label="positive",
        mention_kind="named",
    )


def test_intervals_hold_a_planted_change_about_as_often_as_they_say():
    rng = np.random.default_rng(11)
    held = []
    for _ in range(60):
        table = composition(drawn(rng), PHASES, instrument="lexicon")
        row = table[(table["group"] == "hosts") & (table["part"] == "within authors")].iloc[0]
        held.append(row["low"] < 0.2 < row["high"])
    # 57 of 60 expected; 50 or fewer of 60 happen less than once in 500 at 95 %
    assert sum(held) > 50


def test_the_order_of_posts_does_not_matter():
    frame = drawn(np.random.default_rng(3))
    there = composition(frame, PHASES, instrument="lexicon")
    back = composition(frame.iloc[::-1], PHASES, instrument="lexicon")
    pd.testing.assert_frame_equal(there, back)


def test_with_few_authors_in_one_part_no_part_is_printed():
    frame = drawn(np.random.default_rng(3))
    late = frame["created_at"] > PHASES[1].start
    stayers = sorted(set(frame["author"][late]) & set(frame["author"][~late]))
    frame = frame[~(late & frame["author"].isin(stayers[5:]))]
    rows = composition(frame, PHASES, instrument="lexicon")
    assert rows[["estimate", "n", "n_authors"]].isna().all(axis=None)
    assert set(rows["reason"]) == {"fewer than 10 authors"}


def test_one_phase_has_nothing_to_split():
    assert composition(drawn(np.random.default_rng(3)), PHASES[:1], instrument="lexicon").empty
