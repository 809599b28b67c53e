"""Two weeks of exports, a run after each: what changed is said, and who is forgotten is in no file of either."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from discourse.corpus.corpus import Corpus
from discourse.corpus.keys import project_key
from discourse.corpus.read import import_exports
from discourse.study.diff import diff_runs, diff_text
from discourse.study.forget import forget
from discourse.study.load import load_study
from discourse.study.run import run_study

STUDY = """
version = 1
[study]
title = "Two weeks"
question = "What changes?"
synthetic = true
[[sources]]
path = "corpus"
[topics]
n_topics = 2
[[groups]]
name = "hosts"
all = [{ ip = ["CN-*"] }]
[[groups]]
name = "newcomers"
any = [{ ip = ["US"] }]
[[targets]]
use = "refugees"
"""
SAID = (
    "这些难民太可爱了",
    "难民太吵了，烦死了",
    "I love the refugees",
    "the refugees are annoying",
    "猫税交了",
    "今天写作业",
)


def week(folder: Path, first: int, last: int) -> Path:
    folder.mkdir()
    names = [
        "comment_id",
        "create_time",
        "ip_location",
        "note_id",
        "content",
        "user_id",
        "nickname",
        "last_modify_ts",
    ]
    with (folder / "comments.csv").open("w", encoding="utf-8-sig", newline="") as handle:
        rows = csv.writer(handle)
        rows.writerow(names)
        for n in range(first, last):
            who = f"{n % 30:024x}"
            said = f"{SAID[n % 6] if n < 60 else SAID[0]} {n}"
            rows.writerow([f"6785e4{n:018x}", 1736827728000 + n * 60_000, ("广东", "美国")[n % 2], "6785e3500000000002000001", said, who,
                           "x", 1736900000000])  # fmt: skip
    return folder


def inside(file: Path) -> str:
    """What a file holds, unpacked."""
    if file.suffix == ".parquet":
        return str(pd.read_parquet(file).to_csv())
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as packed:
            return "".join(packed.read(name).decode("utf-8", "ignore") for name in packed.namelist())
    return file.read_bytes().decode("utf-8", "ignore")


@pytest.mark.long
def test_two_weeks_are_compared_and_a_person_leaves_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCOURSE_KEY_FILE", str(tmp_path / "key" / "project.key"))
    monkeypatch.chdir(tmp_path)
    key = project_key()
    import_exports(week(tmp_path / "w1", 0, 60), tmp_path / "corpus", key=key)
    (tmp_path / "study.toml").write_text(STUDY, encoding="utf-8")
    one, two = tmp_path / "one", tmp_path / "two"
    run_study(load_study(tmp_path / "study.toml"), one, formats=("html", "docx"))
    added = import_exports(week(tmp_path / "w2", 60, 120), tmp_path / "corpus", key=key)
    assert (added["read"], added["kept"], added["new_files"]) == (120, 120, 1)
    run_study(load_study(tmp_path / "study.toml"), two, formats=("html",))

    changes = diff_runs(one, two)
    said = diff_text(changes, limit=1_000)
    assert "kept: 60 -> 120" in said
    assert "comments.csv" in said

    posts = Corpus.load(tmp_path / "corpus").to_pandas(["post_id", "author"])
    author = posts["author"].iloc[0]
    theirs = set(posts.loc[posts["author"] == author, "post_id"])
    runs = [file for run in (one, two) for file in run.rglob("*") if file.is_file()]
    assert any(author in inside(file) for file in runs)
    assert (one / "store").is_dir()
    forget(author, tmp_path / "corpus", [one, two])
    for place in (one, two, tmp_path / "corpus"):
        for file in (f for f in place.rglob("*") if f.is_file()):
            content = inside(file)
            assert not [name for name in (author, *theirs) if name in content], file
    assert not (one / "store").exists()
    for name in ("report.html", "report.docx"):
        assert (one / name).is_file()
    again = import_exports([tmp_path / "w1", tmp_path / "w2"], tmp_path / "fresh")
    assert again["forgotten"] == len(theirs)
