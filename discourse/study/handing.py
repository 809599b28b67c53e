"""Texts on their way to another process: as Arrow holds them, and joined where they arrive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray


@dataclass(frozen=True)
class Handed:
    r"""Title and text of some posts.

    Parameters
    ----------
    titles, texts : pyarrow.Array of str
        Each post once.
    places : ndarray of int, optional
        Which of them stands in each row, -1 for none; all in their order without it.

    Examples
    --------
    >>> posts = pd.DataFrame({"title": ["a", None], "text": ["b", "c"]})
    >>> hand(posts).read(), hand(posts, np.array([1, -1, 0, 1])).read()
    (['a\nb', 'c'], ['c', None, 'a\nb', 'c'])
    """

    titles: Any
    texts: Any
    places: NDArray[np.int64] | None = None

    def read(self) -> list[Any]:
        """Give title and text as a reader sees them, one a row; None where nothing stands."""
        titles, texts = self.titles.to_pylist(), self.texts.to_pylist()
        full: list[Any] = [
            f"{title}\n{text or ''}" if title else text or ""
            for title, text in zip(titles, texts, strict=True)
        ]
        if self.places is None:
            return full
        full.append(None)
        return [full[place] for place in self.places.tolist()]


def hand(posts: pd.DataFrame, rows: slice | NDArray[np.int64] = slice(None)) -> Handed:
    """Hand over title and text of some posts.

    Parameters
    ----------
    posts : DataFrame
        Posts with ``title`` and ``text``.
    rows : slice, or ndarray of int
        Which ones, by place; -1 stands for none.  A post that is named several times goes once.

    Returns
    -------
    Handed
        What another process can read.
    """
    if isinstance(rows, slice):
        return Handed(_plain(posts["title"].iloc[rows]), _plain(posts["text"].iloc[rows]))
    used, places = np.unique(rows[rows >= 0], return_inverse=True)
    at = np.full(len(rows), -1, dtype=np.int64)
    at[rows >= 0] = places
    return Handed(_plain(posts["title"].iloc[used]), _plain(posts["text"].iloc[used]), at)


def _plain(column: pd.Series[Any]) -> Any:
    """Give a column as one array of its own: what is a piece of a longer one would go with all of it."""
    held: Any = column.array
    if not isinstance(held, pd.arrays.ArrowStringArray):
        values = column.astype(object)
        return pa.array(values.where(values.notna(), None).tolist(), type=pa.large_string())
    found = pa.chunked_array(held.__arrow_array__())
    return pa.concat_arrays([pa.array([], type=found.type), *found.chunks])
