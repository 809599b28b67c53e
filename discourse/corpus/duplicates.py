"""When two posts count as the same text."""

from __future__ import annotations

import hashlib
import unicodedata

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
    Normalised by NFKC, case folding and dropping of white space and format characters (U+FEFF, U+200B).

    Examples
    --------
    >>> text_key("Hello,  TikTok refugees!") == text_key("hello, tiktok Refugees!\n")
    True
    >>> text_key("thank you") is None
    True
    """
    folded = normalise(text)
    if len(folded) < min_length:
        return None
    return hashlib.blake2b(folded.encode("utf-8", "replace"), digest_size=16).digest()


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
    if joined.isascii():
        return joined
    return "".join(c for c in joined if unicodedata.category(c) not in ("Cf", "Cc"))
