"""Posts that say nearly the same: copy-paste campaigns, template replies, posts sent again slightly changed.

Candidates come from MinHash signatures and bands (``datasketch``); each candidate pair is then verified on
its exact shingles, so that nothing is marked that is not similar.  Texts and bands wait on disk.
"""

from __future__ import annotations

import hashlib
import itertools
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from discourse.corpus.duplicates import MIN_LENGTH, normalise, text_key
from discourse.errors import ParameterError

if TYPE_CHECKING:
    import pandas as pd

THRESHOLD = 0.8
N_PERM = 128
"""Length of a signature."""
MISS = 1e-4
"""Chance that a pair right at the threshold shares no band; above the threshold it is smaller still."""
_SEED = 1
_CACHED = 8_192
_COLUMNS = ("post_id", "created_at", "text")
Uints = NDArray[np.uint64]

_SCHEMA = """
CREATE TABLE texts (n INTEGER PRIMARY KEY, digest BLOB UNIQUE, text TEXT);
CREATE TABLE posts (n INTEGER PRIMARY KEY, of INTEGER, at INTEGER, post_id TEXT)"""


def mark_near_duplicates(
    posts: pd.DataFrame, threshold: float = THRESHOLD, min_length: int = MIN_LENGTH
) -> pd.Series[str]:
    r"""Mark posts whose text is nearly that of an earlier post.

    Parameters
    ----------
    posts : DataFrame
        With ``post_id``, ``text`` and ``created_at``, as :data:`discourse.tables.POSTS`.
    threshold : float, default 0.8
        Jaccard similarity from which two texts are near-duplicates, in (0, 1].
    min_length : int, default 12
        Characters that a normalised text must have to be compared (hashtags, stickers and addresses do not
        count, as in :func:`discourse.corpus.duplicates.text_key`).

    Returns
    -------
    Series of str
        Index of `posts`: ``post_id`` of the first post of the cluster; NA for that first post and for posts
        without near-duplicates.  It names the cluster.

    Raises
    ------
    ParameterError
        If a parameter is out of range.

    Notes
    -----
    Two texts are compared by the Jaccard similarity of their sets of character 3-shingles after normalising
    (NFKC, case folding, no white space) [1]_.  Clusters are the connected components of similar pairs, so a
    chain of small changes is one cluster; they do not depend on the order of the posts.  The first post is
    the earliest, unknown times last, then the smallest id.  Candidates are found by MinHash with banding: a
    pair at the threshold is missed with a probability below 1 in 10,000, one above it still less; no pair
    below it is ever marked.  Exact copies are near-duplicates too.

    References
    ----------
    .. [1] Broder (1997). On the resemblance and containment of documents. *Compression and Complexity of
       Sequences*, 21-29. doi:10.1109/SEQUEN.1997.666900

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({
    ...     "post_id": ["a", "b", "c"],
    ...     "text": ["Buy cheap tea at our shop, only 9.9!", "Buy cheap tea at our shop, only 9.8!",
    ...              "I have never tasted tea like this before."],
    ...     "created_at": pd.to_datetime(["2025-01-14", "2025-01-15", "2025-01-16"], utc=True)})
    >>> mark_near_duplicates(frame).fillna("-").tolist()
    ['-', 'a', '-']
    """
    import pandas as pd

    marks = [mark for part in near_duplicates([posts], threshold, min_length) for mark in part]
    return pd.Series(marks, index=posts.index, dtype="str", name="near_duplicate_of")


def near_duplicates(
    parts: Iterable[pd.DataFrame], threshold: float = THRESHOLD, min_length: int = MIN_LENGTH
) -> Iterator[list[str | None]]:
    """Mark near-duplicates in a corpus that does not fit into memory, part by part.

    Parameters
    ----------
    parts : iterable of DataFrame
        Such as ``corpus.parts(["post_id", "created_at", "text"])``; read once.
    threshold, min_length
        As in :func:`mark_near_duplicates`.

    Yields
    ------
    list of (str or None)
        One mark a post of each part.

    Notes
    -----
    Memory: 24 bytes a post; texts and bands (about 280 bytes a distinct text) lie in a temporary folder.
    """
    if not 0.0 < threshold <= 1.0:
        raise ParameterError(f"threshold is {threshold}", expected="a similarity above 0 and up to 1")
    if min_length < 1:
        raise ParameterError(f"min_length is {min_length}", expected="1 or more characters")
    with tempfile.TemporaryDirectory(prefix="discourse-") as folder:
        texts = _Texts(Path(folder) / "texts.sqlite")
        try:
            sizes = [texts.add(part, min_length) for part in parts]
            joined = _join_similar(texts, threshold, Path(folder))
            yield from texts.marks(sizes, joined)
        finally:
            texts.close()


