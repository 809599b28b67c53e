"""The table and the JSON of a check."""

from __future__ import annotations

import json
import math

from discourse.testing.outcomes import as_json, as_table
from discourse.testing.reference import Outcome

OUTCOMES = [
    Outcome("short", 0.1 + 0.2, 0.3, True),
    Outcome("much.longer.id", ["难民", "a" * 90], ["难民"], False, "off", "look at this"),
    Outcome("unknown", None, {"p": 1}, False, "not covered"),
]


def test_the_columns_stand_under_one_another_whatever_the_script():
    lines = as_table(OUTCOMES).splitlines()[:4]
    widths = [
        sum(2 if ord(sign) > 0x2E7F else 1 for sign in line.split("  yes")[0].split("  NO")[0])
        for line in lines[1:]
    ]
    assert len(set(widths)) == 1
    assert lines[0].startswith("id              value")


def test_the_table_says_what_is_off_and_why():
    text = as_table(OUTCOMES)
    assert "NO (off)" in text
    assert "NO (not covered)" in text
    assert "note: much.longer.id: look at this" in text
    assert text.endswith("1 of 3 hold")
    assert "0.3 " in text
    assert "0.30000000000000004" not in text


def test_long_values_are_cut_in_the_table_and_whole_in_json():
    assert "a" * 90 not in as_table(OUTCOMES)
    assert as_json(OUTCOMES)["entries"][1]["value"][1] == "a" * 90


def test_json_counts_and_stays_json_when_numbers_are_not():
    found = as_json([Outcome("x", {"a": [math.nan, -math.inf, 1.5]}, 1, False, "off")])
    assert json.loads(json.dumps(found, allow_nan=False))["entries"][0]["value"] == {
        "a": ["nan", "-inf", 1.5]
    }
    assert (as_json(OUTCOMES)["held"], as_json(OUTCOMES)["total"]) == (1, 3)
