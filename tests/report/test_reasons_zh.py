"""Every reason that a step gives for having no figure can be said in Chinese."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import discourse
from discourse.report.findings import Findings
from discourse.report.reasons_zh import reason_zh
from discourse.report.subject import subject_of

ROOT = Path(discourse.__file__).parent
# functions of compare/ that return a reason, or None
REFUSALS = {"too_small", "why_not", "_why_not", "_refusal", "_reason"}
STUDY = {"groups": [{"name": "hosts", "label": {"en": "Hosts", "zh": "原住民"}}]}
SUBJECT = subject_of(Findings({}, STUDY), "zh")


def sources() -> Iterator[tuple[Path, ast.Module]]:
    for room in ("stats", "compare", "topics"):
        for path in sorted((ROOT / room).glob("*.py")):
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def spelled(node: ast.expr) -> str | None:
    """Fill a message with values of the kind that its placeholders take."""
    if isinstance(node, ast.Constant):
        return str(node.value) if isinstance(node.value, str) else None
    if not isinstance(node, ast.JoinedStr):
        return None
    parts = []
    for part in node.values:
        if isinstance(part, ast.Constant):
            parts.append(str(part.value))
        elif isinstance(part, ast.FormattedValue):
            parts.append(value_of(part))
    return "".join(parts)


def value_of(part: ast.FormattedValue) -> str:
    named = {"way": "author", "trait": "language", "word": "authors", "what": "coded posts", "present": ""}
    named["place"] = "includes 0"
    if part.conversion == ord("r"):
        return "'hosts'"
    name = ast.unparse(part.value)
    return "hosts" if "join" in name else named.get(name, "3")


def refused(module: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "NotMeasurable":
            yield node.args[0]
        if isinstance(node, ast.FunctionDef) and node.name in REFUSALS:
            yield from (part for n in ast.walk(node) if isinstance(n, ast.Return) for part in returned(n))
        if isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values, strict=True)
            yield from (v for k, v in pairs if isinstance(k, ast.Constant) and k.value == "reason")


def returned(node: ast.Return) -> list[ast.expr]:
    if isinstance(node.value, ast.IfExp):
        return [node.value.body, node.value.orelse]
    return [] if node.value is None else [node.value]


REASONS = sorted({text for _, module in sources() for node in refused(module) if (text := spelled(node))})


def test_the_reasons_of_all_rooms_are_found():
    assert len(REASONS) > 30
    assert {"fewer than 3 authors", "no post of this group has a content word"} <= set(REASONS)
    assert any("lie in one cluster" in text for text in REASONS)


def test_every_refusal_gives_a_message_that_can_be_read_from_the_code():
    for path, module in sources():
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "NotMeasurable":
                assert spelled(node.args[0]), f"{path.name}:{node.lineno}"


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_is_said_in_chinese(reason):
    said = reason_zh(reason, SUBJECT)
    assert re.search(r"[\u4e00-\u9fff]", said)
    assert "原文" not in said
    assert not re.search(r"[A-Za-z]{2}", said)
    assert not re.search(r"[,;:!?]", said)


def test_reasons_that_stand_group_by_group_are_said_group_by_group():
    text = "hosts: fewer than 100 authors; newcomers: no post of this group has a content word"
    assert reason_zh(text, SUBJECT) == "原住民：不足 100 位作者；新来者：该群体没有含实词的帖子"


def test_a_half_known_list_of_reasons_is_quoted_whole():
    text = "hosts: fewer than 100 authors; newcomers: the moon is full"
    assert reason_zh(text, SUBJECT) == f"原文：{text}"
