"""Posts that say nearly the same: copy-paste campaigns, template replies, posts sent again slightly changed.

Candidates come from MinHash signatures and bands (the permutations of ``datasketch``); each candidate pair is
then verified on its exact shingles, so that nothing is marked that is not similar.  Texts and bands wait on
disk.
"""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from discourse.corpus.duplicates import MIN_LENGTH, keyed
from discourse.corpus.signatures import band_keys, banding
from discourse.corpus.verifying import Components, Shingles, join_band
from discourse.errors import ParameterError

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

THRESHOLD = 0.8
_BLOCK = 4_096
_AT_ONCE = 20_000
_NONE = bytes(16)
_LAST = np.iinfo(np.int64).max


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

    starts = range(0, max(1, len(posts)), _AT_ONCE)
    parts = (posts[["post_id", "created_at", "text"]].iloc[at : at + _AT_ONCE] for at in starts)
    marks = [mark for part in near_duplicates(parts, threshold, min_length) for mark in part]
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
    Memory: about 100 bytes a post, its id among them (half a gigabyte for five million posts); texts and
    bands (200 bytes a distinct text, and the text) lie in a temporary folder.
    """
    if not 0.0 < threshold <= 1.0:
        raise ParameterError(f"threshold is {threshold}", expected="a similarity above 0 and up to 1")
    if min_length < 1:
        raise ParameterError(f"min_length is {min_length}", expected="1 or more characters")
    with tempfile.TemporaryDirectory(prefix="discourse-") as folder:
        texts = _Texts(Path(folder) / "texts.bin")
        try:
            sizes = [texts.add(part, min_length) for part in parts]
            texts.done()
            yield from texts.marks(sizes, _join_similar(texts, threshold, Path(folder)))
        finally:
            texts.close()


class _Texts:
    """The normalised texts of a corpus in a file; of each post its time, its id and where its text lies."""

    def __init__(self, file: Path) -> None:
        self._file = file.open("w+b")
        self._ends = [np.zeros(1, dtype=np.int64)]
        self._size = 0
        self._digests: list[NDArray[np.uint64]] = []
        self._times: list[NDArray[np.int64]] = []
        self._ids: list[pa.Array] = []
        self.same = np.empty(0, dtype=np.int64)

    def add(self, posts: pd.DataFrame, min_length: int) -> int:
        """Take in the posts of a part."""
        import pyarrow as pa

        found = [keyed(text or "", min_length) for text in _objects(posts["text"])]
        bare = [b"" if f is None else f[1].encode("utf-8", "replace") for f in found]
        self._file.write(b"".join(bare))
        self._ends.append(self._size + np.cumsum([len(text) for text in bare], dtype=np.int64))
        self._size += sum(map(len, bare))
        digests = b"".join(_NONE if f is None else f[0] for f in found)
        self._digests.append(np.frombuffer(digests, dtype="<u8").reshape(-1, 2))
        times = [_LAST if at is None else int(at.value) for at in _objects(posts["created_at"])]
        self._times.append(np.array(times, dtype=np.int64))
        self._ids.append(pa.array(_objects(posts["post_id"]), type=pa.large_string()))
        return len(posts)

    def done(self) -> None:
        """All posts are in: find those whose normalised texts are equal."""
        self._ends = [np.concatenate(self._ends)]
        self.same = _firsts(np.concatenate([np.empty((0, 2), dtype=np.uint64), *self._digests]))
        self._digests = []

    def distinct(self) -> NDArray[np.int64]:
        """Give a post for each distinct text that is long enough to be compared."""
        return np.flatnonzero(self.same == np.arange(len(self.same)))

    def read(self, numbers: NDArray[np.int64]) -> list[str]:
        """Give the normalised texts of posts, by ascending number."""
        ends = self._ends[0]
        if not len(numbers):
            return []
        start = int(ends[numbers[0]])
        self._file.seek(start)
        block = self._file.read(int(ends[numbers[-1] + 1]) - start)
        spans = zip(ends[numbers] - start, ends[numbers + 1] - start, strict=True)
        return [block[a:b].decode("utf-8") for a, b in spans]

    def marks(self, sizes: list[int], cluster: NDArray[np.int64]) -> Iterator[list[str | None]]:
        """Give each post the id of the first post of its cluster; `cluster` is -1 for posts not compared."""
        import pyarrow as pa

        ids, times = (
            pa.chunked_array([pa.array([], pa.large_string()), *self._ids]),
            np.concatenate(self._times),
        )
        compared = np.flatnonzero(cluster >= 0)
        order = compared[np.argsort(cluster[compared], kind="stable")]
        edges: list[int] = []
        if len(order):
            new = cluster[order[1:]] != cluster[order[:-1]]
            edges = np.flatnonzero(np.r_[True, new, True]).tolist()
        head = np.arange(len(cluster))
        for start, stop in itertools.pairwise(edges):
            if stop - start > 1:
                members = order[start:stop]
                earliest = members[times[members] == times[members].min()]
                head[members] = min(earliest.tolist(), key=lambda n: (ids[n].as_py(), n))
        at = 0
        for size in sizes:
            heads = head[at : at + size]
            later = heads != np.arange(at, at + size)
            part = np.full(size, None, dtype=object)
            part[later] = ids.take(heads[later]).to_pylist()
            yield part.tolist()
            at += size

    def close(self) -> None:
        self._file.close()


def _objects(series: pd.Series[Any]) -> list[Any]:
    values = series.astype(object)
    return values.where(values.notna(), None).tolist()


def _firsts(digests: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Give the first post of each text; -1 for posts without one."""
    order = np.lexsort((digests[:, 1], digests[:, 0]))
    ordered = digests[order]
    new = np.ones(len(order), dtype=bool)
    new[1:] = (ordered[1:] != ordered[:-1]).any(axis=1)
    first = np.empty(len(order), dtype=np.int64)
    if len(order):
        starts = np.flatnonzero(new)
        first[order] = np.minimum.reduceat(order, starts)[np.cumsum(new) - 1]
    first[(digests == 0).all(axis=1)] = -1
    return first


def _join_similar(texts: _Texts, threshold: float, folder: Path) -> NDArray[np.int64]:
    """Join the texts whose similarity reaches the threshold; give each post its component, or -1."""
    distinct = texts.distinct()
    joined = Components(len(distinct))
    if len(distinct) > 1:
        bands, rows = banding(threshold)
        sets = Shingles(folder / "shingles.bin")
        try:
            keys = _all_keys(texts, distinct, bands, rows, folder / "bands.bin", sets)
            for band in range(bands):
                join_band(
                    np.fromfile(keys, np.uint64, len(distinct), offset=8 * band * len(distinct)),
                    sets,
                    threshold,
                    joined,
                )
        finally:
            sets.close()
    cluster = np.full(len(texts.same), -1, dtype=np.int64)
    compared = texts.same >= 0
    cluster[compared] = joined.all()[np.searchsorted(distinct, texts.same[compared])]
    return cluster


def _all_keys(
    texts: _Texts, distinct: NDArray[np.int64], bands: int, rows: int, file: Path, sets: Shingles
) -> Path:
    """Hash each band of the signature of each text, on disk, band by band; keep the shingles, too."""
    with file.open("wb") as out:
        out.truncate(8 * bands * len(distinct))
        for start in range(0, len(distinct), _BLOCK):
            block = texts.read(distinct[start : start + _BLOCK])
            sets.add(block)
            for band, keys in enumerate(band_keys(block, bands, rows)):
                out.seek(8 * (band * len(distinct) + start))
                out.write(keys.tobytes())
    sets.done()
    return file
