"""Measures on lists of words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

import numpy as np
from scipy import sparse

Words = Sequence[str]
Postings = dict[str, set[int]]


def postings(texts: Sequence[Iterable[str]]) -> Postings:
    found: Postings = {}
    for place, words in enumerate(texts):
        for word in words:
            found.setdefault(word, set()).add(place)
    return found


def cnpmi(chinese: Words, english: Words, of_zh: Postings, of_en: Postings, n: int) -> float:
    """Mean NPMI of all pairs across languages in n pairs of sentences, negative values as 0."""
    total = 0.0
    for zh in chinese:
        for en in english:
            a, b = of_zh.get(zh, set()), of_en.get(en, set())
            both = len(a & b) / n
            if 0 < both < 1:
                total += max(0.0, np.log(both / (len(a) / n * len(b) / n)) / -np.log(both))
    return total / max(len(chinese) * len(english), 1)


def npmi(lists: Sequence[Words], docs: Sequence[Words]) -> float:
    """Mean NPMI of the words of a list in whole posts; -1 for words that never meet."""
    words = sorted({word for one in lists for word in one})
    column = {word: i for i, word in enumerate(words)}
    rows = [sorted({column[word] for word in doc if word in column}) for doc in docs if doc]
    ends = np.cumsum([0, *map(len, rows)])
    flat = [c for row in rows for c in row]
    present = sparse.csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(rows), len(words)))
    count = (present.T @ present).toarray() / max(len(rows), 1)
    values = []
    for one in lists:
        for a, b in combinations([column[word] for word in one], 2):
            both = count[a, b]
            values.append(-1.0 if both == 0 else np.log(both / (count[a, a] * count[b, b])) / -np.log(both))
    return float(np.mean(values)) if values else float("nan")


def said(values: Sequence[float], digits: int = 3) -> str:
    """Write a mean with the 95 % interval of five or so runs (Student)."""
    from scipy.stats import t

    mean = float(np.mean(values))
    if len(values) < 2 or np.ptp(values) == 0:
        return f"{mean:.{digits}f} (no spread in {len(values)})"
    half = float(t.ppf(0.975, len(values) - 1) * np.std(values, ddof=1) / len(values) ** 0.5)
    return f"{mean:.{digits}f} [{mean - half:.{digits}f}, {mean + half:.{digits}f}]"
