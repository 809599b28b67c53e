from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from discourse.errors import InputError
from discourse.report.findings import Findings
from discourse.study.diff import diff_runs, diff_text
from discourse.tables import DIFF

SENTIMENT = {
    "target": "refugees",
    "group": "hosts",
    "lang": "all",
    "mention_kind": "all",
    "measure": "mean",
    "estimate": 0.2,
    "low": 0.1,
    "high": 0.3,
    "level": 0.95,
    "n": 100,
    "n_authors": 50,
    "n_threads": 20,
    "method": "mean",
    "instrument": "lexicon 1",
    "reason": None,
}
QUESTION = {
    "id": "H1",
    "text": "?",
    "outcome": "stance:refugees",
    "groups": "hosts",
    "expect": "> 0",
    "answer": "supported",
    "estimate": float("nan"),
    "low": float("nan"),
    "high": float("nan"),
    "reason": "so",
}
FLOW = [{"step": "read", "n": 10, "note": ""}, {"step": "kept", "n": 9, "note": ""}]
INPUT = {"file": "one.csv", "sha256": "a" * 64, "read": 10, "kept": 9, "duplicates": 1, "rejected": 0}


def run(
    sentiment: list[dict[str, Any]] | None = None,
    answer: str = "supported",
    inputs: list[dict[str, Any]] | None = None,
    flow: list[dict[str, Any]] | None = None,
    study: dict[str, Any] | None = None,
    **provenance: Any,
) -> Findings:
    tables = {
        "group_sentiment": pd.DataFrame([SENTIMENT] if sentiment is None else sentiment),
        "questions": pd.DataFrame([QUESTION | {"answer": answer}]),
        "flow": pd.DataFrame(flow or FLOW),
    }
    head = {"study": {"seed": 1}, "groups": [{"name": "hosts", "all": [{"ip": ["CN-*"]}]}]}
    return Findings(tables, study or head, {"inputs": inputs or [INPUT], "seed": 1, **provenance})


def changes(before: Findings, after: Findings) -> list[tuple[str, str, str]]:
    found = diff_runs(before, after)
    return list(zip(found["section"], found["what"], found["change"], strict=True))


def test_a_run_does_not_differ_from_itself() -> None:
    assert changes(run(), run()) == []
    assert diff_text(diff_runs(run(), run())) == "Nothing changed."
    assert list(diff_runs(run(), run()).columns) == DIFF.names


@pytest.mark.parametrize(
    ("estimate", "low", "high", "listed"),
    [
        (0.25, 0.15, 0.35, False),  # the interval holds the earlier 0.2
        (0.30, 0.20, 0.40, False),  # its very end does
        (0.35, 0.25, 0.45, True),
        (-0.2, -0.3, -0.1, True),
    ],
)
def test_an_estimate_is_listed_if_the_later_interval_leaves_the_earlier_out(
    estimate: float, low: float, high: float, listed: bool
) -> None:
    found = diff_runs(run(), run([SENTIMENT | {"estimate": estimate, "low": low, "high": high}]))
    assert (len(found) == 1) is listed
    if listed:
        assert found.loc[0, "change"] == "outside the interval"
        assert found.loc[0, "difference"] == pytest.approx(estimate - 0.2)


def test_an_estimate_given_up_says_why() -> None:
    nan = float("nan")
    later = SENTIMENT | {"estimate": nan, "low": nan, "high": nan, "reason": "fewer than 100 authors"}
    found = diff_runs(run(), run([later])).iloc[0]
    assert (found["change"], found["before"], found["after"]) == (
        "no longer given",
        "0.2",
        "fewer than 100 authors",
    )
    assert changes(run([later]), run())[0][2] == "now given"


def test_answers_come_first() -> None:
    later = run([SENTIMENT | {"estimate": 0.9, "low": 0.8, "high": 1.0}], answer="undecided")
    found = diff_runs(run(), later)
    assert found["section"].tolist() == ["answers", "estimates"]
    assert found.loc[0, ["what", "before", "after"]].tolist() == ["H1", "supported", "undecided"]


