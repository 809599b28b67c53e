"""The appendix prints the numbers of topics that were fitted."""

from __future__ import annotations

import pandas as pd
import pytest

from discourse.report.document import Grid, Picture
from discourse.report.figures.choosing_k import MEASURES, choosing_k
from discourse.report.findings import Findings
from discourse.report.sections.choosing_k import choosing_k_section
from discourse.report.sections.context import context_of
from discourse.report.subject import Subject
from discourse.tables import TOPIC_GRID

ROWS = TOPIC_GRID.conform(
    pd.DataFrame(
        {
            "n_topics": [5, 10, 30],
            "held_out": [-5.1, -5.0, -5.2],
            "npmi": [0.04, 0.05, 0.01],
            "coherence": [0.5, 0.51, 0.48],
            "exclusivity": [0.7, 0.6, 0.4],
            "stability": [0.66, 0.67, 0.5],
            "chosen": [False, True, False],
            "used": [False, True, False],
            "reason": ["rank in held_out 2", "rank in held_out 1, npmi 1", "rank in held_out 3"],
        }
    )
)


def section(make_findings, language, grid=ROWS):
    findings = make_findings()
    findings = Findings(dict(findings.tables) | {"topic_grid": grid}, findings.study, findings.provenance)
    return choosing_k_section(context_of(findings, language, 0, {}))


@pytest.mark.parametrize(("language", "recommended"), [("en", "yes"), ("zh", "是")])
def test_every_number_that_was_fitted_is_printed_and_one_recommended(make_findings, language, recommended):
    blocks = section(make_findings, language)
    grid = next(block for block in blocks if isinstance(block, Grid))
    assert [row[0] for row in grid.rows] == ["5", "10", "30"]
    assert [row[-1] for row in grid.rows] == ["", recommended, ""]
    picture = next(block for block in blocks if isinstance(block, Picture))
    assert "10" in picture.alt


@pytest.mark.parametrize(("language", "said"), [("en", "the study fixed 30"), ("zh", "研究方案固定为 30")])
def test_a_number_that_the_study_fixed_is_told_from_the_recommended_one(make_findings, language, said):
    blocks = section(make_findings, language, ROWS.assign(used=[False, False, True]))
    grid = next(block for block in blocks if isinstance(block, Grid))
    assert [row[-2] != "" for row in grid.rows] == [False, False, True]
    assert [row[-1] != "" for row in grid.rows] == [False, True, False]
    assert grid.rows[1][-3] == "1·1"
    picture = next(block for block in blocks if isinstance(block, Picture))
    assert said in picture.alt
    assert "30" in grid.notes[1]


def test_nothing_is_printed_where_no_grid_was_fitted(make_findings):
    assert section(make_findings, "en", TOPIC_GRID.empty()) == []


def test_the_axis_is_true_and_the_recommended_mark_alone_is_filled(make_findings):
    subject = context_of(make_findings(), "en", 0, {}).subject
    assert isinstance(subject, Subject)
    figure = choosing_k(ROWS, subject, "How many")
    assert len(figure.axes) == len(MEASURES)
    for axes, name in zip(figure.axes, MEASURES, strict=True):
        points = axes.collections[0].get_offsets()
        assert points[:, 0].tolist() == [5, 10, 30]  # a gap in the grid is a gap in the figure
        assert points[:, 1].tolist() == ROWS[name].tolist()
        faces = [tuple(face[:3]) == (1.0, 1.0, 1.0) for face in axes.collections[0].get_facecolors()]
        assert faces == [True, False, True]
