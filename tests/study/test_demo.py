"""The demo, end to end: what was planted comes out, and the same input gives the same bytes.

The posts are made up and their truth is known (``gold.csv``).  Two things are tested apart: that everything but the
instrument recovers what was planted (with the authors' own meaning in place of the instrument), and that the
instrument leads to the same answers, with its error corrected where a share is compared with the truth.
"""

from __future__ import annotations

import csv
import hashlib
import importlib.util
import json
import tomllib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import normalized_mutual_info_score

from discourse.coding.sample import Sample
from discourse.compare.contrasts import contrast, group_estimate
from discourse.compare.sentiment import group_sentiment, mention_outcomes
from discourse.shipped import shipped_path
from discourse.stats import corrected_estimate
from discourse.stats.correction import Frame
from discourse.study import scoring, steps
from discourse.study.demo import run_demo
from discourse.study.depend import dependence
from discourse.study.load import load_study
from discourse.study.store import Store

DEMO = shipped_path("corpora", "tiktok-refugees-demo")
STUDY = shipped_path("reports", "tiktok-refugees", "study.toml")
SHIFT = pd.Timestamp("2025-01-19", tz="Asia/Shanghai")
GROUPS = ("hosts", "newcomers", "onlookers")


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    out = tmp_path_factory.mktemp("demo") / "report"
    summary = run_demo(out)
    return out, summary


@pytest.fixture(scope="module")
def gold():
    return pd.read_csv(DEMO / "gold.csv", dtype=str)


@pytest.fixture(scope="module")
def scored(run):
    frame = pd.read_parquet(run[0] / "data" / "scores.parquet")
    return frame[frame["target"] == "refugees"].reset_index(drop=True)


@pytest.fixture(scope="module")
def meant(scored, gold):
    """The scored posts with what their authors meant in place of what the instrument says."""
    both = scored[["post_id", "author", "thread_id", "group", "lang", "created_at"]].merge(
        gold.rename(columns={"group": "planted_group", "kind": "mention_kind"}).drop(columns="lang"),
        on="post_id",
    )
    score = both["label"].map({"positive": 1.0, "neutral": 0.0, "negative": -1.0})
    return both.assign(target="refugees", score=score.where(both["mention_kind"] != "self"))


def posts_of_the_demo():
    study = load_study(STUDY)
    return steps.read_corpus(study, Store(), dependence(study)).to_pandas()


def table(run, name):
    return pd.read_csv(run[0] / "tables" / f"{name}.csv", encoding="utf-8-sig")


def test_writes_the_files_that_are_promised(run):
    out, summary = run
    assert Path(summary["report"]).read_bytes().startswith(b"%PDF-")
    assert len(list((out / "figures").glob("*.svg"))) >= 5
    for name in ("flow", "group_sentiment", "contrasts", "keyness", "topics", "daily", "questions", "limits"):
        assert len(table(run, name)) > 0, name
    assert json.loads((out / "run.json").read_text(encoding="utf-8"))["study"]["version"] == 1


def test_no_text_and_no_handle_of_a_post_is_in_the_results(run):
    posts = posts_of_the_demo()
    texts = [t for t in posts["text"].drop_duplicates() if len(t) > 25]
    written = "".join(
        path.read_text(encoding="utf-8-sig") for path in sorted((run[0] / "tables").glob("*.csv"))
    )
    written += (run[0] / "run.json").read_text(encoding="utf-8")
    assert [text for text in texts if text in written] == []


def test_no_table_prints_a_cell_below_the_minimum_size(run):
    for path in sorted((run[0] / "tables").glob("*.csv")):
        frame = pd.read_csv(path, encoding="utf-8-sig")
        for name in [c for c in frame.columns if c in ("n_authors", "authors_a", "authors_b")]:
            counts = frame[name].dropna()
            assert not ((counts > 0) & (counts < 10)).any(), (path.name, name)


def test_a_finished_run_renders_again_to_the_same_report(run, tmp_path):
    from discourse.report.findings import Findings
    from discourse.report.render import render

    again = render(Findings.load(run[0]), tmp_path, language="en", formats=["pdf"])
    assert again.read_bytes() == (run[0] / "report.pdf").read_bytes()


def test_counts_add_up_from_records_to_posts(run):
    flow = table(run, "flow").set_index("step")["n"]
    truth = json.loads((DEMO / "truth.json").read_text(encoding="utf-8"))
    assert flow["read"] == flow["kept"] + flow["duplicates"] + flow["rejected"]
    assert abs(flow["kept"] - truth["realised"]["counts"]["posts"]) <= 1


