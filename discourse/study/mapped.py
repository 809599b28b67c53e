"""The columns of a study's posts in files that are read as if they were in memory.

A study of millions of posts goes through them again and again, but looks at a few columns at a time.  What
lies in mapped files takes memory while it is looked at, and is let go of after each step; a small study is
held in memory as it is.  The values are the same either way.
"""

from __future__ import annotations

import ctypes
import gc
import mmap
import os
import sys
import tempfile
import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import DTypeLike, NDArray

from discourse.errors import InputError
from discourse.study.stacking import MASKED, shared, stacked, times_of
from discourse.study.store import making
from discourse.text.token_lists import Tokens, WordLists

if TYPE_CHECKING:
    from discourse.corpus.corpus import Corpus

T = TypeVar("T")
#: Fewer posts are held in memory: they take less of it than the libraries do.
HELD = 50_000
#: Smaller arrays are not worth a file.  Unit: bytes.
_LEAST = 1 << 20
_WIDTHS = {"codes": np.uint8}
_AT_ONCE = 100_000


class Mapped:
    """Where the columns of one study lie.

    Parameters
    ----------
    folder : path or None
        A folder on the disk of the results; the system's temporary one without it.
    n_posts : int
        Posts of the study; of fewer than :data:`HELD` nothing is written.

    Examples
    --------
    >>> mapped = Mapped(None, 1_000_000)
    >>> mapped.frame(pd.DataFrame({"author": ["a", None], "likes": [1, 2]}))["author"].tolist()
    ['a', nan]
    """

    def __init__(self, folder: Path | None = None, n_posts: int = 0) -> None:
        self.used = n_posts >= HELD
        self._where = folder
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._files: list[mmap.mmap] = []
        self._rooms: weakref.WeakSet[mmap.mmap] = weakref.WeakSet()
        self._spans: list[tuple[int, int]] = []

    def frame(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Give a table whose columns lie in files, the same values in the same order."""
        if not self.used:
            return frame
        columns = {name: self.series(frame[name]) for name in frame.columns}
        return pd.DataFrame(columns, index=frame.index, copy=False)

    def posts(self, corpus: Corpus, names: list[str]) -> pd.DataFrame:
        """Give the posts of a corpus, read part by part."""
        return corpus.to_pandas(names) if not self.used else self.stack(corpus.parts(names))

    def stack(self, parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
        """Put tables behind one another with a fresh index; what lies in files is not held."""
        if not self.used:
            return pd.concat(list(parts), ignore_index=True)
        columns = stacked(self._looked(parts), self._writing, self._opened)
        if columns is None:
            raise ValueError("there is no part to put behind another")
        return pd.DataFrame(columns, copy=False)

    def chosen(self, frame: pd.DataFrame, kept: pd.Series) -> pd.DataFrame:
        """Give some of the rows of a table with a fresh index, taken column by column."""
        if kept.all():
            return frame.reset_index(drop=True)
        if not self.used:
            return frame[kept].reset_index(drop=True)
        here = kept.to_numpy(dtype=bool)
        return self.stack(self._pieces(frame, here))

    def _pieces(self, frame: pd.DataFrame, kept: NDArray[np.bool_]) -> Iterator[pd.DataFrame]:
        for at in range(0, len(frame), _AT_ONCE):
            yield frame.iloc[at : at + _AT_ONCE][kept[at : at + _AT_ONCE]]

    def series(self, series: pd.Series[Any]) -> pd.Series[Any]:
        """Give a column that lies in a file; one of a kind that cannot stays in memory."""
        if not self.used or not len(series):
            return series
        held: Any = series.array
        if isinstance(held, pd.arrays.ArrowStringArray):
            laid: Any = self._strings(held, series.name)
        elif str(series.dtype) in MASKED:
            laid = MASKED[str(series.dtype)](self.array(held._data), self.array(held._mask))
        elif isinstance(series.dtype, pd.DatetimeTZDtype):
            laid = self._times(series)
        elif isinstance(series.dtype, np.dtype) and series.dtype.kind in "iufb":
            laid = self.array(series.to_numpy())
        else:
            laid = shared(series).array
        return pd.Series(laid, index=series.index, name=series.name, copy=False)

    def array(self, values: NDArray[Any]) -> NDArray[Any]:
        """Give an array that lies in a file."""
        if not self.used or not values.size or self._lies(values.ctypes.data):
            return values
        with self._writing() as file:
            np.ascontiguousarray(values).tofile(file)
        return np.frombuffer(self._opened(file), dtype=values.dtype).reshape(values.shape)

    def room(self, shape: tuple[int, ...], dtype: DTypeLike) -> NDArray[Any]:
        """Give an array that is yet to be filled and lies in a file; its disk is free when nobody has it."""
        size = prod(shape) * np.dtype(dtype).itemsize
        if not self.used or size < _LEAST:
            return np.empty(shape, dtype)
        with self._writing() as file, file.open("r+b") as handle:
            _reserve(handle.fileno(), size)
            opened = mmap.mmap(handle.fileno(), size)
            with suppress(OSError):  # on Windows a file that is open stays until the run ends
                file.unlink()
        self._rooms.add(opened)
        return np.frombuffer(opened, dtype=dtype).reshape(shape)

    def tokens(self, parts: Iterable[Tokens]) -> Tokens:
        """Put the tokens of several parts behind one another, as :func:`join_tokens` does, in files."""
        from discourse.text.tokens import join_tokens

        if not self.used:
            return join_tokens(list(parts))
        place: dict[str, int] = {}
        files: dict[str, Path] = {}
        for name in ("numbers", "codes", "starts", "stops"):
            with self._writing() as file:
                files[name] = file
        lengths = [np.zeros(1, dtype=np.int64)]
        for part in self._looked(parts):
            new = np.array([place.setdefault(word, len(place)) for word in part.types], dtype=np.uint32)
            numbers = new[part.numbers] if len(new) else part.numbers
            for name, values in (("numbers", numbers), *((n, getattr(part, n)) for n in list(files)[1:])):
                with self._writing(files[name]) as file, file.open("ab") as out:
                    values.tofile(out)
            lengths.append(np.diff(part.offsets))
        offsets = np.cumsum(np.concatenate(lengths))
        found: dict[str, Any] = {
            name: np.frombuffer(self._opened(file) if offsets[-1] else b"", _WIDTHS.get(name, np.uint32))
            for name, file in files.items()
        }
        return Tokens(list(place), offsets=self.array(offsets), **found)

    def lists(self, lists: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
        """Give lists of words whose numbers lie in files."""
        if not self.used or not isinstance(lists, WordLists):
            return lists
        return WordLists(lists.types, self.array(lists.numbers), self.array(lists.offsets))

    def let_go(self) -> None:
        """Hand back the memory of what was looked at, and what freed memory the libraries keep for later."""
        if not self.used:
            return
        self.unlook()
        gc.collect()
        pa.default_memory_pool().release_unused()
        if sys.platform == "linux":
            with suppress(OSError, AttributeError):  # of glibc alone
                ctypes.CDLL(None).malloc_trim(0)

    def unlook(self) -> None:
        """Hand back the memory of what was looked at, of that alone."""
        for file in (*self._files, *self._rooms):
            if hasattr(file, "madvise"):
                file.madvise(mmap.MADV_DONTNEED)

    def _looked(self, parts: Iterable[T]) -> Iterator[T]:
        """Pass parts on, and hand back behind each what was looked at to make it."""
        for part in parts:
            yield part
            self.unlook()

    def _strings(self, held: Any, name: Any) -> Any:
        column = pa.chunked_array(held.__arrow_array__())
        buffers = [buffer for buffer in column.chunk(0).buffers() if buffer is not None and buffer.size]
        if any(self._lies(buffer.address) for buffer in buffers):
            return held
        if name not in ("text", "title"):  # these are read part by part only
            column = column.combine_chunks()
        table = pa.table({"column": column})
        with (
            self._writing() as file,
            pa.OSFile(str(file), "wb") as sink,
            pa.ipc.new_file(sink, table.schema) as writer,
        ):
            writer.write_table(table)
        laid = pa.ipc.open_file(pa.py_buffer(self._opened(file))).read_all().column(0)
        return type(held)(laid, dtype=held.dtype)

    def _times(self, series: pd.Series[Any]) -> Any:
        held: Any = series.array
        return times_of(self.array(held.asi8), series.dtype)

    @contextmanager
    def _writing(self, file: Path | None = None) -> Iterator[Path]:
        """Give a file to write to; a full disk is said as the store says it."""
        try:
            yield file or self._new_file()
        except OSError as error:
            raise InputError(
                f"the store cannot be written ({error.strerror or error})",
                where=str(self._where or tempfile.gettempdir()),
                hint="make room, then give the same command again: it goes on from here",
            ) from error

    def _new_file(self) -> Path:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(
                prefix=making(), dir=self._where, ignore_cleanup_errors=True
            )
        handle, name = tempfile.mkstemp(dir=self._folder.name)
        os.close(handle)
        return Path(name)

    def _opened(self, file: Path) -> mmap.mmap:
        with file.open("rb") as handle:
            opened = mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_COPY)
        self._files.append(opened)
        start = np.frombuffer(opened, dtype=np.uint8).ctypes.data
        self._spans.append((start, start + len(opened)))
        return opened

    def _lies(self, address: int) -> bool:
        rooms = ((start := _address(room), start + len(room)) for room in self._rooms)
        return any(start <= address < stop for start, stop in (*self._spans, *rooms))


def _address(opened: mmap.mmap) -> int:
    return int(np.frombuffer(opened, dtype=np.uint8).ctypes.data)


def _reserve(handle: int, size: int) -> None:
    """Take the disk for a file before it is mapped: what is mapped cannot say that a disk is full."""
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(handle, 0, size)
        return
    blank = bytes(_LEAST)
    for start in range(0, size, _LEAST):
        os.write(handle, blank[: size - start])
