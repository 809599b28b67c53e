"""What a model is given: posts, what each is judged toward, the posts answered, where the target stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from discourse.errors import ParameterError
from discourse.sentiment.mentions import Matcher, find_names, matcher_for
from discourse.sentiment.scan import fold
from discourse.sentiment.target import load_target, target_names

ONE = ""  # the target where none is given: all posts are about the same
Span = tuple[int, int]
FEWEST = 5  # coded posts of a class from which anything can be learned of it
LEAST = 2  # without so many of a class, none can be held out


@dataclass(frozen=True)
class Posts:
    """Posts with everything a model may read, one entry a post in each list.

    ``parents`` is empty where a post answers none; ``spans`` is None where the target is not in the text.
    """

    texts: list[str]
    targets: list[str]
    parents: list[str]
    spans: list[Span | None]

    def __len__(self) -> int:
        return len(self.texts)

    def take(self, rows: Sequence[int]) -> Posts:
        """Take some of the posts, in the order asked for."""
        return Posts(
            [self.texts[row] for row in rows],
            [self.targets[row] for row in rows],
            [self.parents[row] for row in rows],
            [self.spans[row] for row in rows],
        )

    def unplaced(self) -> Posts:
        """Forget where the targets stand."""
        return replace(self, spans=[None] * len(self))


def gather(
    texts: Any,
    targets: Any = None,
    parents: Any = None,
    spans: Any = None,
) -> Posts:
    """Check what was given and bring it into one shape.

    Parameters
    ----------
    texts : sequence of str
        The posts.
    targets : sequence of str or str, optional
        What each post is judged toward, or all of them; without it all posts have one target.
    parents : sequence of str or None, optional
        The post that each one answers.
    spans : sequence of (int, int) or None, optional
        Where the target stands in each text (code points); looked up by its name where not given.

    Returns
    -------
    Posts
        One entry a post.

    Raises
    ------
    ParameterError
        If a list is not as long as the texts, a text or target is no string, or a span is outside its text.

    Examples
    --------
    >>> gather(["I like the refugees"], targets=["refugees"]).spans
    [(11, 19)]
    """
    posts = _strings(texts, "texts", missing=None)
    count = len(posts)
    targets = [targets or ONE] * count if targets is None or isinstance(targets, str) else targets
    named = _strings(targets, "targets", missing=None, count=count)
    answered = [""] * count if parents is None else _strings(parents, "parents", missing="", count=count)
    given = [None] * count if spans is None else _listed(spans, "spans", count)
    places = [
        _find(text, target) if span is None else _checked(span, text, row)
        for row, (text, target, span) in enumerate(zip(posts, named, given, strict=True))
    ]
    return Posts(posts, named, answered, places)


def _listed(values: Any, name: str, count: int | None = None) -> list[Any]:
    if isinstance(values, str) or not hasattr(values, "__len__"):
        raise ParameterError(f"{name} is not a list", expected=f"a list of {name}", hint="put it in a list")
    listed = list(values)
    if count is not None and len(listed) != count:
        raise ParameterError(f"{name} has {len(listed)} entries for {count} texts", expected="one a text")
    return listed


def _unknown(value: Any) -> bool:
    return value is None or (pd.api.types.is_scalar(value) and bool(pd.isna(value)))


def _strings(values: Any, name: str, *, missing: str | None, count: int | None = None) -> list[str]:
    """Take strings out of a list; ``missing`` stands for unknown ones, or they are an error."""
    strings = _listed(values, name, count)
    for row, value in enumerate(strings):
        if missing is not None and _unknown(value):
            strings[row] = missing
        elif not isinstance(value, str):
            raise ParameterError(
                f"{name}[{row}] is {value!r}", expected="strings", hint="leave out rows without one"
            )
    return [str(value) for value in strings]


@cache
def _matcher(target: str) -> Matcher | None:
    return matcher_for(load_target(target)) if target in target_names() else None


def _find(text: str, target: str) -> Span | None:
    """Look for the first naming of a target: any name of a shipped one, else the string itself.

    As it is written before any other case, a whole word before a part of one.
    """
    matcher = _matcher(target)
    if matcher is not None:
        found = find_names(fold(text), matcher)
        return found[0] if found else None
    name = target.strip()
    if not name:
        return None
    for where, what in ((text, name), (fold(text), fold(name))):
        places = [place for place in _places(where, what) if _stands_alone(where, *place)]
        if places:
            return places[0]
    return next(_places(fold(text), fold(name)), None)


def _places(text: str, name: str) -> Iterator[Span]:
    start = text.find(name)
    while start >= 0:
        yield start, start + len(name)
        start = text.find(name, start + 1)


def _stands_alone(text: str, start: int, stop: int) -> bool:
    """Whether a naming in Latin letters is a whole word; Chinese has no spaces to tell."""
    before, after = text[start - 1 : start], text[stop : stop + 1]
    first, last = text[start], text[stop - 1]
    return not (_latin(before) and _latin(first)) and not (_latin(after) and _latin(last))


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _checked(span: Any, text: str, row: int) -> Span | None:
    if _unknown(span):
        return None
    start, stop = (int(span[0]), int(span[1])) if len(span) == 2 else (-1, -1)
    if not 0 <= start <= stop <= len(text):
        raise ParameterError(
            f"spans[{row}] is {span!r}", expected=f"(start, stop) within 0 and {len(text)}, in code points"
        )
    return start, stop


def check_labels(labels: Any, count: int) -> np.ndarray[Any, Any]:
    """Check hand codes: one a post, none unknown, two classes or more, enough of each.

    Raises
    ------
    ParameterError
        If one of that does not hold; the message names the row or the class.
    """
    listed = _listed(labels, "labels", count)
    numbers = bool(listed) and all(isinstance(value, int | np.integer | np.bool_) for value in listed)
    for row, value in enumerate(() if numbers else listed):
        if _unknown(value) or not isinstance(value, str) or not value.strip():
            raise ParameterError(
                f"labels[{row}] is {value!r}",
                expected="a string for each post, or a whole number for each",
                hint="leave out posts that are not coded",
            )
    coded = np.asarray(listed, dtype=None if numbers else str)
    classes, counts = np.unique(coded, return_counts=True)
    if len(classes) < 2:
        found = f"all {count} posts are coded {str(classes[0])!r}" if count else "there are no posts"
        raise ParameterError(f"{found}: nothing to tell apart", expected="at least two labels")
    rare = [f"{name} ({number})" for name, number in zip(classes, counts, strict=True) if number < LEAST]
    if rare:
        raise ParameterError(
            f"too few posts are coded {', '.join(rare)}",
            expected=f"at least {LEAST} of each label; 300 to 600 in all give a usable model",
            hint="code more posts, or merge labels",
        )
    return coded
