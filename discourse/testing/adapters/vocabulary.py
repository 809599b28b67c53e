"""Dispersion of words over parts, and diversity of a text's vocabulary."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from discourse import stats
from discourse.testing.published_texts import NAMED
from discourse.testing.reference import Adapter, Entry, NotCovered

Measure = Callable[[Any, Any], Any]

DISPERSION: dict[str, Measure] = {
    "juilland_D_rel": stats.juilland_d,
    "carroll_D2": stats.carroll_d2,
    "rosengren_S": stats.rosengren_s,
    "DP": stats.gries_dp,
    "DP_norm": lambda x, sizes: stats.gries_dp(x, sizes, normalized=True),
    "KLD": stats.kullback_leibler,
    "range_rel": lambda x, sizes: stats.part_range(x, relative=True),
    "D": stats.juilland_d,
    "D2": stats.carroll_d2,
    "S": stats.rosengren_s,
    "DP_gries": stats.gries_dp,
    "DA": stats.burch_da,
    "DKL_o2p": lambda x, sizes: stats.kullback_leibler(x, sizes, direction="evenness"),
}


def _of_parts(entry: Entry) -> dict[str, Any]:
    parts = [part.split() for part in entry.input["parts"]]
    occurrences = [part.count(entry.input["word"]) for part in parts]
    return _dispersion(entry, occurrences, [len(part) for part in parts])


def _of_counts(entry: Entry) -> dict[str, Any]:
    return _dispersion(entry, entry.input["x"], entry.input["sizes"])


def _dispersion(entry: Entry, occurrences: list[int], sizes: list[int]) -> dict[str, Any]:
    unknown = [key for key in entry.expected if key not in DISPERSION]
    if unknown:
        raise NotCovered(f"no function is named for {unknown[0]!r}")
    return {key: DISPERSION[key](occurrences, sizes) for key in entry.expected}


def diversity(name: str, tokens: Sequence[str]) -> float:
    """Compute a measure of diversity by its printed name, its parameter behind: ``MATTR25``, ``MTLD.72``.

    Parameters
    ----------
    name : str
        As papers print it.
    tokens : sequence of str
        The words of a text in order.

    Returns
    -------
    float
        The measure.

    Raises
    ------
    NotCovered
        If no function of ours is named so.

    Examples
    --------
    >>> diversity("MSTTR2", ["apple", "orange", "apple", "apple"])
    0.75
    """
    parts = re.fullmatch(r"([A-Za-z]+)(\d*\.?\d+)?", name)
    measure, number = (parts[1], parts[2]) if parts else (name, None)
    frequencies = stats.type_frequencies(tokens)
    plain: dict[str, Callable[[Any], float]] = {
        "TTR": stats.ttr,
        "RTTR": stats.root_ttr,
        "CTTR": stats.corrected_ttr,
        "C": stats.herdan_c,
        "Herdan": stats.herdan_c,
    }
    if measure in plain and number is None:
        return plain[measure](frequencies)
    if measure in ("MATTR", "MSTTR") and number:
        return (stats.mattr if measure == "MATTR" else stats.msttr)(tokens, window=int(number))
    if measure == "HDD" and number:
        return stats.hdd(frequencies, draws=int(number))
    if measure == "MTLD" and number:
        # these numbers come from LexicalRichness, which closes a factor at the threshold already
        return stats.mtld(tokens, threshold=float(number), closes="at or below")
    raise NotCovered(f"no function is named for {name!r}")


def _of_tokens(entry: Entry) -> dict[str, float]:
    return {name: diversity(name, entry.input) for name in entry.expected}


def _mtld(entry: Entry) -> dict[str, float]:
    return {key: stats.mtld(entry.input, threshold=float(key)) for key in entry.expected}


def _named_text(entry: Entry) -> dict[str, float]:
    if entry.input not in NAMED:
        raise NotCovered(f"the text {entry.input!r} is not known here")
    words = lexical_richness_words(NAMED[entry.input])
    return {name: diversity(name, words) for name in entry.expected}


def lexical_richness_words(text: str) -> list[str]:
    """Split a text as the package LexicalRichness does: no digits, no dashes, other punctuation as spaces.

    Parameters
    ----------
    text : str
        English text.

    Returns
    -------
    list of str
        Words in lower case.

    Examples
    --------
    >>> lexical_richness_words("A well-known text (2010, p. 5).")
    ['a', 'wellknown', 'text', 'p']
    """
    bare = re.sub(r"[0-9–—-]", "", text.lower())
    return re.sub(f"[{re.escape(string.punctuation)}]", " ", bare).split()


def _yule(entry: Entry) -> dict[str, float]:
    """A frequency spectrum: how many types occur once, twice, ..."""
    frequencies = np.repeat([int(f) for f in entry.input], list(entry.input.values()))
    measures: dict[str, Callable[[], float]] = {
        "N": lambda: int(frequencies.sum()),
        "V": lambda: int(frequencies.size),
        "K": lambda: stats.yule_k(frequencies),
    }
    if not measures.keys() >= entry.expected.keys():
        raise NotCovered("only N, V and K are named here")
    return {key: measures[key]() for key in entry.expected}


ADAPTERS: dict[str, Adapter] = {
    **{f"gries.{word}": _of_parts for word in "abiqx"},
    "lyne.allemand": _of_counts,
    "mattr.onetwo": _of_tokens,
    "msttr.fruit": _of_tokens,
    "mtld.burton": _mtld,
    "lexrich.readme": _named_text,
    "yuleK.stjohn1": _yule,
}
