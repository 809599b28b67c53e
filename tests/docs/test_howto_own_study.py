"""What the page on a study of one's own says to write is read as it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import discourse
from discourse.sentiment.target import load_target

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("howto-own-study.md", "howto-own-study.zh.md")
HEAD = 'version = 1\n[study]\ntitle = "T"\nquestion = "Q?"\n[[targets]]\nfile = "grandma.toml"\n'


def blocks(page: str, language: str) -> list[str]:
    text = (DOCS / page).read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


@pytest.mark.parametrize("page", PAGES)
def test_what_the_page_writes_is_a_study(page, tmp_path):
    parts = blocks(page, "toml")
    target = next(part for part in parts if "[names]" in part)
    (tmp_path / "grandma.toml").write_text(target, encoding="utf-8")
    (tmp_path / "posts.csv").write_text("body\nhi\n", encoding="utf-8")
    (tmp_path / "health.tsv").write_text(
        "language\tform\tnote\tsource\nen\thealth*\t\tme\n", encoding="utf-8"
    )
    whole = HEAD + "".join(part for part in parts if part is not target)
    (tmp_path / "study.toml").write_text(whole, encoding="utf-8")
    study = discourse.load_study(tmp_path / "study.toml")
    assert [group.name for group in study.groups] == ["political", "others"]
    assert [question.id for question in study.questions] == ["H1", "H2"]
    labels = discourse.score(["阿嬷真棒", "今天下雨"], load_target(tmp_path / "grandma.toml"))["label"]
    assert labels.tolist() == ["positive", "absent"]


@pytest.mark.parametrize("page", PAGES)
def test_every_key_of_a_target_is_explained(page):
    text = (DOCS / page).read_text(encoding="utf-8")
    known = set(discourse.Target.__dataclass_fields__) - {"name", "names", "person", "group"}
    assert known == set(re.findall(r"^\| `\[(\w+)\]`", text, re.MULTILINE))


def test_both_pages_give_the_same_commands():
    assert blocks(PAGES[0], "sh")[:2] == blocks(PAGES[1], "sh")[:2]
