from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from discourse.errors import DiscourseError, InputError, ParameterError
from discourse.sentiment.trained.classifier import StanceClassifier
from discourse.sentiment.trained.store import _digest, _dumped
from tests.sentiment.trained.conftest import made


@pytest.fixture(scope="module")
def model() -> StanceClassifier:
    seen = made(120, targets=("visitors", "游客"))
    parents = [text[::-1] for text in seen.texts]
    return StanceClassifier(embeddings=False, fewest_per_target=30).fit(
        seen.texts, seen.labels, seen.targets, parents
    )


@pytest.fixture
def folder(model: StanceClassifier, tmp_path: Path) -> Path:
    return model.save(tmp_path / "模型 one")


def test_a_loaded_model_predicts_the_same_to_the_last_bit(model: StanceClassifier, folder: Path) -> None:
    again = StanceClassifier.load(folder)
    new = made(40, seed=1, targets=("visitors", "游客", "unheard of"))
    for targets in (new.targets, None):
        expected = model.predict_proba(new.texts, targets, new.texts)
        assert (again.predict_proba(new.texts, targets, new.texts) == expected).all()
    assert again.get_params() == model.get_params()
    assert again.classes_.tolist() == model.classes_.tolist()
    assert (again.training_hash_, again.strength_, again.notes_) == (
        model.training_hash_,
        model.strength_,
        model.notes_,
    )


def test_the_same_model_gives_the_same_bytes(model: StanceClassifier, folder: Path, tmp_path: Path) -> None:
    other = StanceClassifier.load(folder).save(tmp_path / "two")
    for name in ("model.json", "model.npz"):
        assert (other / name).read_bytes() == (folder / name).read_bytes()


def test_nothing_in_it_is_pickled_and_no_post_stands_in_it(folder: Path) -> None:
    with np.load(folder / "model.npz", allow_pickle=False) as archive:
        assert all(archive[name].dtype != object for name in archive.files)
    assert made(120).texts[0] not in (folder / "model.json").read_text(encoding="utf-8")


def test_says_what_it_was_trained_on(folder: Path, model: StanceClassifier) -> None:
    settings = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    assert settings["n_training"] == 120
    assert settings["training_hash"] == model.training_hash_
    assert len(model.training_hash_) == 64
    assert set(settings["versions"]) == {"numpy", "scipy", "scikit-learn"}


@pytest.mark.parametrize("name", ["model.json", "model.npz"])
@pytest.mark.parametrize("how", ["cut", "change", "empty"])
def test_refuses_a_damaged_model(folder: Path, name: str, how: str) -> None:
    data = (folder / name).read_bytes()
    middle = len(data) // 2
    changed = {"cut": data[:middle], "change": data[:middle] + b"7" + data[middle + 1 :], "empty": b""}[how]
    assert changed != data
    (folder / name).write_bytes(changed)
    with pytest.raises(InputError, match="damaged") as caught:
        StanceClassifier.load(folder)
    assert "模型 one" in str(caught.value.where)


def test_refuses_a_model_without_its_arrays(folder: Path) -> None:
    (folder / "model.npz").unlink()
    with pytest.raises(InputError, match="damaged"):
        StanceClassifier.load(folder)


def _rewrite(folder: Path, **changes: object) -> None:
    settings = json.loads((folder / "model.json").read_bytes()) | changes
    del settings["settings_sha256"]
    settings["settings_sha256"] = _digest(_dumped(settings))
    (folder / "model.json").write_bytes(_dumped(settings))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"version": 99}, "format version 99"),
        ({"format": "something else"}, "not a discourse stance model"),
        ({"parameters": {"no_such": 1}}, "damaged"),
        ({"sides": [["unknown", "terms", 1.0, 1]] * 9}, "damaged"),
    ],
)
def test_refuses_a_model_of_another_kind(folder: Path, changes: dict[str, object], said: str) -> None:
    _rewrite(folder, **changes)
    with pytest.raises(DiscourseError, match=said):
        StanceClassifier.load(folder)


def test_says_so_where_there_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no trained model"):
        StanceClassifier.load(tmp_path)


def test_replaces_a_model_but_nothing_else(model: StanceClassifier, folder: Path, tmp_path: Path) -> None:
    model.save(folder)
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ParameterError, match="something else"):
        model.save(tmp_path / "thesis")
    assert (tmp_path / "thesis" / "chapter.txt").read_text(encoding="utf-8") == "mine"


def test_an_unfitted_model_cannot_be_saved(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="not fitted"):
        StanceClassifier().save(tmp_path / "model")


def test_notes_that_the_lexicon_has_changed(folder: Path) -> None:
    _rewrite(folder, instruments={"lexicon": "lexicon 0 00000000", "embeddings": "None"})
    assert "lexicon was lexicon 0 00000000" in StanceClassifier.load(folder).notes_[-1]
