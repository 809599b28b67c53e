from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.report.figures.style import HUES, INK, SOFT
from discourse.report.html.colours import DARK_GROUND, contrast, dark

COLORS = st.integers(0, 0xFFFFFF).map(lambda code: f"#{code:06x}")


@given(COLORS)
def test_what_could_be_read_on_white_can_be_read_in_the_dark(color):
    if contrast(color, "#ffffff") >= 4.5:
        assert contrast(dark(color), DARK_GROUND) >= 4.5


@pytest.mark.parametrize("color", [*HUES, INK, SOFT])
def test_every_hue_of_the_report_can_be_read_in_the_dark(color):
    assert contrast(dark(color), DARK_GROUND) >= 4.5


def test_groups_keep_apart_in_the_dark():
    assert len({dark(hue) for hue in HUES}) == len(HUES)


def test_white_becomes_the_ground_and_greys_turn_over():
    assert dark("#ffffff") == DARK_GROUND
    greys = [contrast(dark(f"#{g}{g}{g}"), DARK_GROUND) for g in ("ee", "bb", "88", "44", "11")]
    assert greys == sorted(greys)


@given(COLORS)
def test_contrast_is_the_same_either_way_round(color):
    assert contrast(color, "#ffffff") == contrast("#ffffff", color) >= 1.0


def test_contrast_of_the_standard():
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)  # WCAG's lightest grey for text
