"""A heading says no more than the tables below it, corrected where they are corrected."""

from __future__ import annotations

import pandas as pd
import pytest

from discourse.report.document import Grid, Heading, Paragraph
from discourse.report.docx.tables import TEXT_WIDTH, column_widths
from discourse.report.findings import Findings
from discourse.report.sections.coefficients import coefficient_pages
from discourse.report.sections.context import context_of
from discourse.report.sections.families import emotions_page
from discourse.report.sections.likes import like_pages, places_page
from discourse.report.sections.replies import reply_pages
from discourse.report.sections.time import phases_page
from discourse.report.sections.topic_stance import further_topic_stance, topic_stance_page
from discourse.tables import REPORT_TABLES

TABLES = {table.name: table for table in REPORT_TABLES}
FIGURE = {"level": 0.95, "n": 200, "n_authors": 150, "n_threads": 60}


def bounds(estimate, half=0.03):
    return {"estimate": estimate, "low": estimate - half, "high": estimate + half}


@pytest.fixture
def page(make_findings):
    def make(section, language="en", **tables):
        plain = make_findings(language)
        made = {
            name: TABLES[name].conform(pd.DataFrame(rows).reindex(columns=TABLES[name].names))
            for name, rows in tables.items()
        }
        findings = Findings({**plain.tables, **made}, plain.study, plain.provenance)
        return section(context_of(findings, language, 0, {}))

    return make


def heads(blocks):
    return [block.text for block in blocks if isinstance(block, Heading)]


def said(blocks):
    return " ".join(block.text for block in blocks if isinstance(block, Paragraph))


def grids(blocks):
    return [block for block in blocks if isinstance(block, Grid)]


def emotion(group, estimate):
    return FIGURE | bounds(estimate) | {"target": "refugees", "emotion": "praise", "group": group}


def coded(group, naive, corrected):
    about = {"kind": "emotion", "name": "praise", "target": "refugees", "figure": "group", "lang": "all"}
    return [
        FIGURE | bounds(value, 0.06) | about | {"group": group, "version": version, "n_coded": 200}
        for version, value in (("naive", naive), ("corrected", corrected))
    ]


@pytest.mark.parametrize(
    ("language", "basis"), [("en", "corrected by human codes"), ("zh", "已经人工编码校正")]
)
def test_the_most_frequent_emotion_is_that_of_corrected_figures(page, language, basis):
    rows = [emotion("hosts", 0.24), emotion("newcomers", 0.26)]
    head = heads(page(emotions_page, language, emotions=rows))[0]
    assert "26% [23%, 29%]" in head
    assert basis not in head
    codes = [*coded("hosts", 0.24, 0.20), *coded("newcomers", 0.26, 0.13)]
    codes += [row | {"lang": "zh", "estimate": 0.5} for row in coded("hosts", 0.3, 0.3)]
    head = heads(page(emotions_page, language, emotions=rows, code_estimates=codes))[0]
    assert "20% [14%, 26%]" in head
    assert basis in head


CHANGE = {"target": "refugees", "group": "hosts", "measure": "mean", "phase_a": "dark", "phase_b": "influx"}
PHASES = [
    FIGURE
    | bounds(value)
    | {"phase": name, "first": day, "last": day, "target": "refugees", "group": "hosts", "measure": measure}
    for name, day, value in (("influx", "2025-01-13", 0.3), ("dark", "2025-01-19", 0.19))
    for measure in ("mean", "positive", "negative")
]


@pytest.mark.parametrize(
    ("corrected", "half", "head", "text"),
    [
        (-0.08, 0.13, "by labels alone", "cannot be told from none"),
        (-0.10, 0.05, "", "the difference is −0.10"),
    ],
)
def test_a_change_by_labels_says_what_the_correction_makes_of_it(page, corrected, half, head, text):
    change = CHANGE | FIGURE | bounds(-0.11) | {"p": 0.001, "p_adjusted": 0.002, "effect": -0.2}
    change |= {"n_a": 100, "n_b": 200}
    version = (
        FIGURE | bounds(corrected, half) | {"figure": "change", "id": "dark vs influx", "outcome": "mean"}
    )
    version |= {"group": "hosts", "lang": "all", "version": "corrected", "target": "refugees", "n_coded": 200}
    blocks = page(phases_page, phases=PHASES, phase_changes=[change], three_estimates=[version])
    assert "lower in" in heads(blocks)[0]
    assert ("by labels alone" in heads(blocks)[0]) == bool(head)
    assert text in said(blocks)


