"""Where people are: an ``ip_location`` in any spelling becomes a code, and what is unknown stays unknown.

Platforms print the place of a poster's IP address in their own words: ``美国``, ``U.S.``, ``广东``,
``中国香港``.  The table ``places.tsv`` holds the spellings; nothing is guessed beyond it.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import lru_cache
from importlib import resources

_PREFIX = re.compile(
    r"(?:ip(?![a-z])\s*(?:地址|属地|屬地|归属地|歸屬地|所在地|location|address)?|属地|屬地|归属地|歸屬地|所在地"
    r"|location|发布于|發布於|發佈於|发表于|發表於|来自于?|來自於?|位于|位於"
    r"|(?:posted in|(?:posted )?from)(?![a-z]))\s*:?\s*",
    re.IGNORECASE,
)
"""What platforms print before a place; the text is NFKC, so that a colon is a colon."""
_PARTS = re.compile(r"[\s·・,，/|-]+")
_HAN = re.compile("[\u4e00-\u9fff]+")
_OWN_CODES = frozenset({"HK", "MO", "TW"})
_NOT_KNOWN = frozenset(
    {"", "未知", "未知地区", "unknown", "none", "null", "nan", "na", "n/a", "-", "其他", "其它", "海外"}
)


def place_code(spelling: str | None) -> str | None:
    """Give the code of a place as a platform spells it.

    Parameters
    ----------
    spelling : str or None
        What the export says: Chinese or English, simplified or traditional, with or without a label such as
        ``IP属地：``.  A code of ours comes back as it is.

    Returns
    -------
    str or None
        An ISO 3166-1 alpha-2 country (``US``; ``HK``, ``MO`` and ``TW`` have theirs), or an ISO 3166-2
        province of the mainland of China (``CN-GD``); None where the spelling is not in the table.

    Notes
    -----
    Names follow ISO 3166 and Unicode CLDR; see ``places.tsv``.  ``CN`` alone means that the export names the
    country only.

    Examples
    --------
    >>> [place_code(s) for s in ("美国", "U.S.", "广东", "中国香港", "IP属地：浙江", "未知", "Atlantis")]
    ['US', 'US', 'CN-GD', 'HK', 'CN-ZJ', None, None]
    """
    if spelling is None:
        return None
    key = _key(spelling)
    return None if key in _NOT_KNOWN else _look_up(key)


def is_unknown_spelling(spelling: str | None) -> bool:
    """Say whether a place was given that the table does not hold.

    Parameters
    ----------
    spelling : str or None
        What the export says.

    Returns
    -------
    bool
        True for a spelling to be listed; False for a known one, for none, and for the platform's own
        ``未知`` ("unknown").

    Examples
    --------
    >>> is_unknown_spelling("Atlantis"), is_unknown_spelling("未知"), is_unknown_spelling("日本")
    (True, False, False)
    """
    return spelling is not None and _key(spelling) not in _NOT_KNOWN and place_code(spelling) is None


@lru_cache(maxsize=1)
def codes() -> frozenset[str]:
    """Give all codes of the table.

    Examples
    --------
    >>> {"US", "CN-GD", "HK"} <= codes()
    True
    """
    return frozenset(_table().values())


def place_name(code: str, language: str = "en") -> str:
    """Give the name of a place in the reader's language.

    Parameters
    ----------
    code : str
        A code of the table.
    language : {"en", "zh"}
        Language of the name.

    Returns
    -------
    str
        Its name; the code itself where the table has none.

    Examples
    --------
    >>> place_name("CN-GD"), place_name("US", "zh"), place_name("XX")
    ('Guangdong', '美国', 'XX')
    """
    return _names().get(code, {}).get(language, code)


@lru_cache(maxsize=1)
def _names() -> dict[str, dict[str, str]]:
    return {row["code"]: {"en": row["en"], "zh": row["zh"]} for row in _rows()}


@lru_cache(maxsize=4096)
def _key(spelling: str) -> str:
    text = unicodedata.normalize("NFKC", spelling).strip()
    while (found := _PREFIX.match(text)) and found.end():
        text = text[found.end() :]
    text = text.lstrip(": ")
    return " ".join(text.split()).casefold()


@lru_cache(maxsize=4096)
def _look_up(key: str) -> str | None:
    table = _table()
    if key in table:
        return table[key]
    for lead in ("中国", "中國", "china "):  # 中国广东; but 中国香港 is in the table
        rest = key.removeprefix(lead).strip(" -·,")
        if rest != key and (table.get(rest, "").startswith("CN-") or table.get(rest) in _OWN_CODES):
            return table[rest]
    for tail in (" province", ", china", " city"):
        rest = key.removesuffix(tail)
        if rest != key and table.get(rest, "").startswith("CN-"):
            return table[rest]
    first, *more = _PARTS.split(key)  # 广东 深圳: the place and a town in it
    return table.get(first) if more and all(map(_HAN.fullmatch, (first, *more))) else None


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    out: dict[str, str] = {}
    for row in _rows():
        for name in (row["code"], row["en"], row["zh"], *row["aliases"].split("|")):
            if name:
                out[_key(name)] = row["code"]
    return out


def _rows() -> list[dict[str, str]]:
    source = resources.files("discourse.corpus").joinpath("places.tsv").read_text(encoding="utf-8")
    lines = [line for line in source.splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
