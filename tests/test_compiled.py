"""Compiled or plain, the rules are one instrument with the same judgments; what is out of date is not loaded."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from discourse import compiled
from discourse.compiled import __main__ as compiling
from discourse.sentiment.rules import rule_modules

PROMISES = Path(__file__).with_name("sentiment") / "promises"
JUDGE = """
import csv, hashlib, json, sys
from pathlib import Path
from discourse import compiled
from discourse.sentiment.explain import explain
from discourse.sentiment.lexicon_scorer import LexiconScorer
from discourse.sentiment.target import Target, target_names
rows = []
for path in sorted(Path(sys.argv[1]).glob("*.tsv")):
    with path.open(encoding="utf-8", newline="") as handle:
        rows += list(csv.DictReader(handle, delimiter="\\t", quoting=csv.QUOTE_NONE))
texts, parents = [row["text"] for row in rows], [row["parent"] or None for row in rows]
odd = ["", "\\x00", "\\u0130 refugees \\u0130 good", "\\ud800 refugees soooo 'good'", "REFUGEES \\U0001f44d"]
found = {"explained": [explain(text) for text in texts[::40]]}
for name in target_names():
    scorer = LexiconScorer(name)
    found[name] = [scorer.instrument, *map(repr, scorer.score([*texts, *odd], [*parents, *texts[:5]]))]
loose = LexiconScorer(Target("t", names={"zh": ["\\u8fd9", "\\u597d"], "en": ["this", "good", "you"]}))
spans = [(0, 1 + len(text) // 3) if text else None for text in texts]
found["loose"] = [*map(repr, loose.score(texts)), *map(repr, loose.score(texts, spans=spans))]
print(json.dumps([compiled.state(), found]))
"""


def judged(switch: str) -> tuple[str, dict[str, list[str]]]:
    done = subprocess.run(
        [sys.executable, "-c", JUDGE, str(PROMISES)],
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
        env={**os.environ, "DISCOURSE_COMPILED": switch, "PYTHONIOENCODING": "utf-8:surrogatepass"},
        cwd=compiled.PACKAGE.parent,
    )
    state, found = json.loads(done.stdout)
    return state, found


def test_compiled_rules_judge_as_the_plain_ones_do():
    state, found = judged("1")
    if state != "compiled":
        pytest.skip(f"{state}; python -m discourse.compiled makes them")
    other, plain = judged("0")
    assert other.startswith("plain Python")
    assert found.keys() == plain.keys()
    for name, rows in found.items():
        assert len(rows) > 50
        assert [pair for pair in zip(rows, plain[name], strict=True) if pair[0] != pair[1]] == [], name


@pytest.fixture
def built(tmp_path, monkeypatch):
    """A folder of its own for what is compiled, with nothing in it."""
    monkeypatch.delenv(compiled.SWITCH, raising=False)
    for module in (compiled, compiling):
        monkeypatch.setattr(module, "BUILT", tmp_path / "built")
        monkeypatch.setattr(module, "RECORD", tmp_path / "built" / "record.json")
    (tmp_path / "built").mkdir()
    return tmp_path / "built"


def recorded(built: Path, digest: str) -> str:
    (built / "record.json").write_text(json.dumps({"digest": digest}), encoding="utf-8")
    return compiled.state.__wrapped__()


def test_without_anything_compiled_the_rules_are_plain(built):
    assert compiled.state.__wrapped__() == "plain Python (not compiled)"


def test_what_was_compiled_from_other_sources_is_not_loaded(built):
    assert "other sources" in recorded(built, "0" * 64)


@pytest.mark.parametrize("library", [None, b"", b"no library"])
def test_a_lost_or_damaged_library_leaves_the_rules_plain(built, library):
    if library is not None:
        path = built / f"{compiled.LIBRARY}{compiled.EXTENSION_SUFFIXES[0]}"
        path.write_bytes(library)
    assert "cannot be loaded" in recorded(built, compiled.digest())


@pytest.mark.parametrize("text", ["", "[]", '"x"', "{}", "\x00"])
def test_a_damaged_record_leaves_the_rules_plain(built, text):
    (built / "record.json").write_text(text, encoding="utf-8")
    assert compiled.state.__wrapped__() == "plain Python (not compiled)"


def test_every_change_of_a_source_is_seen(monkeypatch, tmp_path):
    before = compiled.digest()
    changed = tmp_path / "cues.py"
    changed.write_bytes(compiled.source_of("discourse.sentiment.cues").read_bytes() + b"\n")
    plain = compiled.source_of
    monkeypatch.setattr(
        compiled, "source_of", lambda module: changed if module.endswith(".cues") else plain(module)
    )
    assert compiled.digest() != before


def test_the_switch_turns_compiled_rules_off(built, monkeypatch):
    monkeypatch.setenv(compiled.SWITCH, "0")
    assert "DISCOURSE_COMPILED is 0" in recorded(built, compiled.digest())


def test_only_rules_of_the_instrument_are_compiled():
    assert set(compiled.MODULES) <= set(rule_modules("discourse.sentiment.lexicon_scorer"))


def test_where_nothing_can_be_compiled_one_line_says_so_and_nothing_is_written(built, monkeypatch):
    def failed(command, **options):
        return subprocess.CompletedProcess(
            command, 1, "", "Traceback\nerror: command 'gcc' failed: no such file\n"
        )

    monkeypatch.setattr(compiling.subprocess, "run", failed)
    said = compiling.build()
    assert "plain Python" in said
    assert "'gcc' failed" in said
    assert "\n" not in said
    assert list(built.iterdir()) == []


def test_what_is_up_to_date_is_not_compiled_again(built, monkeypatch):
    monkeypatch.setattr(compiling.subprocess, "run", lambda *args, **options: pytest.fail("compiled again"))
    recorded(built, compiled.digest())
    assert compiling.build() == "the rules are compiled"
