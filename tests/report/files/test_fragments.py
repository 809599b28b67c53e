from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.report.document import Cell, Column, Grid
from discourse.report.files.fragments import latex, latex_text, markdown, markdown_text, write_fragments
from discourse.report.render import compose

# what a page of an article would be set with; our fonts hold Chinese
ARTICLE = r"""\documentclass{article}
\usepackage[a4paper,margin=25mm]{geometry}
\usepackage{fontspec,booktabs,tabularx}
\setmainfont[Path=%s/]{NotoSansSC-Regular-subset.ttf}
\begin{document}
%s
\end{document}
"""
HOSTILE = (
    r"\input{/etc/passwd}",
    r"\end{tabular}\write18{ls}",
    "^^5cinput",
    "100% of $x_1^2$ & #1 ~ {",
    "[2em]",
    "*",
    "\\\\[1cm]",
    "}}}{{{",
    "--- ``quoted'' \"so\" <tag> | x",
    "难民 TikTok_refugee",
    "a" * 400,
)
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


@pytest.mark.skipif(shutil.which("xelatex") is None, reason="no xelatex on this machine")
def test_latex_prints_hostile_texts_as_they_are(tmp_path):
    from discourse.report.glyphs import FONTS

    columns = (Column("first"), Column("wide", wide=True), Column("right", "right", wide=True))
    rows = (*((text, text, text) for text in HOSTILE[:-1]), ("a", HOSTILE[-1], "b"))
    grids = [Grid(text, columns, rows, (text,)) for text in HOSTILE]
    body = "\\clearpage\n".join(map(latex, grids))
    (tmp_path / "all.tex").write_text(ARTICLE % (FONTS, body), encoding="utf-8")
    command = ["xelatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "all.tex"]
    made = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, errors="replace", check=False
    )
    assert made.returncode == 0, made.stdout[-600:]
    if shutil.which("pdftotext"):
        told = subprocess.run(["pdftotext", "all.pdf", "-"], cwd=tmp_path, capture_output=True, check=True)
        # a hyphen that is kept from becoming a dash is told as one that keeps its line
        words = "".join(told.stdout.decode().replace("\u2011", "-").split())
        for text in HOSTILE[:-1]:
            assert "".join(text.split()) in words
