"""Texts as sets of shingles, and the signatures by which similar ones are found.

The permutations are those of ``datasketch``; they are applied to many texts at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

N_PERM = 128
"""Length of a signature."""
MISS = 1e-4
"""Chance that a pair right at the threshold shares no band; above the threshold it is smaller still."""
_SEED = 1
_AT_ONCE = 1_024
"""Shingles that are permuted at a time: a block that fits into the processor's cache."""
Uints = NDArray[np.uint64]


def shingles(text: str) -> Uints:
    """Give the set of character 3-shingles of a text, each as one number, in order.

    Parameters
    ----------
    text : str
        A normalised text; one shorter than three characters is its own only shingle.

    Returns
    -------
    ndarray of uint64
        Distinct, ascending; two shingles have one number only if they are equal.

    Examples
    --------
    >>> len(shingles("abcabc"))
    3
    """
    return np.unique(_packed(text if len(text) >= 3 else text.ljust(3, "\x00")))


def _packed(text: str) -> Uints:
    """Give each window of three characters as one number; three characters have 63 bits."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    packed: Uints = points[:-2] << np.uint64(42) | points[1:-1] << np.uint64(21) | points[2:]
    return packed


def jaccard(a: Uints, b: Uints) -> float:
    """Give the share of shingles that two sets have in common.

    Parameters
    ----------
    a, b : ndarray of uint64
        As :func:`shingles` gives them.

    Returns
    -------
    float
        Between 0 and 1.

    Examples
    --------
    >>> jaccard(shingles("abcd"), shingles("abce"))
    0.3333333333333333
    """
    both = np.intersect1d(a, b, assume_unique=True).size
    return both / (a.size + b.size - both)


def banding(threshold: float) -> tuple[int, int]:
    """Choose bands and rows of the signatures for a threshold.

    Parameters
    ----------
    threshold : float
        Similarity in (0, 1].

    Returns
    -------
    (int, int)
        Bands and rows: as many rows as keep the chance (1 - s^rows)^bands of missing a pair right at the
        threshold below 1 in 10,000 (Leskovec, Rajaraman and Ullman 2014, chapter 3).

    Examples
    --------
    >>> banding(0.8)
    (25, 5)
    """
    for rows in range(16, 1, -1):
        bands = N_PERM // rows
        if (1.0 - threshold**rows) ** bands <= MISS:
            return bands, rows
    return N_PERM, 1


def band_keys(texts: Sequence[str], bands: int, rows: int) -> Uints:
    """Hash each band of the signature of each text into one number.

    Parameters
    ----------
    texts : sequence of str
        Normalised texts.
    bands, rows : int
        As :func:`banding` chooses them.

    Returns
    -------
    ndarray of uint64, shape (bands, n_texts)
        Two texts that share a number in a band are candidates.

    Examples
    --------
    >>> keys = band_keys(["one text", "one text", "another"], 25, 5)
    >>> (keys[:, 0] == keys[:, 1]).all(), keys.shape
    (np.True_, (25, 3))
    """
    return _fold(signatures(texts)[:, : bands * rows], bands, rows)


def signatures(texts: Sequence[str]) -> NDArray[np.uint32]:
    """Give the MinHash signature of each text.

    Parameters
    ----------
    texts : sequence of str
        Normalised texts.

    Returns
    -------
    ndarray of uint32, shape (n_texts, 128)
        What ``datasketch.MinHash`` (scheme ``affine32``, seed 1) gives for the shingles of each text, one by
        one [1]_.

    References
    ----------
    .. [1] Broder (1997). On the resemblance and containment of documents. *Compression and Complexity of
       Sequences*, 21-29. doi:10.1109/SEQUEN.1997.666900

    Examples
    --------
    >>> signatures(["one text", "two texts"]).shape
    (2, 128)
    """
    packed, starts = _windows(texts)
    hashed = _premixed(_mix(packed))
    a, b = _permutations()
    out = np.empty((len(texts), N_PERM), dtype=np.uint32)
    edges = [*starts.tolist(), len(hashed)]
    first = 0
    while first < len(texts):
        last = max(first + 1, int(np.searchsorted(starts, edges[first] + _AT_ONCE)))
        block = hashed[edges[first] : edges[last], None] * a
        block += b
        out[first:last] = np.minimum.reduceat(block, starts[first:last] - edges[first], axis=0)
        first = last
    return out


def _windows(texts: Sequence[str]) -> tuple[Uints, NDArray[np.int64]]:
    """Give the shingles of all texts in one array, repeated ones too, and where each text begins."""
    padded = [text if len(text) >= 3 else text.ljust(3, "\x00") for text in texts]
    sizes = np.array([len(text) for text in padded], dtype=np.int64)
    packed = _packed("".join(padded))
    ends = np.cumsum(sizes)
    within = np.ones(len(packed), dtype=bool)
    for back in (1, 2):  # windows that reach into the next text
        over = ends - back
        within[over[over < len(packed)]] = False
    return packed[within], ends - sizes - 2 * np.arange(len(padded))


def shingle_sets(texts: Sequence[str]) -> tuple[Uints, NDArray[np.int64]]:
    """Give the sets of shingles of many texts, one behind the other.

    Parameters
    ----------
    texts : sequence of str
        Normalised texts.

    Returns
    -------
    values : ndarray of uint64
        Of each text what :func:`shingles` gives.
    ends : ndarray of int64, shape (n_texts + 1,)
        The set of text ``i`` is ``values[ends[i]:ends[i + 1]]``.

    Examples
    --------
    >>> values, ends = shingle_sets(["abcabc", "ab", "abcd"])
    >>> ends.tolist(), (values[ends[2]:] == shingles("abcd")).all()
    ([0, 3, 4, 6], np.True_)
    """
    if not texts:
        return np.empty(0, dtype=np.uint64), np.zeros(1, dtype=np.int64)
    packed, starts = _windows(texts)
    of = np.repeat(np.arange(len(texts)), np.diff(np.append(starts, len(packed))))
    order = np.argsort(packed)
    order = order[np.argsort(of[order], kind="stable")]
    packed, of = packed[order], of[order]
    first = np.ones(len(packed), dtype=bool)
    first[1:] = (packed[1:] != packed[:-1]) | (of[1:] != of[:-1])
    counts = np.bincount(of[first], minlength=len(texts))
    return packed[first], np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)


@cache
def _permutations() -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    from datasketch import MinHash

    a, b = MinHash(num_perm=N_PERM, seed=_SEED, scheme="affine32").permutations
    return a.astype(np.uint32), b.astype(np.uint32)


def _premixed(h: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """The finalizer of MurmurHash3 (Appleby 2011), which ``datasketch`` puts before its permutations."""
    h = (h ^ (h >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    h = (h ^ (h >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    mixed: NDArray[np.uint32] = h ^ (h >> np.uint32(16))
    return mixed


def _mix(values: Uints) -> NDArray[np.uint32]:
    """Spread 63-bit numbers over 32 bits (the finalizer of SplitMix64; Steele, Lea and Flood 2014)."""
    z = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return (z >> np.uint64(32)).astype(np.uint32)


def _fold(signatures: NDArray[Any], bands: int, rows: int) -> Uints:
    values = signatures.astype(np.uint64).reshape(len(signatures), bands, rows)
    keys = np.zeros((len(signatures), bands), dtype=np.uint64)
    for row in range(rows):
        keys = (keys * np.uint64(0x9E3779B97F4A7C15)) ^ values[:, :, row]
        keys ^= keys >> np.uint64(29)
    folded: Uints = keys.T
    return folded
