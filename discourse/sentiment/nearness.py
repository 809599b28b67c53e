"""How near a word stands to the target of a post, and whether it tells what the target itself feels."""

from __future__ import annotations

import re
from functools import lru_cache

from discourse.sentiment.phrases import Phrase, PhraseFinder, fold
from discourse.sentiment.target import Target
from discourse.text.clauses import clauses, sentences

SAME_CLAUSE, NEAR, FAR = 2, 1, 0
"""Nearness: in a clause that names the target; in its sentence or the next clause; elsewhere."""

_THEY = {"en": ("they", "them", "their", "these people", "those people"), "zh": ("他们", "她们")}
_IT = {"en": ("it", "its"), "zh": ("它", "它们")}
_ME_OR_CAUSE = re.compile(
    r"\b(?:i|i'm|im|we|we're|me|us|my|our|make|makes|made|making|give|gives|gave|bring|brings|brought|has me"
    r"|have me|got me|you|so)\b|我|咱|让|使|令|给|带来|把|被|叫人|真是|真的|好|太"
)


class Nearness:
    """Where the target stands in one text.

    Parameters
    ----------
    text : str
        The text.
    anchors : list of (int, int)
        Namings of the target and pronouns for it; empty where only the context names it.
    """

    def __init__(self, text: str, anchors: list[tuple[int, int]]) -> None:
        self._low = fold(text)
        self._anchors = anchors
        self._clauses = [(clause.start, clause.stop) for clause in clauses(text)]
        self._sentences = sentences(text)
        self._named = [any(a <= start < b for start, _ in anchors) for a, b in self._clauses]

    def of(self, place: int) -> int:
        """Give the nearness of a place: 2 in a clause that names the target, 1 near one, 0 elsewhere."""
        if not self._anchors:
            return SAME_CLAUSE
        index = next((i for i, (a, b) in enumerate(self._clauses) if a <= place < b), 0)
        if self._named[index]:
            return SAME_CLAUSE
        if index and self._named[index - 1]:
            return NEAR
        left, right = next(((a, b) for a, b in self._sentences if a <= place < b), (0, 0))
        return NEAR if any(left <= start < right for start, _ in self._anchors) else FAR

    def is_theirs(self, start: int, stop: int) -> bool:
        """Say whether a word of feeling has the target as its subject: the refugees are angry."""
        left = next((a for a, b in self._clauses if a <= start < b), 0)
        before = [end for begin, end in self._anchors if left <= begin and end <= start]
        if not before:
            return False
        between = self._low[before[-1] : start]
        return _ME_OR_CAUSE.search(between) is None and len(between) <= 24


class Reach:
    """Finds the namings of one target, and pronouns for it.

    Parameters
    ----------
    target : Target
        The target.
    """

    def __init__(self, target: Target) -> None:
        # Where the target does not say whether it is people, both kinds of pronoun may stand for it.
        sets = [_THEY] * (target.person is not False) + [_IT] * (target.person is not True)
        words = [(word, "") for key in ("names", "general") for word in target.all(key)]
        words += [(word, "exception") for word in target.all("lookalikes")]
        words += [(word, "") for pronouns in sets for group in pronouns.values() for word in group]
        self._finder = PhraseFinder(
            Phrase("en" if word.isascii() else "zh", word, "target", note, "target")
            for word, note in words
            if fold(word).strip(" .*…")
        )

    def nearness(self, text: str, span: tuple[int, int] | None) -> Nearness:
        """Say where the target stands in a text; ``span``, if known, goes before what is found."""
        if span is not None:
            return Nearness(text, [span])
        return Nearness(text, [(hit.start, hit.stop) for hit in self._finder.find(text)])


@lru_cache(maxsize=256)
def reach_of(target: Target) -> Reach:
    """Compile the namings of a target, once.

    Examples
    --------
    >>> from discourse.sentiment.target import Target
    >>> near = reach_of(Target("cats")).nearness("Cats! I saw cats, so sweet. Mondays are bad.", None)
    >>> near.of(9), near.of(21), near.of(40)
    (2, 1, 0)
    """
    return Reach(target)
