"""The page that says which function answers which question names functions that exist, and all of them."""

from __future__ import annotations

import doctest
import re
from importlib import import_module
from pathlib import Path

from discourse import stats

PAGE = Path(__file__).parents[2] / "docs" / "which-function.md"
TEXT = PAGE.read_text(encoding="utf-8")
FUNCTION_CELLS = [
    row.split("|")[2] for row in TEXT.splitlines() if row.startswith("| ") and row.count("|") == 6
]
NAMED = {name for cell in FUNCTION_CELLS for name in re.findall(r"`([\w.]+)`", cell)}


def find(name):
    """The function behind a name: discourse.stats, one of its modules, or a full path."""
    path = name if name.startswith("discourse.") else f"discourse.stats.{name}"
    module, _, attribute = path.rpartition(".")
    return getattr(import_module(module), attribute)


def test_every_function_that_the_page_names_exists():
    assert len(NAMED) > 60
    for name in sorted(NAMED):
        assert callable(find(name)), name


def test_every_public_function_of_the_statistics_is_on_the_page():
    named = {name.rpartition(".")[2] for name in NAMED}
    functions = {name for name in stats.__all__ if name[0].islower() and callable(getattr(stats, name))}
    assert functions - named == set()


def test_the_examples_of_the_page_run():
    assert doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8").failed == 0
