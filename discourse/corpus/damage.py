"""What exports suffer on their way, and what can be repaired: ids, times, counts and characters.

A spreadsheet turns an id made of digits and one ``e`` into ``6.86E+23`` and a time into ``1.75E+12``; a
collector writes ``1万+``; a browser cuts an emoji in half.  Each function here says what is left: a value,
NA, or a value with its width of doubt; and a flag for the post.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from discourse.errors import ParameterError

if TYPE_CHECKING:
    from typing import IO

_FLOAT_ID = re.compile(r"[+-]?\d(?:\.\d+)?[eE]\+\d+|\d{16,}\.0+|[+-]?\d+\.\d*[eE]\d+")
_POINT_ZERO = re.compile(r"(\d{1,15})\.0+")
_NO_ID = frozenset({"", "nan", "none", "null", "na", "n/a", "-"})

_SCIENTIFIC = re.compile(r"(\d)(?:\.(\d+))?[eE]\+?(\d{1,2})")
_EPOCH = re.compile(r"\d{9,19}(?:\.\d+)?")
_SERIAL = re.compile(r"(?:39|4\d|50)\d{3}(?:\.\d+)?")
"""Days since the end of 1899, as spreadsheets count them: from 2006 to 2039."""
_DAY_ZERO = datetime(1899, 12, 30)
_YMD = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
    r"(?:[T_\s]*(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2})(?:[.,](\d{1,9}))?)?\s*[秒分]?)?\s*"
    r"(Z|UTC|GMT|[+-]\d{2}:?\d{2}(?::?\d{2})?)?",
    re.IGNORECASE,
)
_SLASHED = re.compile(
    r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:,?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AaPp]\.?[Mm]\.?)?)?"
)
_TWITTER = re.compile(r"[A-Z][a-z]{2} [A-Z][a-z]{2} +\d{1,2} \d{2}:\d{2}:\d{2} [+-]\d{4} \d{4}")
_LONGEST = 60
"""Characters of a time or a count; more is something else, and would only cost time."""
_ZERO = datetime(1970, 1, 1, tzinfo=UTC)
_EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
_LATEST = datetime(2100, 1, 1, tzinfo=UTC)

_UNITS = {
    "": 1,
    "千": 10**3,
    "k": 10**3,
    "万": 10**4,
    "萬": 10**4,
    "w": 10**4,
    "m": 10**6,
    "亿": 10**8,
    "億": 10**8,
}
_COUNT = re.compile(r"(\d+(?:\.\d+)?(?:e\+?\d{1,2})?)\s*([千k万萬wm亿億]?)\s*(\+?)", re.IGNORECASE)
_SURROGATE = re.compile("[\ud800-\udfff]")
_UNFIT = re.compile("[\x00\ufffd\ud800-\udfff]")


class Time(NamedTuple):
    """A moment as far as an export tells it.

    Parameters
    ----------
    at : datetime or None
        Aware, UTC; None where unknown.
    doubt : float or None
        Half the width of the interval that the written value leaves open, in hours; None if it is exact.
    flags : tuple of str
        What was assumed or lost.
    """

    at: datetime | None
    doubt: float | None = None
    flags: tuple[str, ...] = ()


class Count(NamedTuple):
    """A count as far as a platform shows it.

    Parameters
    ----------
    value : int or None
        The count; None where none is shown.
    at_least : bool
        True if it is a lower bound, as in ``1万+``.
    """

    value: int | None
    at_least: bool = False


NO_COUNT = Count(None)


def repair_id(value: Any) -> tuple[str | None, str | None]:
    """Take an id as text, unless a spreadsheet has eaten it.

    Parameters
    ----------
    value : object
        The cell.

    Returns
    -------
    id : str or None
        The id; None where there is none or it is lost.
    flag : str or None
        ``"damaged"`` where a rounded float stands in its place: two ids can look the same then, so it is no
        longer an id.

    Examples
    --------
    >>> repair_id("67e10"), repair_id("6.86E+23"), repair_id("12345.0"), repair_id("")
    (('67e10', None), (None, 'damaged'), ('12345', None), (None, None))
    """
    if isinstance(value, str) and len(value) > 4 and value.isascii() and value.isalnum():
        return value, None  # nearly all: no sign in it that a spreadsheet writes
    if isinstance(value, float):
        exact = value.is_integer() and abs(value) < 2**53
        return (str(int(value)), None) if exact else (None, None if value != value else "damaged")
    text = clean_text(value)[0].strip().strip("\ufeff\u200b")
    if text.casefold() in _NO_ID:
        return None, None
    if _FLOAT_ID.fullmatch(text):
        return None, "damaged"
    whole = _POINT_ZERO.fullmatch(text)
    return (whole[1] if whole else text), None


def parse_time(value: Any, zone: tzinfo, *, zone_known: bool = True, day_first: bool = False) -> Time:
    """Read a time in any spelling that collectors write.

    Parameters
    ----------
    value : object
        Seconds or milliseconds since 1970 (told apart by magnitude), ISO 8601, ``1/14/2025 12:08``,
        ``2025年1月14日 12:08``, a spreadsheet's ``45671.5``, X's ``Wed Oct 11 08:00:00 +0000 2023``, or a
        datetime.
    zone : tzinfo
        The zone of times that state none.
    zone_known : bool, default True
        False if `zone` is an assumption: such times are flagged ``zone-assumed``.
    day_first : bool, default False
        Read ``1/2/2025`` as the first of February.

    Returns
    -------
    Time
        Flags: ``time-lost`` (rounded so far that the day is unknown), ``time-rounded`` (kept, see doubt),
        ``time-day-only`` (noon of that day), ``zone-assumed``, ``time-unread``.

    Examples
    --------
    >>> parse_time("1745984996000", UTC).at.isoformat()
    '2025-04-30T03:49:56+00:00'
    >>> parse_time("1.75E+12", UTC).at is None, round(parse_time("1.75E+12", UTC).doubt / 24)
    (True, 58)
    """
    if isinstance(value, datetime):
        return _placed(value, zone, zone_known)
    if isinstance(value, str) and 8 < len(value) < 20 and value.isascii() and value.isdecimal():
        return _epoch(float(value)) if value[-7:] != "0000000" else _rounded_whole(value)
    text = "" if value is None else str(value).strip().strip("\ufeff")
    if text.casefold() in _NO_ID or text in ("0", "0.0", "-1"):
        return Time(None)
    if len(text) > _LONGEST:
        return Time(None, None, ("time-unread",))
    rounded = _SCIENTIFIC.fullmatch(text)
    if rounded:
        return _rounded(rounded)
    if _EPOCH.fullmatch(text):
        whole = text.removesuffix(".0")
        return _rounded_whole(whole) if whole[-7:] == "0000000" else _epoch(float(text))
    if _SERIAL.fullmatch(text):
        return _placed(_DAY_ZERO + timedelta(seconds=round(float(text) * 86_400)), zone, zone_known)
    if _TWITTER.fullmatch(text):
        return Time(datetime.strptime(text, "%a %b %d %H:%M:%S %z %Y").astimezone(UTC))
    return _written(text, zone, zone_known, day_first)


def zone_of(name: str) -> ZoneInfo:
    """Find a time zone by its IANA name.

    Raises
    ------
    ParameterError
        If there is none of that name.

    Examples
    --------
    >>> zone_of("Asia/Shanghai").key
    'Asia/Shanghai'
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ParameterError(
            f"there is no time zone {name!r}",
            expected="an IANA name such as Asia/Shanghai or America/New_York",
        ) from error


