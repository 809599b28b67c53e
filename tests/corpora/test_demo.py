"""The demo corpus: what is committed is what the generator writes, and its truth agrees with itself."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

import pytest

DEMO = Path(__file__).parents[2] / "corpora" / "tiktok-refugees-demo"


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))


@pytest.fixture(scope="module")
def gold() -> list[dict[str, str]]:
    return _rows(DEMO / "gold.csv")


@pytest.fixture(scope="module")
def truth() -> dict:
    return json.loads((DEMO / "truth.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def comments() -> list[dict[str, str]]:
    return [row for path in sorted(DEMO.glob("exports/*comments*.csv")) for row in _rows(path)]


@pytest.fixture(scope="module")
def notes() -> list[dict[str, str]]:
    return [row for path in sorted(DEMO.glob("exports/*contents*.csv")) for row in _rows(path)]


def test_committed_files_are_what_the_generator_writes() -> None:
    done = subprocess.run(
        [sys.executable, str(DEMO / "generate.py"), "--check"], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_card_hashes_are_those_of_the_files() -> None:
    card = tomllib.loads((DEMO / "card.toml").read_text(encoding="utf-8"))
    assert {n: hashlib.sha256((DEMO / n).read_bytes()).hexdigest() for n in card["sha256"]} == card["sha256"]
    assert len([*DEMO.glob("exports/*.csv")]) == 4


def test_the_corpus_is_under_three_megabytes() -> None:
    files = [
        path for path in DEMO.rglob("*.*") if path.is_file() and "cache" not in str(path.relative_to(DEMO))
    ]
    assert sum(path.stat().st_size for path in files) < 3_000_000


def test_layout_is_that_of_january_2025(notes, comments) -> None:
    assert len(notes[0]) == 21
    assert len(comments[0]) == 13
    assert (DEMO / "exports/search_comments_2025-01-25.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_counts_of_files_gold_and_truth_agree(gold, truth, notes, comments) -> None:
    damage = truth["damage"]
    extra = damage["pasted_headers"] + damage["bad_rows"] + len(damage["repeated_comments"])
    assert len(notes) + len(comments) - extra == len(gold) == truth["realised"]["counts"]["posts"] == 6000
    assert len(notes) == truth["realised"]["counts"]["threads"] == 300


def test_every_post_of_gold_is_in_the_files_once(gold, truth, notes, comments) -> None:
    ids = Counter([row["note_id"] for row in notes] + [row["comment_id"] for row in comments])
    spoiled = truth["damage"]["spoiled_id"]
    assert ids.pop(spoiled["is"]) == 1
    expected = Counter({row["post_id"]: 1 for row in gold if row["post_id"] != spoiled["was"]})
    expected.update(truth["damage"]["repeated_comments"])
    expected.update(["comment_id", "连接超时，导出中断"])
    assert ids == expected


def test_replies_answer_an_earlier_post_of_their_thread(truth, notes, comments) -> None:
    opened = {row["note_id"]: int(row["time"]) for row in notes}
    written = {
        r["comment_id"]: (r["note_id"], int(r["create_time"])) for r in comments if r["note_id"] in opened
    }
    for note, time in written.values():
        assert time >= opened[note]
    replies = [r for r in comments if r["note_id"] in opened and r["parent_comment_id"] != "0"]
    assert len(replies) > 1000
    for row in replies:
        note, time = written[row["parent_comment_id"]]
        assert note == row["note_id"]
        assert time <= int(row["create_time"])


def test_truth_is_the_summary_of_gold(gold, truth) -> None:
    for group, figures in truth["realised"]["refugees"].items():
        posts = [row for row in gold if row["group"] == group]
        mentions = [row for row in posts if row["kind"] not in ("", "self")]
        assert figures["n"] == len(mentions)
        assert figures["coverage"] == pytest.approx(len(mentions) / len(posts), abs=1e-4)
        assert figures["mean"] == pytest.approx(
            sum(float(r["stance"]) for r in mentions) / len(mentions), abs=1e-4
        )
        for label in ("positive", "neutral", "negative"):
            assert figures[label] == pytest.approx(
                sum(r["label"] == label for r in mentions) / len(mentions), abs=1e-4
            )


def test_label_stance_and_kind_never_disagree(gold) -> None:
    for row in gold:
        assert (row["label"] == "absent") == (row["kind"] == "")
        assert (row["stance"] == "") == (row["kind"] in ("", "self"))
        if row["stance"]:
            stance = float(row["stance"])
            expected = "positive" if stance >= 0.15 else "negative" if stance <= -0.15 else "neutral"
            assert row["label"] == expected


@pytest.mark.parametrize("group", ["hosts", "newcomers", "onlookers"])
def test_main_groups_are_large_enough_to_be_measured(truth, group) -> None:
    figures = truth["realised"]["refugees"][group]
    assert figures["n_authors"] > 100
    assert figures["n_threads"] > 20


def test_merchants_are_too_few_to_be_measured(truth) -> None:
    assert truth["realised"]["refugees"]["merchants"]["n_authors"] < 100


def test_the_story_is_the_one_told(truth) -> None:
    refugees, shift = truth["realised"]["refugees"], truth["realised"]["shift"]
    assert refugees["hosts"]["balance"] > refugees["onlookers"]["balance"] > 0
    assert refugees["hosts"]["negative"] > 0.1
    assert truth["realised"]["hosts"]["newcomers"]["positive"] > 0.7
    assert truth["realised"]["tiktok-ban"]["newcomers"]["negative"] > 0.7
    assert shift["hosts_before"]["mean"] - shift["hosts_after"]["mean"] > 0.1
    assert shift["volume_on_day"] > 1.5 * shift["volume_before"]


def test_few_texts_repeat_beyond_the_planted_copies(gold, truth, notes, comments) -> None:
    known = {row["post_id"] for row in gold if not row["copied"]}
    texts = [r["content"] for r in comments if r["comment_id"] in known] + [r["desc"] for r in notes]
    again = set(truth["damage"]["repeated_comments"])
    counts = Counter(text for text in texts if text)
    surplus = sum(n - 1 for n in counts.values()) - len(again & known)
    assert surplus < 0.03 * len(texts)


def test_no_contact_is_anybodys(comments, notes) -> None:
    import re

    text = "\n".join([r["content"] or "" for r in comments] + [r["desc"] for r in notes])
    assert set(re.findall(r"1[3-9]\d{9}", text)) <= {"13800138000"}
    assert set(re.findall(r"https?://[^/\s]+", text)) <= {"https://www.example.com"}
    assert set(re.findall(r"@([\w.]+\.\w+)", text)) <= {"example.com"}