def test_the_rules_find_the_groups_that_were_planted(meant):
    for group in GROUPS:
        planted = meant[meant["planted_group"] == group]
        assert (planted["group"] == group).mean() > 0.9


@pytest.mark.parametrize("group", GROUPS)
def test_shares_of_meaning_are_recovered_within_their_intervals(meant, group):
    found = group_sentiment(meant, instrument="the authors' meaning")
    found = found[(found["lang"] == "all") & (found["mention_kind"] == "all") & (found["group"] == group)]
    planted = mention_outcomes(meant[meant["planted_group"] == group])
    for row in found.itertuples():
        column = "mention" if row.measure == "coverage" else row.measure
        truth = planted[column].mean()
        assert row.low <= truth <= row.high, (row.measure, truth, row.low, row.high)


def test_the_shift_of_19_january_is_recovered_within_its_interval(meant):
    hosts = mention_outcomes(meant[(meant["group"] == "hosts") & meant["created_at"].notna()])
    hosts["phase"] = np.where(hosts["created_at"] >= SHIFT, "after", "before")
    planted = hosts[hosts["planted_group"] == "hosts"].groupby("phase")["balance"].mean()
    found = contrast(hosts, "balance", "phase", ("after", "before"), cluster=("author", "thread_id")).iloc[0]
    assert found["low"] <= planted["after"] - planted["before"] <= found["high"]
    assert found["high"] < 0


def test_the_instrument_sees_the_shift_too(scored):
    hosts = mention_outcomes(scored[(scored["group"] == "hosts") & scored["created_at"].notna()])
    hosts["phase"] = np.where(hosts["created_at"] >= SHIFT, "after", "before")
    found = contrast(hosts, "balance", "phase", ("after", "before"), cluster=("author", "thread_id")).iloc[0]
    assert found["high"] < 0


@pytest.mark.parametrize("label", ["positive", "negative"])
@pytest.mark.parametrize("group", GROUPS)
def test_corrected_shares_contain_what_was_planted(scored, meant, group, label):
    """Shares among mentions, from 900 codes drawn with known unequal probabilities, by PPI++."""
    both = scored.merge(meant[["post_id", "label", "mention_kind"]], on="post_id", suffixes=("", "_meant"))
    both = both[both["group"] == group].reset_index(drop=True)
    says = mention_outcomes(both)
    means = mention_outcomes(both.assign(label=both["label_meant"], mention_kind=both["mention_kind_meant"]))
    rng = np.random.default_rng(7)
    weight = np.where(both["label"] == "absent", 1.0, 2.0)
    probability = np.minimum(1.0, 900 * weight / weight.sum())
    drawn = rng.random(len(both)) < probability
    frame = Frame(
        prediction=says[label].fillna(0.0).to_numpy(),
        code=np.where(drawn, means[label].fillna(0.0), np.nan),
        probability=probability,
        clusters=tuple(pd.factorize(both[c], sort=True)[0] for c in ("author", "thread_id")),
        prediction_base=says["about"].astype(float).to_numpy(),
        code_base=np.where(drawn, means["about"].astype(float), np.nan),
    )
    found = corrected_estimate(frame, "ppi++")
    assert found.low <= means[label].mean() <= found.high


#: Shares that labels alone get wrong and the correction gets right; the demo's list, changed knowingly.
MISSED_BY_LABELS = {("hosts", "positive"), ("newcomers", "positive"), ("newcomers", "negative")}


def planted_shares(gold):
    """The share of each label among the mentions of each planted group, as in ``truth.json``."""
    mentions = gold[gold["kind"].notna() & (gold["kind"] != "self")]
    shares = mentions.groupby("group")["label"].value_counts(normalize=True)
    return {(group, label): shares[group, label] for group in GROUPS for label in ("positive", "negative")}


def test_corrected_intervals_contain_the_truth_where_those_of_labels_do_not(run, gold):
    """The coders err too, at the rates of ``coders.toml``; the correction takes them as they are."""
    found = table(run, "three_estimates")
    found = found[(found["figure"] == "group") & (found["lang"] == "all")]
    found = found.set_index(["group", "outcome", "version"])[["low", "high"]]

    def holds(group, outcome, version, value):
        row = found.loc[(group, outcome, version)]
        return row["low"] <= value <= row["high"]

    truth = planted_shares(gold)
    for version in ("corrected", "human"):
        assert [key for key, value in truth.items() if not holds(*key, version, value)] == []
    missed = {key for key, value in truth.items() if not holds(*key, "naive", value)}
    assert len(missed & MISSED_BY_LABELS) >= 2, f"labels alone miss {missed}; the demo shows too little"


