"""Taking people's contact details and names out of a post, once, at the door."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from discourse.text.patterns import EMAIL, HASHTAG, MENTION, PLACEHOLDER, STICKER, URL

KINDS = ("mention", "url", "email", "phone", "wechat", "id-number")
"""What is masked, in the order in which :class:`Masked` lists it."""

_MARKS = {kind: f"[{kind}]" for kind in KINDS} | {"mention": "@user"}

_DATE = r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_ID_NUMBER = rf"(?<![A-Za-z0-9])[1-9]\d{{5}}{_DATE}\d{{3}}[0-9Xx](?![A-Za-z0-9])"
_PHONE = (
    # mobile numbers of the mainland
    r"(?<![A-Za-z0-9.$￥¥])(?:\+?86[\s\-]?)?1[3-9]\d(?:[\s\-]?\d{4}){2}(?![A-Za-z0-9]|\.\d)"
    # land lines of the mainland
    r"|(?<![A-Za-z0-9.\-])0(?:\d{2,3}-[2-9]\d{6,7}|(?:10|2\d)[2-9]\d{7})(?![A-Za-z0-9\-])"
    # North America
    r"|(?<![A-Za-z0-9.\-])(?:\+?1[\s.\-]?)?(?:\([2-9]\d{2}\)\s?|[2-9]\d{2}[\-.])[2-9]\d{2}[\-.\s]\d{4}(?![A-Za-z0-9\-])"
    r"|(?<![A-Za-z0-9])\+1[\s.\-]?[2-9]\d{2}[\s.\-]?[2-9]\d{2}[\s.\-]?\d{4}(?![A-Za-z0-9\-])"
    # anywhere, with the sign and code of the country
    r"|(?<![A-Za-z0-9])\+(?=(?:[\s\-]?\d){9,15}(?![A-Za-z0-9]))[1-9]\d{0,2}(?:[\s\-]?\d{2,5}){2,5}(?![A-Za-z0-9])"
)
_ID = r"[A-Za-z][A-Za-z0-9_\-]{5,19}(?![A-Za-z0-9_\-])|[1-9]\d{5,11}(?![A-Za-z0-9_.,%])"
# Without a colon or a verb before it, only what no word looks like counts as an id.
_ID_WITH_DIGIT = rf"(?=[A-Za-z0-9\-]*[0-9_])(?:{_ID})"
_APP = (
    r"(?:微信号?|薇信|威信|卫星号|[Ww]e[Cc]hat|WECHAT|[Ww]eixin|"
    r"(?<![A-Za-z])(?:[vV]信|[wW][xX]|[vV][xX]|[qQ][qQ]群?))"
)
_WECHAT = (
    rf"{_APP}\s{{0,2}}(?:号码?|[iI][dD])?\s{{0,2}}(?:是|为|is)?\s{{0,2}}[:：=]\s{{0,2}}(?P<a>{_ID})"
    rf"|{_APP}\s{{0,2}}(?:号码?|[iI][dD]|是|为|is)?\s{{0,2}}(?P<b>{_ID_WITH_DIGIT})"
    rf"|(?:[加➕]|(?<![A-Za-z0-9])\+)\s{{0,2}}(?:我|个|下){{0,2}}\s{{0,2}}(?:[vV]|{_APP})\s{{0,2}}[:：]?\s{{0,2}}(?P<c>{_ID_WITH_DIGIT})"
    rf"|(?<![A-Za-z])[vV]\s?[:：]\s{{0,2}}(?P<d>{_ID_WITH_DIGIT})"
)
# What every match but a mention holds, opening with one set of characters so that other texts are passed
# at once.
_WORTH_A_LOOK = re.compile(
    r"[:.u\d微薇威卫WwVvQq加➕+](?:(?<=:)//|(?<=u)/"
    r"|(?<=\.)(?:(?<=[A-Za-z0-9\-].)[A-Za-z]|(?<=ww.)[A-Za-z0-9\-])|(?<=\d)[\d\s.\-()]{6}"
    r"|(?<=[微薇威])信|(?<=卫)星号|(?<=[Ww])(?:e[Cc]hat|eixin|[xX])|(?<=W)ECHAT"
    r"|(?<=[Vv])(?:信|[xX]|\s?[:：])|(?<=[Qq])[Qq]|(?<=[加➕+])\s{0,2}[我个下]{0,2}\s{0,2}[Vv])"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


class Masked(NamedTuple):
    """A post without contact details, and what was taken out.

    ``text`` is the post with placeholders; ``kinds`` the kinds masked in this call, in the order of
    :data:`KINDS`, each once.
    """

    text: str
    kinds: tuple[str, ...]


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Everything, and what a text with nothing but mentions needs."""
    keep = f"(?P<keep>{PLACEHOLDER}|{HASHTAG}|{STICKER})"
    return re.compile(
        f"{keep}|(?P<email>{EMAIL})|(?P<wechat>{_WECHAT})|(?P<url>{URL})"
        f"|(?P<idnumber>{_ID_NUMBER})|(?P<phone>{_PHONE})|(?P<mention>{MENTION})"
    ), re.compile(f"{keep}|(?P<mention>{MENTION})")


