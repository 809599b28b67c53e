from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
import pytest

from discourse.report.document import Grid, texts
from discourse.report.files.fragments import markdown
from discourse.report.html.page import page
from discourse.report.render import compose
from discourse.report.sections.concordance import ON_PAPER

TITLE = {"en": "Words in their context", "zh": "语境中的词语"}


def _lines(n: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "doc": range(n),
            "start": range(n),
            "stop": range(n),
            "left": [f"before {i} 我们" for i in range(n)],
            "node": ["难民"] * n,
            "right": [f"behind {i} <b>=1+1" for i in range(n)],
        }
    )


def _composed(make_findings, language: str, n: int, policy: str):
    findings = make_findings(language, tables={"kwic": _lines(n)}, study={"quotes": {"policy": policy}})
    return compose(findings, language)


@pytest.mark.parametrize("policy", ["none", "paraphrase"])
def test_no_line_is_printed_where_nobody_may_be_quoted(make_findings, policy):
    assert not any("before 3" in text for text in texts(_composed(make_findings, "en", 9, policy)))


def test_findings_without_lines_have_no_such_page(make_findings):
    document = compose(make_findings(study={"quotes": {"policy": "masked"}}), "en")
    assert not [b for b in document.blocks if isinstance(b, Grid) and b.caption == TITLE["en"]]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_holds_every_line_with_a_search_and_paper_the_first(make_findings, language):
    document = _composed(make_findings, language, 130, "masked")
    grid = next(b for b in document.blocks if isinstance(b, Grid) and b.caption == TITLE[language])
    assert len(grid.rows) == 130
    assert len(grid.printed) == ON_PAPER
    assert any("130" in note for note in grid.notes)
    text = page(replace(document, blocks=(grid,)), {})
    table = text[text.index(f'id="table-{grid.number}"') :]
    assert "data-search" in table[: table.index("</thead>")]
    assert len(re.findall(r"before \d+", re.sub("<[^>]+>", "", table[: table.index("</table>")]))) == 130
    assert "&lt;b&gt;=1+1" in table
    assert markdown(grid).count("| 难民 |") == ON_PAPER


def test_a_short_concordance_is_printed_whole(make_findings):
    grid = next(
        b
        for b in _composed(make_findings, "en", 5, "verbatim").blocks
        if isinstance(b, Grid) and b.caption == TITLE["en"]
    )
    assert grid.printed == grid.rows
    assert len(grid.notes) == 1
