from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.corpus import settling
from discourse.corpus.settling import settle

ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "key": st.integers(1, 4),
            "key2": st.integers(1, 2),  # two keys whose first halves are equal by chance
            "text": st.integers(0, 3),
            "text2": st.integers(1, 2),
            "own": st.integers(1, 5),
            "parent": st.integers(0, 7),
            "at": st.integers(0, 3),
            "rank": st.integers(-3, 3),
        }
    ),
    max_size=40,
)


@given(ROWS)
def test_rows_are_settled_as_one_by_one(rows: list[dict[str, int]]) -> None:
    columns = {
        name: np.array([row[name] for row in rows], dtype=np.int64 if name in ("at", "rank") else np.uint64)
        for name in ("key", "key2", "text", "text2", "own", "parent", "at", "rank")
    }
    found = settle(lambda name: np.array_split(columns[name], 3) if rows else [])

    same: dict[tuple[int, int], list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        same[row["key"], row["key2"]].append(place)
    ranked = [sorted(places, key=lambda p: (rows[p]["rank"], -p)) for places in same.values()]
    kept = {places[0] for places in ranked}
    assert set(np.flatnonzero(found.kept)) == kept
    assert {(int(w), int(x)) for w, x in zip(found.winners, found.losers, strict=True)} == {
        (places[0], worse) for places in ranked for worse in places[1:]
    }
    for places in ranked:  # the better of the others come first
        assert [int(x) for w, x in zip(found.winners, found.losers, strict=True) if w == places[0]] == places[
            1:
        ]

    texts: dict[tuple[int, int], list[int]] = defaultdict(list)
    for place in sorted(kept, key=lambda p: (rows[p]["at"], p)):
        if rows[place]["text"]:
            texts[rows[place]["text"], rows[place]["text2"]].append(place)
    assert {(place, int(first)) for place, first in enumerate(found.first) if first >= 0} == {
        (copy, places[0]) for places in texts.values() for copy in places[1:]
    }

    ids = [rows[place]["own"] for place in sorted(kept)]
    assert found.clashes.tolist() == [p for p in sorted(kept) if ids.count(rows[p]["own"]) > 1]
    known = {row["own"] for row in rows}
    assert found.orphans == sum(bool(rows[p]["parent"]) and rows[p]["parent"] not in known for p in kept)


@given(ROWS)
def test_many_rows_in_sixteenths_settle_as_few_at_once(rows: list[dict[str, int]]) -> None:
    columns = {
        name: np.array([row[name] for row in rows], dtype=np.int64 if name in ("at", "rank") else np.uint64)
        for name in ("key", "key2", "text", "text2", "own", "parent", "at", "rank")
    }
    once = settle(lambda name: [columns[name]])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settling, "_FEW", 0)
        parted = settle(lambda name: [columns[name]])
    for name in ("kept", "first", "clashes", "orphans"):
        assert np.array_equal(getattr(once, name), getattr(parted, name)), name
    pairs = [sorted(zip(x.winners.tolist(), x.losers.tolist(), strict=True)) for x in (once, parted)]
    assert pairs[0] == pairs[1]
