from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from discourse.errors import InputError, ParameterError
from discourse.sentiment.trained.classifier import StanceClassifier
from discourse.sentiment.trained.train import train_file
from tests.sentiment.trained.conftest import made


@pytest.fixture
def frame() -> pd.DataFrame:
    seen = made(80)
    columns = {"post": seen.texts, "code": seen.labels, "about": seen.targets, "answers": seen.texts}
    return pd.DataFrame(columns)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_trains_from_a_file_and_writes_model_and_report(
    frame: pd.DataFrame, tmp_path: Path, encoding: str
) -> None:
    frame.to_csv(tmp_path / "编码.csv", index=False, encoding=encoding)
    done = train_file(tmp_path / "编码.csv", tmp_path / "模型", "post", "code", "about", embeddings=False)
    assert StanceClassifier.load(tmp_path / "模型").predict(["visitors are so kind"]).tolist() == ["positive"]
    written = pd.read_csv(done.folder / "report.csv")
    assert written["f1"].tolist() == pytest.approx(done.report["f1"].tolist(), rel=1e-5)
    assert {"en", "zh", "all"} <= set(written["lang"])
    assert json.loads(json.dumps(done.summary()))["macro_f1_held_out"] >= 0.9


def test_rows_without_a_code_are_left_out_and_counted(frame: pd.DataFrame, tmp_path: Path) -> None:
    frame.loc[:9, "code"] = ""
    frame.loc[10, "post"] = "  "
    frame.to_csv(tmp_path / "a.csv", index=False)
    done = train_file(
        tmp_path / "a.csv", tmp_path / "m", "post", "code", parent_column="answers", embeddings=False
    )
    assert (done.read, done.used, done.uncoded) == (80, 69, 11)
    assert done.model.n_training_ == 69


def test_names_the_column_that_is_not_there(frame: pd.DataFrame, tmp_path: Path) -> None:
    frame.to_csv(tmp_path / "a.csv", index=False)
    with pytest.raises(InputError, match="no column 'label'") as caught:
        train_file(tmp_path / "a.csv", tmp_path / "m", "post")
    assert caught.value.expected == "post, code, about, answers"
    assert not (tmp_path / "m").exists()


def test_says_so_where_the_file_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        train_file(tmp_path / "none.csv", tmp_path / "m")
    (tmp_path / "bytes.csv").write_bytes(b"text,label\n\xff\xff,\x81\n")
    with pytest.raises(InputError, match="neither UTF-8 nor GB18030"):
        train_file(tmp_path / "bytes.csv", tmp_path / "m")


def test_writes_nothing_where_nothing_can_be_learned(frame: pd.DataFrame, tmp_path: Path) -> None:
    frame["code"] = "same"
    frame.to_csv(tmp_path / "a.csv", index=False)
    with pytest.raises(ParameterError, match="nothing to tell apart"):
        train_file(tmp_path / "a.csv", tmp_path / "m", "post", "code")
    assert not (tmp_path / "m").exists()