def _pattern(text: str) -> re.Pattern[str] | None:
    """Say what a text must be searched for; None where it can hold none of it."""
    if _WORTH_A_LOOK.search(text) is not None:
        return _patterns()[0]
    return _patterns()[1] if "@" in text or "＠" in text else None


def _valid_id_number(number: str) -> bool:
    check = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False)) % 11
    return "10X98765432"[check] == number[17].upper()


def _replacement(match: re.Match[str]) -> tuple[str, str]:
    """Say what one match becomes, and of which kind it is ("" where it stays)."""
    kind, found = str(match.lastgroup), match.group()
    if kind == "wechat":
        name = next(value for key in "abcd" if (value := match.group(key)))
        return found[: len(found) - len(name)] + _MARKS["wechat"], "wechat"
    if kind == "idnumber":
        return (_MARKS["id-number"], "id-number") if _valid_id_number(found) else (found, "")
    return (found, "") if kind == "keep" else (_MARKS[kind], kind)


def _masked(text: str, pattern: re.Pattern[str]) -> Masked:
    """Mask what a pattern finds, until nothing changes: a placeholder may lay bare what stood behind it."""
    kinds: set[str] = set()

    def replace(match: re.Match[str]) -> str:
        after, kind = _replacement(match)
        if kind:
            kinds.add(kind)
        return after

    following: re.Pattern[str] | None = pattern
    while following is not None:  # "a@b.com@c" becomes "[email]@c"
        before, text = text, following.sub(replace, text)
        following = _pattern(text) if text != before else None
    return Masked(text, tuple(kind for kind in KINDS if kind in kinds) if kinds else ())


def mask_many(texts: Sequence[str]) -> dict[int, Masked]:
    """Mask texts as :func:`mask` does, and give only those in which there is something to look for.

    Parameters
    ----------
    texts : sequence of str
        Any texts.

    Returns
    -------
    dict of int to Masked
        Place -> masked text; the other texts stay as they are.

    Examples
    --------
    >>> mask_many(["hello", "call 13812345678"])
    {1: Masked(text='call [phone]', kinds=('phone',))}
    """
    look, (whole, mentions) = _WORTH_A_LOOK.search, _patterns()
    found: dict[int, Masked] = {}
    for number, text in enumerate(texts):
        if look(text) is not None:
            found[number] = _masked(text, whole)
        elif "@" in text or "＠" in text:
            found[number] = _masked(text, mentions)
    return found


def mask(text: str) -> Masked:
    """Replace contact details and names of accounts by placeholders.

    Parameters
    ----------
    text : str
        A post, a title or a field of an export.

    Returns
    -------
    Masked
        ``text`` with ``@user`` for mentions of accounts and ``[url]``, ``[email]``, ``[phone]``, ``[wechat]``
        (also QQ numbers) and ``[id-number]``; everything else is byte for byte as it was.  ``kinds``: what
        was masked.  Masking a masked text changes nothing.

    Notes
    -----
    Stickers and hashtags are never touched.  A mainland identity number is masked if its check digit holds
    (GB 11643-1999).  A nickname ends at a space, at punctuation or after 20 characters; a nickname with a
    space in it leaves its second half behind.  An id of WeChat or QQ is masked behind the name of the
    service: with a colon any id, without one only an id that holds a digit or an underscore.

    Examples
    --------
    >>> mask("加微信 lily_2025 或 13812345678，@小红薯 你好[笑哭R]")
    Masked(text='加微信 [wechat] 或 [phone]，@user 你好[笑哭R]', kinds=('mention', 'phone', 'wechat'))
    >>> mask("3:00@home, $1,299.00 on 2025-01-19").kinds
    ()
    """
    pattern = _pattern(text)
    return Masked(text, ()) if pattern is None else _masked(text, pattern)
