"""How a study says what it does; silent unless somebody listens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

T = TypeVar("T")


class Progress(Protocol):
    """Somebody who is told what happens."""

    def say(self, message: str) -> None:
        """Take one line."""

    def track(self, items: Iterable[T], *, total: int, what: str) -> Iterator[T]:
        """Pass items through, noting how many have gone."""


class Silent:
    """Nobody listens.

    Examples
    --------
    >>> Silent().say("nothing is printed")
    >>> list(Silent().track("ab", total=2, what="letters"))
    ['a', 'b']
    """

    def say(self, message: str) -> None:
        """Take one line and drop it."""

    def track(self, items: Iterable[T], *, total: int, what: str) -> Iterator[T]:
        """Pass items through."""
        yield from items
