"""The specification curve and the heatmap of topics draw what is in their tables."""

from __future__ import annotations

import pandas as pd
import pytest

from discourse.report.figures.days import day_by_day
from discourse.report.figures.specifications import option_text, shown_options, specification_figure
from discourse.report.figures.style import svg_of
from discourse.report.figures.topic_stance import topics_by_stance
from discourse.report.findings import Findings
from discourse.report.subject import subject_of

STUDY = {"groups": [{"name": "hosts", "label": {"en": "Hosts", "zh": "原住民"}}, {"name": "guests"}]}
SUBJECT = subject_of(Findings({}, STUDY), "en")


def curve() -> pd.DataFrame:
    rows = [
        {"groups": g, "neutral": n, "scorer": "lexicon", "duplicates": "declared", "mentions": "all"}
        | {"languages": "all", "estimate": 0.1 * i, "low": 0.1 * i - 0.1, "high": 0.1 * i + 0.1}
        | {"declared": i == 1, "key": str(i)}
        for i, (g, n) in enumerate(
            [("declared", 0.1), ("declared", 0.15), ("no-phrases", 0.1), ("no-phrases", 0.15)]
        )
    ]
    return pd.DataFrame(rows)


def test_only_choices_that_were_varied_have_rows_and_the_declared_option_stands_first():
    assert shown_options(curve()) == [("groups", ["declared", "no-phrases"]), ("neutral", [0.1, 0.15])]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_curve_is_drawn_in_both_languages_the_same_every_time(language):
    there, again = (
        svg_of(specification_figure(curve(), 0.0, language, "H1", "balance:refugees")) for _ in range(2)
    )
    assert there == again
    assert there.count("<path") > 20


def test_every_option_has_words():
    for choice, options in {
        "groups": ("declared", "no-phrases", "no-language", "place-only"),
        "duplicates": ("declared", "no-exact", "no-near"),
        "mentions": ("all", "no-replies", "named"),
        "languages": ("all", "zh", "en", "mixed"),
    }.items():
        for option in options:
            for language in ("en", "zh"):
                assert option_text(choice, option, language) != option


def test_a_hidden_field_of_the_heatmap_is_hatched_and_a_sure_one_framed():
    rows = pd.DataFrame(
        {"topic": [0, 0, 1, 1], "group": ["hosts", "guests"] * 2, "estimate": [0.3, -0.2, 0.1, None]}
        | {"low": 0.0, "high": 0.1, "p_adjusted": [0.001, 0.5, 0.5, None], "n": 20}
    )
    figure = topics_by_stance([(0, "cats"), (1, "courts")], rows, SUBJECT, "Stance")
    patches = figure.axes[0].patches
    assert sum(bool(patch.get_hatch()) for patch in patches) == 1
    assert sum(not patch.get_hatch() for patch in patches) == 1
    assert {text.get_text() for text in figure.axes[0].texts} == {"0.30", "−0.20", "0.10"}
    assert sorted(t.get_fontweight() for t in figure.axes[0].texts) == ["bold", "normal", "normal"]


def test_an_outside_series_is_drawn_below_the_days_and_phases_are_shaded():
    days = [f"2025-01-{d}" for d in range(13, 20)]
    posts = pd.DataFrame({"day": days, "estimate": range(7), "low": None, "high": None})
    views = pd.DataFrame({"day": ["2025-01-01", *days], "value": [9e9, *range(100, 107)]})
    figure = day_by_day(
        [("hosts", posts)],
        [],
        [],
        SUBJECT,
        "Days",
        outside=[("Views", views)],
        phases=[("2025-01-13", "2025-01-15"), ("2025-01-16", "2025-01-19")],
    )
    assert len(figure.axes) == 2
    below = figure.axes[1]
    assert below.get_title(loc="left") == "Views (counted elsewhere)"
    assert len(below.lines[0].get_ydata()) == 7  # days without posts are not drawn
    assert len(below.patches) == 1
