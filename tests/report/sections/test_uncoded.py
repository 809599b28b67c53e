"""Figures that no human codes stand behind say so; those that were coded stand in three versions."""

from __future__ import annotations

import pandas as pd
import pytest

from discourse.report.document import Column, Grid, Heading, Picture
from discourse.report.findings import Findings
from discourse.report.sections.code_versions import code_versions_page
from discourse.report.sections.context import context_of
from discourse.report.sections.frames import frames_page
from discourse.report.sections.part_versions import part_versions_page
from discourse.report.sections.uncoded import labels_of_stance, marked, nobody
from discourse.tables import CODE_ACCURACY, CODE_ESTIMATES, FRAMES, THREE_ESTIMATES

MARK = {"en": "Uncorrected: nobody coded this.", "zh": "未经校正：无人编码。"}
BOTH = pytest.mark.parametrize("language", ["en", "zh"])


def shares(*names):
    rows = [
        {"frame": name, "group": group, "estimate": 0.1, "low": 0.05, "high": 0.15, "level": 0.95}
        | {
            "n": 900,
            "n_authors": 300,
            "n_threads": 90,
            "method": "m",
            "instrument": "lexicon 1",
            "reason": None,
        }
        for name in names
        for group in ("hosts", "newcomers")
    ]
    return FRAMES.conform(pd.DataFrame(rows))


def versions(name="protest", rare=False):
    rows = []
    for figure, group in (("group", "hosts"), ("group", "newcomers"), ("difference", "hosts vs newcomers")):
        for version, middle in (("human", 0.22), ("naive", 0.08), ("corrected", 0.23)):
            known = version == "naive" or not rare
            rows.append(
                {"kind": "frame", "name": name, "target": None, "figure": figure, "id": None, "group": group}
                | {
                    "lang": "all",
                    "version": version,
                    "level": 0.95,
                    "n": 900,
                    "n_coded": 200,
                    "n_authors": 150,
                }
                | {"estimate": middle if known else float("nan"), "low": middle - 0.03, "high": middle + 0.03}
                | {"method": "m", "reason": None if known else "people found it in fewer than 5 coded posts"}
            )
    return CODE_ESTIMATES.conform(pd.DataFrame(rows))


def accuracy(name="protest"):
    rows = [
        {"kind": "frame", "name": name, "target": None, "group": "all", "lang": "all", "measure": measure}
        | {
            "estimate": value,
            "low": value - 0.1,
            "high": value + 0.05,
            "level": 0.95,
            "n": 900,
            "instrument": "x",
        }
        for measure, value in (("precision", 0.86), ("recall", 0.29), ("alpha", 0.84), ("accuracy", 0.95))
    ]
    return CODE_ACCURACY.conform(pd.DataFrame(rows))


def context(make_findings, language, **tables):
    findings = make_findings()
    findings = Findings(dict(findings.tables) | tables, findings.study, findings.provenance)
    return context_of(findings, language, 0, {})


def notes(blocks):
    return " ".join(note for block in blocks if isinstance(block, Grid) for note in block.notes)


def captions(blocks):
    return " ".join(block.caption for block in blocks if isinstance(block, Picture))


@BOTH
def test_frames_that_nobody_coded_say_so_below_figure_and_table(make_findings, language):
    blocks = frames_page(context(make_findings, language, frames=shares("protest", "displacement")))
    assert MARK[language] in captions(blocks)
    assert MARK[language] in notes(blocks)


@BOTH
def test_the_table_of_frames_has_a_row_a_frame_and_says_once_what_stands_behind(make_findings, language):
    blocks = frames_page(context(make_findings, language, frames=shares("protest", "displacement")))
    (grid,) = [block for block in blocks if isinstance(block, Grid)]
    assert len(grid.rows) == 2
    assert "900" in notes(blocks)
    assert not any("900" in cell for row in grid.rows for cell in row)


@BOTH
def test_where_one_frame_was_coded_the_other_is_named(make_findings, language):
    made = {"frames": shares("protest", "displacement"), "code_estimates": versions()}
    blocks = frames_page(context(make_findings, language, **made))
    said = notes(blocks)
    assert {"en": "nobody coded it: My page is gone.", "zh": "无人编码而未经校正：首页被占。"}[
        language
    ] in said
    assert MARK[language] not in captions(blocks)


@BOTH
def test_a_coded_frame_stands_in_three_versions_with_its_errors(make_findings, language):
    made = {"code_estimates": versions(), "code_accuracy": accuracy()}
    blocks = code_versions_page(context(make_findings, language, **made))
    head = next(block for block in blocks if isinstance(block, Heading))
    assert "8%" in head.text
    assert "23%" in head.text
    cells = {str(cell) for block in blocks if isinstance(block, Grid) for row in block.rows for cell in row}
    assert any(cell.startswith("23") for cell in cells)
    assert any(cell.startswith("29") for cell in cells), "recall"
    assert any(isinstance(block, Picture) for block in blocks)


@BOTH
def test_a_frame_too_rare_for_a_correction_gives_its_reason(make_findings, language):
    made = {"code_estimates": versions(rare=True), "code_accuracy": accuracy()}
    blocks = code_versions_page(context(make_findings, language, **made))
    said = {"en": "people found it in fewer than 5 coded posts", "zh": "只在不足 5 条帖子中发现它"}
    assert said[language] in notes(blocks)


def test_nothing_coded_is_no_page(make_findings):
    assert code_versions_page(context(make_findings, "en")) == []
    assert part_versions_page(context(make_findings, "en")) == []


def test_a_mark_stands_below_estimates_and_not_below_words(make_findings):
    here = context(make_findings, "en")
    estimates = Grid("t", (Column("a"),), (("0.1 [0.0, 0.2]",),))
    words = Grid("t", (Column("a"),), (("cats",),))
    counted = Grid(here.word("section.cohorts"), (Column("a"),), (("0.1 [0.0, 0.2]",),))
    first, second, third = marked(lambda _: [estimates, words, counted], nobody)(here)
    assert first.notes == (MARK["en"],)
    assert second.notes == ()
    assert third.notes == (), "who wrote again rests on no label"
    assert labels_of_stance(here) == MARK["en"], "no codes toward the main target"


@BOTH
def test_stance_in_parts_is_listed_in_three_versions(make_findings, language):
    rows = [
        {
            "target": "refugees",
            "figure": figure,
            "id": name,
            "outcome": "balance",
            "group": group,
            "lang": "all",
        }
        | {"version": version, "estimate": middle, "low": middle - 0.1, "high": middle + 0.1, "level": 0.95}
        | {"n": 500, "n_coded": 90, "n_authors": 200, "method": "m", "reason": None}
        for figure, name, group in (("place", "US", "all"), ("reply", "negative", "hosts"))
        for version, middle in (("human", 0.4), ("naive", 0.2), ("corrected", 0.41))
    ]
    made = {"three_estimates": THREE_ESTIMATES.conform(pd.DataFrame(rows))}
    (grid,) = [b for b in part_versions_page(context(make_findings, language, **made)) if isinstance(b, Grid)]
    said = " ".join(str(cell) for row in grid.rows for cell in row)
    assert {"en": "United States", "zh": "美国"}[language] in said
    assert {"en": "Hosts, to negative posts", "zh": "回复负面帖子"}[language] in said
