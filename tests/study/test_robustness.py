"""An answer is given again under every combination of choices, each kept as soon as it is known."""

from __future__ import annotations

import csv
import json
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from discourse.errors import StudyError
from discourse.study.load import load_study
from discourse.study.robustness import KEPT, Kept, run_robustness, summarise
from discourse.study.specification import (
    Specification,
    Variants,
    nearest_topic,
    relabelled,
    rules_without,
    specifications,
    with_mentions,
)
from discourse.tables import SPECIFICATIONS

STUDY = """
version = 1
[study]
title = "T"
question = "Q?"
timezone = "Asia/Shanghai"
synthetic = true
min_cell = 5
[[sources]]
path = "posts.csv"
key = "test"
[sources.mapping]
post_id = "id"
text = "text"
author = "user"
created_at = "time"
ip_location = "ip"
thread_id = "thread"
[[groups]]
name = "hosts"
any = [{ ip = ["CN-*"] }, { phrase = ["I live here"] }]
[[groups]]
name = "newcomers"
all = [{ ip = ["US"], lang_share = { en = 0.5 } }]
[[targets]]
use = "refugees"
[[questions]]
id = "H1"
text = "Hosts are warm."
outcome = "balance:refugees"
groups = ["hosts"]
expect = "> 0"
[robustness]
neutral = [0.15, 0.2]
duplicates = ["declared", "no-near"]
languages = ["all", "zh"]
[topics]
n_topics = 2
"""
WARM = "TikTok refugees are welcome here, I love them"
COLD = "I hate these TikTok refugees, go home"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A study of 480 comments by 160 authors in 40 threads."""
    place = tmp_path_factory.mktemp("robust")
    rng = np.random.default_rng(1)
    with (place / "posts.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "thread", "user", "text", "time", "ip"])
        for i in range(480):
            text = WARM if rng.random() < 0.7 else COLD
            where = "广东" if i % 160 < 130 else "美国"
            writer.writerow(
                [f"p{i}", f"t{i % 40}", f"u{i % 160}", f"{text} {i}", "2025-01-15 12:00:00", where]
            )
    (place / "study.toml").write_text(STUDY, encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def found(folder):
    return run_robustness(load_study(folder / "study.toml"), folder / "out")


def test_every_combination_stands_once_with_the_declared_one_first(folder):
    study = load_study(folder / "study.toml")
    wanted = specifications(study)
    assert len(set(wanted)) == len(wanted) == 3 * 2 * 2 * 3 * 2
    assert len(specifications(study.model_copy(update={"robustness": None}))) == 3**5
    assert wanted[0].groups == wanted[0].duplicates == "declared"
    assert (wanted[0].neutral, wanted[0].mentions, wanted[0].languages) == (0.15, "all", "all")


def test_a_question_on_a_topic_varies_the_number_of_topics_and_not_the_instrument(folder):
    over = ["questions=[{id='T1', text='?', outcome='topic:0', groups=['all'], expect='> 0.2'}]"]
    study = load_study(folder / "study.toml", [*over, "robustness.k=[3, 4]"])
    wanted = specifications(study)
    assert len(wanted) == 3 * 2 * 2 * 3  # rules, copies, languages, numbers of topics
    assert [s.k for s in wanted[:3]] == [None, 3, 4]
    assert {(s.neutral, s.mentions) for s in wanted} == {(0.15, "all")}
    made = run_robustness(study, folder / "topics")
    table = pd.read_csv(folder / "topics" / "tables" / "specifications.csv")
    assert set(table["k"]) == {2, 3, 4}
    assert table.loc[table["declared"], "k"].tolist() == [2]
    assert made["specifications"] == len(wanted)


def test_the_share_of_a_topic_under_other_numbers_of_topics_and_fewer_posts():
    posts = pd.DataFrame({"post_id": ["1", "2", "3"], "group": "a", "lang": ["zh-Hans", "en", "en"]})
    posts = posts.assign(duplicate_of=[None, None, "1"])
    cats = np.array([0.9, 0.1, 0.6])
    models = {n: SimpleNamespace(prevalence=np.column_stack([1 - cats, cats])) for n in (3, 4)}
    material = SimpleNamespace(
        study=None,
        posts=posts,
        readable=posts,
        discovered=None,
        topic_model=SimpleNamespace(
            prevalence=np.column_stack([cats, 1 - cats]), labels=lambda: ["cat", "rice"]
        ),
        fitted=models.get,
    )
    variants = Variants(material, {})
    usual = {"question": "T", "groups": "declared", "neutral": 0.1, "scorer": "x", "mentions": "all"}
    chosen = Specification(**usual, duplicates="no-exact", languages="en", k=3)
    found = variants.topics(chosen, "cat")
    assert found.posts["post_id"].tolist() == ["2"]
    assert found.topics["cat"].tolist() == cats.tolist()
    assert variants.topics(chosen, "dog").labels == {"0": "cat", "1": "rice"}


def test_a_topic_of_another_model_is_the_one_that_goes_with_the_declared_one():
    rng = np.random.default_rng(0)
    declared = rng.random(200)
    declared[3] = np.nan
    shares = np.column_stack([rng.random(200), np.clip(0.5 * declared + 0.1 * rng.random(200), 0, 1)])
    shares = np.column_stack([shares, 1 - shares.sum(axis=1)])
    np.testing.assert_array_equal(nearest_topic(declared, shares), shares[:, 1])


def test_choices_that_change_nothing_stand_once(folder):
    study = load_study(folder / "study.toml", ["robustness.questions=['H1']", "robustness.neutral=[0.15]"])
    plain = study.model_copy(update={"groups": study.groups[1:]})
    assert {s.groups for s in specifications(plain)} == {"declared", "no-language"}


def test_rules_lose_conditions_and_keep_a_group_that_would_have_none(folder):
    study = load_study(folder / "study.toml")
    bare = {rule["name"]: rule for rule in rules_without(study, "no-phrases")}
    assert bare["hosts"] == {"name": "hosts", "any": [{"ip": ["CN-*"]}]}
    assert {r["name"]: r for r in rules_without(study, "no-language")}["newcomers"]["all"] == [{"ip": ["US"]}]
    only = study.model_copy(
        update={"groups": (study.groups[0].model_copy(update={"any": study.groups[0].any[1:]}),)}
    )
    assert rules_without(only, "no-phrases")[0]["any"] == [{"phrase": ["I live here"]}]


def test_a_study_without_a_question_about_a_target_is_refused(folder):
    study = load_study(folder / "study.toml")
    with pytest.raises(StudyError, match="asks nothing of a target"):
        specifications(study.model_copy(update={"questions": ()}))


def test_the_declared_combination_gives_the_figure_of_the_study(folder, found):
    from discourse.study.run import compute

    findings, _ = compute(load_study(folder / "study.toml"))
    answer = findings.table("questions").iloc[0]
    table = pd.read_csv(folder / "out" / "tables" / "specifications.csv", encoding="utf-8-sig")
    declared = table[table["declared"]].iloc[0]
    assert declared["estimate"] == pytest.approx(answer["estimate"])
    assert declared["answer"] == answer["answer"] == "supported"
    assert found["questions"]["H1"]["declared"] == pytest.approx(answer["estimate"])
    assert found["specifications"] == len(table) == 72


def test_figures_are_sorted_and_summed_up(folder, found):
    table = pd.read_csv(folder / "out" / "tables" / "specifications.csv", encoding="utf-8-sig")
    known = table["estimate"].dropna()
    assert known.is_monotonic_increasing
    row = found["questions"]["H1"]
    assert row["n_estimated"] == len(known)
    assert (row["lowest"], row["highest"]) == (known.min(), known.max())
    assert row["share_same_side"] == (known > 0).mean()
    assert (folder / "out" / "figures" / "specifications-H1.svg").stat().st_size > 5000


def test_a_run_that_was_killed_goes_on_and_gives_the_same_bytes(folder, found):
    out = folder / "out"
    before = (out / "tables" / "specifications.csv").read_bytes()
    kept = out / "store" / KEPT
    lines = kept.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 72
    # killed in the middle of a line
    kept.write_text("\n".join(lines[:30]) + "\n" + lines[30][:40], encoding="utf-8")
    run_robustness(load_study(folder / "study.toml"), out)
    assert (out / "tables" / "specifications.csv").read_bytes() == before
    assert len(Kept(kept).known) == 72


def test_what_is_known_is_not_computed_again(folder, found):
    kept = folder / "out" / "store" / KEPT
    lines = kept.read_text(encoding="utf-8").splitlines()
    changed = [line for line in lines if line.endswith("}")]
    row = json.loads(changed[0]) | {"reason": "from the store"}
    kept.write_text("\n".join([json.dumps(row), *changed[1:]]) + "\n", encoding="utf-8")
    run_robustness(load_study(folder / "study.toml"), folder / "out")
    table = pd.read_csv(folder / "out" / "tables" / "specifications.csv", encoding="utf-8-sig")
    assert (table["reason"] == "from the store").sum() == 1
    run_robustness(load_study(folder / "study.toml", ["study.seed=5"]), folder / "out")
    table = pd.read_csv(folder / "out" / "tables" / "specifications.csv", encoding="utf-8-sig")
    assert not (table["reason"] == "from the store").any()


def test_a_threshold_changes_labels_and_nothing_else():
    posts = pd.DataFrame(
        {
            "label": ["positive", "negative", "neutral", "absent", "neutral"],
            "score": [0.2, -0.12, 0.0, np.nan, np.nan],
        }
    )
    assert relabelled(posts, 0.1)["label"].tolist() == [
        "positive",
        "negative",
        "neutral",
        "absent",
        "neutral",
    ]
    assert relabelled(posts, 0.25)["label"].tolist()[:2] == ["neutral", "neutral"]
    assert relabelled(posts, 0.0)["label"].tolist()[2] == "neutral"


def test_a_mention_that_does_not_count_is_none():
    posts = pd.DataFrame(
        {"label": ["positive"] * 3, "score": [0.5] * 3, "mention_kind": ["named", "reply", "pronoun"]}
    )
    assert with_mentions(posts, "no-replies")["label"].tolist() == ["positive", "absent", "positive"]
    assert with_mentions(posts, "named")["label"].tolist() == ["positive", "absent", "absent"]
    assert with_mentions(posts, "all") is posts


def test_the_summary_names_the_choice_that_moves_the_figure_most():
    base = dict.fromkeys(SPECIFICATIONS.names, "x") | {"neutral": 0.1, "rank": 1, "n": 1, "n_authors": 1}
    base |= {"n_threads": 1, "level": 0.95, "question": "H1", "k": None}
    rows = [
        base
        | {"declared": i == 0, "groups": "ab"[i % 2], "mentions": "cd"[i // 2]}
        | {"estimate": 0.1 + 0.05 * (i % 2) - 0.3 * (i // 2)}
        | {"low": -1.0, "high": 1.0}
        for i in range(4)
    ]
    row = summarise(SPECIFICATIONS.conform(pd.DataFrame(rows)), {"H1": 0.0}).iloc[0]
    assert (row["widest"], row["share_same_side"]) == ("mentions", 0.5)
    assert row["widest_by"] == pytest.approx(0.3)
    assert row["share_excluding"] == 0
