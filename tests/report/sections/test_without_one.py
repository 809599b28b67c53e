"""Answers without single authors, threads and days: which depend on one is said, in both languages."""

from __future__ import annotations

import pandas as pd
import pytest

from discourse.report.document import Grid, Paragraph
from discourse.report.findings import Findings
from discourse.report.sections.context import context_of
from discourse.report.sections.part_versions import part_versions_page
from discourse.report.sections.without_one import without_one_page
from discourse.tables import QUESTIONS, THREE_ESTIMATES

BOTH = pytest.mark.parametrize("language", ["en", "zh"])


def rows(name, figure, **middles):
    head = {"target": "refugees", "figure": figure, "id": name, "outcome": "balance", "group": "hosts"}
    head |= {"lang": "all", "level": 0.95, "n": 900, "n_coded": 200, "n_authors": 150, "method": "m"}
    return [
        head
        | {"version": version, "estimate": middle, "low": middle - 0.1, "high": middle + 0.1}
        | {"reason": None if middle == middle else "fewer than 50 codes"}
        for version, middle in middles.items()
    ]


def context(make_findings, language, *made):
    questions = [
        {"id": name, "text": "?", "outcome": "balance:refugees", "groups": "hosts", "expect": "> 0"}
        | {"answer": "supported", "estimate": 0.3, "low": 0.2, "high": 0.4, "reason": "r"}
        for name in ("H1", "H2")
    ]
    findings = make_findings()
    tables = {
        "three_estimates": THREE_ESTIMATES.conform(pd.DataFrame([row for part in made for row in part])),
        "questions": QUESTIONS.conform(pd.DataFrame(questions)),
    }
    findings = Findings(dict(findings.tables) | tables, findings.study, findings.provenance)
    return context_of(findings, language, 0, {})


def said(blocks):
    return " ".join(block.text for block in blocks if isinstance(block, Paragraph))


@BOTH
def test_an_answer_that_hangs_on_one_thread_is_named(make_findings, language):
    made = [
        rows("H1", "question", human=0.25, naive=0.3, corrected=0.2),
        rows("H1", "without author", human=0.25, naive=0.3, corrected=0.19),
        rows("H1", "without thread", human=0.25, naive=0.3, corrected=0.05),
        rows("H1", "without day", human=float("nan"), naive=0.31, corrected=0.18),
        rows("H2", "question", naive=0.3, corrected=0.4),
        rows("H2", "without author", naive=0.3, corrected=0.4),
    ]
    blocks = without_one_page(context(make_findings, language, *made))
    assert {"en": "H1 (without a thread)", "zh": "H1（去掉一个讨论串）"}[language].replace(
        "（", " ("
    ).replace("）", ")") in said(blocks).replace("（", " (").replace("）", ")")
    assert "H2" not in said(blocks)
    (grid,) = [block for block in blocks if isinstance(block, Grid)]
    assert len(grid.rows) == 5
    assert "5 [−5, 15]" in " ".join(map(str, grid.rows[0]))
    assert {"en": "fewer than 50 codes", "zh": "人工编码不足 50 条"}[language] in " ".join(grid.notes)


@BOTH
def test_where_no_answer_hangs_on_one_that_is_said(make_findings, language):
    made = [rows("H1", figure, naive=0.3, corrected=0.3) for figure in ("question", "without author")]
    blocks = without_one_page(context(make_findings, language, *made))
    assert {"en": "None of 1 corrected answers", "zh": "1 个校正后的回答都不取决于"}[language] in said(blocks)


def test_without_codes_there_is_no_page(make_findings):
    assert without_one_page(context(make_findings, "en", rows("H1", "question", naive=0.3))) == []


@BOTH
def test_influence_stands_among_the_parts(make_findings, language):
    made = [
        rows(name, "influence", human=0.3, naive=0.3, corrected=0.3)
        for name in ("high", "low", "high vs low")
    ]
    blocks = part_versions_page(context(make_findings, language, *made))
    text = " ".join(map(str, next(block for block in blocks if isinstance(block, Grid)).rows))
    assert {"en": "high minus low influence", "zh": "影响力高减低"}[language] in text
