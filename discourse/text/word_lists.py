"""How lists of words are held: each type once, each word as a number, one list a text when looked at."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from discourse.room import looked, room

T = TypeVar("T", covariant=True)
#: Texts that are gone through at once.
TEXTS = 1 << 16


class Rows(Sequence[T]):
    """One entry a text, made when it is looked at; equal to the list of them.

    Parameters
    ----------
    n : int
        How many texts.
    row : callable
        Makes the entry of one text from its place.

    Examples
    --------
    >>> rows = Rows(3, lambda i: i * i)
    >>> rows[2], rows[:2], list(rows), rows == [0, 1, 4]
    (4, [0, 1], [0, 1, 4], True)
    """

    def __init__(self, n: int, row: Callable[[int], T]) -> None:
        self._n, self._row = n, row

    def __len__(self) -> int:
        return self._n

    @overload
    def __getitem__(self, place: int) -> T: ...

    @overload
    def __getitem__(self, place: slice) -> list[T]: ...

    def __getitem__(self, place: int | slice) -> T | list[T]:
        if isinstance(place, slice):
            return [self._row(i) for i in range(*place.indices(self._n))]
        if not -self._n <= place < self._n:
            raise IndexError(place)
        return self._row(place % self._n)

    def __iter__(self) -> Iterator[T]:
        return map(self._row, range(self._n))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Rows | list):
            return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(list(self))


class WordLists(Rows[list[str]]):
    """Lists of words, one a text: each type held once, each word as a number.

    Parameters
    ----------
    types : list of str
        Each word once.
    numbers : ndarray of uint32, shape (n_words,)
        The place of each word in `types`, text after text.
    offsets : ndarray of int64, shape (n_texts + 1,)
        The words of text ``i`` are ``offsets[i]:offsets[i + 1]``.

    Examples
    --------
    >>> lists = WordLists.of([["cat", "tax"], [], ["cat"]])
    >>> lists[0], lists.types, lists.take(np.array([2, 0])) == [["cat"], ["cat", "tax"]]
    (['cat', 'tax'], ['cat', 'tax'], True)
    """

    def __init__(self, types: list[str], numbers: NDArray[np.uint32], offsets: NDArray[np.int64]) -> None:
        self.types, self.numbers, self.offsets = types, numbers, offsets
        super().__init__(
            len(offsets) - 1, lambda i: [types[n] for n in numbers[offsets[i] : offsets[i + 1]].tolist()]
        )

    def __reduce__(self) -> tuple[type, tuple[Any, ...]]:
        """Go to another process as arrays."""
        return WordLists, (self.types, self.numbers, self.offsets)

    @classmethod
    def of(cls, docs: Iterable[Sequence[str]]) -> WordLists:
        """Hold lists of words in this way; what is held so already is given back."""
        if isinstance(docs, WordLists):
            return docs
        place: dict[str, int] = {}
        numbers, lengths = array("I"), array("I")
        for doc in docs:
            numbers.extend([place.setdefault(word, len(place)) for word in doc])
            lengths.append(len(doc))
        ends = np.cumsum(np.array(lengths, dtype=np.int64))
        return cls(list(place), np.array(numbers, dtype=np.uint32), np.concatenate([[0], ends]))

    @property
    def lengths(self) -> NDArray[np.int64]:
        """Words of each text."""
        return np.diff(self.offsets)

    @property
    def texts(self) -> NDArray[np.int64]:
        """The text of each word, by place."""
        return np.repeat(np.arange(len(self)), self.lengths)

    def part(self, start: int, stop: int) -> WordLists:
        """Give the lists of texts that stand side by side, without copying their words."""
        offsets = self.offsets[start : stop + 1]
        return WordLists(self.types, self.numbers[offsets[0] : offsets[-1]], offsets - offsets[0])

    def parts(self) -> Iterator[WordLists]:
        """Give all lists, so many texts at a time."""
        for start in range(0, len(self), TEXTS):
            yield self.part(start, min(start + TEXTS, len(self)))
            looked()

    def counts(self) -> NDArray[np.int64]:
        """Count how often each type occurs."""
        out = np.zeros(len(self.types), dtype=np.int64)
        for part in self.parts():
            out += np.bincount(part.numbers, minlength=len(self.types))
        return out

    def take(self, places: NDArray[np.integer]) -> WordLists:
        """Give the lists of some texts, in the order of their places."""
        offsets = room(len(places) + 1, np.int64)
        offsets[0] = 0
        for start in range(0, len(places), TEXTS):
            part = places[start : start + TEXTS]
            ends = np.cumsum(self.offsets[part + 1] - self.offsets[part])
            offsets[start + 1 : start + 1 + len(part)] = offsets[start] + ends
            looked()
        numbers = room(int(offsets[-1]), self.numbers.dtype)
        for start in range(0, len(places), TEXTS):
            ends = offsets[start : start + TEXTS + 1]
            first = self.offsets[places[start : start + TEXTS]] - ends[:-1]
            at = np.repeat(first, np.diff(ends)) + np.arange(ends[0], ends[-1])
            numbers[ends[0] : ends[-1]] = self.numbers[at]
            looked()
        return WordLists(self.types, numbers, offsets)

    def compact(self) -> WordLists:
        """Leave out types that no text has, before the lists go to another process."""
        used = np.flatnonzero(self.counts())
        new = np.zeros(len(self.types), dtype=np.uint32)
        new[used] = np.arange(len(used), dtype=np.uint32)
        types = [self.types[i] for i in used.tolist()]
        numbers, at = room(len(self.numbers), np.uint32), 0
        for part in self.parts():
            numbers[at : at + len(part.numbers)] = new[part.numbers] if len(new) else 0
            at += len(part.numbers)
        return WordLists(types, numbers, self.offsets)

    def renamed(self, types: Sequence[str | None]) -> WordLists:
        """Put other words for the types; words for which there is None are left out."""
        names, new = numbered(types)
        return kept_words(
            names, ((new[part.numbers], part.offsets) for part in self.parts()), len(self), len(self.numbers)
        )


def joined_lists(parts: Sequence[Iterable[Sequence[str]]]) -> WordLists:
    """Put the lists of several parts together, text by text.

    Parameters
    ----------
    parts : sequence of iterables of sequence of str
        Each with one list a text.

    Returns
    -------
    WordLists
        Of each text the words of the first part, then those of the second, and so on.

    Examples
    --------
    >>> joined_lists([[["猫"], []], [["cat"], ["tax"]]]) == [["猫", "cat"], ["tax"]]
    True
    """
    lists = [WordLists.of(part) for part in parts]
    place: dict[str, int] = {}
    news = [np.array([place.setdefault(w, len(place)) for w in one.types], dtype=np.uint32) for one in lists]
    offsets = room(len(lists[0].offsets), np.int64)
    for start in range(0, len(offsets), TEXTS):
        here = slice(start, start + TEXTS)
        offsets[here] = sum(one.offsets[here] - one.offsets[0] for one in lists)
        looked()
    numbers = room(int(offsets[-1]), np.uint32)
    for start in range(0, len(offsets) - 1, TEXTS):
        ends = offsets[start : start + TEXTS + 1]
        starts, into = ends[:-1].copy(), numbers[ends[0] : ends[-1]]
        for one, new in zip(lists, news, strict=True):
            part = one.part(start, start + len(starts))
            if len(new):
                at = np.repeat(starts - part.offsets[:-1] - ends[0], part.lengths)
                into[at + np.arange(len(part.numbers))] = new[part.numbers]
            starts += part.lengths
        looked()
    return WordLists(list(place), numbers, offsets)


def numbered(types: Sequence[str | None]) -> tuple[list[str], NDArray[np.int32]]:
    """Number the names of types, each once; -1 where there is None."""
    place: dict[str, int] = {}
    new = [-1 if word is None else place.setdefault(word, len(place)) for word in types]
    return list(place), np.array(new, dtype=np.int32)


def kept_words(
    types: list[str],
    parts: Iterable[tuple[NDArray[np.int32], NDArray[np.int64]]],
    n_texts: int,
    most: int,
) -> WordLists:
    """Put together what parts keep of their words: numbers from 0 on."""
    offsets, text, word = room(n_texts + 1, np.int64), 0, 0
    numbers = room(most, np.uint32)  # as many as there may be at most
    offsets[0] = 0
    for found, ends in parts:
        kept = found >= 0
        before = summed(kept)
        offsets[text : text + len(ends)] = word + before[ends]
        numbers[word : word + before[-1]] = found[kept]
        text, word = text + len(ends) - 1, word + int(before[-1])
    return WordLists(types, numbers[:word], offsets)


def summed(sizes: NDArray[Any]) -> NDArray[np.int64]:
    """Give what stands before each place, and behind the last."""
    out = room(len(sizes) + 1, np.int64)
    out[0] = 0
    np.cumsum(sizes, out=out[1:])
    return out
