"""The words that stand near a target, post by post."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from discourse.errors import ParameterError
from discourse.room import room
from discourse.sentiment.mentions import Matcher, find_names_each, matcher_for
from discourse.sentiment.scan import fold
from discourse.sentiment.target import load_target
from discourse.text.token_lists import CODES, Tokens
from discourse.topics.vocabulary import LANGUAGES, content_types

#: Words on each side of a naming that count as near it.
WINDOW = 8
_AT_ONCE = 1000
#: Bits that hold the length of a text.
_WIDTH = 32


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
    near, elsewhere, namings = _sides(texts, tokens, matcher_for(load_target(target)), window)
    types = {lang: content_types(tokens, lang) for lang in LANGUAGES}
    beside, others = (
        {lang: tokens.renamed(lang, types[lang], side) for lang in LANGUAGES} for side in (near, elsewhere)
    )
    return Windows(beside, others, namings)


def _sides(
    texts: Sequence[str], tokens: Tokens, matcher: Matcher, window: int
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.int64]]:
    """Say which tokens stand near a naming and which elsewhere, and how often each text names the target."""
    near, elsewhere = (room(len(tokens.codes), np.bool_) for _ in range(2))
    namings = room(len(tokens), np.int64)
    text = at = 0
    found = _found_names(texts, matcher)
    for part in tokens.parts():
        names = list(islice(found, len(part)))
        here = slice(at, at + len(part.codes))
        word = np.isin(part.codes, [CODES[lang] for lang in LANGUAGES])
        naming = _naming(part, names)[word]
        ends = np.concatenate([[0], np.cumsum(word)])[part.offsets]
        beside = _within(naming, ends, window)
        near[here], elsewhere[here] = False, False
        near[here][word], elsewhere[here][word] = beside & ~naming, ~beside & ~naming
        namings[text : text + len(part)] = [len(one) for one in names]
        text, at = text + len(part), here.stop
    return near, elsewhere, namings


def _found_names(texts: Iterable[str], matcher: Matcher) -> Iterator[list[tuple[int, int]]]:
    """Find the namings of each text; so many texts are searched at once, which is quicker than one by one."""
    lows = map(fold, texts)
    while part := list(islice(lows, _AT_ONCE)):
        yield from find_names_each(part, matcher)


def _naming(tokens: Tokens, found: Sequence[Sequence[tuple[int, int]]]) -> NDArray[np.bool_]:
    """Say which tokens a naming of the target covers, if only in part."""
    spans = np.array(
        [(i, start, stop) for i, names in enumerate(found) for start, stop in names], dtype=np.int64
    ).reshape(-1, 3)
    text = np.repeat(np.arange(len(tokens)), np.diff(tokens.offsets)) << _WIDTH
    of = spans[:, 0] << _WIDTH
    # tokens stand one behind the other: of those that a naming covers the first ends behind its start
    first = np.searchsorted(text + tokens.stops, of + spans[:, 1], side="right")
    behind = np.searchsorted(text + tokens.starts, of + spans[:, 2], side="left")
    covered = first < behind
    return _between(first[covered], behind[covered], len(tokens.codes))


def _within(marked: NDArray[np.bool_], offsets: NDArray[np.int64], reach: int) -> NDArray[np.bool_]:
    """Say which places lie within reach of a marked one of the same text."""
    places = np.flatnonzero(marked)
    text = np.searchsorted(offsets, places, side="right") - 1
    first = np.maximum(places - reach, offsets[text])
    behind = np.minimum(places + reach + 1, offsets[text + 1])
    return _between(first, behind, len(marked))


def _between(first: NDArray[np.int64], behind: NDArray[np.int64], n: int) -> NDArray[np.bool_]:
    """Mark all places that lie in any of some spans."""
    change = np.bincount(first, minlength=n + 1) - np.bincount(behind, minlength=n + 1)
    return np.asarray(np.cumsum(change[:-1]) > 0)
