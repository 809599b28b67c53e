"""How tokens are held: each type once, each token as a few numbers, one entry a text when it is looked at."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from discourse.room import looked
from discourse.text.word_lists import TEXTS, Rows, WordLists, joined_lists, kept_words, numbered

if TYPE_CHECKING:
    from discourse.text.dfm import Dfm

__all__ = ["CODES", "KINDS", "Rows", "Span", "Tokens", "WordLists", "join_tokens", "joined_lists"]

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
_NAMES = ("", *KINDS)


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
        return self.renamed(kind, self.types)

    def renamed(
        self, kind: str, types: Sequence[str | None], within: NDArray[np.bool_] | None = None
    ) -> WordLists:
        """Give the words of one kind under other names; those for which there is None are left out.

        Parameters
        ----------
        kind : str
            One of :data:`KINDS`.
        types : sequence of (str or None)
            One a type.
        within : ndarray of bool, shape (n_tokens,), optional
            Which tokens to look at; all of them by default.

        Returns
        -------
        WordLists
            One list a text.
        """
        if types is self.types:
            names, new = self.types, np.arange(len(self.types), dtype=np.int32)
        else:
            names, new = numbered(types)
        return kept_words(names, self._renamed(CODES[kind], new, within), len(self), len(self.numbers))

    def _renamed(
        self, code: int, new: NDArray[np.int32], within: NDArray[np.bool_] | None
    ) -> Iterator[tuple[NDArray[np.int32], NDArray[np.int64]]]:
        at = 0
        for part in self.parts():
            kept, here = part.codes == code, slice(at, at + len(part.codes))
            if within is not None:
                kept &= within[here]
            yield (np.where(kept, new[part.numbers], -1) if len(new) else new), part.offsets
            at = here.stop

    def used(self, kind: str) -> NDArray[np.bool_]:
        """Say which types occur as words of one kind."""
        out = np.zeros(len(self.types), dtype=bool)
        for part in self.parts():
            out[part.numbers[part.codes == CODES[kind]]] = True
        return out

    def part(self, start: int, stop: int) -> Tokens:
        """Give the tokens of texts that stand side by side, without copying them."""
        offsets = self.offsets[start : stop + 1]
        here = slice(offsets[0], offsets[-1])
        columns = (self.numbers[here], self.codes[here], self.starts[here], self.stops[here])
        return Tokens(self.types, *columns, offsets - offsets[0])

    def parts(self) -> Iterator[Tokens]:
        """Give all tokens, so many texts at a time."""
        for start in range(0, len(self), TEXTS):
            yield self.part(start, min(start + TEXTS, len(self)))
            looked()

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
    for first in range(0, len(offsets) - 1, TEXTS):
        ends = offsets[first : first + TEXTS + 1]
        before = np.concatenate([[0], np.cumsum(kept[ends[0] : ends[-1]])])
        out[first : first + len(ends)] = out[first] + before[ends - ends[0]]
    return out


def _unique(types: list[str], numbers: NDArray[np.uint32]) -> tuple[list[str], NDArray[np.uint32]]:
    """Let words that have become one share a place."""
    place: dict[str, int] = {}
    new = np.array([place.setdefault(word, len(place)) for word in types], dtype=np.uint32)
    return list(place), new[numbers] if len(new) else numbers
