"""What a colour on white paper becomes on a dark screen: the same hue, as far from the ground as before.

Lightness is turned over in Oklab (Ottosson, 2020), where equal steps look equal; a colour that could be read
on white is then lightened until it can be read on the dark ground as well (contrast by WCAG 2.2).
"""

from __future__ import annotations

from functools import cache

Triple = tuple[float, float, float]

DARK_GROUND = "#16181b"
_LEAST = 4.5


@cache
def dark(color: str) -> str:
    """Give the counterpart of a colour on the dark ground.

    Parameters
    ----------
    color : str
        ``#rrggbb``.

    Returns
    -------
    str
        ``#rrggbb``.

    Examples
    --------
    >>> dark("#ffffff"), contrast(dark("#0067a5"), DARK_GROUND) >= 4.5
    ('#16181b', True)
    """
    light, a, b = _oklab(_rgb(color))
    ground = _oklab(_rgb(DARK_GROUND))
    turned = 0.96 - (light - ground[0]) * (0.96 - ground[0]) / (1.0 - ground[0])
    if light > 0.999:
        return DARK_GROUND
    found = _hex(turned, a, b)
    readable = contrast(color, "#ffffff") >= _LEAST
    while readable and contrast(found, DARK_GROUND) < _LEAST and turned < 1.0:
        turned += 0.01
        found = _hex(turned, a, b)
    return found


def contrast(one: str, other: str) -> float:
    """Measure the contrast of two colours, from 1 to 21.

    Examples
    --------
    >>> round(contrast("#ffffff", "#000000"), 1)
    21.0
    """
    bright, dim = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(color: str) -> float:
    red, green, blue = (_linear(part) for part in _rgb(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _rgb(color: str) -> Triple:
    red, green, blue = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _shown(part: float) -> float:
    part = min(1.0, max(0.0, part))
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def _oklab(rgb: Triple) -> Triple:
    r, g, b = (_linear(part) for part in rgb)
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    medium = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _hex(light: float, a: float, b: float) -> str:
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    parts = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    return "#" + "".join(f"{round(255 * _shown(part)):02x}" for part in parts)
