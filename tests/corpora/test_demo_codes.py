"""The coded sample of the demo is what its script writes for the instrument of today."""

from __future__ import annotations

import csv
import importlib.util
import json
import sys
import tomllib
from pathlib import Path

import pytest

from discourse.coding.codes import ADJUDICATED, read_codes
from discourse.coding.sample import Sample

DEMO = Path(__file__).parents[2] / "corpora" / "tiktok-refugees-demo"


@pytest.fixture(scope="module")
def sample():
    return Sample.load(DEMO / "codes")


@pytest.fixture(scope="module")
def codes(sample):
    return read_codes(DEMO / "codes", sample)


@pytest.fixture(scope="module")
def truth():
    with (DEMO / "gold.csv").open(encoding="utf-8", newline="") as handle:
        labels = {row["post_id"]: row["label"] for row in csv.DictReader(handle)}
    spoiled = json.loads((DEMO / "truth.json").read_text(encoding="utf-8"))["damage"]["spoiled_id"]
    return labels | {spoiled["is"]: labels[spoiled["was"]]}


def test_the_committed_codes_are_what_the_script_writes(tmp_path):
    """Fails when the instrument has changed: run ``python corpora/tiktok-refugees-demo/coders.py`` again."""
    spec = importlib.util.spec_from_file_location("demo_coders", DEMO / "coders.py")
    coders = importlib.util.module_from_spec(spec)
    before = list(sys.path)
    try:
        spec.loader.exec_module(coders)
    finally:
        sys.path[:] = before
    coders.simulate(tmp_path / "codes")
    assert coders.stale(tmp_path / "codes", DEMO / "codes") == []


def test_both_coders_code_all_that_is_theirs(sample, codes):
    for coder in sample.design.coders:
        mine = set(codes.loc[codes["coder"] == coder, "post_id"])
        assert mine == set(sample.assigned(coder)["post_id"])


def test_coders_err_about_as_often_as_they_are_meant_to(codes, truth):
    planted = tomllib.loads((DEMO / "coders.toml").read_text(encoding="utf-8"))["coders"]
    for coder, rates in planted.items():
        mine = codes[codes["coder"] == coder]
        meant = mine["post_id"].map(truth)
        expected = sum(sum(rates[label].values()) for label in meant) / len(mine)
        assert (mine["value"] != meant).mean() == pytest.approx(expected, abs=0.035)


def test_every_disagreement_is_settled_by_what_was_planted(codes, truth):
    people = codes[codes["coder"] != ADJUDICATED]
    disputed = people.groupby("post_id")["value"].nunique()
    settled = codes[codes["coder"] == ADJUDICATED].set_index("post_id")["value"]
    assert set(settled.index) == set(disputed.index[disputed > 1])
    assert all(value == truth[unit] for unit, value in settled.items())


def test_the_sample_is_small_enough_to_ship():
    assert sum(path.stat().st_size for path in (DEMO / "codes").rglob("*.*")) < 400_000
