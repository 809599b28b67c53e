"""Replies beside what they answer, and the permutations that keep activity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.compare.lookup import rows_of
from discourse.compare.samples import cluster_codes, require_columns
from discourse.errors import NotMeasurable
from discourse.stats.clusters import dense_codes, intersection_codes
from discourse.stats.strata import Strata

Codes = NDArray[np.int64]
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
    known = (above >= 0) & posts["author"].notna().to_numpy(dtype=bool)
    replies = np.flatnonzero(known)
    known = posts["author"].notna().to_numpy(dtype=bool)[above[replies]]
    replies = replies[known]
    author, other = posts["author"].iloc[replies].array, posts["author"].iloc[above[replies]].array
    replies = replies[np.asarray(author != other, dtype=bool)]
    pairs: pd.DataFrame = posts[[*_NEEDED, *carried]].iloc[replies].reset_index(drop=True)
    answered = above[replies]
    for name in ("author", "group", *(n for n in carried if n == "lang")):
        pairs[f"parent_{name}"] = posts[name].iloc[answered].array
    pairs["parent_opens"] = posts["parent_id"].iloc[answered].isna().to_numpy(dtype=bool)
    return pairs


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
        place = {name: i for i, name in enumerate(groups)}
        a, b = (
            np.asarray(pairs[name].map(place).fillna(-1), dtype=np.int64)
            for name in ("group", "parent_group")
        )
        inside = (a >= 0) & (b >= 0)
        if not inside.any():
            raise NotMeasurable(
                "no reply of one of these groups to another was collected with what it answers"
            )
        self.kept = inside
        self.senders: Codes = a[inside]
        self.receivers: Codes = b[inside]
        kept = pairs[inside].reset_index(drop=True)
        units, strata, labels = (_in_threads if kind == "thread" else _in_network)(
            kept, self.senders, self.receivers
        )
        self._sender_unit, self._receiver_unit = units
        self._n_groups = len(groups)
        # units in the order of their strata: those that exchange labels lie side by side
        order = np.argsort(strata, kind="stable")
        place_of = np.empty_like(order)
        place_of[order] = np.arange(order.size)
        self._sender_unit, self._receiver_unit = place_of[units[0]], place_of[units[1]]
        self._strata, self._labels = Strata(strata[order]), labels[order]

    def draws(self, n: int, seed: int) -> Iterator[tuple[Codes, Codes]]:
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
        out = np.empty((n, k * k))
        for row, (senders, receivers) in zip(out, self.draws(n, seed), strict=True):
            senders *= k
            senders += receivers
            row[:] = np.bincount(senders, minlength=k * k)
        return out.reshape(n, k, k)


def _in_threads(
    pairs: pd.DataFrame, senders: Codes, receivers: Codes
) -> tuple[tuple[Codes, Codes], Codes, Codes]:
    """Number the authors of each thread; who opened it stands outside."""
    threads = cluster_codes(pairs["thread_id"])
    opener = pairs.loc[pairs["parent_opens"], ["thread_id", "parent_author"]].drop_duplicates("thread_id")
    opened_by = pairs["thread_id"].map(opener.set_index("thread_id")["parent_author"])
    units = intersection_codes(np.concatenate([threads, threads]), _authors(pairs))
    n = len(pairs)
    labels = np.zeros(units.max() + 1, dtype=np.int64)
    strata = np.zeros(units.max() + 1, dtype=np.int64)
    labels[units] = np.concatenate([senders, receivers])
    strata[units] = np.concatenate([threads, threads])
    # the opener alone in a stratum of its own keeps its group, whether it answers or is answered
    for name, part in (("author", units[:n]), ("parent_author", units[n:])):
        fixed = (pairs[name] == opened_by).to_numpy(dtype=bool)
        strata[part[fixed]] = threads.max() + 1 + part[fixed]
    return (units[:n], units[n:]), strata, labels


def _in_network(
    pairs: pd.DataFrame, senders: Codes, receivers: Codes
) -> tuple[tuple[Codes, Codes], Codes, Codes]:
    """Number all authors, and sort them into strata of like activity."""
    units = _authors(pairs)
    n, size = len(pairs), int(units.max()) + 1
    labels = np.zeros(size, dtype=np.int64)
    labels[units] = np.concatenate([senders, receivers])
    written = np.bincount(units[:n], minlength=size)
    opens = np.zeros(size, dtype=np.int64)
    opens[units[n:][pairs["parent_opens"].to_numpy(dtype=bool)]] = 1
    busy = np.minimum(np.floor(np.log2(1 + written)).astype(np.int64), 4)
    strata = (opens * 5 + busy) * 3 + _third_of_arrival(pairs, units, size)
    return (units[:n], units[n:]), strata, labels


def _authors(pairs: pd.DataFrame) -> Codes:
    """Number all authors: first those who answer, then those who are answered."""
    return dense_codes(cluster_codes(pd.concat([pairs["author"], pairs["parent_author"]], ignore_index=True)))


def _third_of_arrival(pairs: pd.DataFrame, units: Codes, size: int) -> Codes:
    if "created_at" not in pairs.columns or pairs["created_at"].isna().all():
        return np.zeros(size, dtype=np.int64)
    times = pairs["created_at"].fillna(pairs["created_at"].max()).astype("int64").to_numpy()
    first = np.full(size, np.iinfo(np.int64).max)
    np.minimum.at(first, units, np.concatenate([times, times]))
    cuts = np.quantile(first, [1 / 3, 2 / 3])
    return np.searchsorted(cuts, first).astype(np.int64)
