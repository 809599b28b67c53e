"""How tokens are held: each type once, each token as a few numbers, one entry a text when it is looked at."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from discourse.text.dfm import Dfm

KINDS = (
    "zh",
    "en",
    "sticker",
    "emoji",
    "hashtag",
    "url",
    "mention",
    "placeholder",
    "number",
    "punct",
    "other",
)
"""The kinds of tokens; ``en`` is any word in Latin letters, ``other`` a word in any other script."""

CODES = {kind: code for code, kind in enumerate(KINDS, 1)}
"""The code of each kind: its place in :data:`KINDS`, counted from 1."""

Span = tuple[int, int]
T = TypeVar("T", covariant=True)
_NAMES = ("", *KINDS)
_TEXTS = 1 << 16


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

    def take(self, places: NDArray[np.int64]) -> WordLists:
        """Give the lists of some texts, in the order of their places."""
        lengths = self.lengths[places]
        offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        at = np.repeat(self.offsets[places] - offsets[:-1], lengths) + np.arange(offsets[-1])
        return WordLists(self.types, self.numbers[at], offsets)

    def compact(self) -> WordLists:
        """Leave out types that no text has, before the lists go to another process."""
        used = np.unique(self.numbers)
        new = np.zeros(len(self.types), dtype=np.uint32)
        new[used] = np.arange(len(used), dtype=np.uint32)
        types = [self.types[i] for i in used.tolist()]
        return WordLists(types, new[self.numbers] if len(new) else self.numbers, self.offsets)

    def renamed(self, types: Sequence[str | None]) -> WordLists:
        """Put other words for the types; words for which there is None are left out."""
        place: dict[str, int] = {}
        new = np.array(
            [-1 if word is None else place.setdefault(word, len(place)) for word in types], dtype=np.int32
        )
        numbers = new[self.numbers] if len(new) else np.zeros(0, dtype=np.int32)
        kept = numbers >= 0
        return WordLists(list(place), numbers[kept].astype(np.uint32), _offsets_of(kept, self.offsets))


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
    lengths = np.stack([one.lengths for one in lists])
    offsets = np.concatenate([[0], np.cumsum(lengths.sum(axis=0))]).astype(np.int64)
    numbers = np.zeros(int(offsets[-1]), dtype=np.uint32)
    starts = offsets[:-1].copy()
    for one, new, length in zip(lists, news, lengths, strict=True):
        if len(new):
            at = np.repeat(starts - one.offsets[:-1], length) + np.arange(len(one.numbers))
            numbers[at] = new[one.numbers]
        starts += length
    return WordLists(list(place), numbers, offsets)


@dataclass(frozen=True, eq=False)
class Tokens:
    """The tokens of some texts, in order; each type is held once, each token as a few numbers.

    Parameters
    ----------
    types : list of str
        Each word once, in the order in which it is met, without invisible controls.
    numbers : ndarray of uint32, shape (n_tokens,)
        The place of each token in `types`, text after text.
    codes : ndarray of uint8, shape (n_tokens,)
        The kind of each, as its place in :data:`KINDS` counted from 1; see :attr:`kinds`.
    starts, stops : ndarray of uint32, shape (n_tokens,)
        Where each begins in the text as it was given, and where the next character stands; see :attr:`spans`.
        Unit: code points.
    offsets : ndarray of int64, shape (n_texts + 1,)
        The tokens of text ``i`` are ``offsets[i]:offsets[i + 1]``.

    Examples
    --------
    >>> from discourse.text.tokens import tokenize
    >>> tokens = tokenize(["欢迎TikTok难民[doge]！"])
    >>> tokens.words
    [['欢迎', 'TikTok', '难民', '[doge]', '！']]
    >>> tokens.kinds
    [['zh', 'en', 'zh', 'sticker', 'punct']]
    >>> tokens.remove({"欢迎"}, kinds={"punct"}).lower().words
    [['tiktok', '难民', '[doge]']]
    """

    types: list[str]
    numbers: NDArray[np.uint32]
    codes: NDArray[np.uint8]
    starts: NDArray[np.uint32]
    stops: NDArray[np.uint32]
    offsets: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __iter__(self) -> Iterator[list[str]]:
        return iter(self.words)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Tokens):
            return NotImplemented
        return self.words == other.words and self.kinds == other.kinds and self.spans == other.spans

    __hash__ = None  # type: ignore[assignment]

    @property
    def words(self) -> Rows[list[str]]:
        """The words, one list a text."""
        types, numbers, offsets = self.types, self.numbers, self.offsets.tolist()
        return Rows(len(self), lambda i: [types[n] for n in numbers[offsets[i] : offsets[i + 1]].tolist()])

    @property
    def kinds(self) -> Rows[list[str]]:
        """What each token is, one list a text: each one of :data:`KINDS`."""
        codes, offsets = self.codes, self.offsets.tolist()
        return Rows(len(self), lambda i: [_NAMES[c] for c in codes[offsets[i] : offsets[i + 1]].tolist()])

    @property
    def spans(self) -> Rows[list[Span]]:
        """Where each token stands, one list a text, as (start, stop).  Unit: code points of the text."""
        starts, stops, offsets = self.starts, self.stops, self.offsets.tolist()

        def row(i: int) -> list[Span]:
            here = slice(offsets[i], offsets[i + 1])
            return list(zip(starts[here].tolist(), stops[here].tolist(), strict=True))

        return Rows(len(self), row)

    def lower(self) -> Tokens:
        """Put all words in lower case; kinds and places stay."""
        types, numbers = _unique([word.lower() for word in self.types], self.numbers)
        return Tokens(types, numbers, self.codes, self.starts, self.stops, self.offsets)

    def remove(self, words: Collection[str] = (), *, kinds: Collection[str] = ()) -> Tokens:
        """Leave out some words (compared in lower case) and all tokens of some kinds.

        Parameters
        ----------
        words : collection of str
            Words in lower case, such as :func:`discourse.text.stopwords.stop_words` gives.
        kinds : collection of str
            Kinds of :data:`KINDS`.

        Returns
        -------
        Tokens
            As many texts, with the tokens that are left.
        """
        out = frozenset(words)
        dropped = np.array([word.lower() in out for word in self.types], dtype=bool)
        kept = ~np.isin(self.codes, [CODES.get(kind, 0) for kind in kinds])
        if len(dropped):
            kept &= ~dropped[self.numbers]
        return self.where(kept)

    def where(self, kept: NDArray[np.bool_]) -> Tokens:
        """Keep some of the tokens; as many texts are left.

        Parameters
        ----------
        kept : ndarray of bool, shape (n_tokens,)
            Which ones.

        Returns
        -------
        Tokens
        """
        return Tokens(
            self.types,
            self.numbers[kept],
            self.codes[kept],
            self.starts[kept],
            self.stops[kept],
            _offsets_of(kept, self.offsets),
        )

    def of_kind(self, kind: str) -> WordLists:
        """Give the words of one kind, one list a text."""
        kept = self.codes == CODES[kind]
        return WordLists(self.types, self.numbers[kept], _offsets_of(kept, self.offsets))

    def dfm(self) -> Dfm:
        """Count the words of each text: see :func:`discourse.text.dfm.dfm`."""
        from discourse.text.dfm import dfm

        return dfm(self.words)


def join_tokens(parts: Sequence[Tokens]) -> Tokens:
    """Put the tokens of several lists of texts behind one another.

    Parameters
    ----------
    parts : sequence of Tokens
        In the order of the texts.

    Returns
    -------
    Tokens
        As if all texts had been cut at once.

    Examples
    --------
    >>> from discourse.text.tokens import tokenize
    >>> join_tokens([tokenize(["猫税"]), tokenize(["cat tax", "猫税"])]).words
    [['猫税'], ['cat', 'tax'], ['猫税']]
    """
    place: dict[str, int] = {}
    numbers = []
    for part in parts:
        new = np.array([place.setdefault(word, len(place)) for word in part.types], dtype=np.uint32)
        numbers.append(new[part.numbers] if len(new) else part.numbers)
    lengths = [np.diff(part.offsets) for part in parts]
    empty = np.zeros(0, dtype=np.int64)
    return Tokens(
        list(place),
        np.concatenate([*numbers, empty.astype(np.uint32)]),
        np.concatenate([*(part.codes for part in parts), empty.astype(np.uint8)]),
        np.concatenate([*(part.starts for part in parts), empty.astype(np.uint32)]),
        np.concatenate([*(part.stops for part in parts), empty.astype(np.uint32)]),
        np.concatenate([[0], np.cumsum(np.concatenate([*lengths, empty]))]).astype(np.int64),
    )


def _offsets_of(kept: NDArray[np.bool_], offsets: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give the offsets of texts of which some words are kept, so many texts at a time."""
    out = np.zeros(len(offsets), dtype=np.int64)
    for first in range(0, len(offsets) - 1, _TEXTS):
        ends = offsets[first : first + _TEXTS + 1]
        before = np.concatenate([[0], np.cumsum(kept[ends[0] : ends[-1]])])
        out[first : first + len(ends)] = out[first] + before[ends - ends[0]]
    return out


def _unique(types: list[str], numbers: NDArray[np.uint32]) -> tuple[list[str], NDArray[np.uint32]]:
    """Let words that have become one share a place."""
    place: dict[str, int] = {}
    new = np.array([place.setdefault(word, len(place)) for word in types], dtype=np.uint32)
    return list(place), new[numbers] if len(new) else numbers
