"""Which words of a post tell what it is about, and how often each occurs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from discourse.errors import ParameterError
from discourse.text.dictionary import lemma
from discourse.text.script import simplify
from discourse.text.stopwords import stop_words as shipped_stop_words
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
) -> dict[str, list[list[str]]]:
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
    dict of str to list of list of str
        For ``zh`` (in Simplified characters) and ``en`` (in lower case) one list of words a post.

    Examples
    --------
    >>> from discourse.text.tokens import tokenize
    >>> content_words(tokenize(["欢迎来到小红书 [doge] the kittens of RedNote!"]))
    {'zh': [['欢迎', '来到', '小红书']], 'en': [['kittens', 'rednote']]}
    """
    rows = list(zip(tokens.words, tokens.kinds, strict=True))
    tagged = _hashtag_words(rows) if hashtags else {}
    out: dict[str, list[list[str]]] = {}
    for lang in LANGUAGES:
        fold = simplify if lang == "zh" else str.casefold
        left_out = {fold(w) for w in (*shipped_stop_words(lang), *stop_words)}
        known: dict[str, str | None] = {}
        out[lang] = [_keep(words, kinds, lang, known, left_out, min_length) for words, kinds in rows]
        for place, (words, kinds) in tagged.items():
            out[lang][place] += _keep(words, kinds, lang, known, left_out, min_length)
    return out


def _hashtag_words(
    rows: Sequence[tuple[Sequence[str], Sequence[str]]],
) -> dict[int, tuple[list[str], list[str]]]:
    """Cut the hashtags of the posts that have some into words, without their signs; by place of the post."""
    tags = {
        place: " ".join(
            _TAG_SIGNS.sub("", word) for word, kind in zip(words, kinds, strict=True) if kind == "hashtag"
        )
        for place, (words, kinds) in enumerate(rows)
        if "hashtag" in kinds
    }
    cut = tokenize(list(tags.values()))
    return dict(zip(tags, zip(cut.words, cut.kinds, strict=True), strict=True))


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
    counts = Counter(word for doc in docs for word in doc)
    best: dict[str, tuple[int, str]] = {}
    for word, n in counts.items():
        of = lemma(word)
        best[of] = min(best.get(of, (0, word)), (-n, word))
    return {of: best[of][1] for of in sorted(best)}


def _keep(
    words: Sequence[str],
    kinds: Sequence[str],
    lang: str,
    known: dict[str, str | None],
    left_out: set[str],
    min_length: int,
) -> list[str]:
    """Fold the words of one language; ``known`` remembers what became of each."""
    kept = []
    for word, kind in zip(words, kinds, strict=True):
        if kind != lang:
            continue
        if word not in known:
            folded = simplify(word) if lang == "zh" else word.casefold().replace("’", "'")
            known[word] = None if len(folded) < min_length or folded in left_out else folded
        folded_word = known[word]
        if folded_word is not None:
            kept.append(folded_word)
    return kept


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
    frequency: Counter[str] = Counter()
    for doc in docs:
        frequency.update(set(doc))
    least, most = limits.for_posts(sum(1 for doc in docs if doc))
    return sorted(word for word, n in frequency.items() if least <= n <= most)


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
    found = [[columns[word] for word in doc if word in columns] for doc in docs]
    ends = np.cumsum([0, *(len(row) for row in found)])
    flat = np.fromiter((c for row in found for c in row), dtype=np.int64, count=int(ends[-1]))
    dfm = sparse.csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(found), len(columns)))
    dfm.sum_duplicates()
    return dfm
