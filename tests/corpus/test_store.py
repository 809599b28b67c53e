"""A corpus on disk is whole or not there; one that was there survives whatever goes wrong."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from discourse.corpus import store
from discourse.corpus.corpus import Corpus
from discourse.corpus.read import import_exports
from discourse.errors import ImportFailed, InputError


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    file = tmp_path / "a.csv"
    file.write_text("id,评论内容\n1,欢迎\n2,你好\n", encoding="utf-8")
    import_exports(file, tmp_path / "corpus", key=b"k")
    return tmp_path / "corpus"


def held(folder: Path) -> dict[str, bytes]:
    files = (p for p in folder.rglob("*") if p.is_file())
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in files}


@pytest.mark.parametrize("fails", [1, 2, 3, 4, 5, 6])
def test_a_corpus_that_cannot_be_replaced_is_put_back(
    corpus: Path, fails: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, moves, replace = held(corpus), iter(range(1, 100)), os.replace

    def refuses_once(source: Path, target: Path) -> None:
        if next(moves) == fails:
            raise PermissionError(13, "Permission denied", str(target))
        replace(source, target)

    more = corpus.parent / "b.csv"
    more.write_text("id,评论内容\n3,再见\n", encoding="utf-8")
    monkeypatch.setattr(os, "replace", refuses_once)
    with pytest.raises(InputError, match="output folder cannot be written"):
        import_exports(more, corpus, key=b"k")
    assert held(corpus) == before
    assert sorted(p.name for p in corpus.parent.iterdir()) == ["a.csv", "b.csv", "corpus"]


def test_an_old_corpus_that_cannot_even_be_put_back_is_kept_beside(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moves, replace = iter(range(100)), os.replace

    def refuses(source: Path, target: Path) -> None:
        if next(moves) >= 3:
            raise PermissionError(13, "Permission denied", str(target))
        replace(source, target)

    before = held(corpus)
    more = corpus.parent / "b.csv"
    more.write_text("id,评论内容\n3,再见\n", encoding="utf-8")
    monkeypatch.setattr(os, "replace", refuses)
    with pytest.raises(InputError):
        import_exports(more, corpus, key=b"k")
    (kept,) = corpus.parent.glob(".corpus-*")
    assert held(kept / "old") == before


def _without(name: str) -> Any:
    return lambda manifest: {k: v for k, v in manifest.items() if k != name}


DAMAGES = [
    *(_without(name) for name in ("key_id", "counts", "parts", "card", "fingerprint", "inputs")),
    lambda manifest: [manifest],
    lambda manifest: manifest | {"parts": [{"file": "../../elsewhere.parquet", "rows": 2}]},
    lambda manifest: manifest | {"parts": [{"file": "part-0000.parquet", "rows": "2"}]},
    lambda manifest: manifest | {"counts": {}},
    lambda manifest: manifest | {"key_id": 3},
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_manifest_is_refused_in_words(corpus: Path, damage: Any) -> None:
    manifest = store.read_manifest(corpus)
    (corpus / store.MANIFEST).write_text(json.dumps(damage(manifest)), encoding="utf-8")
    with pytest.raises(ImportFailed, match="not a corpus, or a damaged one"):
        Corpus.load(corpus)
    with pytest.raises(ImportFailed, match="not a corpus, or a damaged one"):
        import_exports(corpus.parent / "a.csv", corpus, key=b"k")


def test_a_manifest_of_ten_thousand_brackets_is_refused_in_words(corpus: Path) -> None:
    (corpus / store.MANIFEST).write_text("[" * 10_000 + "]" * 10_000, encoding="utf-8")
    with pytest.raises(ImportFailed, match="not a corpus"):
        Corpus.load(corpus)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"a,b\n1,2\n", b"file,line,reason\nx,y,z\n"])
def test_damaged_rejects_are_refused_in_words(corpus: Path, content: bytes) -> None:
    (corpus / "rejects.csv").write_bytes(content)
    with pytest.raises(ImportFailed, match="rejects of the corpus are damaged"):
        Corpus.load(corpus)
