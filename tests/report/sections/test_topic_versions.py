"""The page on main topics that people coded: three versions, what the correction changed, both languages."""

from __future__ import annotations

import pandas as pd
import pytest

from discourse.report.document import Grid, Heading, Paragraph, Picture
from discourse.report.findings import Findings
from discourse.report.sections.code_versions import code_versions_page
from discourse.report.sections.context import context_of
from discourse.report.sections.topic_versions import topic_versions_page
from discourse.report.sections.uncoded import topics_of_a_model
from discourse.tables import CODE_ACCURACY, CODE_ESTIMATES, TOPIC_PREVALENCE, TOPICS

BOTH = pytest.mark.parametrize("language", ["en", "zh"])
NAN = float("nan")


def rows(name, group, figure="group", **middles):
    head = {"kind": "topic", "name": name, "target": None, "figure": figure, "id": None, "group": group}
    head |= {"lang": "all", "level": 0.95, "n": 900, "n_coded": 200, "n_authors": 150, "method": "m"}
    return [
        head
        | {"version": version, "estimate": middle, "low": middle - 0.04, "high": middle + 0.04}
        | {
            "reason": "nothing varies among the mentions; no interval can be given"
            if middle != middle
            else None
        }
        for version, middle in middles.items()
    ]


def tables():
    made = [
        *rows("000", "hosts", human=0.31, naive=0.18, corrected=0.3),
        *rows("000", "newcomers", human=0.2, naive=0.21, corrected=0.2),
        *rows("001", "hosts", human=0.4, naive=0.42, corrected=0.41),
        *rows("none", "hosts", human=0.12, naive=NAN, corrected=0.12),
        *rows("000", "hosts vs newcomers", "difference", human=0.11, naive=-0.03, corrected=0.1),
    ]
    accuracy = [
        {"kind": "topic", "name": name, "target": None, "group": "all", "lang": "all", "measure": measure}
        | {
            "estimate": middle,
            "low": middle - 0.1,
            "high": middle + 0.1,
            "level": 0.95,
            "n": 80,
            "instrument": "lsa",
        }
        for name, measure, middle in (
            ("all", "accuracy", 0.71),
            ("all", "alpha", 0.82),
            ("000", "precision", 0.9),
            ("000", "recall", 0.55),
        )
    ]
    topics = [
        {"lang": "zh+en", "topic": k, "label": label, "share": 0.5, "n": 400, "coherence": 0.4}
        for k, label in enumerate(["猫 / cats", "法院 / courts"])
    ]
    shares = [
        {"lang": "zh+en", "topic": 0, "label": "猫 / cats", "group": "hosts", "estimate": 0.26, "low": 0.2}
        | {"high": 0.3, "se": 0.01, "level": 0.95, "n": 900, "n_authors": 150, "n_threads": 90}
        | {"method": "m", "reason": None}
    ]
    return {
        "code_estimates": CODE_ESTIMATES.conform(pd.DataFrame(made)),
        "code_accuracy": CODE_ACCURACY.conform(pd.DataFrame(accuracy)),
        "topics": TOPICS.conform(pd.DataFrame(topics)),
        "topic_prevalence": TOPIC_PREVALENCE.conform(pd.DataFrame(shares)),
    }


def context(make_findings, language, **given):
    findings = make_findings()
    findings = Findings(dict(findings.tables) | given, findings.study, findings.provenance)
    return context_of(findings, language, 0, {})


def text(blocks):
    cells = [
        cell if isinstance(cell, str) else cell.text
        for block in blocks
        if isinstance(block, Grid)
        for row in block.rows
        for cell in row
    ]
    said = [block.text for block in blocks if isinstance(block, Paragraph | Heading)]
    return " | ".join([*said, *cells])


@BOTH
def test_topics_stand_in_three_versions_beside_their_mean_proportion(make_findings, language):
    blocks = topic_versions_page(context(make_findings, language, **tables()))
    assert blocks[0].text.count("18%") == blocks[0].text.count("30%") == 1
    assert any(isinstance(block, Picture) for block in blocks)
    said = text(blocks)
    for figure in ("26%", "31 [27, 35]", "18 [14, 22]", "30 [26, 34]", "0.82 [0.72, 0.92]"):
        assert figure in said
    assert {"en": "None of these", "zh": "都不是"}[language] in said
    assert {"en": "Of 3 shares", "zh": "3 个"}[language] in said
    assert {"en": "share of posts that a topic leads", "zh": "以某话题为主的帖子份额"}[language] in said


@BOTH
def test_pages_of_the_model_alone_say_where_the_corrected_ones_stand(make_findings, language):
    before = context(make_findings, language)
    assert (
        topics_of_a_model(before)
        == {"en": "Uncorrected: nobody coded this.", "zh": "未经校正：无人编码。"}[language]
    )
    assert topic_versions_page(before) == []
    after = context(make_findings, language, **tables())
    assert {"en": "Main topics in three versions", "zh": "主要话题的三个版本"}[language] in topics_of_a_model(
        after
    )


def test_topics_are_not_mixed_with_frames(make_findings):
    assert code_versions_page(context(make_findings, "en", **tables())) == []
