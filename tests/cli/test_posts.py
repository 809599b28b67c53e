"""import, export: what a newcomer types, what comes out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from discourse.cli.posts import commands
from discourse.corpus.corpus import Corpus

DATA = Path(__file__).resolve().parents[1] / "data"


@pytest.fixture(autouse=True)
def _own_key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "project.key").write_text("0f" * 32, encoding="ascii")
    monkeypatch.setenv("DISCOURSE_KEY_FILE", str(tmp_path / "project.key"))


def run(*arguments: object) -> str:
    done = CliRunner().invoke(commands, [str(a) for a in arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".jsonl"])
def test_what_is_exported_comes_back_unchanged(tmp_path: Path, ending: str) -> None:
    run("import", DATA / "mediacrawler", "--out", tmp_path / "corpus")
    file = tmp_path / f"posts{ending}"
    said = json.loads(run("export", tmp_path / "corpus", "--out", file, "--json"))
    run("import", file, "--out", tmp_path / "again")
    before, after = Corpus.load(tmp_path / "corpus"), Corpus.load(tmp_path / "again")
    assert said == {"posts": len(before), "out": str(file)}
    names = ["post_id", "thread_id", "parent_id", "kind", "author", "text", "title", "lang", "ip_location"]
    assert after.to_pandas(names).equals(before.to_pandas(names))
    assert after.counts["kept"] == before.counts["kept"]
    assert not after.counts["rejected"]


def test_an_ending_that_nothing_writes_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    run("import", DATA / "xhs_scraper.csv", "--out", tmp_path / "corpus")
    done = CliRunner().invoke(
        commands, ["export", str(tmp_path / "corpus"), "--out", str(tmp_path / "x.doc")]
    )
    assert done.exit_code != 0
    assert ".csv, .xlsx, .jsonl" in str(done.exception)
    assert not (tmp_path / "x.doc").exists()


def test_workers_do_not_change_a_corpus(tmp_path: Path) -> None:
    for n in (1, 2):
        run("import", DATA / "xhs_scraper.csv", "--out", tmp_path / str(n), "--workers", n)
    assert Corpus.load(tmp_path / "1").fingerprint == Corpus.load(tmp_path / "2").fingerprint


def test_a_newcomer_is_told_what_became_of_everything(tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "a.csv").write_text(
        "comment_id,note_id,content,create_time\n,,,\n1,2,好,1736827728000\n", encoding="utf-8"
    )
    (folder / "notes.txt").write_text("to do\n", encoding="utf-8")
    first = run("import", folder, "--out", tmp_path / "corpus")
    assert "1 empty record" in first
    assert "rejects.csv" in first
    assert "left out    notes.txt: no importer knows this export" in first
    assert "nothing new" not in first
    assert run("import", folder, "--out", tmp_path / "corpus").startswith("nothing new")