def _written(text: str, zone: tzinfo, zone_known: bool, day_first: bool) -> Time:
    try:
        year_first = _YMD.fullmatch(text)
        if year_first:
            return _year_first(year_first, zone, zone_known)
        slashed = _SLASHED.fullmatch(text)
        if slashed:
            return _slashed(slashed, zone, zone_known, day_first)
    except (ValueError, OverflowError):
        pass  # a 31st of February
    return Time(None, None, ("time-unread",))


def _epoch(number: float) -> Time:
    scale = 1.0 if number < 1e11 else 1e3 if number < 1e14 else 1e6 if number < 1e17 else 1e9
    return _plausible(_ZERO + timedelta(microseconds=round(number / scale * 1e6)))


def _rounded_whole(text: str) -> Time:
    """``1740000000000``: a spreadsheet rounded it, and wrote it out; one time in ten million ends so."""
    decimals = text.rstrip("0")
    if _epoch(float(text)).at is None:
        return _epoch(float(text))
    return _rounded_parts(decimals[0], decimals[1:] or "0", len(text) - 1)


def _rounded(match: re.Match[str]) -> Time:
    return _rounded_parts(match[1], match[2] or "", int(match[3]))


def _rounded_parts(first: str, decimals: str, exponent: int) -> Time:
    if not 8 <= exponent <= 18:
        return Time(None, None, ("time-unread",))
    centre = _epoch(float(f"{first}.{decimals or 0}e{exponent}"))
    if centre.at is None:
        return centre
    unit = 3600.0 if exponent < 11 else 3.6e6 if exponent < 14 else 3.6e9 if exponent < 17 else 3.6e12
    doubt = 0.5 * 10.0 ** (exponent - len(decimals)) / unit
    if doubt >= 12:
        return Time(None, doubt, ("time-lost",))
    return centre if doubt * 3600 < 1 else Time(centre.at, doubt, ("time-rounded",))


def _year_first(match: re.Match[str], zone: tzinfo, zone_known: bool) -> Time:
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    if match[4] is None:
        return _noon(datetime(year, month, day, 12), zone, zone_known)
    micro = int((match[7] or "0").ljust(6, "0")[:6])
    local = datetime(year, month, day, int(match[4]), int(match[5]), int(match[6] or 0), micro)
    if match[8]:
        return _plausible(local.replace(tzinfo=_offset(match[8])).astimezone(UTC))
    return _placed(local, zone, zone_known)


