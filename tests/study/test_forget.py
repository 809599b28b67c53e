from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from discourse.coding.codes import append_codes, read_codes
from discourse.coding.draw import draw_sample
from discourse.coding.sample import Sample, same_frame
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


def _coded(tmp_path: Path, scores: pd.DataFrame) -> Path:
    """Draw all posts of a run but one, and code them."""
    frame = scores.assign(group="all", lang="en", text="words", parent=pd.NA)
    sample = draw_sample(frame, 6, strata=("group", "label"), coders=("anna",), instrument="lexicon 2 x")
    folder = sample.save(tmp_path / "codes")
    append_codes(
        folder,
        [
            {
                "post_id": unit,
                "target": "tea",
                "coder": "anna",
                "variable": "label",
                "value": "neutral",
                "codebook_version": sample.codebook.stamp,
            }
            for unit in sample.units["post_id"]
        ],
    )
    return folder


@pytest.fixture
def coded(corpus: Path, run: Path, tmp_path: Path) -> Path:
    posts = Corpus.load(corpus).to_pandas(["post_id", "author"])
    more = pd.DataFrame({"post_id": [f"of-others-{i}" for i in range(4)], "author": "a-0000000000000000"})
    scores = pd.concat([posts, more], ignore_index=True).assign(
        target="tea", label=["positive", "neutral"] * 4, group="all", lang="en"
    )
    scores.to_parquet(run / "data" / "scores.parquet", index=False)
    return _coded(tmp_path, scores)


def test_a_withdrawal_costs_the_codes_of_one_person_and_no_others(corpus: Path, run: Path, coded: Path):
    before = Sample.load(coded)
    theirs = before.units["post_id"].isin(["post-number-0", "post-number-2"])
    assert theirs.any()
    done = forget("ann", corpus, [run], codes=[coded], key=KEY, render=False)
    after = Sample.load(coded)
    assert done["codes"][0]["units"] == int(theirs.sum())
    assert after.units["post_id"].tolist() == before.units.loc[~theirs, "post_id"].tolist()
    assert after.texts["post_id"].tolist() == after.units["post_id"].tolist()
    assert set(read_codes(coded, after)["post_id"]) == set(after.units["post_id"])
    assert (1 / after.units["inclusion"]).sum() == pytest.approx(6.0)  # six posts of others are left
    left = pd.read_parquet(run / "data" / "scores.parquet")
    assert same_frame(after.design, left["post_id"].tolist(), left["label"].tolist())
    assert not same_frame(after.design, left["post_id"].tolist()[1:], left["label"].tolist()[1:])


def test_nothing_is_removed_if_no_run_holds_the_posts_of_the_draw(corpus: Path, run: Path, coded: Path):
    scores = pd.read_parquet(run / "data" / "scores.parquet")
    scores.iloc[1:].to_parquet(run / "data" / "scores.parquet", index=False)
    with pytest.raises(InputError, match="drawn from"):
        forget("ann", corpus, [run], codes=[coded], key=KEY, render=False)
    assert len(Corpus.load(corpus)) == 4


def test_a_run_that_read_its_exports_itself_needs_no_corpus_folder(corpus: Path, run: Path):
    kept = run / "store" / "corpus-1" / "corpus"
    kept.parent.mkdir(parents=True)
    corpus.rename(kept)
    done = forget("ann", runs=[run], key=KEY, render=False)
    assert done["removed"] == 2
    assert ANN not in set(pd.read_parquet(run / "data" / "scores.parquet")["author"])


def test_without_any_corpus_it_says_how_to_make_one(run: Path):
    with pytest.raises(InputError, match="discourse import"):
        forget("ann", runs=[run], key=KEY)
