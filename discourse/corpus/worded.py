"""Times as sites print them for readers: in words, without a year, with a place behind, or told from now."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import NamedTuple

from discourse.corpus.damage import Time, parse_time
from discourse.corpus.places import place_code
from discourse.text.script import simplify

_LONGEST = 60
_LEAD = re.compile(
    r"(?P<edited>(?:最后)?(?:编辑|修改|更新)(?:于|时间)?|(?:last )?(?:edited|updated)(?: on| at)?)\s*:?\s*"
    r"|(?:发布|发表|回复|评论)(?:于|时间)?\s*:?\s*|(?:posted|published)(?: on| at)?\s*:?\s*",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?P<when>.*?(?:\d|[天日前刚今昨]|ago|yesterday|today))[\s·•|,]*(?P<place>[^\W\d_][^\d:/]*)",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"(?:星期|周|礼拜)[一二三四五六日天]|\([月火水木金土日월화수목금토일](?:曜日?|요일)?\)|[月火水木金土日]曜日"
    r"|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?",
    re.IGNORECASE,
)
_HALF = re.compile(
    r"(?P<word>上午|早上|凌晨|清晨|中午|下午|晚上|傍晚|午前|午后|오전|오후|am\b|pm\b|a\.m\.|p\.m\.)\s*"
    r"(?P<hour>\d{1,2})(?=[:时])"
    r"|\b(?P<hour2>\d{1,2})(?P<rest>:\d{2}(?::\d{2})?)\s*(?P<word2>[ap]\.?m\b\.?)",
    re.IGNORECASE,
)
_LATER = frozenset({"下午", "晚上", "傍晚", "午后", "오후", "pm", "中午"})
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:[\s,]+(?P<year>\d{4}))?"
_ENGLISH = (
    re.compile(rf"\b{_MONTH}\s*{_DAY}\b{_YEAR}", re.IGNORECASE),
    re.compile(rf"\b{_DAY}[\s-]*{_MONTH}(?:[\s,-]+(?P<year>\d{{4}}))?", re.IGNORECASE),
)
_CLOCK_FIRST = re.compile(r"(\d{1,2}:\d{2}(?::\d{2})?)\s+(\d[\d-]*)(.*)")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?")
_SHORT_YEAR = re.compile(r"([1-3]\d)-(\d{1,2})-(\d{1,2})(?: .*)?")
_MONTH_ONLY = re.compile(r"(\d{4})(?:[-/.年]\s*(\d{1,2})\s*月?|年)?")
_NO_YEAR = re.compile(r"(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?\s*(\d{1,2}[:时]\d{1,2}.*)?")
_NOW = re.compile(r"刚刚|刚才|现在|just now|now|たった今|방금( 전)?", re.IGNORECASE)
_NAMED = {
    "今天": 0, "今日": 0, "today": 0, "오늘": 0, "昨天": 1, "昨日": 1, "yesterday": 1, "어제": 1, "前天": 2,
    "一昨日": 2, "大前天": 3,
}  # fmt: skip
_NAMED_DAY = re.compile(rf"({'|'.join(sorted(_NAMED, key=len, reverse=True))})\s*(.*)", re.IGNORECASE)
_UNITS: dict[str, timedelta] = {
    **dict.fromkeys(("秒", "秒钟", "s", "sec", "second", "초"), timedelta(seconds=1)),
    **dict.fromkeys(("分", "分钟", "m", "min", "minute", "분"), timedelta(minutes=1)),
    **dict.fromkeys(("时间", "小时", "个小时", "h", "hr", "hour", "시간"), timedelta(hours=1)),
    **dict.fromkeys(("天", "日", "d", "day", "일"), timedelta(days=1)),
    **dict.fromkeys(("周", "周间", "星期", "个星期", "w", "wk", "week", "주"), timedelta(weeks=1)),
    **dict.fromkeys(("月", "个月", "か月", "ヶ月", "mo", "month", "개월", "달"), timedelta(days=30.44)),
    **dict.fromkeys(("年", "y", "yr", "year", "년"), timedelta(days=365.25)),
}
_NUMBERS = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "a": 1, "an": 1, "one": 1, "半": 0}
_AGO = re.compile(
    r"(?P<n>\d{1,3}|an?(?= )|one(?= )|[一两二三四五六半])\s*(?P<unit>[^\W\d]+?)s?\s*(?P<ago>前|ago|전)?",
    re.IGNORECASE,
)
_BARE = re.compile(r"\d{1,3}(?:mo|[smhdwy])")
"""``3d``, as phones print it; with longer units, ``ago`` must be said."""
_DAY_LONG = timedelta(days=1)


class Seen(NamedTuple):
    """When a record was collected, as far as it is known: both ends are aware."""

    first: datetime
    last: datetime


class Worded(NamedTuple):
    """A time in words, taken apart.

    Parameters
    ----------
    time : Time
        What it says.  ``time-relative`` marks what was told from the day of collecting, or cannot be told
        without it.
    place : str or None
        A place that stood behind it.
    """

    time: Time
    place: str | None = None


def worded_time(text: str, zone: tzinfo, *, zone_known: bool = True, seen: Seen | None = None) -> Worded:
    """Read a time that a site prints for its readers.

    Parameters
    ----------
    text : str
        ``Jan 14, 2025``, ``2025-01-14 下午 3:08``, ``编辑于 01-15 美国``, ``3天前``, ``2 hours ago``.
    zone : tzinfo
        Of its clock.
    zone_known : bool, default True
        False if `zone` is an assumption.
    seen : Seen, optional
        When it was collected; without it, what is told from then is unknown.

    Returns
    -------
    Worded
        Flags beside those of :func:`discourse.corpus.damage.parse_time`: ``time-relative``, and
        ``time-edited`` where the site gives the time of the last change.

    Notes
    -----
    Sites round down: ``2 hours ago`` is from two hours to three.  Of days it is not known whether whole days
    or dates are counted, so both are left open, as ``created_at_doubt``.

    Examples
    --------
    >>> worded_time("Jan 14, 2025 12:08 PM", UTC).time.at.isoformat()
    '2025-01-14T12:08:00+00:00'
    >>> noon = datetime(2025, 1, 18, 12, tzinfo=UTC)
    >>> time, place = worded_time("昨天 12:30 广东", UTC, seen=Seen(noon, noon))
    >>> time.at.isoformat(), place, worded_time("3天前", UTC).time.flags
    ('2025-01-17T12:30:00+00:00', '广东', ('time-relative',))
    """
    if len(text) > _LONGEST:
        return Worded(Time(None, None, ("time-unread",)))
    plain = simplify(unicodedata.normalize("NFKC", text)).strip()
    lead = _LEAD.match(plain)
    plain = plain[lead.end() :] if lead else plain
    when, place = _parted(plain)
    try:
        time = _told(_in_figures(when), zone, zone_known, seen)
    except (ValueError, OverflowError):  # a 31st of February
        time = Time(None, None, ("time-unread",))
    if lead and lead["edited"] and "time-unread" not in time.flags:
        time = time._replace(flags=("time-edited", *time.flags))
    return Worded(time, place)


def _parted(text: str) -> tuple[str, str | None]:
    """Part a time from the place behind it."""
    found = _PLACE.fullmatch(text)
    if found is None:
        return text, None
    place = found["place"].strip()
    known = (len(place) > 3 or not place.isascii()) and place_code(place) is not None
    return (found["when"].strip(), place) if known else (text, None)


def _in_figures(text: str) -> str:
    """Write months, halves of a day and weekdays in figures: ``2025-1-14 15:08``."""
    out = _WEEKDAY.sub(" ", text).translate(str.maketrans("년월분초", "年月分秒", "·•"))
    out = re.sub(r"(?<=\d)\s*일(?! *전)", "日", re.sub(r"(?<=\d)\s*(?:시(?!간)|点)", "时", out))
    out = _HALF.sub(_whole_day, out)
    out = re.sub(r"\b(?:at|um|on)\b|(?:GMT|UTC)(?=[+-]\d)", " ", out)
    for pattern in _ENGLISH:
        out = pattern.sub(_month_in_figures, out, count=1)
    out = re.sub(r"(?<=\d)\.(?= |$)", "", " ".join(out.replace(",", " ").split()))
    turned = _CLOCK_FIRST.fullmatch(out)
    return f"{turned[2]} {turned[1]}{turned[3]}" if turned else out


def _whole_day(match: re.Match[str]) -> str:
    word = (match["word"] or match["word2"]).replace(".", "").lower()
    hour = int(match["hour"] or match["hour2"])
    if word in _LATER and hour < 12 and not (word == "中午" and hour == 11):
        hour += 12
    elif hour == 12 and word not in _LATER:
        hour = 0
    return f" {hour:02d}{match['rest'] or ''} " if match["hour2"] else f" {hour:02d}"


def _month_in_figures(match: re.Match[str]) -> str:
    month = _MONTHS.index(match["month"][:3].lower()) + 1
    year = f"{match['year']}-" if match["year"] else ""
    return f"{year}{month}-{match['day']} "


def _told(text: str, zone: tzinfo, zone_known: bool, seen: Seen | None) -> Time:
    time = parse_time(text, zone, zone_known=zone_known)
    if time.at is not None or "time-unread" not in time.flags:
        return time
    digits = _DIGITS.fullmatch(text)
    if digits:
        clock = f" {digits[4]}:{digits[5]}:{digits[6] or '00'}" if digits[4] else ""
        return parse_time(f"{digits[1]}-{digits[2]}-{digits[3]}{clock}", zone, zone_known=zone_known)
    if _SHORT_YEAR.fullmatch(text) and str(zone) == "Asia/Shanghai":  # where dates begin with the year
        return parse_time(f"20{text}", zone, zone_known=zone_known)
    month = _MONTH_ONLY.fullmatch(text)
    if month and 1995 <= int(month[1]) < 2100 and 1 <= int(month[2] or 1) <= 12:
        return Time(None, 366.0 if month[2] else 4383.0, ("time-lost",))
    return _from_seen(text, zone, zone_known, seen) or time


def _from_seen(text: str, zone: tzinfo, zone_known: bool, seen: Seen | None) -> Time | None:
    """Read what is told from the day of collecting; None if it is no such thing."""
    dated, named, ago = _NO_YEAR.fullmatch(text), _NAMED_DAY.fullmatch(text), _AGO.fullmatch(text)
    now = _NOW.fullmatch(text)
    unit = _UNITS.get(ago["unit"].lower()) if ago else None
    if ago and not (unit and (ago["ago"] or _BARE.fullmatch(text))):
        ago = None
    if not (dated or named or ago or now):
        return None
    if seen is None:
        return Time(None, None, ("time-relative",))
    first, last = seen.first.astimezone(zone), seen.last.astimezone(zone)
    local = () if zone_known else ("zone-assumed",)
    if dated:
        return _this_year(dated, last, zone, zone_known)
    if named:
        day = (last - _NAMED[named[1].lower()] * _DAY_LONG).date()
        return _marked(_on(day, named[2], zone, zone_known), 24.0 * (last.date() - first.date()).days)
    if now or unit is None or ago is None:
        return _between(first - timedelta(minutes=1), last, ())
    n = int(ago["n"]) if ago["n"].isdigit() else _NUMBERS[ago["n"].lower()]
    if unit == _DAY_LONG:  # whole days or dates: both are left open
        midnight = datetime(last.year, last.month, last.day, tzinfo=zone)
        return _between(first - (n + 1) * unit, midnight - (n - 1) * unit, local)
    return _between(first - (n + 1) * unit, last - n * unit, ())


def _between(first: datetime, last: datetime, flags: tuple[str, ...]) -> Time:
    """The middle of an interval; unknown where it leaves more than two days open."""
    doubt = (last - first) / timedelta(hours=2)
    if doubt > 24:
        return Time(None, doubt, ("time-lost", "time-relative"))
    return Time((first + (last - first) / 2).astimezone(UTC), doubt, ("time-relative", *flags))


def _this_year(match: re.Match[str], last: datetime, zone: tzinfo, zone_known: bool) -> Time:
    """A date without a year: the latest that is not after the day of collecting."""
    month, day = int(match[1]), int(match[2])
    if month > 12:
        month, day = day, month
    year = last.year if (month, day) <= (last.month, last.day) else last.year - 1
    return _marked(_on(date(year, month, day), match[3] or "", zone, zone_known), 0.0)


def _on(day: date, clock: str, zone: tzinfo, zone_known: bool) -> Time:
    return parse_time(f"{day.isoformat()} {clock}".strip(), zone, zone_known=zone_known)


def _marked(time: Time, wider: float) -> Time:
    if time.at is None:
        return time
    doubt = (time.doubt or 0.0) + wider / 2
    if doubt > 24:
        return Time(None, doubt, ("time-lost", "time-relative"))
    return Time(time.at, doubt or None, ("time-relative", *time.flags))