def _offset(written: str) -> tzinfo:
    if written.upper() in ("Z", "UTC", "GMT"):
        return UTC
    digits = written[1:].replace(":", "")
    shift = timedelta(hours=int(digits[:2]), minutes=int(digits[2:4]))
    return timezone(-shift if written[0] == "-" else shift)


def _slashed(match: re.Match[str], zone: tzinfo, zone_known: bool, day_first: bool) -> Time:
    first, second = int(match[1]), int(match[2])
    day, month = (first, second) if (day_first or first > 12) and second <= 12 else (second, first)
    if match[4] is None:
        return _noon(datetime(int(match[3]), month, day, 12), zone, zone_known)
    hour = int(match[4])
    half = (match[7] or "").replace(".", "").lower()
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return _placed(
        datetime(int(match[3]), month, day, hour, int(match[5]), int(match[6] or 0)), zone, zone_known
    )


def _noon(local: datetime, zone: tzinfo, zone_known: bool) -> Time:
    at = _placed(local, zone, zone_known)
    return Time(at.at, 12.0, ("time-day-only", *at.flags)) if at.at else at


def _placed(local: datetime, zone: tzinfo, zone_known: bool) -> Time:
    if local.tzinfo is not None:
        return _plausible(local.astimezone(UTC))
    at = _plausible(local.replace(tzinfo=zone).astimezone(UTC))
    return at if zone_known or at.at is None else Time(at.at, at.doubt, ("zone-assumed",))


def _plausible(at: datetime) -> Time:
    return Time(at) if _EARLIEST <= at < _LATEST else Time(None, None, ("time-unread",))


def parse_count(value: Any) -> Count:
    """Read a count as a platform shows it.

    Parameters
    ----------
    value : object
        ``3496``, ``"1.2万"``, ``"1万+"``, ``"10+"``, ``"3.4k"``, ``"1,204"``, ``""`` or None.

    Returns
    -------
    Count
        No value where none is shown, below zero, or not a number: unknown is never 0.

    Examples
    --------
    >>> [parse_count(c).value for c in ("1.2万", "1千+", "10+", "", "0", None, "-1", "赞")]
    [12000, 1000, 10, None, 0, None, None, None]
    >>> parse_count("1万+").at_least
    True
    """
    if isinstance(value, str) and len(value) < 16:
        return _short_count(value)
    return _count(value)


@lru_cache(maxsize=4_096)
def _short_count(text: str) -> Count:
    return Count(int(text)) if text.isascii() and text.isdecimal() else _count(text)


def _count(value: Any) -> Count:
    if value is None or isinstance(value, bool):
        return Count(None)
    text = unicodedata.normalize("NFKC", str(value)[: _LONGEST + 1]).strip().replace(",", "")
    if len(text) > _LONGEST:
        return Count(None)
    match = _COUNT.fullmatch(text)
    if match is None:
        return Count(None)
    number = float(match[1]) * _UNITS[match[2].lower()]
    return Count(round(number), bool(match[3])) if number < 2**53 else Count(None)


def clean_text(value: Any) -> tuple[str, tuple[str, ...]]:
    r"""Take a text as it is, but for what no file can hold.

    Parameters
    ----------
    value : object
        The cell.

    Returns
    -------
    text : str
        NUL and lone surrogates become U+FFFD; halves of one pair are joined.
    flags : tuple of str
        ``text-replaced`` if a character was lost, here or on the way (U+FFFD).

    Examples
    --------
    >>> clean_text("a\x00b")
    ('a\ufffdb', ('text-replaced',))
    """
    text = "" if value is None else value if isinstance(value, str) else str(value)
    if is_clean(text):
        return text, ()
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if "\x00" in text:
        text = text.replace("\x00", "\ufffd")
    return text, ("text-replaced",) if "\ufffd" in text else ()


def is_clean(text: str) -> bool:
    r"""Say whether :func:`clean_text` leaves a text as it is, without a flag.

    Examples
    --------
    >>> is_clean("a\n"), is_clean("a\x00b")
    (True, False)
    """
    return (text.isascii() and "\x00" not in text) or _UNFIT.search(text) is None


def read_table(source: str | Path | IO[str] | IO[bytes]) -> list[dict[str, str]]:
    r"""Read a delimited file so that every cell stays the text it is.

    Parameters
    ----------
    source : path or file object
        A CSV, TSV or ``;`` file in any encoding that importers know.

    Returns
    -------
    list of dict of str to str
        One dict a row: ``67e10`` stays ``"67e10"``, ``NA`` stays ``"NA"``, an empty cell is ``""``.  In a
        table of one column an empty line is a row with an empty cell; elsewhere it is no row.

    Raises
    ------
    ImportFailed
        If the file is empty, binary or not there.

    Examples
    --------
    >>> import io
    >>> read_table(io.StringIO("note_id,n\n67e10,1\n68123e15,NA\n"))
    [{'note_id': '67e10', 'n': '1'}, {'note_id': '68123e15', 'n': 'NA'}]
    """
    from discourse.corpus.delimited import read_delimited

    return [{k: str(v) for k, v in record.values.items()} for record in read_delimited(source)]
