"""A study that is scored by a trained model says how that did on posts it had not seen."""

from __future__ import annotations

import shutil

import numpy as np
import pandas as pd
import pytest

from discourse.errors import InputError
from discourse.sentiment.frame_classifier import FrameClassifier
from discourse.sentiment.frame_quality import frame_quality
from discourse.sentiment.trained.classifier import StanceClassifier
from discourse.sentiment.trained.train import train_file
from discourse.study.findings import trained
from discourse.study.findings.trained import trained_tables, uses_trained
from discourse.study.load import check_study
from discourse.tables import TRAINED_MODELS
from tests.sentiment.trained.conftest import made
from tests.study.findings.conftest import BASE


@pytest.fixture(scope="module")
def stance(tmp_path_factory):
    """A model of stances with everything beside it."""
    folder = tmp_path_factory.mktemp("trained")
    seen = made(80)
    codes = [*seen.labels[:70], *reversed(seen.labels[70:])]  # some codes that nothing in the post bears out
    pd.DataFrame({"text": seen.texts, "label": codes}).to_csv(folder / "coded.csv", index=False)
    return train_file(folder / "coded.csv", folder / "model", embeddings=False, curve=True)


@pytest.fixture
def model(stance, tmp_path):
    """A copy of it, of which files can be taken away."""
    return shutil.copytree(stance.folder, tmp_path / "mine")


@pytest.fixture
def tables(posts, material):
    """Make the tables of a study with a scorer and codes."""

    def make(**study):
        given = {"scorer": {"name": study["scorer"]}} if "scorer" in study else {}
        given |= {"codes": study["codes"]} if "codes" in study else {}
        instruments = {"refugees": "trained 80 posts 0123abcd"}
        return trained_tables(material(posts("a post"), given, instruments=instruments))

    return make


def test_every_figure_is_that_of_the_report_beside_the_model(stance, tables):
    found = tables(scorer=f"trained:{stance.folder}")
    for name, file in (("trained_accuracy", "report"), ("learning_curve", "learning_curve")):
        written = pd.read_csv(stance.folder / f"{file}.csv", keep_default_na=False)
        written = written.rename(columns={"f1_low": "low", "f1_high": "high"})
        shown = found[name]
        assert len(shown) == len(written) > 0
        for column in written.columns:
            assert shown[column].tolist() == written[column].tolist(), column
    bins = pd.read_csv(stance.folder / "calibration.csv")
    assert np.allclose(found["trained_calibration"][list(bins.columns)].astype(float), bins)


def test_the_model_is_described_with_its_interval_hash_and_what_it_reads(stance, tables):
    row = tables(scorer=f"trained:{stance.folder}")["trained_models"].iloc[0]
    assert row["training_hash"] == stance.model.training_hash_
    assert row["n_codes"] == 80
    assert row["labels"] == "negative, positive"
    assert row["low"] < row["macro_f1"] == pytest.approx(stance.model.validation_)
    assert row["macro_f1"] < row["high"]
    assert row["features"] == "terms, lexicon"
    assert (row["cost"], row["penalty"]) == stance.model.strength_
    assert row["instrument"] == "trained 80 posts 0123abcd"
    assert row["rising"] in (True, False)
    assert pd.isna(row["reason"])


@pytest.mark.parametrize(
    ("file", "reason"),
    [("report.csv", trained.NONE), ("calibration.csv", trained.OLD), ("learning_curve.csv", None)],
)
def test_what_is_not_beside_the_model_is_said_to_be_missing(model, tables, file, reason):
    (model / file).unlink()
    found = tables(scorer=f"trained:{model}")
    row = found["trained_models"].iloc[0]
    assert row["macro_f1"] > 0
    assert row["reason"] == reason if reason else pd.isna(row["reason"])
    assert ("trained_accuracy" in found) is (file != "report.csv")
    assert pd.isna(row["rising"]) is (file != "calibration.csv")


