from __future__ import annotations

import base64
import io
import re

from fontTools.ttLib import TTFont

from discourse.report.html.fonts import font_faces


def _fonts(style: str) -> list[TTFont]:
    packed = re.findall(r"base64,([^)]+)\)", style)
    return [TTFont(io.BytesIO(base64.b64decode(data))) for data in packed]


def test_every_character_of_the_page_is_in_a_font_in_both_weights():
    text = "难民 TikTok “quoted” −0.24 ⟨U+202E⟩ Řehůřek ∀"
    style = font_faces(text)
    for weight in (400, 700):
        faces = re.findall(rf"@font-face{{[^}}]*font-weight:{weight};[^}}]*}}", style)
        held = {code for face in faces for font in _fonts(face) for code in font.getBestCmap()}
        assert set(map(ord, text)) <= held


def test_the_same_characters_give_the_same_bytes():
    assert font_faces("原住民abc") == font_faces("cba民住原原")


def test_only_what_is_used_is_in_the_font():
    assert len(_fonts(font_faces("难"))[0].getBestCmap()) < 120


def test_the_font_keeps_its_licence_and_the_narrow_quotes():
    font = _fonts(font_faces("“a”"))[0]
    assert "Open Font License" in str(font["name"].getDebugName(13))
    assert "pwid" in {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
