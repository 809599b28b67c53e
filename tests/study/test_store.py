"""The store keeps what was made, whole or not at all, and gives back the same."""

from __future__ import annotations

import os
import threading

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import InputError
from discourse.study.store import Key, Store, code_version, hash_of, making

KEY = Key("words", {"code": "a", "part": "0"})
TABLE = pd.DataFrame(
    {
        "word": pd.Series(["难民", None, "🐱"], dtype="str"),
        "n": pd.Series([1, None, 3], dtype="Int64"),
        "z": [0.1, float("nan"), -2.0],
        "at": pd.to_datetime(["2025-01-13", None, "2025-01-14"], utc=True).astype("datetime64[us, UTC]"),
        "sure": pd.Series([True, None, False], dtype="boolean"),
        "flags": pd.Series([["a"], None, []], dtype=object),
        "mixed": [True, False, True],
    }
)


def refuse():
    raise AssertionError("was made again")


def test_gives_back_values_and_dtypes_as_they_were(tmp_path):
    first = Store(tmp_path).frame(KEY, lambda: TABLE)
    again = Store(tmp_path).frame(KEY, refuse)
    pd.testing.assert_frame_equal(first, TABLE)
    pd.testing.assert_frame_equal(again, TABLE)


def test_several_tables_come_back_in_their_order(tmp_path):
    made = {"b": TABLE, "a": TABLE.head(0), "漢": TABLE.head(1)}
    Store(tmp_path).frames(KEY, lambda: made)
    again = Store(tmp_path).frames(KEY, refuse)
    assert list(again) == ["b", "a", "漢"]
    for name, table in made.items():
        pd.testing.assert_frame_equal(again[name], table)


def test_a_table_that_would_not_come_back_is_made_each_time(tmp_path):
    odd = pd.DataFrame({"value": pd.Series([1, "a", None], dtype=object)})
    made = []

    def make():
        made.append(1)
        return odd

    for _ in range(2):
        pd.testing.assert_frame_equal(Store(tmp_path).frame(KEY, make), odd)
    assert len(made) == 2


@pytest.mark.parametrize("part", ["code", "part", "new"])
def test_another_dependence_is_another_entry(tmp_path, part):
    store = Store(tmp_path)
    store.frame(KEY, lambda: TABLE)
    assert not store.has(KEY.also(**{part: "other"}))
    assert store.state(KEY.also(**{part: "other"})) == ("changed", part)


def test_says_what_is_kept_and_what_is_new(tmp_path):
    store = Store(tmp_path)
    assert store.state(KEY) == ("new", "")
    store.frame(KEY, lambda: TABLE)
    assert store.state(KEY) == ("kept", "")


def test_without_a_folder_everything_is_made():
    store = Store()
    assert not store.has(KEY)
    pd.testing.assert_frame_equal(store.frame(KEY, lambda: TABLE), TABLE)


def test_fresh_makes_anew_once_and_keeps_that(tmp_path):
    Store(tmp_path).frame(KEY, lambda: TABLE)
    fresh = Store(tmp_path, fresh=True)
    assert len(fresh.frame(KEY, lambda: TABLE.head(1))) == 1
    assert len(fresh.frame(KEY, refuse)) == 1
    assert len(Store(tmp_path).frame(KEY, refuse)) == 1


def test_what_fails_half_way_leaves_nothing(tmp_path):
    store = Store(tmp_path)

    def half(folder):
        (folder / "half").write_text("x", encoding="utf-8")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.entry(KEY, half)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_said_plainly(tmp_path):
    def full(folder):
        raise OSError(28, "No space left on device")

    with pytest.raises(InputError, match="No space left"):
        Store(tmp_path).entry(KEY, full)


def test_a_damaged_entry_is_made_again(tmp_path):
    Store(tmp_path).frame(KEY, lambda: TABLE)
    (tmp_path / KEY.name / "0.parquet").write_bytes(b"PAR1 and then nothing")
    pd.testing.assert_frame_equal(Store(tmp_path).frame(KEY, lambda: TABLE), TABLE)


def test_folders_of_killed_runs_are_cleared_away_and_those_of_living_ones_stay(tmp_path):
    dead, mine = tmp_path / "making-999999999-x", tmp_path / f"making-{os.getpid()}-y"
    named = tmp_path / f"{making().replace(str(os.getpid()), '999999999')}z"
    for folder in (dead, mine, named):
        folder.mkdir()
    Store(tmp_path)
    assert mine.exists()
    assert dead.exists() == named.exists() == (os.name != "posix")


def test_folders_of_other_machines_that_share_a_store_stay(tmp_path):
    theirs = tmp_path / "making-999999999-0a1b2c3d-x"
    theirs.mkdir()
    Store(tmp_path)
    assert theirs.exists()


def test_who_only_looks_writes_and_clears_away_nothing(tmp_path):
    (tmp_path / "making-999999999-x").mkdir()
    assert Store(tmp_path, looks=True).state(KEY) == ("new", "")
    assert Store(tmp_path / "none", looks=True).state(KEY) == ("new", "")
    assert [path.name for path in tmp_path.iterdir()] == ["making-999999999-x"]


def test_what_is_made_afresh_replaces_what_was_kept_and_leaves_nothing_aside(tmp_path):
    Store(tmp_path).frame(KEY, lambda: TABLE)
    (tmp_path / KEY.name / "0.parquet").write_bytes(b"damaged")
    Store(tmp_path, fresh=True).frame(KEY, lambda: TABLE)
    assert [path.name for path in tmp_path.iterdir()] == [KEY.name]
    pd.testing.assert_frame_equal(Store(tmp_path).frame(KEY, lambda: 1 / 0), TABLE)


def test_a_step_is_not_taken_for_another_whose_name_begins_like_it(tmp_path):
    longer = Key(f"{KEY.step}-more", KEY.parts)
    Store(tmp_path).frame(longer, lambda: TABLE)
    assert Store(tmp_path).state(KEY) == ("new", "")


def test_a_place_that_cannot_be_written_is_refused(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="store cannot be written"):
        Store(tmp_path / "file" / "store")


def test_two_at_once_make_one_whole_entry(tmp_path):
    barrier = threading.Barrier(2)

    def make():
        barrier.wait(10)
        return TABLE

    results = []
    threads = [
        threading.Thread(target=lambda: results.append(Store(tmp_path).frame(KEY, make))) for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for result in results:
        pd.testing.assert_frame_equal(result, TABLE)
    assert [p.name for p in tmp_path.iterdir()] == [KEY.name]
    pd.testing.assert_frame_equal(Store(tmp_path).frame(KEY, refuse), TABLE)


@given(st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5), max_size=5))
def test_a_hash_does_not_depend_on_the_order_of_keys(values):
    assert hash_of(values) == hash_of(dict(reversed(values.items())))


def test_the_code_has_one_version_in_a_process():
    assert code_version() == code_version()
    assert len(code_version()) == 16
