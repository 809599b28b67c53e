"""Which words of a post tell what it is about, and how often each occurs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from discourse.errors import ParameterError
from discourse.room import room
from discourse.text.dictionary import lemma
from discourse.text.script import simplify
from discourse.text.stopwords import stop_words as shipped_stop_words
from discourse.text.token_lists import WordLists, joined_lists
from discourse.text.tokens import tokenize

if TYPE_CHECKING:
    from discourse.text.tokens import Tokens

LANGUAGES = ("zh", "en")
_TAG_SIGNS = re.compile(r"\[(?:话题|超话)\]#?$|#")
#: Under this many posts every word is kept.
SMALL = 100
#: From this many posts on a word must stand in five of them, below in two.
LARGE = 1000


def content_words(
    tokens: Tokens, *, stop_words: Iterable[str] = (), min_length: int = 2, hashtags: bool = False
) -> dict[str, WordLists]:
    """Keep the words that tell what posts are about, apart by language.

    Parameters
    ----------
    tokens : Tokens
        Tokens with kinds.  Stickers, emoji, urls, mentions, placeholders, numbers and punctuation fall out by
        their kind.
    stop_words : iterable of str, optional
        Words to leave out beside the shipped stop words.
    min_length : int, default 2
        Shortest word kept, in characters.
    hashtags : bool, default False
        Whether the words of hashtags count too, behind those of the text.

    Returns
    -------
    dict of str to WordLists
        For ``zh`` (in Simplified characters) and ``en`` (in lower case) one list of words a post.

    Examples
    --------
    >>> from discourse.text.tokens import tokenize
    >>> content_words(tokenize(["欢迎来到小红书 [doge] the kittens of RedNote!"]))
    {'zh': [['欢迎', '来到', '小红书']], 'en': [['kittens', 'rednote']]}
    """
    cut, tagged = _hashtag_words(tokens) if hashtags else (None, None)
    out: dict[str, WordLists] = {}
    for lang in LANGUAGES:
        out[lang] = tokens.renamed(lang, content_types(tokens, lang, stop_words, min_length))
        if cut is not None and tagged is not None:
            of_tags = cut.renamed(lang, content_types(cut, lang, stop_words, min_length))
            out[lang] = joined_lists([out[lang], of_tags.take(tagged)])
    return out


def _hashtag_words(tokens: Tokens) -> tuple[Tokens | None, NDArray[np.int32] | None]:
    """Cut the hashtags into words, without their signs: those of each post, and where each post's are.

    The first ones are those of a post without hashtags.
    """
    tags = tokens.of_kind("hashtag")
    if not len(tags.numbers):
        return None, None
    shown = [_TAG_SIGNS.sub("", tag) for tag in tags.types]
    known: dict[bytes, int] = {}  # the same hashtags stand under many posts
    where, at = room(len(tokens), np.int32), 0
    for part in tags.parts():
        places, offsets = np.zeros(len(part), dtype=np.int32), part.offsets.tolist()
        for text in np.flatnonzero(part.lengths).tolist():
            row = part.numbers[offsets[text] : offsets[text + 1]].tobytes()
            places[text] = known.setdefault(row, len(known) + 1)
        where[at : at + len(part)] = places
        at += len(part)
    rows = (np.frombuffer(row, dtype=tags.numbers.dtype).tolist() for row in known)
    return tokenize(["", *(" ".join(shown[n] for n in row) for row in rows)]), where


def content_types(
    tokens: Tokens, lang: str, stop_words: Iterable[str] = (), min_length: int = 2
) -> list[str | None]:
    """Fold the words of one language, and leave out those that tell nothing.

    Parameters
    ----------
    tokens, stop_words, min_length
        As for :func:`content_words`.
    lang : {"zh", "en"}
        The language.

    Returns
    -------
    list of (str or None)
        One a type of the tokens; None for types that are no content words of the language.

    Examples
    --------
    >>> from discourse.text.tokens import tokenize
    >>> content_types(tokenize(["the Kittens"]), "en")
    [None, 'kittens']
    """
    fold = simplify if lang == "zh" else str.casefold
    left_out = {fold(w) for w in (*shipped_stop_words(lang), *stop_words)}
    folded: list[str | None] = [None] * len(tokens.types)
    for place in np.flatnonzero(tokens.used(lang)).tolist():
        word = tokens.types[place]
        plain = simplify(word) if lang == "zh" else word.casefold().replace("’", "'")
        folded[place] = None if len(plain) < min_length or plain in left_out else plain
    return folded


def common_forms(docs: Iterable[Sequence[str]]) -> dict[str, str]:
    """Find the form in which each English word is mostly written.

    Parameters
    ----------
    docs : iterable of sequence of str
        English words of each post, in lower case.

    Returns
    -------
    dict of str to str
        Lemma to its commonest form, of equals the first by code point.

    Examples
    --------
    >>> common_forms([["dogs", "cats"], ["cat", "dogs"], ["dog", "cats"]])
    {'cat': 'cats', 'dog': 'dogs'}
    """
    lists = WordLists.of(docs)
    counts = lists.counts().tolist()
    best: dict[str, tuple[int, str]] = {}
    for word, n in zip(lists.types, counts, strict=True):
        if n == 0:
            continue
        of = lemma(word)
        best[of] = min(best.get(of, (0, word)), (-n, word))
    return {of: best[of][1] for of in sorted(best)}


@dataclass(frozen=True)
class Limits:
    """How rare and how common a word may be to have a column.

    Attributes
    ----------
    min_posts : int or None
        Least number of posts with the word; by default 5 from 1,000 posts on, 2 from 100, else 1.
    max_share : float
        Largest share of posts with the word; not asked of fewer than 100 posts.
    """

    min_posts: int | None = None
    max_share: float = 0.5

    def __post_init__(self) -> None:
        if self.min_posts is not None and self.min_posts < 1:
            raise ParameterError(f"min_posts is {self.min_posts}", expected="1 or more")
        if not 0 < self.max_share <= 1:
            raise ParameterError(f"max_share is {self.max_share}", expected="above 0, up to 1")

    def for_posts(self, n: int) -> tuple[int, float]:
        """Give the least and the largest number of posts with a word, for n posts that have words.

        Examples
        --------
        >>> Limits().for_posts(50), Limits().for_posts(200), Limits().for_posts(4000)
        ((1, 50), (2, 100.0), (5, 2000.0))
        """
        least = 5 if n >= LARGE else 2 if n >= SMALL else 1
        return self.min_posts or least, n if n < SMALL else self.max_share * n


def vocabulary_of(docs: Sequence[Sequence[str]], limits: Limits) -> list[str]:
    """Choose the words that get a column.

    Parameters
    ----------
    docs : sequence of sequence of str
        Content words of each post.
    limits : Limits
        How rare and how common they may be.

    Returns
    -------
    list of str
        The words, in order of their code points, whatever the order of the posts.

    Examples
    --------
    >>> vocabulary_of([["cat", "tax"], ["cat"]], Limits(min_posts=2))
    ['cat']
    """
    lists = WordLists.of(docs)
    n_types = len(lists.types)
    pairs = np.unique(lists.texts * n_types + lists.numbers)  # each word of a post once
    frequency = np.bincount(pairs % max(n_types, 1), minlength=n_types)
    least, most = limits.for_posts(int((lists.lengths > 0).sum()))
    chosen = (frequency >= max(least, 1)) & (frequency <= most)
    return sorted(lists.types[place] for place in np.flatnonzero(chosen).tolist())


def document_features(docs: Sequence[Sequence[str]], columns: Mapping[str, int]) -> sparse.csr_matrix:
    """Count words: the document-feature matrix.

    Parameters
    ----------
    docs : sequence of sequence of str
        Content words of each post.
    columns : mapping of str to int
        Column of each word; others are passed over.

    Returns
    -------
    csr_matrix of float64, shape (n_docs, n_words)
        Occurrences; columns sorted within rows.

    Examples
    --------
    >>> document_features([["cat", "tax", "cat"], []], {"cat": 0, "tax": 1}).toarray().tolist()
    [[2.0, 1.0], [0.0, 0.0]]
    """
    lists = WordLists.of(docs)
    column = np.array([columns.get(word, -1) for word in lists.types], dtype=np.int64)
    found = column[lists.numbers] if len(column) else np.zeros(0, dtype=np.int64)
    kept = found >= 0
    ends = np.concatenate([[0], np.cumsum(kept)])[lists.offsets]
    flat = found[kept]
    dfm = sparse.csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(lists), len(columns)))
    dfm.sum_duplicates()
    return dfm
