"""Where batches lie until an import is settled: in memory, or in files of a temporary folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

import numpy as np

from discourse.corpus.batches import Batch, Numbers

if TYPE_CHECKING:
    import pyarrow as pa


class Shelf:
    """Tables and their keys, each batch under its number.

    Parameters
    ----------
    folder : path, optional
        A folder for them; they stay in memory without one.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._tables: list[pa.Table] = []
        self._keys: dict[str, list[Numbers]] = {}
        self._files: dict[str, IO[bytes]] = {}
        self._starts = [0]

    def __len__(self) -> int:
        return len(self._starts) - 1

    def rows(self, number: int) -> int:
        """Give the number of rows of a batch."""
        return self._starts[number + 1] - self._starts[number]

    def put(self, batch: Batch) -> None:
        """Take a batch in; the first one's number is 0."""
        number = len(self)
        self._starts.append(self._starts[-1] + len(batch.table))
        if self._folder is None:
            self._tables.append(batch.table)
            for name, values in batch.keys.items():
                self._keys.setdefault(name, []).append(values)
            return
        _write(batch.table, self._folder / f"{number}.arrow")
        for name, values in batch.keys.items():
            if name not in self._files:
                self._files[name] = (self._folder / f"{name}.keys").open("w+b")
            file = self._files[name]
            file.seek(0, 2)
            file.write(values.astype(_kind(name)).tobytes())

    def table(self, number: int) -> pa.Table:
        """Give a batch back."""
        if self._folder is None:
            return self._tables[number]
        import pyarrow as pa

        with pa.OSFile(str(self._folder / f"{number}.arrow"), "rb") as file:
            return pa.ipc.open_file(file).read_all()

    def column(self, name: str, order: Sequence[int]) -> Iterator[Numbers]:
        """Give one key of all rows, batch by batch in this order."""
        for number in order:
            if self._folder is None:
                yield self._keys[name][number]
            else:
                yield self._read(name, number)

    def _read(self, name: str, number: int) -> Numbers:
        file, kind = self._files[name], np.dtype(_kind(name))
        file.seek(self._starts[number] * kind.itemsize)
        return np.frombuffer(file.read(self.rows(number) * kind.itemsize), dtype=kind)

    def close(self) -> None:
        """Let go of files."""
        for file in self._files.values():
            file.close()


def _kind(name: str) -> str:
    return "<i8" if name in ("at", "rank") else "<u8"


def _write(table: pa.Table, file: Path) -> None:
    import pyarrow as pa

    options = pa.ipc.IpcWriteOptions(compression="lz4")
    with pa.OSFile(str(file), "wb") as out, pa.ipc.new_file(out, table.schema, options=options) as writer:
        writer.write_table(table)