def test_a_report_of_before_the_intervals_is_printed_without_them(model, tables):
    report = pd.read_csv(model / "report.csv").drop(columns=["f1_low", "f1_high", "level"])
    report.to_csv(model / "report.csv", index=False)
    found = tables(scorer=f"trained:{model}")
    assert found["trained_models"]["reason"].tolist() == [trained.OLD]
    assert found["trained_accuracy"]["low"].isna().all()
    assert found["trained_accuracy"]["f1"].tolist() == report["f1"].tolist()


def test_figures_of_another_model_are_not_taken_for_its_own(model, tables):
    seen = made(60, seed=3)
    StanceClassifier(embeddings=False).fit(seen.texts, seen.labels).save(model)
    found = tables(scorer=f"trained:{model}")
    assert list(found) == ["trained_models"]
    assert found["trained_models"]["reason"].tolist() == [trained.OTHERS]
    assert found["trained_models"]["n_codes"].tolist() == [60]


def test_a_report_that_is_no_table_is_a_mistake_with_its_place(model, tables):
    (model / "report.csv").write_text('lang,"f1\n', encoding="utf-8")
    with pytest.raises(InputError, match="cannot be read") as caught:
        tables(scorer=f"trained:{model}")
    assert "report.csv" in str(caught.value.where)


@pytest.fixture(scope="module")
def coded():
    texts = [f"boycott meta {n}" if n % 2 else f"my cat sleeps {n}" for n in range(40)]
    codes = pd.DataFrame({"protest": [n % 2 for n in range(40)], "cats": [1 - n % 2 for n in range(40)]})
    return texts, codes, FrameClassifier().fit(texts, codes)


def test_frames_have_the_figures_that_were_saved_with_their_model(coded, tables, tmp_path):
    texts, codes, model = coded
    quality = frame_quality(model.cross_predict(texts, codes), codes)
    model.save(tmp_path / "frames", quality)
    found = tables(codes=[{"name": "protest", "trained": str(tmp_path / "frames")}])
    row, expected = found["trained_accuracy"].iloc[0], quality.iloc[0]
    assert found["trained_accuracy"]["label"].tolist() == ["protest"]  # the study uses but one of them
    for name in ("precision", "recall", "f1"):
        assert row[name] == pytest.approx(expected[name], rel=1e-5)
    assert (row["n"], row["n_predicted"]) == (expected["n_hand"], expected["n_found"])
    described = found["trained_models"].iloc[0]
    assert (described["kind"], described["n_codes"], described["training_hash"]) == (
        "frame",
        40,
        model.digest,
    )
    assert pd.isna(described["reason"])


def test_frames_saved_without_figures_say_so(coded, tables, tmp_path):
    coded[2].save(tmp_path / "frames")
    found = tables(codes=[{"name": "cats", "trained": str(tmp_path / "frames")}])
    assert list(found) == ["trained_models"]
    assert found["trained_models"]["reason"].tolist() == [trained.NONE]


def test_figures_go_when_a_model_without_them_is_saved_in_their_place(coded, tmp_path):
    texts, codes, model = coded
    model.save(tmp_path / "frames", frame_quality(model.predict(texts), codes))
    assert (tmp_path / "frames" / "quality.csv").is_file()
    model.save(tmp_path / "frames")
    assert not (tmp_path / "frames" / "quality.csv").exists()


def test_a_study_without_a_trained_instrument_has_no_such_tables(tables):
    assert not uses_trained(check_study(BASE))
    assert tables() == {}
    assert tables(scorer="lexicon", codes=[{"name": "protest"}]) == {}


def test_every_reason_and_note_is_said_in_chinese():
    from discourse.report.findings import Findings
    from discourse.report.reasons_zh import reason_zh
    from discourse.report.subject import subject_of

    subject = subject_of(Findings({}, {}), "zh")
    notes = [
        "trained on 12,000 of 15,000 coded posts, evenly spaced",
        "few posts are coded angry (3): code more, or merge labels",
        "lexicon was 1234 when the model was trained and is 5678 now",
    ]
    for text in (trained.NONE, trained.OTHERS, trained.OLD, *notes):
        assert text not in reason_zh(text, subject)
    assert TRAINED_MODELS.names[-1] == "reason"
