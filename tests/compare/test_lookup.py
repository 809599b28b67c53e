from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.compare import lookup
from discourse.compare.lookup import beside, rows_of

IDS = st.lists(st.sampled_from(["a", "b", "c", "", None]), max_size=9)


@given(IDS, IDS)
def test_rows_are_found_by_number_as_by_text(keys: list[str | None], names: list[str | None]) -> None:
    a, b = pd.Series(keys, dtype="str"), pd.Series(names, dtype="str")
    for keep in ("first", "last"):
        expected = [
            -1 if key is None or key not in names else
            (names.index(key) if keep == "first" else len(names) - 1 - names[::-1].index(key))
            for key in keys
        ]  # fmt: skip
        assert rows_of(a, b, keep).tolist() == expected
        assert lookup._by_text(a, b, keep).tolist() == expected


def test_ids_that_share_a_hash_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookup, "_hashed", lambda ids: np.zeros(len(ids), dtype=np.uint64))
    assert rows_of(pd.Series(["b", "c"]), pd.Series(["a", "b"])).tolist() == [1, -1]


@given(IDS, IDS)
def test_what_stands_beside_is_what_a_mapping_gives(keys: list[str | None], names: list[str | None]) -> None:
    a, b = pd.Series(keys, dtype="str"), pd.Series(names, dtype="str")
    values = pd.Series([f"v{i}" for i in range(len(b))], dtype="str")
    by_name = pd.Series(values.to_numpy(), index=b)[~b.duplicated().to_numpy() & b.notna().to_numpy()]
    expected = a.map(by_name).astype(object).fillna("-").tolist()
    assert beside(a, b, values).fillna("-").tolist() == expected


@pytest.mark.parametrize("keep", ["first", "last"])
def test_rows_are_the_same_where_hashes_are_gone_through_in_pieces(
    monkeypatch: pytest.MonkeyPatch, keep: Literal["first", "last"]
) -> None:
    rng = np.random.default_rng(3)
    names = pd.Series([f"p{n}" if n else None for n in rng.integers(0, 150, 200)], dtype="str")
    keys = pd.Series([f"p{n}" if n else None for n in rng.integers(0, 250, 300)], dtype="str")
    known: dict[str, int] = {}
    for row, name in enumerate(names):
        if isinstance(name, str) and (keep == "last" or name not in known):
            known[name] = row
    monkeypatch.setattr(lookup, "_PIECE", 4)
    monkeypatch.setattr(lookup, "_SCANNED", 64)
    assert rows_of(keys, names, keep).tolist() == [known.get(key, -1) for key in keys]


@given(st.lists(st.integers(0, 5), max_size=12), st.lists(st.integers(0, 5), max_size=12))
def test_numbered_ids_are_found_as_their_texts_are(keys: list[int], names: list[int]) -> None:
    numbers = [pd.Series(ids, dtype="int32") for ids in (keys, names)]
    texts = [pd.Series([str(i) for i in ids], dtype="str") for ids in (keys, names)]
    both: tuple[Literal["first", "last"], ...] = ("first", "last")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lookup, "AT_ONCE", 4)
        for keep in both:
            assert rows_of(*numbers, keep).tolist() == rows_of(*texts, keep).tolist()
