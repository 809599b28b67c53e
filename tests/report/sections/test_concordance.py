"""Lines are printed as far as the policy lets them be: as they stand, in other words, or not at all."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
import pytest

from discourse.report.document import Grid, Heading, texts
from discourse.report.files.fragments import markdown
from discourse.report.html.page import page
from discourse.report.render import compose
from discourse.report.sections.concordance import FOUND, ON_PAPER
from discourse.tables import COLLOCATES, CONCORDANCE

TITLE = {"en": "Words in their context", "zh": "语境中的目标"}
ROUND = {"log_dice": 9.0, "g2": 20.0, "log_odds_z": 4.0, "p": 0.001}
HELD = "fewer than 10 authors write the same, and nobody has paraphrased it"


def lines(n: int, **over) -> pd.DataFrame:
    shown = {
        "group": ["hosts"] * n,
        "stance": ["positive"] * n,
        "left": [f"before {i} 我们" for i in range(n)],
        "node": ["难民"] * n,
        "right": [f"behind {i} <b>=1+1" for i in range(n)],
        "quote": [f"{i:010x}" for i in range(n)],
        "n_authors": [12] * n,
        "findable": [False] * n,
        "gloss": ["we · refugee"] * n,
    }
    return CONCORDANCE.conform(pd.DataFrame(shown | over))


def in_other_words(*said: str) -> pd.DataFrame:
    n = len(said)
    rest = {"left": None, "node": None, "right": None, "gloss": None, "findable": None, "n_authors": None}
    held = [None if text else HELD for text in said]
    table = lines(n, **{name: pd.Series([value] * n, dtype="object") for name, value in rest.items()})
    return CONCORDANCE.conform(table.assign(paraphrase=[text or None for text in said], not_printed=held))


def composed(make_findings, table: pd.DataFrame, policy: str, language: str = "en"):
    quotes = {"policy": policy, "consent": "asked each author"}
    findings = make_findings(language, tables={"concordance": table}, study={"quotes": quotes})
    return compose(findings, language)


def the_lines(document, language: str = "en") -> Grid:
    return next(b for b in document.blocks if isinstance(b, Grid) and b.caption == TITLE[language])


def test_no_line_is_printed_where_nobody_may_be_quoted_and_the_reason_is(make_findings):
    row = {"target": "refugees", "lang": "zh", "by": "stance", "side": "positive", "other": "negative"}
    near = COLLOCATES.conform(
        pd.DataFrame([row | {"word": "猫", "n": 40, "n_authors": 30, "q": 0.01} | ROUND])
    )
    tables = {"concordance": lines(9), "collocates": near}
    document = compose(make_findings(tables=tables, study={"quotes": {"policy": "none"}}), "en")
    printed = texts(document)
    assert not any("before 3" in text for text in printed)
    assert any("No post is quoted" in text for text in printed)


def test_findings_without_lines_have_no_such_page(make_findings):
    document = compose(make_findings(study={"quotes": {"policy": "masked"}}), "en")
    assert not [b for b in document.blocks if isinstance(b, Grid) and b.caption == TITLE["en"]]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_holds_every_line_with_a_search_and_paper_the_first(make_findings, language):
    document = composed(make_findings, lines(130), "masked", language)
    grid = the_lines(document, language)
    assert len(grid.rows) == 130
    assert len(grid.printed) == ON_PAPER
    assert any("130" in note for note in grid.notes)
    text = page(replace(document, blocks=(grid,)), {})
    table = text[text.index(f'id="table-{grid.number}"') :]
    assert "data-search" in table[: table.index("</thead>")]
    assert len(re.findall(r"before \d+", re.sub("<[^>]+>", "", table[: table.index("</table>")]))) == 130
    assert "&lt;b&gt;=1+1" in table
    assert markdown(grid).count("| 难民 |") == ON_PAPER


def test_the_gloss_stands_beside_chinese_for_those_who_read_english(make_findings):
    english, chinese = (
        [column.title for column in the_lines(composed(make_findings, lines(3), "verbatim", at), at).columns]
        for at in ("en", "zh")
    )
    assert "Word by word" in english
    assert len(chinese) == len(english) - 1
    assert any(
        "no translation" in note for note in the_lines(composed(make_findings, lines(3), "masked")).notes
    )


def test_nobody_is_given_the_words_of_the_line_above(make_findings):
    document = composed(make_findings, lines(2, left=["so many ", ""]), "verbatim")
    grid = the_lines(document)
    text = page(replace(document, blocks=(grid,)), {})
    assert text.count("so many") == 1
    assert str(grid.rows[1][0]).strip() == ""


def test_a_line_that_a_search_would_find_is_marked_and_counted(make_findings):
    grid = the_lines(composed(make_findings, lines(3, findable=[True, False, True]), "verbatim"))
    assert [str(row[2]).endswith(FOUND) for row in grid.rows] == [True, False, True]
    assert any(note.startswith(f"{FOUND} 2 of these lines") for note in grid.notes)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_paraphrases_are_printed_and_what_nobody_has_filled_in_is_counted(make_findings, language):
    document = composed(make_findings, in_other_words("They greet the new ones.", ""), "paraphrase", language)
    printed = " ".join(texts(document))
    assert "They greet the new ones." in printed
    assert "before 0" not in printed
    assert ("1 lines are not printed" if language == "en" else "1 行未刊出") in printed
    assert HELD not in printed or language == "en"


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        ("none", "Nobody is quoted"),
        ("masked", "only if at least 10 authors write the same"),
        ("paraphrase", "only what a person made of it"),
        ("verbatim", "with consent (asked each author)"),
    ],
)
def test_the_paragraph_on_ethics_names_the_policy(make_findings, policy, said):
    assert any(said in text for text in texts(composed(make_findings, lines(1), policy)))


def test_the_heading_says_how_many_lines_were_printed_and_how(make_findings):
    table = pd.concat([lines(2), in_other_words("In other words.", "")], ignore_index=True)
    heads = [b.text for b in composed(make_findings, table, "masked").blocks if isinstance(b, Heading)]
    assert "Of 4 lines drawn, 2 are printed as they stand and 1 in other words" in heads
