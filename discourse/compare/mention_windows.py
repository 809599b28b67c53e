"""The words that stand near a target, post by post."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from discourse.errors import ParameterError
from discourse.sentiment.mentions import Matcher, find_names_each, matcher_for
from discourse.sentiment.scan import fold
from discourse.sentiment.target import load_target
from discourse.text.token_lists import CODES, Tokens
from discourse.topics.vocabulary import LANGUAGES, content_words

#: Words on each side of a naming that count as near it.
WINDOW = 8
_AT_ONCE = 1000


@dataclass(frozen=True)
class Windows:
    """Content words of each post, near the target and elsewhere.

    ``near`` and ``elsewhere``: language to one list of words a post.  ``namings``: how often each post names
    the target.
    """

    near: Mapping[str, Sequence[Sequence[str]]]
    elsewhere: Mapping[str, Sequence[Sequence[str]]]
    namings: Sequence[int] | NDArray[np.int64]


def mention_windows(texts: Sequence[str], tokens: Tokens, target: str, *, window: int = WINDOW) -> Windows:
    """Split the content words of posts into those near a naming of the target and the others.

    Parameters
    ----------
    texts : sequence of str
        The posts.
    tokens : Tokens
        Their words, from :func:`discourse.text.tokens.tokenize` of the same texts.
    target : str
        Name of a shipped target, or the path of a target file.
    window : int
        Words on each side that are near, punctuation not counted.

    Returns
    -------
    Windows
        Stop words, and the words that name the target, are in neither.

    Raises
    ------
    ParameterError
        If texts and tokens have different lengths or the window is below 1.

    Examples
    --------
    >>> from discourse.text.tokens import tokenize
    >>> texts = ["the tiktok refugees are funny and kind"]
    >>> mention_windows(texts, tokenize(texts), "refugees", window=2).near["en"]
    [['funny']]
    """
    if len(texts) != len(tokens):
        raise ParameterError(f"{len(texts)} texts and words of {len(tokens)}", expected="the same posts")
    if window < 1:
        raise ParameterError(f"the window is {window}", expected="1 word or more")
    matcher = matcher_for(load_target(target))
    found = _found_names(texts, matcher)
    namings = np.array([len(names) for names in found], dtype=np.int64)
    word = np.isin(tokens.codes, [CODES[lang] for lang in LANGUAGES])
    naming = _naming(tokens, found)[word]
    of_words = tokens.where(word)
    near = _within(naming, of_words.offsets, window) & ~naming
    return Windows(
        content_words(of_words.where(near)), content_words(of_words.where(~near & ~naming)), namings
    )


def _found_names(texts: Iterable[str], matcher: Matcher) -> list[list[tuple[int, int]]]:
    """Find the namings of each text; so many texts are searched at once, which is quicker than one by one."""
    lows, found = map(fold, texts), []
    while part := list(islice(lows, _AT_ONCE)):
        found += find_names_each(part, matcher)
    return found


def _naming(tokens: Tokens, found: Sequence[Sequence[tuple[int, int]]]) -> NDArray[np.bool_]:
    """Say which tokens a naming of the target covers, if only in part."""
    out = np.zeros(len(tokens.codes), dtype=bool)
    starts, stops, offsets = tokens.starts, tokens.stops, tokens.offsets
    for i, names in enumerate(found):
        if names:
            here = slice(offsets[i], offsets[i + 1])
            for start, stop in names:
                out[here] |= (starts[here] < stop) & (stops[here] > start)
    return out


def _within(marked: NDArray[np.bool_], offsets: NDArray[np.int64], reach: int) -> NDArray[np.bool_]:
    """Say which places lie within reach of a marked one of the same text."""
    places = np.flatnonzero(marked)
    text = np.searchsorted(offsets, places, side="right") - 1
    first = np.maximum(places - reach, offsets[text])
    behind = np.minimum(places + reach + 1, offsets[text + 1])
    change = np.zeros(len(marked) + 1, dtype=np.int64)
    np.add.at(change, first, 1)
    np.add.at(change, behind, -1)
    return np.cumsum(change[:-1]) > 0
