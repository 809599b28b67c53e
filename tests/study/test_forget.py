from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from discourse.corpus.corpus import Corpus
from discourse.corpus.keys import pseudonym
from discourse.errors import InputError
from discourse.report.findings import Findings
from discourse.study.forget import STALE, forget

KEY = b"a fixed key, for tests only"
ANN = pseudonym("ann", KEY)


@pytest.fixture(autouse=True)
def _own_key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCOURSE_KEY_FILE", str(tmp_path / "key" / "project.key"))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    posts = pd.DataFrame(
        {
            "post_id": [f"post-number-{i}" for i in range(4)],
            "text": ["tea", "cake", "milk", "sugar"],
            "author": ["ann", "bo", "ann", "cy"],
        }
    )
    return Corpus.from_pandas(posts, key=KEY).save(tmp_path / "corpus")


@pytest.fixture
def run(corpus: Path, tmp_path: Path) -> Path:
    posts = Corpus.load(corpus).to_pandas(["post_id", "author"])
    topic = {"lang": "en", "topic": 0, "label": "tea, cake", "share": 1.0, "n": 4, "coherence": 0.5}
    topics = pd.DataFrame([topic | {"exemplar_ids": "post-number-0 post-number-1"}])
    place = tmp_path / "run"
    Findings({"topics": topics}, {"study": {"title": "T"}}, {"seed": 1}).save(place)
    (place / "data").mkdir()
    posts.assign(score=0.5).to_parquet(place / "data" / "scores.parquet", index=False)
    posts.to_csv(place / "sheet.csv", index=False)
    (place / "report.pdf").write_bytes(b"an old report")
    return place


def test_the_person_leaves_the_data_of_a_run(corpus: Path, run: Path) -> None:
    done = forget("ann", corpus, [run], key=KEY, render=False)
    assert done["removed"] == 2
    assert done["runs"] == [{"run": str(run), "rows": 4, "tables": ["topics"], "stale": True}]
    scores = pd.read_parquet(run / "data" / "scores.parquet")
    assert ANN not in set(scores["author"])
    assert len(scores) == 2
    assert ANN not in (run / "sheet.csv").read_text(encoding="utf-8")
    assert Findings.load(run).table("topics")["exemplar_ids"].tolist() == ["post-number-1"]


def test_no_file_of_a_run_names_the_person(corpus: Path, run: Path) -> None:
    forget(ANN, corpus, [run], key=KEY, render=False)
    for file in run.rglob("*"):
        if file.is_file() and file.suffix != ".parquet":
            content = file.read_bytes()
            assert not [n for n in (ANN, "post-number-0", "post-number-2") if n.encode() in content], file


def test_a_run_can_be_named_later(corpus: Path, run: Path) -> None:
    forget("ann", corpus, key=KEY)
    assert forget("ann", corpus, [run], key=KEY, render=False)["runs"][0]["rows"] == 4
    assert Findings.load(run).table("topics")["exemplar_ids"].tolist() == ["post-number-1"]


def test_a_run_is_marked_as_stale_and_stays_readable(corpus: Path, run: Path) -> None:
    forget("ann", corpus, [run], key=KEY, render=False)
    assert Findings.load(run).provenance == {"seed": 1, "stale": STALE}
    assert not (run / "report.pdf").exists()


def test_the_report_is_rendered_again_in_the_formats_that_were_there(corpus: Path, run: Path) -> None:
    (run / "report.html").write_text("post-number-0", encoding="utf-8")
    forget("ann", corpus, [run], key=KEY)
    assert (run / "report.pdf").read_bytes().startswith(b"%PDF")
    assert "post-number-0" not in (run / "report.html").read_text(encoding="utf-8")
    assert not (run / "report.docx").exists()


def test_what_was_made_from_the_tables_goes_with_the_report(corpus: Path, run: Path) -> None:
    made = [run / "tables.xlsx", run / "report.html", run / "report.docx"]
    made += [run / "tables" / "latex" / "table-01.tex", run / "tables" / "markdown" / "table-01.md"]
    for file in made:
        file.parent.mkdir(exist_ok=True)
        file.write_text("post-number-0", encoding="utf-8")
    forget("ann", corpus, [run], key=KEY, render=False)
    assert [file for file in made if file.exists()] == []


def test_a_run_without_the_person_stays_as_it_is(corpus: Path, run: Path) -> None:
    forget("ann", corpus, [run], key=KEY, render=False)
    (run / "report.pdf").write_bytes(b"a new report")
    before = {p: p.read_bytes() for p in run.rglob("*") if p.is_file()}
    content = json.loads((run / "run.json").read_text(encoding="utf-8"))
    assert "stale" in content["provenance"]
    done = forget("ann", corpus, [run], key=KEY, render=False)
    assert (done["removed"], done["runs"][0]["rows"]) == (0, 0)
    assert {p: p.read_bytes() for p in run.rglob("*") if p.is_file()} == before


def test_nothing_is_removed_if_a_run_is_none(corpus: Path, tmp_path: Path) -> None:
    before = Corpus.load(corpus).fingerprint
    with pytest.raises(InputError, match="no finished run"):
        forget("ann", corpus, [tmp_path], key=KEY)
    assert Corpus.load(corpus).fingerprint == before


def test_nothing_half_written_is_left_beside_a_run(corpus: Path, run: Path) -> None:
    before = {p.name for p in run.parent.iterdir()}
    forget("ann", corpus, [run], key=KEY, render=False)
    assert {p.name for p in run.parent.iterdir()} == before
