"""What is planted in the demo about time and topics is found, by what its authors meant."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from discourse.compare.composition import composition
from discourse.compare.decomposition import gap_parts
from discourse.compare.interrupted import interrupted
from discourse.compare.phases import phase_changes
from discourse.compare.spans import Phase
from discourse.study import steps
from discourse.study.depend import dependence
from discourse.study.findings.time import phase_starts, study_phases
from discourse.study.load import load_study
from discourse.study.store import Store

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "corpora" / "tiktok-refugees-demo"
STUDY = ROOT / "reports" / "tiktok-refugees" / "study.toml"
BEIJING = dt.timezone(dt.timedelta(hours=8))
#: The generator lowers the stance of hosts, and of nobody else, from this day on.
PHASES = [
    Phase("influx", dt.datetime(2025, 1, 13, tzinfo=BEIJING)),
    Phase("dark", dt.datetime(2025, 1, 19, tzinfo=BEIJING)),
]


@pytest.fixture(scope="module")
def meant():
    """Posts of the demo with the stance that their authors meant."""
    study = load_study(STUDY)
    posts = steps.read_corpus(study, Store(), dependence(study)).to_pandas()
    gold = pd.read_csv(DEMO / "gold.csv", dtype=str)
    kept = ["post_id", "author", "thread_id", "lang", "created_at"]
    truth = gold[["post_id", "group", "topic", "kind", "label", "stance"]].rename(
        columns={"kind": "mention_kind"}
    )
    both = posts[kept].merge(truth, on="post_id")
    return both.assign(target="refugees", score=both["stance"].astype("float64"))


def test_the_planted_shift_of_the_hosts_is_a_difference_of_phases_and_nobody_elses(meant):
    changes = phase_changes(meant, PHASES, "Asia/Shanghai", instrument="gold")
    mean = changes[changes["measure"] == "mean"].set_index("group")
    assert mean.loc["hosts", "high"] < 0
    assert mean.loc["hosts", "p_adjusted"] < 0.001
    assert mean.loc["newcomers", "low"] < 0 < mean.loc["newcomers", "high"]


def test_the_shift_is_one_of_the_same_authors(meant):
    parts = composition(meant, PHASES, instrument="gold")
    hosts = parts[parts["group"] == "hosts"].set_index("part")
    assert hosts.loc["within authors", "high"] < 0
    # everybody was shifted alike, so that authors of both phases changed as much as all posts did
    low, high = hosts.loc["within authors", ["low", "high"]]
    assert low < hosts.loc["change", "estimate"] < high
    newcomers = parts[parts["group"] == "newcomers"].set_index("part")
    assert newcomers.loc["within authors", "low"] < 0 < newcomers.loc["within authors", "high"]


def test_the_gap_of_hosts_and_onlookers_is_planted_within_topics(meant):
    number = {name: i for i, name in enumerate(sorted(meant["topic"].dropna().unique()))}
    topics = meant[["post_id"]].assign(lang="zh+en", topic=meant["topic"].map(number))
    table = gap_parts(meant, topics.dropna(), [("hosts", "onlookers")], instrument="gold").set_index("part")
    assert table.loc["stance", "low"] > 0
    assert abs(table.loc["topics", "estimate"]) < 0.25 * table.loc["gap", "estimate"]


def test_no_event_of_the_demo_stands_apart_long_enough_for_a_jump(meant):
    events = [{"name": event.name["en"], "at": event.at} for event in load_study(STUDY).events]
    table = interrupted(meant, events, instrument="gold", groups=["hosts"])
    assert table["estimate"].isna().all()
    assert table["reason"].str.startswith("too few steps").all()


def test_the_recipe_declares_its_phases_in_days_of_beijing():
    study = load_study(STUDY)
    assert [phase.name for phase in study_phases(study)] == ["before", "influx", "dark", "after"]
    assert phase_starts(study) == ["2025-01-13", "2025-01-19", "2025-01-21"]


def test_without_phases_the_events_cut_the_days():
    study = load_study(STUDY)
    study = study.model_copy(update={"phases": ()})
    assert phase_starts(study) == ["2025-01-14", "2025-01-17", "2025-01-19", "2025-01-20", "2025-01-21"]
