from __future__ import annotations

from collections import defaultdict

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

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
    found = settle(columns.__getitem__)

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
    assert {(int(c), int(f)) for c, f in zip(found.copies, found.firsts, strict=True)} == {
        (copy, places[0]) for places in texts.values() for copy in places[1:]
    }
    assert sorted(found.copies.tolist()) == found.copies.tolist()

    ids = [rows[place]["own"] for place in sorted(kept)]
    assert found.clashes.tolist() == [p for p in sorted(kept) if ids.count(rows[p]["own"]) > 1]
    known = {row["own"] for row in rows}
    assert found.orphans == sum(bool(rows[p]["parent"]) and rows[p]["parent"] not in known for p in kept)