def test_groups_and_targets_that_come_and_go() -> None:
    later = run([SENTIMENT | {"group": "newcomers"}])
    found = set(changes(run(), later))
    assert ("names", "group hosts", "gone") in found
    assert ("names", "group newcomers", "new") in found
    assert ("estimates", "refugees, newcomers, all, all, mean", "new") in found


def test_counts_inputs_settings_and_instruments() -> None:
    later = run(
        inputs=[INPUT | {"sha256": "b" * 64}, INPUT | {"file": "two.csv"}],
        flow=[{"step": "read", "n": 20, "note": ""}, {"step": "kept", "n": 9, "note": ""}],
        study={"study": {"seed": 2}, "groups": [{"name": "hosts", "all": [{"ip": ["CN-GD"]}]}]},
        instruments=["lexicon 2"],
    )
    assert set(changes(run(instruments=["lexicon 1"]), later)) == {
        ("counts", "read", "changed"),
        ("inputs", "one.csv, content", "changed"),
        ("inputs", "two.csv", "new"),
        ("settings", "study.seed", "changed"),
        ("settings", "groups[hosts].all[0].ip", "changed"),
        ("versions", "instruments", "changed"),
    }


def test_swapping_the_runs_swaps_new_and_gone() -> None:
    one, two = run(), run([SENTIMENT | {"group": "newcomers"}], flow=[{"step": "read", "n": 9, "note": ""}])
    turned = {"new": "gone", "gone": "new"}
    forward = {(s, w, turned.get(c, c)) for s, w, c in changes(one, two)}
    assert forward == set(changes(two, one))


def test_topics_are_compared_by_label() -> None:
    def topics(label: str) -> Findings:
        row = {"lang": "en", "topic": 0, "label": label, "share": 0.5, "n": 5, "coherence": 0.5}
        return Findings({"topics": pd.DataFrame([row])}, {}, {})

    assert {w for _, w, _ in changes(topics("tea, cup"), topics("cat, tax"))} == {
        "topic tea, cup",
        "topic cat, tax",
    }


def test_reads_saved_runs_and_refuses_other_folders(tmp_path: Path) -> None:
    run().save(tmp_path / "one")
    run(answer="undecided").save(tmp_path / "two")
    text = diff_text(diff_runs(tmp_path / "one", tmp_path / "two"))
    assert text == "Answers (1)\n  questions: H1: supported -> undecided"
    with pytest.raises(InputError, match="no finished run"):
        diff_runs(tmp_path / "one", tmp_path)


def test_a_long_section_is_cut_and_counted() -> None:
    rows = [SENTIMENT | {"group": f"g{i}"} for i in range(50)]
    assert "... and 45 more" in diff_text(diff_runs(run(rows), run()), limit=6)


def checked(sha256: str, codes: int = 300) -> dict[str, Any]:
    files = [{"file": "codes/codes/anna.csv", "codes": codes, "sha256": sha256}]
    return {"status": "checked", "codes": [{"target": "refugees"}], "files": files}


def test_codes_that_changed_after_a_run_are_named_by_their_file() -> None:
    changes = diff_runs(run(validation=checked("a" * 64)), run(validation=checked("b" * 64)))
    assert changes[["section", "what", "before", "after"]].values.tolist() == [
        ["inputs", "codes/codes/anna.csv, content", "a" * 12, "b" * 12]
    ]
    assert diff_runs(run(validation=checked("a" * 64)), run(validation=checked("a" * 64))).empty


def test_the_first_codes_of_a_study_are_new_files() -> None:
    changes = diff_runs(run(validation={"status": "none"}), run(validation=checked("a" * 64)))
    assert changes.loc[changes["what"] == "codes/codes/anna.csv", ["change", "after"]].values.tolist() == [
        ["new", "300"]
    ]