def test_frames_and_emotions_are_corrected_to_what_was_planted(run):
    """``meanings.toml`` plants them, the coders err on them, the lists of phrases know neither."""
    planted = json.loads((DEMO / "truth.json").read_text(encoding="utf-8"))["realised"]
    found = table(run, "code_estimates")
    found = found[(found["figure"] == "group") & (found["lang"] == "all") & found["estimate"].notna()]
    found = found.assign(
        truth=[
            planted[f"{kind}s"][group][name]
            for kind, name, group in zip(found["kind"], found["name"], found["group"], strict=True)
        ]
    )
    holds = (found["low"] <= found["truth"]) & (found["truth"] <= found["high"])
    by_version = holds.groupby(found["version"]).agg(["sum", "size"])
    assert by_version.loc["corrected", "size"] >= 10
    assert by_version.loc["corrected", "size"] - by_version.loc["corrected", "sum"] <= 2
    missed = set(map(tuple, found.loc[(found["version"] == "naive") & ~holds, ["name", "group"]].to_numpy()))
    mended = set(
        map(tuple, found.loc[(found["version"] == "corrected") & holds, ["name", "group"]].to_numpy())
    )
    assert ("protest", "newcomers") in missed & mended
    assert len(missed & mended) >= 3, f"the lists alone miss {missed}; the demo shows too little"


def planted_alpha(frame):
    """Agreement of two coders who err as coders.toml says, over the posts that both of them read."""
    rates = tomllib.loads((DEMO / "coders.toml").read_text(encoding="utf-8"))["coders"].values()
    with (DEMO / "gold.csv").open(encoding="utf-8", newline="") as handle:
        held = {row["post_id"]: frame in row["frames"].split() for row in csv.DictReader(handle)}
    sample = Sample.load(DEMO / "codes")
    both = set.intersection(*(set(sample.assigned(name)["post_id"]) for name in sample.design.coders))
    yes = sum(held.get(unit, False) for unit in both) / len(both)
    (a, b), (c, d) = [(rate["yes"]["no"], rate["no"]["yes"]) for rate in rates]
    differ = yes * (a * (1 - c) + c * (1 - a)) + (1 - yes) * (b * (1 - d) + d * (1 - b))
    said = (yes * (2 - a - c) + (1 - yes) * (b + d)) / 2
    return 1 - differ / (2 * said * (1 - said))


def test_frames_are_measured_and_their_coders_compared(run):
    whole = table(run, "code_accuracy").query("group == 'all' and lang == 'all'")
    recall = whole[whole["measure"] == "recall"].set_index("name")["estimate"]
    alpha = whole[whole["measure"] == "alpha"].set_index("name")
    assert recall["protest"] < 0.6, "most of what newcomers write against the ban is in no list"
    frames = ("protest", "displacement", "language-exchange", "uses-translator")
    held = [alpha.loc[name, "low"] <= planted_alpha(name) <= alpha.loc[name, "high"] for name in frames]
    assert sum(held) >= 3, "intervals of 95 % hold what was planted, but for one of four by chance"
    assert alpha.loc["language-exchange", "estimate"] > 0.75
    basis = table(run, "questions").set_index("id")["basis"]
    assert basis["C3"] == "corrected"
    assert basis["C4"] == "uncorrected", "nobody coded the atmosphere"


def test_stance_in_parts_of_the_posts_is_corrected_too(run):
    found = table(run, "three_estimates").query("version == 'corrected'")
    known = found[found["estimate"].notna()].groupby("figure").size()
    assert {"topic", "reply", "same authors"} <= set(known.index)


def test_trends_coefficients_and_phases_stand_in_three_versions(run):
    found = table(run, "coefficients")
    assert {"stance", "trend", "likes comments", "likes opening"} <= set(found["model"])
    counted = found.groupby(["model", "id", "term", "level_of"], dropna=False)["version"].nunique()
    assert (counted == 3).all()
    trend = found[(found["model"] == "trend") & (found["id"] == "hosts")].set_index("version")
    assert trend.loc["corrected", "high"] < 0, "hosts cool off, as planted"
    phases = table(run, "three_estimates").query("figure == 'phase' and version == 'corrected'")
    assert phases["estimate"].notna().any()


def test_the_report_says_how_it_was_corrected(run):
    run_json = json.loads((run[0] / "run.json").read_text(encoding="utf-8"))
    assert run_json["provenance"]["validation"]["status"] == "partly"
    checked = table(run, "validation").iloc[0]
    assert (checked["n_codes"], checked["n_coders"], checked["n_open"]) == (900, 2, 0)
    assert 0.667 < checked["alpha"] < 0.95
    basis = table(run, "questions").set_index("id")["basis"]
    assert basis["H1"] == "corrected"
    assert basis["H5"] == "uncorrected"


