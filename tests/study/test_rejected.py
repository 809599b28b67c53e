"""Where the records lie that a run could not read, said from its folder."""

from __future__ import annotations

import json
import os

import pytest

from discourse.cli.studies import _say
from discourse.study.rejected import rejects_of_run


def kept(out, name, sha256, rejected, at):
    folder = out / "store" / f"corpus-{name}" / "corpus"
    folder.mkdir(parents=True)
    about = {"inputs": [{"file": "a.csv", "sha256": sha256}], "counts": {"rejected": rejected}}
    (folder / "corpus.json").write_text(json.dumps(about), encoding="utf-8")
    os.utime(folder / "corpus.json", (at, at))
    return folder / "rejects.csv"


@pytest.fixture
def run(tmp_path):
    inputs = [{"file": "a.csv", "sha256": "a" * 64}, {"file": "b.csv", "sha256": "b" * 64}]
    said = json.dumps({"study": {}, "provenance": {"inputs": inputs}})
    (tmp_path / "run.json").write_text(said, encoding="utf-8")
    return tmp_path


def test_only_what_this_run_read_last_and_could_not_read_is_named(run):
    kept(run, "1", "a" * 64, 9, at=1)  # the same export under an earlier key
    path = kept(run, "0", "a" * 64, 7, at=2)
    kept(run, "2", "b" * 64, 0, at=1)
    kept(run, "3", "c" * 64, 5, at=3)  # of another study, run into the same folder before
    assert rejects_of_run(run) == [(7, path)]


def test_the_closing_words_of_a_run_give_the_place_beside_the_result(run, capsys):
    path = kept(run, "0", "a" * 64, 7, at=2)
    _say({"report": "report.pdf", "out": str(run)}, as_json=False)
    out, err = capsys.readouterr()
    assert out == "report.pdf\n"
    assert "7" in err
    assert str(path) in err