class _Texts:
    """The distinct normalised texts of a corpus, and which post has which, on disk."""

    def __init__(self, file: Path) -> None:
        self._db = sqlite3.connect(str(file), isolation_level=None)
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -32768"):
            self._db.execute(f"PRAGMA {pragma}")
        for statement in _SCHEMA.split(";"):
            self._db.execute(statement)
        self.shingles = lru_cache(_CACHED)(self._shingles)
        self.n = 0
        self._posts = 0

    def add(self, posts: pd.DataFrame, min_length: int) -> int:
        times = [None if at is None else int(at.value) for at in _objects(posts["created_at"])]
        self._db.execute("BEGIN")
        for post_id, at, text in zip(_objects(posts["post_id"]), times, _objects(posts["text"]), strict=True):
            known = self._number(text or "", min_length)
            self._db.execute("INSERT INTO posts VALUES (?,?,?,?)", (self._posts, known, at, post_id))
            self._posts += 1
        self._db.execute("COMMIT")
        return len(posts)

    def _number(self, text: str, min_length: int) -> int | None:
        if text_key(text, min_length) is None:
            return None
        bare = normalise(text).encode("utf-8", "replace").decode("utf-8")
        digest = hashlib.blake2b(bare.encode("utf-8"), digest_size=16).digest()
        found = self._db.execute("SELECT n FROM texts WHERE digest = ?", (digest,)).fetchone()
        if found is not None:
            return int(found[0])
        self._db.execute("INSERT INTO texts VALUES (?,?,?)", (self.n, digest, bare))
        self.n += 1
        return self.n - 1

    def all(self) -> Iterator[str]:
        for (text,) in self._db.execute("SELECT text FROM texts ORDER BY n"):
            yield text

    def _shingles(self, n: int) -> Uints:
        return shingles(self._db.execute("SELECT text FROM texts WHERE n = ?", (n,)).fetchone()[0])

    def marks(self, sizes: list[int], joined: NDArray[np.int64]) -> Iterator[list[str | None]]:
        """Give each post the id of the first post of its cluster."""
        first: dict[int, tuple[int, str]] = {}
        for n, of, post_id in self._db.execute(
            "SELECT n, of, post_id FROM posts WHERE of IS NOT NULL ORDER BY at IS NULL, at, post_id, n"
        ):
            first.setdefault(int(joined[of]), (n, post_id))
        rows = self._db.execute("SELECT n, of FROM posts ORDER BY n")
        for size in sizes:
            part: list[str | None] = []
            for n, of in itertools.islice(rows, size):
                number, post_id = (n, "") if of is None else first[int(joined[of])]
                part.append(None if number == n else post_id)
            yield part

    def close(self) -> None:
        self._db.close()


def _objects(series: pd.Series[Any]) -> list[Any]:
    values = series.astype(object)
    return values.where(values.notna(), None).tolist()


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
    padded = text if len(text) >= 3 else text.ljust(3, "\x00")
    points = np.frombuffer(padded.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    packed = points[:-2] << np.uint64(42) | points[1:-1] << np.uint64(21) | points[2:]
    return np.unique(packed)


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


def _join_similar(texts: _Texts, threshold: float, folder: Path) -> NDArray[np.int64]:
    """Join the texts whose similarity reaches the threshold; give each its component."""
    joined = _Components(texts.n)
    if texts.n < 2 or (threshold == 1.0 and texts.n == 0):
        return joined.all()
    bands, rows = banding(threshold)
    keys = _band_keys(texts, bands, rows, folder / "bands.bin")
    for band in range(bands):
        for bucket in _buckets(np.asarray(keys[band])):
            _join_bucket(bucket, texts, threshold, joined)
    del keys  # a mapped file cannot be removed on Windows
    return joined.all()


def _band_keys(texts: _Texts, bands: int, rows: int, file: Path) -> np.memmap[Any, Any]:
    """Hash each band of each signature into one number, on disk, band by band."""
    from datasketch import MinHash

    keys = np.memmap(file, dtype=np.uint64, mode="w+", shape=(bands, texts.n))
    signatures = MinHash.generator(map(_hashed, texts.all()), num_perm=N_PERM, seed=_SEED, hashfunc=int)
    block, start = [], 0
    for signature in signatures:
        block.append(signature.hashvalues[: bands * rows])
        if len(block) == 4_096:
            keys[:, start : start + len(block)] = _fold(np.array(block), bands, rows)
            start, block = start + len(block), []
    if block:
        keys[:, start:] = _fold(np.array(block), bands, rows)
    return keys


def _hashed(text: str) -> list[int]:
    found: list[int] = _mix(shingles(text)).tolist()
    return found


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


def _buckets(keys: Uints) -> Iterator[list[int]]:
    """Give the texts that share a key."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    edges = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1], True])
    for i in np.flatnonzero(np.diff(edges) > 1):
        yield order[edges[i] : edges[i + 1]].tolist()


def _join_bucket(bucket: list[int], texts: _Texts, threshold: float, joined: _Components) -> None:
    """Join all similar texts of a bucket; each text is compared only with those not joined yet."""
    waiting = list(bucket)
    while len(waiting) > 1:
        frontier = [waiting.pop()]
        while frontier and waiting:
            one = frontier.pop()
            root, rest = joined.root(one), []
            for other in waiting:
                if joined.root(other) == root:
                    frontier.append(other)
                elif _similar(texts.shingles(one), texts.shingles(other), threshold):
                    joined.join(one, other)
                    root = joined.root(one)
                    frontier.append(other)
                else:
                    rest.append(other)
            waiting = rest


def _similar(a: Uints, b: Uints, threshold: float) -> bool:
    small, large = sorted((a.size, b.size))
    return small >= threshold * large - 1e-9 and jaccard(a, b) >= threshold


class _Components:
    """Union-find over numbers, with path halving."""

    def __init__(self, n: int) -> None:
        self._parent = np.arange(n, dtype=np.int64)

    def root(self, i: int) -> int:
        parent = self._parent
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = int(parent[i])
        return i

    def join(self, i: int, j: int) -> None:
        low, high = sorted((self.root(i), self.root(j)))
        self._parent[high] = low

    def all(self) -> NDArray[np.int64]:
        return np.array([self.root(i) for i in range(len(self._parent))], dtype=np.int64)
