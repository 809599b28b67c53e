"""A template is data: parts, colours, measures, a logo; whatever else it says is refused with its file."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from discourse.errors import InputError
from discourse.report.document import Heading
from discourse.report.findings import Findings
from discourse.report.layout import THEME, WHOLE, load_layout
from discourse.report.render import editions, render

FINDINGS = Findings({}, {"title": "A study", "question": "Why?"})


def template(folder, text, **files):
    folder.mkdir(exist_ok=True)
    (folder / "template.toml").write_text(text, encoding="utf-8")
    for name, content in files.items():
        (folder / name.replace("_", ".")).write_bytes(content)
    return folder


def test_without_a_template_everything_is_printed():
    assert load_layout(None).parts == WHOLE
    assert load_layout(None).theme == THEME


@pytest.mark.parametrize("name", ["journal", "briefing"])
def test_the_shipped_ones_can_be_read_and_printed(tmp_path, name):
    assert load_layout(name).parts[0] == "cover"
    assert render(FINDINGS, tmp_path, formats=["pdf"], template=name).stat().st_size > 5_000


def test_a_briefing_has_no_appendix():
    whole, brief = (editions(FINDINGS, "en", load_layout(name).parts)[0] for name in (None, "briefing"))
    assert len(brief.blocks) < len(whole.blocks)
    assert "Appendix" not in [block.text for block in brief.blocks if isinstance(block, Heading)]


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("parts = []", "parts"),
        ('parts = ["story"]', "cover"),
        ('parts = ["cover", "cover"]', "parts"),
        ('parts = ["cover", "x"]', "parts"),
        ("colour = 1", "unknown key 'colour'"),
        ('theme = "x"', "theme"),
        ('[theme]\nink = "red"', "ink"),
        ("[theme]\nrail = 500", "rail"),
        ("[theme]\nsize = true", "size"),
        ('[theme]\npaper = "a3"', "paper"),
        ('[theme]\nfont = "x"', "unknown key 'font'"),
        ('logo = "../x.svg"', "logo"),
        ('logo = "none.svg"', "logo"),
        ("=", "cannot be read"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path, text, match):
    with pytest.raises(InputError, match=match):
        load_layout(template(tmp_path / "mine", text))


def test_a_folder_without_a_template_is_refused(tmp_path):
    with pytest.raises(InputError, match="no template"):
        load_layout(tmp_path)


@pytest.mark.skipif(shutil.which("pdfimages") is None, reason="needs poppler-utils")
def test_a_logo_and_colours_are_printed(tmp_path):
    from PIL import Image

    Image.new("RGB", (40, 20), "red").save(tmp_path / "logo.png")
    logo = (tmp_path / "logo.png").read_bytes()
    mine = template(tmp_path / "mine", 'logo = "logo.png"\n[theme]\nalarm = "#003366"\n', logo_png=logo)
    pdf = render(FINDINGS, tmp_path / "out", formats=["pdf"], template=mine)
    listed = subprocess.run(
        ["pdfimages", "-list", str(pdf)], capture_output=True, text=True, check=True
    ).stdout
    assert len(listed.splitlines()) == 3
