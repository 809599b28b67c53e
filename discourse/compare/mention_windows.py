"""The words that stand near a target, post by post."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from discourse.errors import ParameterError
from discourse.sentiment.mentions import find_names, matcher_for
from discourse.sentiment.scan import fold
from discourse.sentiment.target import load_target
from discourse.text.tokens import Tokens
from discourse.topics.vocabulary import LANGUAGES, content_words

#: Words on each side of a naming that count as near it.
WINDOW = 8


@dataclass(frozen=True)
class Windows:
    """Content words of each post, near the target and elsewhere.

    ``near`` and ``elsewhere``: language to one list of words a post.  ``namings``: how often each post names
    the target.
    """

    near: dict[str, list[list[str]]]
    elsewhere: dict[str, list[list[str]]]
    namings: list[int]


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
    parts: tuple[list[list[tuple[str, str]]], list[list[tuple[str, str]]]] = ([], [])
    namings = []
    for text, words, kinds, spans in zip(texts, tokens.words, tokens.kinds, tokens.spans, strict=True):
        names = find_names(fold(text), matcher)
        namings.append(len(names))
        for side, found in zip(parts, _sides(words, kinds, spans, names, window), strict=True):
            side.append(found)
    near, elsewhere = (_content(side) for side in parts)
    return Windows(near, elsewhere, namings)


def _sides(
    words: Sequence[str],
    kinds: Sequence[str],
    spans: Sequence[tuple[int, int]],
    names: Sequence[tuple[int, int]],
    window: int,
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    places = [i for i, kind in enumerate(kinds) if kind in LANGUAGES]
    named = {k for k, i in enumerate(places) if any(a < spans[i][1] and spans[i][0] < b for a, b in names)}
    close = {k for center in named for k in range(center - window, center + window + 1)} - named
    near = [(words[i], kinds[i]) for k, i in enumerate(places) if k in close]
    far = [(words[i], kinds[i]) for k, i in enumerate(places) if k not in close and k not in named]
    return near, far


def _content(posts: Sequence[Sequence[tuple[str, str]]]) -> dict[str, list[list[str]]]:
    words = _Words([[w for w, _ in post] for post in posts], [[k for _, k in post] for post in posts])
    return content_words(cast("Tokens", words))  # which reads nothing of tokens but words and kinds


@dataclass(frozen=True)
class _Words:
    words: list[list[str]]
    kinds: list[list[str]]
