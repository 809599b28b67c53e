from __future__ import annotations

import re
from dataclasses import replace

from discourse.report.html.page import page
from discourse.report.html.vector import Letters, Palette, inline, marks


def test_nothing_of_the_drawing_styles_itself(composed):
    palette, letters = Palette(), Letters()
    for figure in composed["en"][1].values():
        _, body = inline(figure, palette, letters)
        assert "style" not in body
        assert not re.search(r"(?:fill|stroke)=.#", body)
        assert "metadata" not in body


def test_every_colour_has_a_class_and_a_value_in_both_themes(composed):
    palette = Palette()
    body = "".join(inline(f, palette, Letters())[1] for f in composed["en"][1].values())
    painted = set(re.findall(r"\b[fs]-([0-9a-f]{6})\b", body))
    for dark in (False, True):
        assert painted <= set(re.findall(r"--c-([0-9a-f]{6}):", palette.variables(in_the_dark=dark)))
    names = set(re.findall(r"\b([fs]-[0-9a-f]{6})\b", body))
    assert all(f".{name}{{" in palette.classes() for name in names)


def test_outlines_of_letters_are_kept_once(composed):
    letters = Letters()
    bodies = [inline(f, Palette(), letters)[1] for f in composed["zh"][1].values()]
    assert letters.outlines
    assert not any('id="NotoSans' in body for body in bodies)
    used = {name for body in bodies for name in re.findall(r'href="#(NotoSans[^"]+)"', body)}
    assert used <= set(letters.outlines)


def test_marks_lie_inside_of_the_drawing(composed):
    for figure in composed["en"][1].values():
        view, _ = inline(figure, Palette(), Letters())
        left, top, width, height = map(float, view.split())
        written = marks(figure, view, "values")
        places = [(float(x), float(y)) for x, y in re.findall(r'cx="([\d.]+)" cy="([\d.]+)"', written)]
        assert len(places) == len(figure.values)
        assert all(left <= x <= left + width and top <= y <= top + height for x, y in places)
        assert written.count('tabindex="0"') == 1


def test_shades_that_mean_more_and_less_stay_as_on_paper_in_the_dark(composed):
    document, figures = composed["en"]
    picture = document.pictures()[0]
    paper = {**figures, picture.name: replace(figures[picture.name], shaded=True)}
    assert page(document, figures).count('class="frame paper"') == 0
    text = page(document, paper)
    assert text.count('class="frame paper"') == 1
    assert ".paper{--c-" in text
