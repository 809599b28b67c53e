"""The page on what goes with a topic, and stance by topic toward every target."""

from __future__ import annotations

import pandas as pd
import pytest

from discourse.report.document import Grid, Heading, Paragraph, Picture
from discourse.report.findings import Findings
from discourse.report.sections.context import context_of
from discourse.report.sections.topic_covariates import topic_covariates_page
from discourse.report.sections.topic_stance import further_topic_stance
from discourse.tables import TOPIC_COVARIATES, TOPIC_STANCE


def coefficients(p: float = 0.001) -> pd.DataFrame:
    head = {"lang": "zh+en", "level": 0.95, "se": 0.02, "model_share": 0.25, "p": p, "p_adjusted": p}
    counts = {"n": 400, "n_authors": 200, "n_threads": 90, "family": "f", "method": "m", "reason": None}
    rows = [
        {"topic": topic, "label": label, "term": term, "level_of": value, "reference": reference}
        | {"estimate": size, "low": size - 0.04, "high": size + 0.04}
        | head
        | counts
        for topic, label, sign in ((0, "猫 / cats", 1), (1, "law", -1))
        for term, value, reference, size in (
            ("language", "en", "zh", 0.12 * sign),
            ("week", None, None, 0.01 * sign),
        )
    ]
    return TOPIC_COVARIATES.conform(pd.DataFrame(rows))


def page(make_findings, language, section, **tables):
    findings = make_findings()
    findings = Findings(dict(findings.tables) | tables, findings.study, findings.provenance)
    return section(context_of(findings, language, 0, {}))


@pytest.mark.parametrize(
    ("language", "said"), [("en", "more talk of “猫 / cats”"), ("zh", "更多谈“猫 / cats”")]
)
def test_the_largest_sure_difference_is_the_heading_and_intervals_stand_in_points(
    make_findings, language, said
):
    blocks = page(make_findings, language, topic_covariates_page, topic_covariates=coefficients())
    assert said in next(block.text for block in blocks if isinstance(block, Heading))
    grid = next(block for block in blocks if isinstance(block, Grid))
    assert grid.rows[0][2] == "12.0 [8.0, 16.0]"
    assert "25" in grid.notes[-1]
    picture = next(block for block in blocks if isinstance(block, Picture))
    figure = picture.draw()
    shown = [text.get_text() for text in figure.axes[0].texts]
    assert {"12.0", "−12.0", "1.0", "−1.0"} <= set(shown)


def test_nothing_sure_is_said_so_and_nothing_asked_is_no_page(make_findings):
    blocks = page(make_findings, "en", topic_covariates_page, topic_covariates=coefficients(0.6))
    assert "no trait" in blocks[0].text
    nothing = page(make_findings, "en", topic_covariates_page, topic_covariates=TOPIC_COVARIATES.empty())
    assert nothing == []


def stance(targets: list[str]) -> pd.DataFrame:
    rows = [
        {"lang": "zh", "topic": topic, "label": f"words {topic}", "target": target, "group": "hosts"}
        | {"measure": "mean", "estimate": 0.2, "low": 0.1, "high": 0.3, "level": 0.95, "elsewhere": 0.1}
        | {"residual": 1.0, "p": 0.3, "p_adjusted": 0.5, "family": "f", "n": 100 - place, "n_authors": 90}
        | {"n_threads": 40, "method": "m", "instrument": "i", "reason": None}
        for place, target in enumerate(targets)
        for topic in (0, 1)
    ]
    return TOPIC_STANCE.conform(pd.DataFrame(rows))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_targets_beside_the_first_are_drawn_where_a_topic_departs_and_else_told_in_one_sentence(
    make_findings, language
):
    names = ["refugees", "hosts", "xiaohongshu", "tiktok-ban"]
    rows = stance(names)
    even = page(make_findings, language, further_topic_stance, topic_stance=rows)
    assert [type(block) for block in even] == [Heading, Paragraph]
    assert even[1].text.count("topic_stance.csv") == 1
    rows.loc[rows["target"] == "hosts", "p_adjusted"] = 0.01
    blocks = page(make_findings, language, further_topic_stance, topic_stance=rows)
    assert [block.name for block in blocks if isinstance(block, Picture)] == ["topics-by-stance-hosts"]
    heads = [block.text for block in blocks if isinstance(block, Heading)]
    assert len(heads) == 2
    assert "TikTok" in heads[1]
    first = page(make_findings, language, further_topic_stance, topic_stance=stance(["refugees"]))
    assert first == []
