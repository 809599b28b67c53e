"""What our fonts can print, and what stands in for the rest.

A character without a glyph, and a control that would turn the line around or hide, is printed as its code
point between angle brackets, so that no page has an empty box and no text can pretend to be another.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from discourse.report.findings import Findings

FONTS = Path(__file__).resolve().parent / "fonts"
SANS = "Noto Sans SC"
FALLBACK = "DejaVu Sans"
EMOJI = "Noto Emoji"
EMOJI_FILE = FONTS / "NotoEmoji-Regular-subset.ttf"

# presentation selectors only choose between two looks of the character before them
_SELECTORS = frozenset(range(0xFE00, 0xFE10))
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_EMOJI_RANGE = "\u2190-\u2bff\U0001f000-\U0001faff"
_JOINED = re.compile(f"(?<=[{_EMOJI_RANGE}\ufe0f])\u200d(?=[{_EMOJI_RANGE}])")
_SPACES = {ord("\t"): " ", ord("\n"): " ", ord("\r"): " "}


def fallback_folder() -> Path:
    """Find the folder of DejaVu Sans, which comes with matplotlib."""
    import matplotlib

    return Path(matplotlib.get_data_path()) / "fonts" / "ttf"


@cache
def covered() -> frozenset[int]:
    """Collect the code points that every weight of our fonts can print."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    def cmap(path: Path) -> set[int]:
        with TTFont(path, lazy=True) as font:
            return set(font.getBestCmap())

    sans = cmap(FONTS / "NotoSansSC-Regular-subset.ttf") & cmap(FONTS / "NotoSansSC-Bold-subset.ttf")
    other = cmap(fallback_folder() / "DejaVuSans.ttf") & cmap(fallback_folder() / "DejaVuSans-Bold.ttf")
    return frozenset(sans | other | cmap(EMOJI_FILE))


def is_printable(code: int) -> bool:
    """Say whether a code point prints as itself.

    Examples
    --------
    >>> is_printable(ord("难")), is_printable(0x202E)
    (True, False)
    """
    return code in _shown()


@cache
def _shown() -> frozenset[int]:
    """Collect the code points that print as themselves."""
    return frozenset(
        code
        for code in covered()
        if code not in _SELECTORS and unicodedata.category(chr(code)) not in _HIDDEN
    )


def printable(text: str, missing: Counter[str] | None = None) -> str:
    r"""Replace what cannot be printed by its code point.

    Parameters
    ----------
    text : str
        Any text, unpaired surrogates included.
    missing : Counter, optional
        Counts what was replaced, by code point.

    Returns
    -------
    str
        A text that our fonts can print in full.

    Examples
    --------
    >>> printable("难民 refugee"), printable("a\u202eb")
    ('难民 refugee', 'a⟨U+202E⟩b')
    >>> printable("👩\u200d👧 🐱")
    '👩👧 🐱'
    """
    # most texts print as they are
    if _shown().issuperset(map(ord, text)):
        return text
    out = []
    # a family or a flag of several emoji prints as its members, side by side
    for character in _JOINED.sub("", text.translate(_SPACES)):
        code = ord(character)
        if is_printable(code):
            out.append(character)
            continue
        if missing is not None:
            missing[f"U+{code:04X}"] += 1
        out.append("" if code in _SELECTORS else f"⟨U+{code:04X}⟩")
    return "".join(out)


def printable_findings(findings: Findings) -> tuple[Findings, Counter[str]]:
    """Make every text of the findings printable.

    Parameters
    ----------
    findings : Findings
        What is to be printed.

    Returns
    -------
    Findings
        A copy whose texts our fonts can print.
    Counter
        What was replaced, by code point.
    """
    missing: Counter[str] = Counter()
    tables = {name: _printable_frame(frame, missing) for name, frame in findings.tables.items()}
    study = _printable_value(findings.study, missing)
    provenance = _printable_value(findings.provenance, missing)
    return Findings(tables, study, provenance), missing


def _printable_frame(frame: pd.DataFrame, missing: Counter[str]) -> pd.DataFrame:
    """Replace the columns in which something cannot be printed; most tables stay as they are."""
    out = frame.copy(deep=False)
    for name in frame.columns if len(frame) else ():
        column = frame[name]
        if str(column.dtype) in ("str", "string", "object"):
            before = list(column)
            values = [printable(v, missing) if isinstance(v, str) else v for v in before]
            if any(new is not old for new, old in zip(values, before, strict=True)):
                out[name] = pd.Series(values, dtype=object, index=frame.index).astype(column.dtype)
    return out


def _printable_value(value: Any, missing: Counter[str]) -> Any:
    if isinstance(value, str):
        return printable(value, missing)
    if isinstance(value, Mapping):
        return {k: _printable_value(v, missing) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_printable_value(v, missing) for v in value]
    return value
