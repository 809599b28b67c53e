from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.report.document import Cell, Column, Grid
from discourse.report.files.fragments import latex, latex_text, markdown, markdown_text, write_fragments
from discourse.report.render import compose

TEXTS = st.text(alphabet="ab难\\{}$&#%_^~<>|\"`'-−–*[]()!+=/ 1.,", max_size=40)


@given(TEXTS)
def test_no_command_of_latex_is_left_in_a_text(text):
    known = r"\\(?:textbackslash|textascii\w+|textbar|textquote\w+)\{\}|\\[{}$&#%_]|\$[-<>]\$|\{-\}"
    rest = re.sub(known, "", latex_text(text))
    assert not re.search(r"[\\{}$&#%_^<>|\"`]", rest)


@given(TEXTS)
def test_no_mark_of_markdown_is_left_in_a_text(text):
    rest = re.sub(r"\\.|&(?:lt|gt|amp);|\[−?[0-9.,]+%?, −?[0-9.,]+%?\](?!\()", "", markdown_text(text))
    assert not re.search(r"[\\`*_{}\[\]|~$<>]", rest)


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=4))
def test_a_table_keeps_its_columns_whatever_its_cells_hold(rows):
    grid = Grid("c", (Column("a"), Column("b")), tuple(rows))
    body = latex(grid).split("\\midrule\n")[1].split("\\bottomrule")[0].splitlines()
    assert [len(re.findall(r"(?<!\\)&", line)) for line in body] == [1] * len(rows)
    assert not any(line.startswith(("[", "*")) for line in body)
    lines = [line for line in markdown(grid).splitlines() if line.startswith("| ")]
    assert len(lines) == len(rows) + 2
    assert {len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) for line in lines} == {3}


def test_groups_lose_their_swatch_and_keep_their_name():
    grid = Grid("c", (Column("g"),), ((Cell("Hosts", "#b84a00"),),))
    assert "| Hosts |" in markdown(grid)
    assert "b84a00" not in latex(grid)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_printed_table_is_written_under_its_number(make_findings, tmp_path, language):
    document = compose(make_findings(language), language)
    (tmp_path / "latex").mkdir()
    (tmp_path / "latex" / "table-99.tex").write_text("of an earlier report", encoding="utf-8")
    write_fragments(document, tmp_path)
    numbers = [b.number for b in document.blocks if isinstance(b, Grid) and b.number]
    for folder, ending in (("latex", "tex"), ("markdown", "md")):
        written = sorted(p.name for p in (tmp_path / folder).iterdir() if "in-text" not in p.name)
        assert written == [f"table-{n:02d}.{ending}" for n in numbers]
    text = (tmp_path / "markdown" / "table-01.md").read_text(encoding="utf-8")
    assert {"en": "**Table 1.** Who speaks", "zh": "**表 1.** 谁在发言"}[language] in text
    assert "| 3,020 | 702 | 241 |" in text
