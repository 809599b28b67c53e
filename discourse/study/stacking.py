"""Columns that come part by part, put behind one another in files as they come.

Nothing is held of a part once it is written, so that memory is set by the part and not by the corpus.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

if TYPE_CHECKING:
    from mmap import mmap

#: Masked columns as pandas holds them.
MASKED: dict[str, Any] = {
    "Int64": pd.arrays.IntegerArray,
    "Float64": pd.arrays.FloatingArray,
    "boolean": pd.arrays.BooleanArray,
}
Writing = Callable[[Path | None], AbstractContextManager[Path]]
Opened = Callable[[Path], "mmap"]


class Growing:
    """One file of numbers that grows.

    Parameters
    ----------
    writing : callable
        Gives a file to write to, a fresh one for None.
    opened : callable
        Maps a file into memory.
    """

    def __init__(self, writing: Writing, opened: Opened) -> None:
        self._writing, self._opened = writing, opened
        self._file: Path | None = None
        self._size = 0

    def add(self, values: NDArray[Any] | memoryview) -> None:
        """Put values behind those before."""
        held: Any = np.ascontiguousarray(values)
        plain = memoryview(held).cast("B") if len(values) else memoryview(b"")
        with self._writing(self._file) as file:
            self._file = file
            with file.open("ab") as out:
                out.write(plain)
        self._size += plain.nbytes

    def buffer(self) -> Any:
        """Give what was written, mapped."""
        if self._file is None or not self._size:
            return b""
        return self._opened(self._file)

    def array(self, dtype: Any) -> NDArray[Any]:
        """Give what was written as numbers."""
        return np.frombuffer(self.buffer(), dtype=dtype)


class Stack:
    """One column of a table, part behind part.

    Parameters
    ----------
    first : Series
        Its first part, which says of what kind it is; not taken in yet.
    writing, opened : callable
        As in :class:`Growing`.
    """

    def __init__(self, first: pd.Series[Any], writing: Writing, opened: Opened) -> None:
        self._first, self._dtype, self._name = first.iloc[:1], first.dtype, first.name
        self._like: Any = self._first.array
        self._kind = _kind(first)
        self._values, self._marks = Growing(writing, opened), Growing(writing, opened)
        self._ends, self._last = Growing(writing, opened), 0
        self._known: list[NDArray[np.bool_]] = []
        self._parts: list[pd.Series[Any]] = []
        self._lists: dict[tuple[Any, ...], Any] = {}
        self._n = 0

    def add(self, part: pd.Series[Any]) -> None:
        """Put a part behind those before."""
        if not len(part):
            return
        if part.dtype != self._dtype:
            part = part.astype(self._dtype)
        held: Any = part.array
        self._n += len(part)
        if self._kind == "text":
            for chunk in pa.chunked_array(held.__arrow_array__()).chunks:
                self._text(chunk.cast(pa.large_string()))
        elif self._kind == "masked":
            self._values.add(held._data)
            self._marks.add(held._mask)
        elif self._kind == "time":
            self._values.add(held.asi8)
        elif self._kind == "number":
            self._values.add(part.to_numpy())
        else:
            self._parts.append(shared(part, self._lists))

    def _text(self, chunk: Any) -> None:
        _, ends, data = chunk.buffers()
        edges = np.frombuffer(ends, dtype=np.int64)[chunk.offset : chunk.offset + len(chunk) + 1]
        if not len(edges):
            return
        if not self._known:
            self._ends.add(edges[:1] * 0)  # the end of nothing, which no part brings
        if data is not None:
            self._values.add(memoryview(data)[int(edges[0]) : int(edges[-1])])
        self._ends.add(edges[1:] - edges[0] + self._last)
        self._last += int(edges[-1] - edges[0])
        self._known.append(chunk.is_valid().to_numpy(zero_copy_only=False))

    def series(self) -> pd.Series[Any]:
        """Give the whole column; its index counts from 0."""
        if not self._n:
            return self._first.iloc[:0].reset_index(drop=True)
        if self._kind == "held":
            whole: pd.Series[Any] = pd.concat(self._parts, ignore_index=True)
            return whole
        return pd.Series(self._array(), name=self._name, copy=False)

    def _array(self) -> Any:
        if self._kind == "text":
            return self._texts()
        if self._kind == "masked":
            values = self._values.array(self._like._data.dtype)
            return type(self._like)(values, self._marks.array(np.bool_))
        if self._kind == "time":
            return times_of(self._values.array(np.int64), self._dtype)
        return self._values.array(self._dtype)

    def _texts(self) -> Any:
        known = np.concatenate(self._known)
        marks = None if known.all() else pa.py_buffer(np.packbits(known, bitorder="little"))
        ends, values = pa.py_buffer(self._ends.buffer()), pa.py_buffer(self._values.buffer())
        laid = pa.LargeStringArray.from_buffers(self._n, ends, values, marks, int((~known).sum()))
        return type(self._like)(pa.chunked_array([laid]), dtype=self._dtype)


def stacked(
    parts: Iterable[pd.DataFrame], writing: Writing, opened: Opened
) -> dict[str, pd.Series[Any]] | None:
    """Put tables behind one another, column by column.

    Parameters
    ----------
    parts : iterable of DataFrame
        With the same columns; each is let go of before the next is asked for.
    writing, opened : callable
        As in :class:`Growing`.

    Returns
    -------
    dict of str to Series, or None
        Each column with an index from 0; None where there is no part.
    """
    stacks: dict[str, Stack] = {}
    for part in parts:
        for name in part.columns:
            if name not in stacks:
                stacks[name] = Stack(part[name], writing, opened)
            stacks[name].add(part[name])
    if not stacks:
        return None
    return {name: stack.series() for name, stack in stacks.items()}


def shared(series: pd.Series[Any], known: dict[tuple[Any, ...], Any] | None = None) -> pd.Series[Any]:
    """Let rows with equal lists share one of them; where they do already, give the column itself.

    Parameters
    ----------
    series : Series
        A column; one without lists is given back.
    known : dict, optional
        Lists met before, to which those of this column are added.
    """
    if series.dtype != object:
        return series
    known = {} if known is None else known
    if all(known.setdefault(tuple(v), v) is v for v in series if isinstance(v, list)):
        return series
    values = [known.setdefault(tuple(v), v) if isinstance(v, list) else v for v in series]
    return pd.Series(values, dtype=object, index=series.index, name=series.name)


def times_of(numbers: NDArray[np.int64], dtype: Any) -> Any:
    """Give moments that lie as numbers where they lie."""
    return pd.array(numbers, dtype=dtype, copy=False)  # of all ways the one that makes no copy


def _kind(series: pd.Series[Any]) -> str:
    if isinstance(series.array, pd.arrays.ArrowStringArray):
        return "text"
    if str(series.dtype) in MASKED:
        return "masked"
    if isinstance(series.dtype, pd.DatetimeTZDtype):
        return "time"
    return "number" if isinstance(series.dtype, np.dtype) and series.dtype.kind in "iufb" else "held"
