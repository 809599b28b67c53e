"""The glyphs that a page uses, cut from our fonts and put into the page itself."""

from __future__ import annotations

import base64
import io
from functools import cache
from pathlib import Path
from typing import Any

from discourse.report.glyphs import EMOJI_FILE, FONTS, fallback_folder

# of the layout of a font only what a page asks for: quotes as wide as letters, kerning, Chinese forms
_FEATURES = ["kern", "pwid", "liga", "locl", "ccmp", "mark"]
# copyright and licence stay in the font, as the Open Font License wants
_NAMES = [0, 1, 2, 13, 14]
_FACES = (
    ("NotoSansSC-Regular-subset.ttf", "DejaVuSans.ttf", 400),
    ("NotoSansSC-Bold-subset.ttf", "DejaVuSans-Bold.ttf", 700),
)
FAMILY = "Report Sans"
FALLBACK = "Report Symbols"
EMOJI = "Report Emoji"


def font_faces(text: str) -> str:
    """Write the style sheet with the fonts of a page.

    Parameters
    ----------
    text : str
        All text of the page.

    Returns
    -------
    str
        ``@font-face`` rules with WOFF files inside, in two weights; the same for the same characters.

    Notes
    -----
    WOFF packs with zlib, which every system has, so that the bytes need no other library.
    """
    wanted = frozenset(map(ord, text)) | frozenset(range(0x20, 0x7F))
    rules = []
    for ours, other, weight in _FACES:
        sans = wanted & _covered(FONTS / ours)
        rules.append(_rule(FAMILY, weight, _subset(FONTS / ours, sans)))
        left = (wanted - sans) & _covered(fallback_folder() / other)
        if left:
            rules.append(_rule(FALLBACK, weight, _subset(fallback_folder() / other, left)))
    others = (
        _covered(path) for ours, other, _ in _FACES for path in (FONTS / ours, fallback_folder() / other)
    )
    emoji = (wanted & _covered(EMOJI_FILE)).difference(*others)
    if emoji:
        rules.append(_rule(EMOJI, 400, _subset(EMOJI_FILE, emoji)))
    return "\n".join(rules)


def _rule(family: str, weight: int, woff: bytes) -> str:
    packed = base64.b64encode(woff).decode("ascii")
    return (
        f'@font-face{{font-family:"{family}";font-weight:{weight};font-style:normal;font-display:block;'
        f'src:url(data:font/woff;base64,{packed}) format("woff")}}'
    )


@cache
def _covered(path: Path) -> frozenset[int]:
    with _open(path) as font:
        return frozenset(font.getBestCmap())


def _open(path: Path) -> Any:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    return TTFont(path, lazy=True, recalcTimestamp=False)


def _subset(path: Path, wanted: frozenset[int]) -> bytes:
    from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]

    options = Options(
        layout_features=_FEATURES,
        name_IDs=_NAMES,
        name_languages=[0x409],
        hinting=False,
        glyph_names=False,
        notdef_outline=True,
    )
    options.drop_tables += ["FFTM"]
    buffer = io.BytesIO()
    with _open(path) as font:
        cutter = Subsetter(options)
        cutter.populate(unicodes=sorted(wanted))
        cutter.subset(font)
        font.flavor = "woff"
        font.save(buffer)
    return buffer.getvalue()
