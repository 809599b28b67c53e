"""Chinese words: exactly those of jieba, at a multiple of its speed.

rjieba, the same algorithm in Rust, differs from jieba in three ways: it keeps joined ASCII in one piece
(``t.co``), counts more characters as Chinese, and holds the Markov model's probabilities in fewer digits.
The first is split again by jieba's own rule.  Texts with the second, or with what Rust cannot hold, go to
jieba itself; so do texts where the third can matter, since one character stands three times in a row and its
cuts tie.  What remains are ties of the model by chance, to the seventh digit: one text in 100,000.
"""

from __future__ import annotations

import re
import threading
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from discourse.errors import InputError, ParameterError
from discourse.text.given import refuse_several

if TYPE_CHECKING:
    import jieba
    import rjieba

Word: TypeAlias = str | tuple[str, int | None] | tuple[str, int | None, str | None]
"""A word of the researcher's: alone, with its frequency, or with frequency and part of speech."""

_ONLY_JIEBA = re.compile(
    "[\u3005\u3007\u3400-\u4dbf\u9fd6-\u9fff\uf900-\ufaff\ud800-\udfff\U00020000-\U0003ffff]"
)
_JOINED_ASCII = re.compile(r"[a-zA-Z0-9][+#&._%\-]|[+#&._%\-][a-zA-Z0-9]")
_JIEBA_SKIP = re.compile(r"([a-zA-Z0-9]+(?:\.\d+)?%?)")  # jieba's own pattern between Chinese runs
_THREE_IN_A_ROW = re.compile("([\u4e00-\u9fd5])\\1\\1")
_USERDICT_LINE = re.compile(r"^(.+?)( [0-9]+)?( [a-z]+)?$")  # jieba's own
# No text that is segmented can hold it: jieba's blocks end at private characters.
_COUNTERWEIGHT = "\ue000discourse"
_lock = threading.RLock()


