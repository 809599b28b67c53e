"""How a report looks and what is in it: a folder with ``template.toml``, ours or a lab's own.

Nothing in it is code: colours, measures, a logo, and the parts in their order.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from discourse.errors import InputError

SHIPPED: Final[Path] = Path(__file__).resolve().parent / "layouts"
#: What a template may print; ``summary`` tells the story on a single page, for a briefing of two.
PARTS: Final[tuple[str, ...]] = ("cover", "summary", "story", "evidence", "appendix")
#: What a report holds without a template.
WHOLE: Final[tuple[str, ...]] = ("cover", "story", "evidence", "appendix")
#: Colours and measures that a template may set, with ours.  Unit of measures: millimetres; of size: points.
THEME: Final[dict[str, Any]] = {
    "ink": "#1a1a1a",
    "soft": "#5f6368",
    "alarm": "#b84a00",
    "paper": "a4",
    "rail": 34.0,
    "size": 9.5,
}
_PAPERS = ("a4", "us-letter")
_LIMITS = {"rail": (20.0, 60.0), "size": (7.0, 14.0)}
_LOGOS = (".svg", ".png", ".jpg", ".jpeg")


@dataclass(frozen=True)
class Layout:
    """What a template says.

    Parameters
    ----------
    parts : tuple of str
        Which of :data:`PARTS` are printed, in their order.
    theme : dict
        As :data:`THEME`.
    logo : Path or None
        A picture for page one.

    Examples
    --------
    >>> Layout().parts
    ('cover', 'story', 'evidence', 'appendix')
    """

    parts: tuple[str, ...] = WHOLE
    theme: dict[str, Any] = field(default_factory=lambda: dict(THEME))
    logo: Path | None = None


def load_layout(name: str | Path | None) -> Layout:
    """Read a template.

    Parameters
    ----------
    name : str or Path or None
        A shipped one (``"journal"``, ``"briefing"``), a folder with ``template.toml``, or None for the report
        as it is.

    Returns
    -------
    Layout

    Raises
    ------
    InputError
        If there is none, or it says what cannot be.

    Examples
    --------
    >>> load_layout("briefing").parts
    ('cover', 'summary')
    """
    if name is None:
        return Layout()
    folder = SHIPPED / str(name) if (SHIPPED / str(name)).is_dir() else Path(name)
    file = folder / "template.toml"
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise InputError(
            f"there is no template {name}",
            expected="journal, briefing, or a folder with template.toml",
        ) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"the template cannot be read: {error}", where=str(file)) from None
    return Layout(_parts(said, file), _theme(said, file), _logo(said, folder, file))


def _parts(said: dict[str, Any], file: Path) -> tuple[str, ...]:
    _refuse_unknown(said, {"parts", "theme", "logo"}, file)
    parts = said.get("parts", list(WHOLE))
    if (
        not isinstance(parts, list)
        or not parts
        or any(p not in PARTS for p in parts)
        or len(set(parts)) < len(parts)
    ):
        raise InputError(
            "parts are not what can be printed", where=str(file), expected=f"some of {', '.join(PARTS)}"
        )
    if parts[0] != "cover":
        raise InputError("a report begins with its cover", where=str(file), expected='parts = ["cover", ...]')
    return tuple(parts)


def _theme(said: dict[str, Any], file: Path) -> dict[str, Any]:
    theme = said.get("theme", {})
    if not isinstance(theme, dict):
        raise InputError("theme is no table", where=str(file), expected="[theme]")
    _refuse_unknown(theme, set(THEME), file)
    for key, value in theme.items():
        if key in _LIMITS:
            low, high = _LIMITS[key]
            good = isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high
            expected = f"a number from {low:g} to {high:g}"
        elif key == "paper":
            good, expected = value in _PAPERS, " or ".join(_PAPERS)
        else:
            good = isinstance(value, str) and re.fullmatch(r"#[0-9a-fA-F]{6}", value) is not None
            expected = "a colour such as #1a1a1a"
        if not good:
            raise InputError(f"{key} cannot be {value!r}", where=str(file), expected=expected)
    return THEME | theme


def _logo(said: dict[str, Any], folder: Path, file: Path) -> Path | None:
    name = said.get("logo")
    if name is None:
        return None
    inside = isinstance(name, str) and Path(name).name == name
    if not inside or Path(name).suffix.lower() not in _LOGOS or not (folder / name).is_file():
        raise InputError(
            f"there is no logo {name!r}", where=str(file), expected="an SVG, PNG or JPEG beside template.toml"
        )
    return folder / str(name)


def _refuse_unknown(said: dict[str, Any], known: set[str], file: Path) -> None:
    for key in said:
        if key not in known:
            raise InputError(f"unknown key {key!r}", where=str(file), expected=", ".join(sorted(known)))