def test_every_planted_claim_is_answered_as_planted(run):
    claims = json.loads((DEMO / "truth.json").read_text(encoding="utf-8"))["claims"]
    found = table(run, "questions").set_index("id")
    assert set(found.index) == set(claims)
    told = {name: found.loc[name, "answer"] for name in claims}
    assert told == {name: claim["answer"] for name, claim in claims.items()}
    for name, claim in claims.items():
        row = found.loc[name]
        # a figure of labels that nobody has checked may miss the truth: the report says so, and this lets it
        if "figure" in claim and row["basis"] != "uncorrected":
            assert row["low"] <= claim["figure"] <= row["high"], name


def test_answers_are_adjusted_over_all_questions(run):
    found = table(run, "questions")
    known = found[found["p"].notna()]
    assert len(known) == (found["answer"] != "not measurable").sum()
    assert (known["p_adjusted"] >= known["p"]).all()
    family = table(run, "families").set_index("family").loc["questions"]
    assert (family["adjustment"], family["n_tests"], family["n_tested"]) == ("Holm", len(found), len(known))


def test_groups_of_different_languages_are_not_compared(run):
    found = table(run, "contrasts")
    pair = found[(found["group_a"] == "hosts") & (found["group_b"] == "newcomers")]
    whole = pair[(pair["lang"] == "all") & (pair["target"] == "refugees") & (pair["outcome"] == "mean")].iloc[
        0
    ]
    assert np.isnan(whole["estimate"])
    assert "language" in whole["reason"]


def test_topics_follow_the_themes_that_were_planted(run, gold):
    from discourse.topics.fit import fit_topics

    posts = posts_of_the_demo().merge(gold[["post_id", "topic"]], on="post_id")
    posts = posts[posts["topic"] != "none"].reset_index(drop=True)
    model = fit_topics(steps.full_texts(posts), 16, seed=1)
    known = ~np.isnan(model.prevalence).any(axis=1)
    for lang in ("zh", "en"):
        rows = known & posts["lang"].str.startswith(lang).to_numpy()
        leading = model.prevalence[rows].argmax(axis=1)
        assert normalized_mutual_info_score(posts["topic"][rows], leading) > 0.3


def test_topic_prevalence_differs_where_it_was_planted(run):
    prevalence = table(run, "topic_prevalence")
    given = prevalence[prevalence["reason"].isna()]
    assert ((given["low"] <= given["estimate"]) & (given["estimate"] <= given["high"])).all()
    sums = given.groupby(["lang", "group"])["estimate"].sum()
    assert sums.to_numpy() == pytest.approx(1.0, abs=1e-6)


def test_a_share_needs_the_right_clusters(meant):
    """Thread effects were planted: an interval that ignores them is too narrow."""
    hosts = mention_outcomes(meant[meant["group"] == "hosts"])
    both = group_estimate(hosts, "positive", cluster=("author", "thread_id")).iloc[0]
    alone = group_estimate(hosts, "positive", cluster=("author",)).iloc[0]
    assert both["high"] - both["low"] > alone["high"] - alone["low"]


def digests(folder):
    """Hash the results; the store holds parts of another size here, and the log says when and where."""
    places = {path.relative_to(folder): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return {
        str(place): hashlib.sha256(path.read_bytes()).hexdigest()
        for place, path in places.items()
        if place.parts[0] != "store" and path.name != "run-log.json"
    }


def test_the_same_study_gives_the_same_bytes_on_two_processes(run, tmp_path, monkeypatch):
    monkeypatch.setattr(scoring, "PART", 1500)
    again = tmp_path / "somewhere else" / "报告"
    run_demo(again, workers=2)
    assert digests(again) == digests(run[0])


def test_snapshot_the_story_has_two_pages_and_the_evidence_eight(run):
    """The demo's report by its bookmarks, and parts, captions and the look of its pages as they were kept."""
    pikepdf = pytest.importorskip("pikepdf")
    pdf = run[0] / "report.pdf"
    with pikepdf.open(pdf) as opened, opened.open_outline() as bookmarks:
        places = {page.objgen: number for number, page in enumerate(opened.pages, 1)}
        starts = [places[part.destination[0].objgen] for part in bookmarks.root]
    assert starts == [2, 4, 12]
    path = Path(__file__).parents[1] / "report" / "snapshots" / "snapshots.py"
    spec = importlib.util.spec_from_file_location("report_snapshots", path)
    snapshots = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(snapshots)
    snapshots.needs_poppler()
    snapshots.same_words("demo.txt", snapshots.outline(pdf, 11))
