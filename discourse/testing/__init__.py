"""Checks that anyone can run: our functions against published values, and plug-ins against their protocol."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

_EXPORTS = {"check_engine": "discourse.testing.engines", "check_scorer": "discourse.testing.scorers"}
__all__ = ["check_engine", "check_scorer"]

if TYPE_CHECKING:
    from discourse.testing.engines import check_engine
    from discourse.testing.scorers import check_scorer


def __getattr__(name: str) -> Any:
    if name in _EXPORTS:
        return getattr(import_module(_EXPORTS[name]), name)
    raise AttributeError(f"module 'discourse.testing' has no attribute {name!r}")
