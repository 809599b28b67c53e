"""Replies beside what they answer, and the permutations that keep activity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.compare.lookup import rows_of
from discourse.compare.samples import cluster_codes, in_text_order, require_columns, taken
from discourse.errors import NotMeasurable
from discourse.room import AT_ONCE, laid, looked, parts, places, room
from discourse.stats.clusters import narrow_codes
from discourse.stats.distinct import counted
from discourse.stats.strata import Strata

Codes = NDArray[np.int32]
Places = NDArray[np.integer]
Rows = slice | NDArray[np.integer]
#: Replies that are counted at once, and more where a thread has more.
_AT_ONCE = 1 << 16
_NEEDED = ("post_id", "parent_id", "thread_id", "author", "group")
_CARRIED = ("lang", "created_at", "likes", "likes_at_least")


def reply_pairs(posts: pd.DataFrame) -> pd.DataFrame:
    """Put each reply beside the post that it answers.

    Parameters
    ----------
    posts : DataFrame
        ``post_id``, ``parent_id``, ``thread_id``, ``author``, ``group``; ``lang``, ``created_at``, ``likes``
        and ``likes_at_least`` are carried along where they are there.

    Returns
    -------
    DataFrame
        One row a reply whose parent was collected, in the order of posts: the columns of the reply,
        ``parent_author``, ``parent_group``, ``parent_opens`` (true if it answers the post that opened the
        thread) and, where known, ``parent_lang``.  Replies to oneself, and those of which an author is
        unknown, are left out.

    Raises
    ------
    ParameterError
        If a column is missing.

    Examples
    --------
    >>> posts = pd.DataFrame({"post_id": ["1", "2"], "parent_id": [None, "1"], "thread_id": "1",
    ...                       "author": ["a", "b"], "group": ["hosts", "newcomers"]})
    >>> reply_pairs(posts)[["group", "parent_group", "parent_opens"]].values.tolist()
    [['newcomers', 'hosts', True]]
    """
    require_columns(posts, _NEEDED)
    carried = [name for name in _CARRIED if name in posts.columns]
    above = rows_of(posts["parent_id"], posts["post_id"])
    replies = places(_to_others(posts["author"], above))
    answered = laid(above, replies)
    pairs = taken(posts[[*_NEEDED, *carried]], replies)
    for name in ("author", "group", *(n for n in carried if n == "lang")):
        pairs[f"parent_{name}"] = taken(posts[[name]], answered)[name].array
    pairs["parent_opens"] = laid(posts["parent_id"].isna().to_numpy(dtype=bool), answered)
    return pairs


def _to_others(author: pd.Series, above: NDArray[Any]) -> NDArray[np.bool_]:
    """Say which posts answer somebody else, of whom and of whose author all is known."""
    found = np.zeros(len(author), dtype=bool)
    known = author.notna().to_numpy(dtype=bool)
    for rows in parts(len(author)):
        at = above[rows]
        these = np.flatnonzero((at >= 0) & known[rows])
        these = these[known[at[these]]]
        own, other = author.iloc[rows.start + these].array, author.iloc[at[these]].array
        found[rows.start + these] = np.asarray(own != other, dtype=bool)
    return found


class ReplyNull:
    """Draws group labels as they might be if groups did not matter for who answers whom.

    Parameters
    ----------
    pairs : DataFrame
        From :func:`reply_pairs`.
    groups : sequence of str
        Groups of the comparison; replies from or to others are left out.
    kind : {"activity", "thread"}
        ``activity``: authors of the whole network exchange their groups with authors who are about as
        active: who opened threads or did not, wrote about as many replies (1, 2-3, 4-7, ...) and came in the
        same third of the time.  ``thread``: within each thread, those who wrote below the opening post
        exchange their groups; the opening post keeps its own.

    Attributes
    ----------
    senders, receivers : ndarray of int
        Group code of each reply's author and of the author answered.

    Raises
    ------
    NotMeasurable
        If no reply is left.

    Notes
    -----
    Labels of nodes are exchanged, ties stay: every author keeps what they wrote, received and where, so that
    neither activity nor an author's repeated replies can pass for a preference (the quadratic assignment test
    of Krackhardt 1988, doi:10.1016/0378-8733(88)90004-4, stratified).

    Examples
    --------
    >>> posts = pd.DataFrame({"post_id": ["1", "2", "3"], "parent_id": [None, "1", "1"], "thread_id": "1",
    ...                       "author": ["a", "b", "c"], "group": ["g", "g", "h"]})
    >>> null = ReplyNull(reply_pairs(posts), ["g", "h"], "thread")
    >>> sorted({tuple(senders.tolist()) for senders, _ in null.draws(20, seed=0)})
    [(0, 1), (1, 0)]
    """

    def __init__(self, pairs: pd.DataFrame, groups: Sequence[str], kind: str) -> None:
        a, b = (group_places(pairs[name], groups) for name in ("group", "parent_group"))
        inside = (a >= 0) & (b >= 0)
        if not inside.any():
            raise NotMeasurable(
                "no reply of one of these groups to another was collected with what it answers"
            )
        self.kept = inside
        self.senders: Places = laid(a, inside)
        self.receivers: Places = laid(b, inside)
        del a, b
        rows = slice(None) if inside.all() else places(inside)
        units = (_in_threads if kind == "thread" else _in_network)(pairs, rows, self.senders, self.receivers)
        self._sender_unit, self._receiver_unit = units.senders, units.receivers
        self._n_groups = len(groups)
        self._strata, self._labels = Strata(units.strata), units.labels

    def draws(self, n: int, seed: int) -> Iterator[tuple[Places, Places]]:
        """Draw group codes of senders and receivers.

        Parameters
        ----------
        n : int
            Number of draws.
        seed : int
            Their seed.

        Yields
        ------
        (ndarray of int, ndarray of int)
            Codes of each reply's author and of the author answered.
        """
        rng = np.random.default_rng(seed)
        for _ in range(n):
            drawn = self._strata.exchanged(self._labels, rng)
            yield drawn[self._sender_unit], drawn[self._receiver_unit]

    def tables(self, n: int, seed: int) -> NDArray[np.float64]:
        """Count who answers whom in each draw.

        Parameters
        ----------
        n : int
            Number of draws.
        seed : int
            Their seed.

        Returns
        -------
        ndarray of float64, shape (n, n_groups, n_groups)
            :func:`discourse.stats.mixing.mixing_matrix` of each of :meth:`draws`.
        """
        k = self._n_groups
        out, rng = np.zeros((n, k * k)), np.random.default_rng(seed)
        for row in out:
            drawn = self._strata.exchanged(self._labels, rng)
            for start in range(0, len(self.senders), _AT_ONCE):
                here = slice(start, start + _AT_ONCE)
                cells = drawn[self._sender_unit[here]].astype(np.intp)
                cells *= k
                cells += drawn[self._receiver_unit[here]]
                row += np.bincount(cells, minlength=k * k)
                if here.stop % (8 * AT_ONCE) == 0:  # each draw looks at all of it again
                    looked()
        return out.reshape(n, k, k)


class _Units(NamedTuple):
    """Who exchanges groups: units in the order of their strata, with those of each reply."""

    senders: Codes
    receivers: Codes
    strata: Codes
    labels: Places


def group_places(column: pd.Series, groups: Sequence[str]) -> Places:
    """Give the place of each row's group among some groups; -1 for all others.

    Examples
    --------
    >>> group_places(pd.Series(["h", "g", None]), ["g", "h"]).tolist()
    [1, 0, -1]
    """
    place = {name: i for i, name in enumerate(groups)}
    if isinstance(column.dtype, pd.CategoricalDtype):
        codes, names = column.cat.codes.to_numpy(), column.cat.categories
    else:
        codes, names = pd.factorize(column)
    kind = np.int8 if len(groups) < 1 << 7 else np.int16
    of_code: Places = np.array([*(place.get(name, -1) for name in names), -1], dtype=kind)
    return laid(of_code, codes)


def author_codes(pairs: pd.DataFrame, rows: Rows) -> tuple[Codes, Codes]:
    """Number the authors of some replies, and those answered, in the order of their names, without gaps.

    Examples
    --------
    >>> pairs = pd.DataFrame({"author": ["c", "a"], "parent_author": ["a", "d"]})
    >>> [codes.tolist() for codes in author_codes(pairs, slice(None))]
    [[1, 0], [0, 2]]
    """
    a, b = pairs["author"], pairs["parent_author"]
    if isinstance(a.dtype, pd.CategoricalDtype) and a.dtype == b.dtype and a.dtype.ordered:
        senders, receivers = (_of_rows(column.cat.codes.to_numpy(), rows) for column in (a, b))
    else:
        both = cluster_codes(pd.concat([a, b], ignore_index=True)).astype(np.int32)
        senders, receivers = both[: len(a)][rows], both[len(a) :][rows]
    there = np.zeros(max(int(senders.max(initial=-1)), int(receivers.max(initial=-1))) + 1, dtype=bool)
    for codes in (senders, receivers):
        for part in parts(len(codes)):
            there[codes[part]] = True
    place = np.cumsum(there, dtype=np.int32) - np.int32(1)
    return laid(place, senders), laid(place, receivers)


def _of_rows(values: NDArray[Any], rows: Rows) -> NDArray[Any]:
    return values[rows] if isinstance(rows, slice) else laid(values, rows)


def _in_threads(pairs: pd.DataFrame, rows: Rows, senders: Places, receivers: Places) -> _Units:
    """Number the authors of each thread; who opened it stands outside."""
    threads = _of_rows(narrow_codes(in_text_order(pairs["thread_id"]).cat.codes.to_numpy()), rows)
    by, to = author_codes(pairs, rows)
    opens = places(_of_rows(pairs["parent_opens"].to_numpy(dtype=bool), rows))[::-1]
    opener = np.full(int(threads.max(initial=-1)) + 2, -1, dtype=np.int32)
    opener[threads[opens]] = to[opens]  # of several the first, which is written last
    opener[-1] = -1
    order = room(len(threads), np.int32)
    order[:] = np.argsort(threads)
    looked()
    n_units, found_of = 0, [room(2 * len(by), kind) for kind in (np.int32, senders.dtype, np.bool_)]
    width = max(int(by.max(initial=0)), int(to.max(initial=0))) + 1
    for start, stop in _whole_threads(threads, order):
        at = order[start:stop]
        first = threads[at].astype(np.int64) * width
        cells, found = np.unique(np.concatenate([first + by[at], first + to[at]]), return_inverse=True)
        labels = np.zeros(len(cells), dtype=senders.dtype)
        labels[found] = np.concatenate([senders[at], receivers[at]])
        thread = (cells // width).astype(np.int32)
        fixed = cells - thread * np.int64(width) == opener[thread]
        for out, part in zip(found_of, (thread, labels, fixed), strict=True):
            out[n_units : n_units + len(cells)] = part
        # who writes and who is answered, from here on as units
        by[at], to[at] = n_units + found[: len(at)], n_units + found[len(at) :]
        n_units += len(cells)
        looked()
    thread, labels, fixed = (out[:n_units] for out in found_of)
    return _with_fixed(by, to, thread, labels, fixed)


def _with_fixed(by: Codes, to: Codes, thread: Codes, labels: Places, fixed: NDArray[np.bool_]) -> _Units:
    """Put openers behind the others, each alone in a stratum: it keeps its group, asking and answered."""
    n_free = len(fixed) - int(np.count_nonzero(fixed))
    n_threads = int(thread.max(initial=-1)) + 1
    place, strata, given = (room(len(fixed), kind) for kind in (np.int32, np.int32, labels.dtype))
    free_to, fixed_to = 0, n_free
    for part in parts(len(fixed)):
        of = fixed[part]
        own, alone = np.flatnonzero(~of), np.flatnonzero(of)
        to_free = np.arange(free_to, free_to + len(own), dtype=np.int32)
        to_fixed = np.arange(fixed_to, fixed_to + len(alone), dtype=np.int32)
        place[part][own], place[part][alone] = to_free, to_fixed
        strata[to_free], strata[to_fixed] = thread[part][own], n_threads - n_free + to_fixed
        given[to_free], given[to_fixed] = labels[part][own], labels[part][alone]
        free_to, fixed_to = free_to + len(own), fixed_to + len(alone)
    return _Units(laid(place, by), laid(place, to), strata, given)


def _whole_threads(threads: Codes, order: Codes) -> Iterator[tuple[int, int]]:
    """Part the replies of threads that lie side by side, so many at a time."""
    start = 0
    while start < len(order):
        stop = min(start + _AT_ONCE, len(order))
        while stop < len(order) and threads[order[stop]] == threads[order[stop - 1]]:
            stop += 1
        yield start, stop
        start = stop


def _in_network(pairs: pd.DataFrame, rows: Rows, senders: Places, receivers: Places) -> _Units:
    """Number all authors, and sort them into strata of like activity."""
    by, to = author_codes(pairs, rows)
    size = max(int(by.max()), int(to.max())) + 1
    labels, opens = np.zeros(size, dtype=senders.dtype), np.zeros(size, dtype=np.int64)
    opened = _of_rows(pairs["parent_opens"].to_numpy(dtype=bool), rows)
    for part in parts(len(by)):
        labels[by[part]], labels[to[part]] = senders[part], receivers[part]
        opens[to[part][opened[part]]] = 1
    busy = np.minimum(np.floor(np.log2(1 + counted(by, size))).astype(np.int64), 4)
    strata = (opens * 5 + busy) * 3 + _third_of_arrival(pairs, rows, by, to, size)
    order = np.argsort(strata, kind="stable")  # those that exchange groups lie side by side
    place = np.empty(size, dtype=np.int32)
    place[order] = np.arange(size, dtype=np.int32)
    return _Units(laid(place, by), laid(place, to), strata[order].astype(np.int32), labels[order])


def _third_of_arrival(pairs: pd.DataFrame, rows: Rows, by: Codes, to: Codes, size: int) -> NDArray[np.int64]:
    if "created_at" not in pairs.columns:
        return np.zeros(size, dtype=np.int64)
    moments = pairs["created_at"]
    newest = (moments if isinstance(rows, slice) else moments.iloc[rows]).max()
    if newest is pd.NaT:
        return np.zeros(size, dtype=np.int64)
    first = np.full(size, np.iinfo(np.int64).max)
    for part in parts(len(by)):
        these = moments.iloc[part if isinstance(rows, slice) else rows[part]]
        times = these.fillna(newest).astype("int64").to_numpy()
        np.minimum.at(first, by[part], times)
        np.minimum.at(first, to[part], times)
    cuts = np.quantile(first, [1 / 3, 2 / 3])
    return np.searchsorted(cuts, first).astype(np.int64)
