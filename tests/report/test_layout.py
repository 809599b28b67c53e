"""A template is data: parts, colours, measures, a logo; whatever else it says is refused with its file."""

from __future__ import annotations

import shutil
import subprocess
import zipfile

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


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20" fill="#003366"/></svg>'


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_a_logo_and_colours_stand_in_every_format(tmp_path, kind):
    from PIL import Image

    Image.new("RGB", (40, 20), "red").save(tmp_path / "logo.png")
    logo = SVG if kind == "svg" else (tmp_path / "logo.png").read_bytes()
    said = f'logo = "logo.{kind}"\n[theme]\nalarm = "#003366"\nsoft = "#224466"\n'
    mine = template(tmp_path / "mine", said, **{f"logo_{kind}": logo})
    out = tmp_path / "out"
    render(FINDINGS, out, template=mine)
    text = (out / "report.html").read_text(encoding="utf-8")
    assert f'<img src="data:image/{"svg+xml" if kind == "svg" else "png"};base64,' in text
    assert "--alarm:#003366;" in text
    assert "#b84a00" not in text
    with zipfile.ZipFile(out / "report.docx") as book:
        assert sum(name.startswith("word/media/") for name in book.namelist()) == 1
        parts = "".join(book.read(name).decode("utf-8") for name in book.namelist() if name.endswith(".xml"))
    assert "B84A00" not in parts
    assert "224466" in parts
    assert 'descr="Logo"' in parts


def test_the_same_template_gives_the_same_bytes(tmp_path):
    mine = template(tmp_path / "mine", 'logo = "logo.svg"\n[theme]\nink = "#102030"\n', logo_svg=SVG)
    for place in ("one", "two"):
        render(FINDINGS, tmp_path / place, template=mine)
    for name in ("report.pdf", "report.html", "report.docx"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