@cache
def _jieba() -> Any:
    """Import jieba without its warnings and its messages on stderr."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
        import jieba.finalseg
    return jieba


@cache
def word_frequencies() -> tuple[dict[str, int], int]:
    """Give the words of jieba's dictionary with their frequencies, and the sum of these.

    Returns
    -------
    (dict of str to int, int)
        Not to be changed: all segmenters begin with it.

    Examples
    --------
    >>> word_frequencies()[0]["难民"] > 0
    True
    """
    # Read anew rather than from jieba's cache: that lies in a folder where anybody may write.
    tokenizer = _jieba().Tokenizer()
    frequencies, total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    return frequencies, total


def _new_tokenizer() -> jieba.Tokenizer:
    with _lock:
        frequencies, total = word_frequencies()
    tokenizer = _jieba().Tokenizer()
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = frequencies.copy(), total, True
    return tokenizer


@contextmanager
def _force_split(words: set[str]) -> Iterator[None]:
    """Put our deleted words where jieba looks for them: one set for the whole process."""
    module = _jieba().finalseg
    with _lock:
        before, module.Force_Split_Words = module.Force_Split_Words, words
        try:
            yield
        finally:
            module.Force_Split_Words = before


def _check_word(word: str, freq: int | None) -> None:
    if not isinstance(word, str) or not word:
        raise ParameterError(f"{word!r} is no word", expected="a text of at least one character")
    if freq is not None and freq < 0:
        raise ParameterError(f"the frequency of {word!r} is {freq}", expected="0 or more")


def _encodable(word: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in word)


class Segmenter:
    """Cuts Chinese text into the words of jieba, with words of the researcher's own.

    Words belong to one segmenter: two studies in one process do not see each other's.

    Parameters
    ----------
    words : iterable of str or tuple, optional
        Words, or (word, frequency), or (word, frequency, part of speech), as :meth:`add_word` takes them.

    Notes
    -----
    The algorithm is jieba's: the most probable path through a dictionary of 349,046 words, and a hidden
    Markov model for what it lacks (Sun Junyi, jieba 0.42.1, https://github.com/fxsj/jieba, MIT).

    Examples
    --------
    >>> Segmenter().segment("新来的猫税")
    ['新来', '的', '猫', '税']
    >>> Segmenter(["猫税"]).segment("新来的猫税")
    ['新来', '的', '猫税']
    """

    def __init__(self, words: Iterable[Word] = ()) -> None:
        import rjieba

        self._fast: rjieba.Jieba = rjieba.Jieba()
        self._slow: jieba.Tokenizer | None = None
        self._only_jieba = False
        self._deleted: set[str] = set()
        self._replaced = 0
        self._added: list[tuple[str, int | None, str | None]] = []
        for word in words:
            self.add_word(*((word,) if isinstance(word, str) else word))

    def __reduce__(self) -> tuple[type[Segmenter], tuple[list[tuple[str, int | None, str | None]]]]:
        return Segmenter, (self._added,)

    @property
    def _jieba(self) -> jieba.Tokenizer:
        if self._slow is None:
            self._slow = _new_tokenizer()
        return self._slow

    def add_word(self, word: str, freq: int | None = None, tag: str | None = None) -> None:
        """Add a word, as ``jieba.add_word`` does.

        Parameters
        ----------
        word : str
            The word.
        freq : int, optional
            How often it occurs in jieba's corpus of 60,101,967 words; by default as often as it takes to be
            cut out.  0 takes the word out of the dictionary.
        tag : str, optional
            Its part of speech; kept, not used.

        Raises
        ------
        ParameterError
            If the word is empty or the frequency negative.
        """
        _check_word(word, freq)
        exact = self._jieba
        before = exact.FREQ.get(word, 0)
        with _force_split(self._deleted):
            exact.add_word(word, freq, tag)
        self._added.append((word, freq, tag))
        if exact.FREQ[word] == 0 or not _encodable(word):
            self._only_jieba = True
            return
        self._fast.add_word(word, exact.FREQ[word], tag or "")
        if before:
            # jieba counts a word that is added again twice, rjieba once.
            self._replaced += before
            self._fast.add_word(_COUNTERWEIGHT, self._replaced, "")

    def load_userdict(self, path: str | Path) -> None:
        """Add the words of a file in jieba's format: a word a line, its frequency and tag behind spaces.

        Parameters
        ----------
        path : str or Path
            A text file in UTF-8.

        Raises
        ------
        InputError
            If it cannot be read as UTF-8.
        """
        for number, line in enumerate(Path(path).read_bytes().split(b"\n"), 1):
            try:
                text = line.strip().decode("utf-8").lstrip("\ufeff")
            except UnicodeDecodeError:
                raise InputError(
                    "the user dictionary is not UTF-8",
                    where=f"{path}, line {number}",
                    hint="save the file as UTF-8",
                ) from None
            match = _USERDICT_LINE.match(text)
            if match:
                word, freq, tag = match.groups()
                self.add_word(word, int(freq) if freq else None, tag.strip() if tag else None)

    def segment(self, text: str) -> list[str]:
        """Cut a text into words.

        Parameters
        ----------
        text : str
            Any text.

        Returns
        -------
        list of str
            The words and all that stands between them; joined, they are `text`.
        """
        if self._only_jieba or _ONLY_JIEBA.search(text):
            return self._segment_exactly(text)
        words: list[str] = self._fast.cut(text)
        if _THREE_IN_A_ROW.search(text) and self._may_tie(words):
            return self._segment_exactly(text)
        return self._split_ascii(words) if _JOINED_ASCII.search(text) else words

    def segment_many(self, texts: Iterable[str]) -> list[list[str]]:
        """Cut each of several texts into words, as :meth:`segment` does."""
        return [self.segment(text) for text in texts]

    def cutter(self, text: str) -> Callable[[str], list[str]]:
        """Choose how the pieces of a text that hold no ASCII letter or digit are best cut.

        Parameters
        ----------
        text : str
            The whole text.

        Returns
        -------
        callable
            A function from such a piece to its words, the same as :meth:`segment`.
        """
        if self._only_jieba:
            return self.segment
        if not text.isascii() and (_ONLY_JIEBA.search(text) or _THREE_IN_A_ROW.search(text)):
            return self.segment
        cut: Callable[[str], list[str]] = self._fast.cut
        return cut

    def _segment_exactly(self, text: str) -> list[str]:
        exact = self._jieba
        with _force_split(self._deleted):
            words: list[str] = exact.lcut(text)
        return words

    def _may_tie(self, words: list[str]) -> bool:
        """Say whether the Markov model was asked about a repeated character."""
        before = ""
        for word in words:
            if len(word) == 1:
                if word == before and "\u4e00" <= word <= "\u9fd5":
                    return True
            elif any(a == b for a, b in pairwise(word)) and not self._fast.has_word(word):
                return True
            before = word
        return False

    def _split_ascii(self, words: list[str]) -> list[str]:
        known = self._fast.has_word
        out: list[str] = []
        for word in words:
            if len(word) < 2 or word[0] >= "\u4e00" or word.isalnum() or known(word):
                out.append(word)
            else:
                out.extend(part for part in _JIEBA_SKIP.split(word) if part)
        return out


@cache
def default_segmenter() -> Segmenter:
    """Give the segmenter without words of anybody's own; one a process, never to be added to."""
    return Segmenter()


def segment_zh(text: str) -> list[str]:
    """Cut a text into words, exactly as ``jieba.lcut(text)`` does.

    Parameters
    ----------
    text : str
        Any text; what is not Chinese comes out as jieba cuts it.

    Returns
    -------
    list of str
        The words and all that stands between them; joined, they are `text`.

    Raises
    ------
    ParameterError
        If several texts are given instead of one.

    Notes
    -----
    See :class:`Segmenter`, also for words of your own: ``jieba.add_word`` has no effect here.  For stickers,
    hashtags and emoji in one piece see :func:`discourse.text.tokens.tokenize`.

    Examples
    --------
    >>> segment_zh("欢迎TikTok难民加入小红书")
    ['欢迎', 'TikTok', '难民', '加入', '小红书']
    """
    refuse_several(text, "segment_zh")
    return default_segmenter().segment(text)


def segment_many(texts: Iterable[str]) -> list[list[str]]:
    """Cut each of several texts into words, as :func:`segment_zh` does.

    Parameters
    ----------
    texts : iterable of str
        Any texts.

    Returns
    -------
    list of list of str
        One list a text, in order.

    Examples
    --------
    >>> segment_many(["你好世界", ""])
    [['你好', '世界'], []]
    """
    return default_segmenter().segment_many(texts)
