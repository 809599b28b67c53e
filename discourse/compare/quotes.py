"""Who else uses the words of a quotation, and whether a search engine would find it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import pandas as pd

from discourse.errors import ParameterError

#: A run so long that stands once is found by putting it in quotation marks.  Unit: words; characters.
FINDABLE: Final[dict[str, int]] = {"words": 8, "characters": 12}
#: A post uses a quotation if it holds so much of its runs of :data:`SHINGLE` characters.
NEAR: Final[float] = 0.9
SHINGLE: Final[int] = 5

_LATIN = re.compile(r"[^\W\d_\u3400-\u9fff]+")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_SPACING = re.compile(r"[\W_]+")


def quotation_use(quotations: Sequence[str], texts: Sequence[str], authors: Sequence[Any]) -> pd.DataFrame:
    """Count who uses each quotation, and find the runs of it that only one author wrote.

    Parameters
    ----------
    quotations : sequence of str
        What might be quoted.
    texts : sequence of str
        All posts of the corpus.
    authors : sequence
        Who wrote each; NA counts as nobody.

    Returns
    -------
    DataFrame
        One row a quotation, in order.  ``n_authors`` (Int64): authors with a post that holds the quotation,
        letter by letter or nearly so (9 in 10 of its runs of five letters).  ``findable`` (str): the first
        run of eight words, or of twelve Chinese characters, that a single author wrote; NA if there is none.

    Raises
    ------
    ParameterError
        If texts and authors differ in number.

    Notes
    -----
    Why: of verbatim quotations all, and of changed ones more than half, were located by a search (Reagle
    2022, doi:10.1007/s10676-022-09663-w).  Case, spaces and punctuation do not count, as they do not for
    search engines.

    Examples
    --------
    >>> told = "the rent here is twice what I was told at home"
    >>> posts = ["Welcome, new friends!", "welcome new friends", told]
    >>> quotation_use(posts[1:], posts, ["a", "b", "c"]).values.tolist()
    [[2, nan], [1, 'the rent here is twice what i was']]
    """
    if len(texts) != len(authors):
        raise ParameterError(f"{len(texts)} texts by {len(authors)} authors", expected="an author a text")
    folded = [_folded(text) for text in quotations]
    users = _users(folded, texts, authors)
    once = _written_once(quotations, texts, authors)
    found = {"n_authors": pd.array([len(who) for who in users], dtype="Int64")}
    return pd.DataFrame(found).assign(findable=pd.Series(once, dtype="str"))


def _folded(text: str) -> str:
    return _SPACING.sub("", text.casefold())


def _shingles(folded: str) -> set[str]:
    return {folded[i : i + SHINGLE] for i in range(max(1, len(folded) - SHINGLE + 1))} if folded else set()


def _users(quotations: Sequence[str], texts: Sequence[str], authors: Sequence[Any]) -> list[set[Any]]:
    runs = [_shingles(quotation) for quotation in quotations]
    where: dict[str, list[int]] = defaultdict(list)
    for i, found in enumerate(runs):
        for run in sorted(found):
            where[run].append(i)
    users: list[set[Any]] = [set() for _ in quotations]
    for text, author in zip(texts, authors, strict=True):
        if pd.isna(author):
            continue
        met: dict[int, int] = defaultdict(int)
        for run in _shingles(_folded(text)):
            for i in where.get(run, ()):
                met[i] += 1
        for i, n in met.items():
            if n >= NEAR * len(runs[i]):
                users[i].add(author)
    return users


def _long_runs(text: str) -> Iterator[str]:
    """Give each run that is long enough to be found, as a searcher would type it."""
    words = _LATIN.findall(text.casefold())
    for i in range(len(words) - FINDABLE["words"] + 1):
        yield " ".join(words[i : i + FINDABLE["words"]])
    characters = "".join(_HAN.findall(text))
    for i in range(len(characters) - FINDABLE["characters"] + 1):
        yield characters[i : i + FINDABLE["characters"]]


def _written_once(
    quotations: Iterable[str], texts: Sequence[str], authors: Sequence[Any]
) -> list[str | None]:
    runs = [list(_long_runs(quotation)) for quotation in quotations]
    writers: dict[str, set[Any]] = {run: set() for found in runs for run in found}
    for i, (text, author) in enumerate(zip(texts, authors, strict=True)):
        for run in _long_runs(text):
            if run in writers and len(writers[run]) < 2:
                # nobody knows whether two unknown authors are one
                writers[run].add(("post", i) if pd.isna(author) else author)
    # a run with a word that the quotation cuts off is nobody's
    return [next((run for run in found if len(writers[run]) == 1), None) for found in runs]
