from __future__ import annotations

import pytest

from discourse.report.figures.style import canvas, drawing
from discourse.report.figures.told import is_shaded, shades, tell, told


def _texts(figure) -> list[str]:
    figure.draw_without_rendering()
    return [value.text for value in told(figure)]


def test_a_told_mark_lies_where_it_was_told():
    with drawing():
        figure = canvas(40)
        axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
        axes.set(xlim=(0, 10), ylim=(0, 10))
        tell(axes, 2.5, 7.5, "here")
        figure.draw_without_rendering()
    (value,) = told(figure)
    assert (value.x, value.y) == (pytest.approx(0.25), pytest.approx(0.25))


def test_the_name_of_the_row_stands_in_front():
    with drawing():
        figure = canvas(40)
        axes = figure.subplots()
        axes.set_yticks([0, 1], ["Hosts", "原住民"])
        tell(axes, 0.5, 0.1, "0.24", in_row=True)
        tell(axes, 0.5, 1.0, "0.24", in_row=True)
    assert _texts(figure) == ["Hosts: 0.24", "原住民：0.24"]


def test_what_is_unknown_or_outside_is_not_told():
    with drawing():
        figure = canvas(40)
        axes = figure.subplots()
        axes.set_xlim(0, 1)
        tell(axes, float("nan"), 0.5, "unknown")
        tell(axes, 9e9, 0.5, "far away")
    assert _texts(figure) == []


def test_bars_points_and_fields_of_which_nothing_was_told_are_read_back():
    with drawing():
        figure = canvas(80)
        bars, points, fields = figure.subplots(1, 3)
        bars.barh([0, 1], [12, 0.5], label="share")
        bars.set_yticks([0, 1], ["a", "b"])
        points.plot([1, 2], [0.25, 3], marker="o")
        points.plot([1, 2], [1, 1])
        fields.pcolormesh([[1.5, -2.0]])
        fields.set_xticks([0.5, 1.5], ["x", "y"])
        fields.set_yticks([0.5], ["r"])
    assert _texts(figure) == ["a, 12", "b, 0.50", "1: 0.25", "2: 3", "r, x: 1.50", "r, y: −2.00"]


def test_dots_bear_the_name_of_their_hue():
    with drawing():
        figure = canvas(40)
        axes = figure.subplots()
        axes.scatter([0.5], [0], color="#0067a5", label="Hosts")
        axes.set_yticks([0], ["feed"])
        axes.legend()
    assert _texts(figure) == ["feed, Hosts: 0.50"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_figure_of_the_report_tells_its_values(make_findings, language):
    from discourse.report.render import compose

    for picture in compose(make_findings(language), language).pictures():
        values = _texts(picture.draw())
        assert values, picture.name
        assert all(any(c.isdigit() for c in text) for text in values)


def test_a_heatmap_is_shaded_and_its_scale_of_colours_tells_nothing():
    with drawing():
        figure = canvas(80)
        axes = figure.subplots()
        mesh = axes.pcolormesh([[1.5, -2.0]])
        figure.colorbar(mesh)
        axes.set_xticks([0.5, 1.5], ["x", "y"])
    assert is_shaded(figure)
    assert _texts(figure) == ["x: 1.50", "y: −2.00"]


def test_dots_are_not_shaded_unless_somebody_says_so():
    with drawing():
        figure = canvas(40)
        figure.subplots().scatter([1], [1])
    assert not is_shaded(figure)
    shades(figure)
    assert is_shaded(figure)


def test_a_cell_bears_the_names_of_its_row_and_column():
    with drawing():
        figure = canvas(40)
        axes = figure.subplots()
        axes.set_yticks([0, 1], ["Hosts", "Newcomers"])
        axes.set_xticks([0, 1], ["a", "b"])
        tell(axes, 1, 0, "47%", in_row=True)
    assert _texts(figure) == ["Hosts · b: 47%"]
