"""When two posts count as the same text."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import cache
from typing import Any

from discourse.text.patterns import between_marks

_MARKED = re.compile(r"[#＃@＠\[./\u203c-\u3299\U0001f000-\U0001faff]")

MIN_LENGTH = 12
"""Shorter texts (哈哈哈, ``thank you``) are written alike by many people and are no copies."""


def text_key(text: str, min_length: int = MIN_LENGTH) -> bytes | None:
    r"""Give a key that two copies of a text share.

    Parameters
    ----------
    text : str
        The masked text of a post.
    min_length : int, default 12
        Characters that the normalised text must have to count.

    Returns
    -------
    bytes or None
        16 bytes; None for a text that is too short to be a copy.

    Notes
    -----
    Normalised by NFKC, case folding and dropping of white space and format characters (U+FEFF, U+200B).  The
    whole text is compared, but hashtags, stickers, addresses and mentions alone do not make a copy: the
    length counts without them.

    Examples
    --------
    >>> text_key("Hello,  TikTok refugees!") == text_key("hello, tiktok Refugees!\n")
    True
    >>> text_key("thank you") is None
    True
    """
    found = keyed(text, min_length)
    return None if found is None else found[0]


def keyed(text: str, min_length: int = MIN_LENGTH) -> tuple[bytes, str] | None:
    """Give the key of a text and the normalised text of which it is a hash.

    Parameters
    ----------
    text, min_length
        As in :func:`text_key`.

    Returns
    -------
    tuple of (bytes, str), or None
        None for a text that is too short to be a copy.

    Examples
    --------
    >>> keyed("Hello,  TikTok refugees!")[1]
    'hello,tiktokrefugees!'
    """
    folded = normalise(text)
    if len(folded) < min_length:
        return None
    if _MARKED.search(text):
        pieces = between_marks(text)
        if len(pieces) > 1 and _is_short(" ".join(pieces), min_length):
            return None
    return hashlib.blake2b(folded.encode("utf-8", "replace"), digest_size=16).digest(), folded


def _is_short(text: str, min_length: int) -> bool:
    return _solid(min_length).match(text) is None and len(normalise(text)) < min_length


@cache
def _solid(n: int) -> re.Pattern[str]:
    """So many characters each of which stays one at least when normalised."""
    return re.compile(f"(?:[^A-Za-z0-9\u4e00-\u9fff]*+[A-Za-z0-9\u4e00-\u9fff]){{{n}}}")


def normalise(text: str) -> str:
    r"""Fold a text for comparison; never for keeping.

    Parameters
    ----------
    text : str
        A text.

    Returns
    -------
    str
        NFKC, case folded, without white space and format characters.

    Examples
    --------
    >>> normalise("Ｈi  there\ufeff")
    'hithere'
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    joined = "".join(folded.split())
    if joined.isprintable():  # then there is none of what the next line drops
        return joined
    return "".join(c for c in joined if unicodedata.category(c) not in ("Cf", "Cc"))


_MERGED = ("author", "title", "ip_location", "likes", "comments", "collects", "shares", "hashtags", "docvars")
_REPAIRED = {"author": "author-damaged", "parent_id": "parent-damaged", "thread_id": "thread-damaged"}


def merge(best: dict[str, Any], others: list[dict[str, Any]]) -> None:
    """Fill what the best record of a post lacks from its other records; texts are never mixed.

    Parameters
    ----------
    best : dict
        The row that is kept; changed in place, and flagged ``merged`` if something came in.
    others : list of dict
        Rows of the same post, the better ones first.

    Examples
    --------
    >>> row = {"text": "hi", "author": None, "created_at": None, "created_at_doubt": 1389.0,
    ...        "flags": ["author-damaged", "time-lost"]}
    >>> merge(row, [{"text": "hi", "author": "a-1", "created_at": "2025-01-14", "created_at_doubt": None,
    ...              "flags": []}])
    >>> row["author"], row["created_at"], row["flags"]
    ('a-1', '2025-01-14', ['merged'])
    """
    flags = set(best["flags"])
    for other in others:
        for name in (*_MERGED, "parent_id", "thread_id"):
            flag = _REPAIRED.get(name, "")
            lost = flag in flags if name in ("parent_id", "thread_id") else best.get(name) in (None, [], "")
            if lost and other.get(name) not in (None, [], "") and flag not in other["flags"]:
                best[name] = other[name]
                flags = (flags - {flag}) | {"merged"}
                if name == "likes":
                    best["likes_at_least"] = other["likes_at_least"]
        flags = _merge_time(best, other, flags)
    best["flags"] = sorted(flags)


def _merge_time(best: dict[str, Any], other: dict[str, Any], flags: set[str]) -> set[str]:
    worse = best["created_at"] is None or (best["created_at_doubt"] or 0) > (other["created_at_doubt"] or 0)
    if other["created_at"] is None or not worse:
        return flags
    best["created_at"], best["created_at_doubt"] = other["created_at"], other["created_at_doubt"]
    times = {flag for flag in other["flags"] if flag.startswith(("time-", "zone-"))}
    return {flag for flag in flags if not flag.startswith(("time-", "zone-"))} | times | {"merged"}