def test_phases_without_a_mean_make_no_empty_table(page):
    blank = [row | {"estimate": None, "low": None, "high": None} for row in PHASES]
    blocks = page(phases_page, phases=blank, phase_changes=[], composition=[])
    assert all(grid.rows for grid in grids(blocks))


def cell(topic, target, measure, estimate, residual, p, n=200):
    about = {"lang": "zh+en", "topic": topic, "label": f"词{topic}", "target": target, "group": "hosts"}
    about |= {"measure": measure, "elsewhere": 0.27, "residual": residual, "p": p, "p_adjusted": p}
    return FIGURE | bounds(estimate) | about | {"n": n}


def test_a_topic_is_called_colder_than_the_others_not_the_coldest_of_all(page):
    rows = [
        cell(12, "refugees", "mean", -0.01, -7.0, 1e-6),
        cell(13, "refugees", "mean", -0.10, -4.8, 1e-4),
        cell(1, "refugees", "mean", 0.3, 0.5, 0.9),
    ]
    head = heads(page(topic_stance_page, topic_stance=rows))[0]
    assert head.endswith("−0.01 against 0.27")
    assert "most" not in head


@pytest.mark.parametrize(("language", "words"), [("en", "1 of 2 shares"), ("zh", "2 项正面")])
def test_where_no_mean_departs_the_shares_that_do_are_counted(page, language, words):
    rows = [
        cell(1, "hosts", "mean", 0.3, 0.5, 0.9),
        cell(1, "hosts", "positive", 0.0, -8.0, 1e-6, n=14),
        cell(1, "hosts", "negative", 0.2, 0.1, 0.9),
    ]
    blocks = page(further_topic_stance, language, topic_stance=rows)
    assert ("Mean stance" in heads(blocks)[0]) or ("平均立场" in heads(blocks)[0])
    assert words in said(blocks)
    assert "14" in said(blocks)


def reply(group, other, ratio, p):
    about = {"group": group, "parent_group": other, "expected": 0.08, "expected_in_thread": 0.13}
    about |= {"p": p, "p_adjusted": p, "p_in_thread": 0.34, "ratio": ratio, "n_answered": 40}
    return FIGURE | bounds(0.13) | about


def test_replies_beyond_chance_say_how_it_is_within_threads(page):
    rows = [reply("hosts", "hosts", 1.0, 0.9), reply("onlookers", "onlookers", 1.77, 0.001)]
    blocks = page(reply_pages, reply_mixing=rows, reciprocity=[], language_choice=[], reply_indices=[])
    assert "1.8 times" in heads(blocks)[0]
    assert "Within threads it is 13% [10%, 16%] against 13% by chance, p = 0.34" in said(blocks)


def test_one_group_answers_nobody_but_itself(page):
    rows = [reply("hosts", "hosts", 1.0, 0.9)]
    assert not page(reply_pages, reply_mixing=rows, reciprocity=[], language_choice=[], reply_indices=[])


def test_that_hostility_is_not_found_returned_is_not_said_to_be_none(page):
    rows = [
        FIGURE
        | bounds(0.11)
        | {"target": "refugees", "group": "all", "parent_group": "all", "parent_label": a, "label": b}
        | {"expected": 0.10, "p": 0.8}
        for a in ("positive", "negative")
        for b in ("positive", "negative")
    ]
    blocks = page(reply_pages, reply_mixing=[], reciprocity=rows, language_choice=[], reply_indices=[])
    assert "cannot be told: 11% [8%, 14%] against 10%" in heads(blocks)[0]
    table = grids(blocks)[0]
    assert [column.title for column in table.columns][-2:] == ["Replies", "Authors"]
    assert len(table.rows) == 4


