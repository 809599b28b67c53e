"""The name of the instrument tells by which rules posts are judged, not only by which lexicons."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import discourse
from discourse.errors import DiscourseError
from discourse.sentiment import rules
from discourse.sentiment.lexicon_scorer import LexiconScorer

SCORER = "discourse.sentiment.lexicon_scorer"


@pytest.fixture
def changed(monkeypatch: pytest.MonkeyPatch):
    """Read the source of one module otherwise; nothing of it is remembered."""

    def change(name: str, before: str, after: str) -> None:
        plain = rules.source_of
        assert before in plain(name)

        def read(module: str) -> str:
            source = plain(module)
            return source.replace(before, after) if module == name else source

        monkeypatch.setattr(rules, "source_of", read)
        rules.rules_digest.cache_clear()

    yield change
    monkeypatch.undo()
    rules.rules_digest.cache_clear()


@pytest.mark.parametrize(
    ("module", "before", "after"),
    [
        ("modifiers", "NEGATED_PRAISE: Final = -0.8", "NEGATED_PRAISE: Final = -0.7"),
        ("clauses", "ends = cue.domain", "ends = not cue.domain"),
        ("lexicon_scorer", "NEUTRAL = 0.15", "NEUTRAL = 0.2"),
    ],
)
def test_a_changed_rule_is_another_instrument(changed, module, before, after):
    plain = LexiconScorer("refugees").instrument
    changed(f"discourse.sentiment.{module}", before, after)
    assert LexiconScorer("refugees").instrument != plain


def test_what_takes_no_part_in_a_judgment_is_not_read():
    modules = rules.rule_modules(SCORER)
    assert {"discourse.sentiment.irony", "discourse.sentiment.negation"} & set(modules) == {
        "discourse.sentiment.irony"
    }
    assert "discourse.sentiment.emotion" not in modules


def test_the_ends_of_lines_and_where_it_is_installed_do_not_matter(tmp_path: Path):
    """A checkout on Windows, packed as a zip file, is the same instrument."""
    root = Path(discourse.__file__).parents[1]
    with zipfile.ZipFile(tmp_path / "discourse.zip", "w") as packed:
        for path in sorted((root / "discourse").rglob("*.py")):
            lines = path.read_text(encoding="utf-8").replace("\n", "\r\n")
            packed.writestr(path.relative_to(root).as_posix(), lines.encode("utf-8"))
    code = f"from discourse.sentiment.rules import rules_digest; print(rules_digest({SCORER!r}))"
    there = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, sys.argv[1]); {code}", "discourse.zip"],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert there.stdout.strip() == rules.rules_digest(SCORER)


def test_rules_without_source_are_an_error(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(rules, "find_spec", lambda name: None)
    with pytest.raises(DiscourseError, match="source"):
        rules.source_of("discourse.sentiment.gone")
