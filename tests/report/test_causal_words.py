"""No text of a report says that one thing brought about another: the designs here do not permit it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import discourse

ROOT = Path(discourse.__file__).parent
ENGLISH = re.compile(
    r"\b(caus(?:e|es|ed|ing|al|ally)|led to|leads? to|leading to|effects? of|(?:an?|the) effect on|impacts?|"
    r"impacted|due to|because of|results? in|resulted in|brings? about|brought about|drove|driven by|"
    r"triggered|thanks to)\b",
    re.IGNORECASE,
)
CHINESE = re.compile("导致|使得|影响(?!力)|效应(?!量)|造成|引起|引发|促使|归因|由于|致使")

#: Sentences that deny it, or speak of something else, with the word in its place.
ALLOWED = (
    "That an event caused a change.",  # stands under what must not be claimed
    "某一事件造成了变化",
    "cannot be put down to any one of them",
    "之后的变化不能归因于其中任何一个",
    "None of this says what brought a difference about",
    "起了什么作用",
    "not the effect of one post on the next",
    "其效应无法与该聚类分开",  # a regressor that cannot be told from its cluster
)


def written(path: Path) -> Iterator[tuple[int, str]]:
    """Every text of a module but its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.lineno, node.value


def modules() -> list[Path]:
    found = [
        p for p in sorted((ROOT / "report").rglob("*.py")) if p.name not in ("references.py", "glyphs.py")
    ]
    # reasons, methods and meanings of columns are printed too, and so are words on a terminal
    others = [
        p for room in ("compare", "study", "tables", "cli") for p in sorted((ROOT / room).rglob("*.py"))
    ]
    return [*found, *others]


def causal(text: str) -> list[str]:
    for allowed in ALLOWED:
        text = text.replace(allowed, "")
    return [*ENGLISH.findall(text), *CHINESE.findall(text)]


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_fixed_text_of_a_report_is_causal(path):
    found = {(line, text[:80]): words for line, text in written(path) if (words := causal(text))}
    assert found == {}


@pytest.mark.parametrize("name", ["help_zh.tsv", "errors_zh.tsv"])
def test_no_word_on_a_chinese_terminal_is_causal(name):
    lines = (ROOT / "cli" / name).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if causal(line)] == []


def test_the_recipe_and_its_frames_ask_nothing_causal():
    recipe = ROOT.parent / "reports" / "tiktok-refugees" / "study.toml"
    if not recipe.exists():
        pytest.skip("an installed package without the recipe beside it")
    assert causal(recipe.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "text",
    [
        "The outage caused a fall in stance.",
        "Stance fell due to the ban.",
        "the effect of the law on hosts",
        "停服导致立场下降",
        "禁令对原住民的影响",
    ],
)
def test_a_causal_sentence_would_be_found(text):
    assert causal(text)


def test_what_denies_causes_may_name_them():
    assert causal("That an event caused a change. Events lie close together.") == []
