"""The published values, all of them where they lie beside the repository; and what the runner says of bad files."""

from __future__ import annotations

import copy
import json
import math
import os
from pathlib import Path

import numpy as np
import pytest

from discourse.errors import InputError
from discourse.testing.adapters import ADAPTERS
from discourse.testing.reference import (
    Entry,
    Judged,
    NotCovered,
    agrees,
    judge,
    load_entries,
    plain,
    run_entries,
)

SHARED = Path(os.environ.get("DISCOURSE_SHARED") or Path(__file__).parents[3] / "shared")
FILE = SHARED / "reference" / "reference_values.json"
ENTRIES = load_entries(FILE) if FILE.is_file() else []
needs_file = pytest.mark.skipif(
    not ENTRIES, reason="the file of reference values is not beside the repository"
)

COHEN = {"id": "cohen.2x2", "input": [[20, 5], [10, 15]], "expected": 0.4, "tolerance": 1e-12}


@needs_file
@pytest.mark.parametrize("entry", ENTRIES, ids=[entry.id for entry in ENTRIES])
def test_every_published_value_holds(entry):
    outcome = judge(entry)
    assert outcome.ok, f"{outcome.reason}: {outcome.value} instead of {outcome.expected}"


def changed(expected, by):
    """The same shape with its numbers moved and its words replaced."""
    if isinstance(expected, dict):
        return {key: changed(value, by) for key, value in expected.items()}
    if isinstance(expected, list):
        return [changed(value, by) for value in expected]
    return expected + by if isinstance(expected, int | float) else "another " + expected


@needs_file
@pytest.mark.parametrize("entry", ENTRIES, ids=[entry.id for entry in ENTRIES])
def test_no_answer_is_taken_from_the_file(entry):
    by = 3 * entry.tolerance + 1e-3
    wrong = Entry(entry.id, entry.input, changed(entry.expected, by), entry.tolerance)
    assert not judge(wrong).ok


@needs_file
def test_every_adapter_has_an_entry():
    assert set(ADAPTERS) == {entry.id for entry in ENTRIES}


@pytest.mark.parametrize(
    ("table", "value"), [([[20, 5], [10, 15]], 0.4), ([[20, 0], [0, 15]], 1.0), ([[5, 5], [5, 5]], 0.0)]
)
def test_another_input_gives_another_value(table, value):
    outcome = judge(Entry("cohen.2x2", table, 0.4, 1e-9))
    assert outcome.value == pytest.approx(value)
    assert outcome.ok is (value == 0.4)


def test_an_unknown_id_is_not_covered():
    outcome = judge(Entry("alpha.k2011.4obs.cubic", [[1]], 1, 1))
    assert not outcome.ok
    assert outcome.reason.startswith("not covered")


@pytest.mark.parametrize("given", [None, "text", [[1, 2, 3]], {}, [[1, -1], [1, 1]]])
def test_an_input_that_cannot_be_computed_is_off_and_hides_no_other(given):
    outcome = judge(Entry("cohen.2x2", given, 0.4, 1e-9))
    assert not outcome.ok
    assert outcome.reason


def test_an_adapter_may_judge_for_itself_but_then_says_so():
    adapters = {"a": lambda entry: Judged(1, ok=False, note="why"), "b": lambda entry: Judged(1.0)}
    assert judge(Entry("a", 0, 1, 0), adapters) == judge(Entry("a", 0, 1, 0), adapters)
    assert not judge(Entry("a", 0, 1, 0), adapters).ok
    assert judge(Entry("a", 0, 1, 0), adapters).note == "why"
    assert judge(Entry("b", 0, 1, 0), adapters).ok


def test_an_adapter_may_decline():
    def declines(entry):
        raise NotCovered("no such variant")

    assert judge(Entry("a", 0, 1, 0), {"a": declines}).reason == "not covered: no such variant"


@pytest.mark.parametrize(
    ("value", "expected", "tolerance", "verdict"),
    [
        (1.0, 1, 0, True),
        (1.1, 1, 0.2, True),
        (1.3, 1, 0.2, False),
        (math.nan, 1, 9, False),
        (math.nan, math.nan, 0, True),
        (math.inf, 1, 1e300, False),
        (True, 1, 0, False),
        ("1", 1, 9, False),
        (None, 1, 9, False),
        ("a", "a", 0, True),
        ("a", "b", 9, False),
        ([1, 2], [1, 2], 0, True),
        ([1], [1, 2], 9, False),
        ({"a": 1}, {"a": 1}, 0, True),
        ({"a": 1}, {"a": 1, "b": 2}, 9, False),
        ({"a": [1, {"b": 2.5}]}, {"a": [1, {"b": 2}]}, 0.4, False),
    ],
)
def test_values_agree_in_shape_kind_and_size(value, expected, tolerance, verdict):
    assert agrees(value, expected, tolerance) is verdict


def test_numpy_becomes_plain():
    found = plain({"a": (np.float64(1.5), np.array([1, 2])), 3: np.int64(4)})
    assert found == {"a": [1.5, [1, 2]], "3": 4}
    assert type(found["3"]) is int


def write(folder, data):
    path = folder / "values.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return path


def without(key):
    entry = copy.deepcopy(COHEN)
    del entry[key]
    return [entry]


@pytest.mark.parametrize(
    "data",
    [
        "",
        "{",
        "[]",
        "{}",
        "3",
        "[3]",
        "[" * 100_000,
        without("id"),
        without("input"),
        without("expected"),
        [COHEN | {"tolerance": "wide"}],
        [COHEN | {"tolerance": -1}],
        [COHEN | {"tolerance": True}],
        '[{"id": "cohen.2x2", "input": [[1]], "expected": 1, "tolerance": Infinity}]',
        '[{"id": "cohen.2x2", "input": [[1]], "expected": 1, "tolerance": NaN}]',
    ],
)
def test_a_damaged_file_is_refused_with_its_name(tmp_path, data):
    with pytest.raises(InputError, match=r"values\.json"):
        load_entries(write(tmp_path, data))


def test_a_missing_file_a_folder_and_another_encoding_are_refused(tmp_path):
    other = tmp_path / "gbk.json"
    other.write_bytes('[{"id": "甲"}]'.encode("gbk"))
    for path in (tmp_path / "none.json", tmp_path, other):
        with pytest.raises(InputError):
            run_entries(path)


def test_a_byte_order_mark_and_a_missing_tolerance_are_fine(tmp_path):
    path = tmp_path / "values.json"
    path.write_text(json.dumps([{**COHEN, "expected": 0.5}]), encoding="utf-8-sig")
    assert [outcome.ok for outcome in run_entries(path)] == [False]
    assert load_entries(write(tmp_path, without("tolerance")))[0].tolerance == 0
