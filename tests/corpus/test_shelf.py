from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from discourse.corpus.batches import batch_of
from discourse.corpus.shelf import Shelf


def rows(first: int, n: int) -> list[dict[str, object]]:
    return [
        {"post_id": f"p{i}", "thread_id": "t", "parent_id": None, "kind": "post", "text": f"text {i}",
         "created_at": "2025-01-14T04:08:48.000000+00:00", "flags": [], "hashtags": ["a"], "source_file": "f",
         "platform": None, "author": None, "title": None}
        for i in range(first, first + n)
    ]  # fmt: skip


@pytest.mark.parametrize("order", [[0, 1, 2], [2, 0, 1]])
def test_disk_and_memory_hold_the_same(tmp_path: Path, order: list[int]) -> None:
    batches = [batch_of(rows(0, 3)), batch_of(rows(3, 1)), batch_of(rows(4, 5))]
    memory, disk = Shelf(), Shelf(tmp_path)
    for batch in batches:
        memory.put(batch)
        disk.put(batch)
    for name in batches[0].keys:
        held = np.concatenate(list(disk.column(name, order)))
        assert np.array_equal(held, np.concatenate(list(memory.column(name, order))))
        assert np.array_equal(held, np.concatenate([batches[n].keys[name] for n in order]))
    for number, batch in enumerate(batches):
        assert disk.table(number).equals(batch.table)
        assert memory.table(number).equals(batch.table)
        assert disk.rows(number) == len(batch.table)
    disk.close()


def test_an_empty_shelf_has_columns(tmp_path: Path) -> None:
    assert list(Shelf().column("key", [])) == list(Shelf(tmp_path).column("at", [])) == []


def test_what_is_put_after_a_look_goes_to_the_end(tmp_path: Path) -> None:
    batches = [batch_of(rows(0, 3)), batch_of(rows(3, 4))]
    disk = Shelf(tmp_path)
    disk.put(batches[0])
    next(iter(disk.column("own", [0])))
    disk.put(batches[1])
    held = np.concatenate(list(disk.column("own", [0, 1])))
    assert np.array_equal(held, np.concatenate([batch.keys["own"] for batch in batches]))
    disk.close()