def place(code, known):
    about = {"target": "refugees", "group": "all", "within": "china", "area": code, "raw": 0.2, "weight": 0.1}
    row = FIGURE | bounds(0.2) | about | {"mean": 0.2, "tau": 0.0}
    return row if known else row | dict.fromkeys(("estimate", "low", "high", "n", "n_authors", "raw"))


def test_places_too_small_are_counted_not_listed(page):
    rows = [
        place("CN-GD", True),
        place("CN-ZJ", True),
        *(place(f"CN-{c}", False) for c in ("GZ", "QH", "XZ")),
    ]
    blocks = page(places_page, areas=rows)
    assert len(grids(blocks)[0].rows) == 2
    assert any("3 such places" in note for note in grids(blocks)[0].notes)
    assert "cannot be told" in heads(blocks)[0]


def influence(group, side, n_authors):
    rows = []
    for measure, value in (("share", 0.2), ("posts", 2.0), ("stance", 0.1)):
        about = {"measure": measure, "group": group, "influence": side, "reason": "fewer than 10 authors"}
        figure = bounds(value) if n_authors else dict.fromkeys(("estimate", "low", "high"))
        rows.append(FIGURE | figure | about | {"n_authors": n_authors})
    return rows


def test_a_count_hidden_beside_a_small_one_is_not_called_small(page):
    rows = [
        r
        for g, n in (("hosts", 40), ("merchants", None))
        for s in ("high", "low")
        for r in influence(g, s, n)
    ]
    weights = [{"indicator": "likes", "entropy": 0.8, "weight": 1.0, "total": 10, "n_authors": 40}]
    blocks = page(like_pages, influence=rows, influence_weights=weights, engagement=[])
    table = next(
        grid for grid in grids(blocks) if any("18%" in str(r) or "high" in str(r) for r in grid.rows)
    )
    assert [row[-1] for row in table.rows] == ["40", "40", "–", "–"]


def test_a_fifth_of_the_only_group_is_no_finding(page):
    rows = [r for s in ("high", "low") for r in influence("hosts", s, 40)]
    blocks = page(like_pages, influence=rows, influence_weights=[], engagement=[])
    assert not any("%" in head for head in heads(blocks))


def coefficient(version, estimate, half):
    about = {"model": "stance", "term": "group", "level_of": "newcomers", "reference": "hosts"}
    about |= {"version": version, "n_coded": 200, "labelled": "outcome"}
    return FIGURE | bounds(estimate, half) | about


def test_coefficients_do_not_call_coded_emotions_uncoded(page):
    rows = [coefficient("naive", -0.07, 0.08), coefficient("corrected", -0.14, 0.05)]
    emotions = [emotion("hosts", 0.2), emotion("hosts", 0.2) | {"emotion": "anger"}]
    given = {"coefficients": rows, "emotions": emotions, "frames": [], "topics": [], "three_estimates": []}
    blocks = page(coefficient_pages, **given, code_estimates=coded("hosts", 0.2, 0.2))
    assert "the emotions that were not coded" in said(blocks)
    whole = page(coefficient_pages, **given, code_estimates=[])
    assert "the emotions that were not coded" not in said(whole)
    assert "emotions" in said(whole)
    assert "1 of 1 coefficients leave out “no difference”; by labels alone, of 0" in heads(blocks)[0]
    assert "not adjusted for the number" in said(blocks)


def test_topics_have_room_in_the_table_of_stance_by_topic(page):
    row = cell(12, "refugees", "mean", -0.01, -7.0, 1e-6) | {
        "label": "推荐, 两套, 关掉 / algorithm, recommendations, page"
    }
    shares = [row | {"measure": measure, "estimate": 0.28} for measure in ("positive", "negative")]
    grid = next(g for g in grids(page(topic_stance_page, topic_stance=[row, *shares])) if g.rows)
    assert "recommendations, page" in grid.rows[0][0]
    assert grid.rows[0][-2] == "28% / 28%"
    assert column_widths(grid)[0] > TEXT_WIDTH / 5
