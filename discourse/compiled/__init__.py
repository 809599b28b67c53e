"""The rules of the lexicon scorer as machine code, where they were compiled: the same judgments, sooner.

``python -m discourse.compiled`` makes them with mypyc, into the folder ``built`` beside this file.  They are
used only if they were made of the very sources that are installed and for this Python; otherwise, or with
``DISCOURSE_COMPILED=0``, the same modules are loaded as plain Python.  Nothing needs them.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Sequence
from functools import cache
from importlib.abc import MetaPathFinder
from importlib.machinery import EXTENSION_SUFFIXES, ExtensionFileLoader, ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType

SWITCH = "DISCOURSE_COMPILED"
GROUP = "discourse_rules"
LIBRARY = f"{GROUP}__mypyc"
"""What mypyc calls the library that holds the code of all modules."""
_SENTIMENT = """acts asides clauses comparison compose constructions cues holders irony judging judgment
mentions modifiers naming needs reading replies reports scan selves valence words"""
MODULES = ("discourse.text.literals", *(f"discourse.sentiment.{name}" for name in _SENTIMENT.split()))
PACKAGE = Path(__file__).resolve().parents[1]
BUILT = PACKAGE / "compiled" / "built"
RECORD = BUILT / "record.json"


def source_of(module: str) -> Path:
    """Give the place of the source of a module that may be compiled."""
    return PACKAGE.parent.joinpath(*module.split(".")).with_suffix(".py")


def digest() -> str:
    """Hash the sources, and for which Python they are compiled."""
    found = hashlib.sha256("\n".join((sys.version, EXTENSION_SUFFIXES[0], GROUP)).encode())
    for module in MODULES:
        found.update(f"{module}\n".encode() + source_of(module).read_bytes())
    return found.hexdigest()


def library(module: str) -> Path:
    """Give the place of the compiled file of a module."""
    return BUILT / f"{module}{EXTENSION_SUFFIXES[0]}"


@cache
def state() -> str:
    """Say how the rules are loaded: ``compiled``, or ``plain`` with the reason."""
    if os.environ.get(SWITCH) == "0":
        return f"plain Python ({SWITCH} is 0)"
    try:
        made_of = json.loads(RECORD.read_text(encoding="utf-8"))["digest"]
    except (OSError, ValueError, KeyError, TypeError):
        return "plain Python (not compiled)"
    try:
        if made_of != digest():
            return "plain Python (compiled from other sources, or for another Python)"
        _load_library()
    except (OSError, ImportError) as error:
        return f"plain Python (what was compiled cannot be loaded: {error})"
    return "compiled"


def _load_library() -> None:
    """Load the library that holds the code; each module only begins its part of it."""
    path = library(LIBRARY)
    spec = spec_from_file_location(LIBRARY, path, loader=ExtensionFileLoader(LIBRARY, str(path)))
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is no library")
    loaded = spec.loader.create_module(spec)
    if loaded is None:
        raise ImportError(f"{path} is no library")
    spec.loader.exec_module(loaded)
    loaded.__file__ = str(PACKAGE.parent / LIBRARY)  # the modules take theirs from it: beside their sources
    sys.modules[LIBRARY] = loaded


class RulesFinder(MetaPathFinder):
    """Find compiled modules, before Python looks for their sources."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Give the compiled module; None for any other, which Python then finds itself."""
        if fullname not in MODULES or state() != "compiled":
            return None
        place = library(fullname)
        return spec_from_file_location(fullname, place, loader=ExtensionFileLoader(fullname, str(place)))


def install() -> None:
    """Look for compiled modules first."""
    if not any(isinstance(finder, RulesFinder) for finder in sys.meta_path):
        sys.meta_path.insert(0, RulesFinder())
