from __future__ import annotations

import io

import pytest

from discourse.report.figures.drawn import draw, title_share, write_figures
from discourse.report.figures.style import canvas, drawing
from discourse.report.render import compose


@pytest.fixture(scope="module")
def figures(make_findings):
    return draw(compose(make_findings("zh"), "zh").pictures()[:2])


def test_the_same_figure_gives_the_same_bytes_in_every_format(figures, make_findings):
    assert draw(compose(make_findings("zh"), "zh").pictures()[:2]) == figures


def test_a_picture_has_300_dots_an_inch_and_the_size_of_the_drawing(figures):
    image = pytest.importorskip("PIL.Image")
    for figure in figures.values():
        with image.open(io.BytesIO(figure.png)) as opened:
            opened.load()
            assert opened.info["dpi"] == (pytest.approx(300, abs=0.01), pytest.approx(300, abs=0.01))
            assert opened.width == pytest.approx(132 / 25.4 * 300, abs=2)


def test_a_pdf_holds_lines_and_no_font(figures):
    pikepdf = pytest.importorskip("pikepdf")
    for figure in figures.values():
        with pikepdf.open(io.BytesIO(figure.pdf)) as pdf:
            assert len(pdf.pages) == 1
            assert "/Font" not in pdf.pages[0].get("/Resources", {})
            assert not [
                o for o in pdf.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image"
            ]


def test_the_bare_drawing_is_the_other_without_its_title(figures):
    for figure in figures.values():
        assert 'id="title" visibility="hidden"' in figure.bare
        assert 0 < figure.share < 0.3


def test_a_figure_without_title_gives_nothing_up():
    with drawing():
        assert title_share(canvas(40)) == 0.0


def test_writes_each_figure_as_svg_pdf_and_png(figures, tmp_path):
    write_figures(figures.values(), tmp_path / "figures")
    assert {p.name for p in (tmp_path / "figures").iterdir()} == {
        f"{name}.{kind}" for name in figures for kind in ("svg", "pdf", "png")
    }
