"""Every made-up export, mutilated: no exception but ours, no hang, no growth, counts that add up.

A few mutilations of each file run by default, and all that once found something (``fuzz_seeds``).  The long
run takes DISCOURSE_FUZZ_SECONDS (60) an importer: ``pytest -m long tests/corpus/test_fuzz.py``.  A failure
names file and seed; add them to ``tests/data/fuzz_seeds/seeds.json``.
"""

from __future__ import annotations

import csv
import faulthandler
import gc
import io
import json
import os
import random
import sqlite3
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from discourse.corpus.read import read_posts
from discourse.errors import DiscourseError

DATA = Path(__file__).resolve().parents[1] / "data"
SEEDS: list[list[Any]] = json.loads((DATA / "fuzz_seeds" / "seeds.json").read_text(encoding="utf-8"))
EXPORTS = sorted(
    p.relative_to(DATA).as_posix()
    for p in DATA.rglob("*")
    if p.is_file() and p.suffix not in (".py", ".pyc", "") and p.parent.name != "fuzz_seeds"
)
IMPORTERS = sorted({name.split("/")[0] for name in EXPORTS})
SECONDS = float(os.environ.get("DISCOURSE_FUZZ_SECONDS", "60"))
SLOW = 20.0
"""Seconds of processor time that no file of a few kilobytes may take."""
GROWTH = 16 << 20
"""Bytes that may be held after hundreds of files beyond what the first ones held (caches)."""

Chance = random.Random
VALUES: tuple[Any, ...] = (
    "", " ", "\x00", "\ufeff", "\ud83d", "\U0001f600" * 50, "null", "NaN", "inf", "-1", "0", "1.75E+12", "6.81E+23",
    "9" * 400, "1" + "0" * 30 + "万+", "1e999", "0x1F", "１２３", "١٢٣", "=1+1", "@user", "[]", "{}", "[[[[", "'",
    '"', '""', "a" * 70_000, "\r\n", "\u2028", "\x85", "2025-13-45 99:99", "0001-01-01", "9999-12-31 23:59:59",
    "31/12/2025 10:00", "1969-12-31", "true", None, True, -0.0, 1e308, 10**40, float("nan"), float("inf"), [], {},
    [None], {"a": {"b": {}}}, ["x"] * 300, "note_id", "content", "http://[::1", "https://x.y/" + "a" * 3000,
)  # fmt: skip
SIGNS = (b'"', b"\x00", b"\xff", b"\n", b"\r", b",", b";", b"\t", b"{", b"}", b"[", b"]", b"\xed\xa0\xbd",
         b"\\ud83d", b"\\u0000", b"\xef\xbb\xbf", b"\xff\xfe", b"\x1f\x8b", b"PK\x03\x04", b"SQLite format 3\x00",
         b"\x81\x30\x81\x30", b"\x1a", b"\x0c", b"1e999")  # fmt: skip


def bytes_changed(content: bytes, chance: Chance) -> bytes:
    """Cut, double, flip and overwrite pieces."""
    out = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        at, length = chance.randrange(len(out) + 1), chance.choice((1, 1, 2, 8, 64, 500))
        piece = bytes(out[at : at + length])
        act = chance.randrange(6)
        if act == 0:
            del out[at : at + length]
        elif act == 1:
            out[at:at] = piece * chance.randint(1, 40)
        elif act == 2:
            out[at : at + length] = chance.randbytes(len(piece))
        elif act == 3:
            out[at:at] = chance.choice(SIGNS)
        elif act == 4 and at < len(out):
            out[at] ^= 1 << chance.randrange(8)
        else:
            del out[at:]
    return bytes(out)


def lines_moved(content: bytes, chance: Chance) -> bytes:
    lines = content.splitlines(keepends=True)
    for _ in range(chance.randint(1, 5)):
        a, b = (chance.randrange(len(lines)) for _ in range(2)) if lines else (0, 0)
        act = chance.randrange(4)
        if not lines:
            break
        if act == 0:
            lines[a], lines[b] = lines[b], lines[a]
        elif act == 1:
            lines.insert(a, lines[b])
        elif act == 2:
            lines[a] = lines[a].rstrip(b"\r\n")
        else:
            chance.shuffle(lines)
    return b"".join(lines)


def encoded_anew(content: bytes, chance: Chance) -> bytes:
    text = content.decode("utf-8", "replace")
    name = chance.choice(("utf-16", "utf-16-be", "utf-32", "gb18030", "big5", "cp1252", "utf-7", "utf-8-sig"))
    changed = text.encode(name, "replace")
    return changed if chance.random() < 0.7 else bytes_changed(changed, chance)


def value(chance: Chance) -> Any:
    return chance.choice(VALUES)


def cells_changed(content: bytes, chance: Chance) -> bytes:
    """Swap and replace cells of a delimited table."""
    text = content.decode("utf-8", "replace")
    delimiter = max(",;\t", key=text.split("\n", 1)[0].count)
    try:
        rows = list(csv.reader(io.StringIO(text.replace("\x00", "")), delimiter=delimiter))
    except csv.Error:
        return bytes_changed(content, chance)
    for _ in range(chance.randint(1, 8)):
        row = chance.choice(rows) if rows else []
        if row:
            at = chance.randrange(len(row))
            row[at] = str(value(chance)) if chance.random() < 0.7 else chance.choice(row)
            if chance.random() < 0.1:
                row.extend(["x"] * chance.choice((1, 3, 2_000)))
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode("utf-8", chance.choice(("replace", "surrogatepass")))


def objects_changed(content: bytes, chance: Chance) -> bytes:
    """Replace, drop, nest and swap values of JSON objects."""
    out = []
    for line in content.decode("utf-8", "replace").splitlines() or [""]:
        try:
            item = json.loads(line)
        except ValueError:
            out.append(line)
            continue
        for _ in range(chance.randint(0, 4)):
            item = changed_inside(item, chance)
        out.append(json.dumps(item, ensure_ascii=chance.random() < 0.5))
    return "\n".join(out).encode("utf-8", "surrogatepass")


def changed_inside(item: Any, chance: Chance) -> Any:
    act = chance.random()
    if act < 0.03:
        depth = chance.choice((5, 200, 5_000))
        for _ in range(min(depth, 400)):
            item = [item] if chance.random() < 0.5 else {"data": item}
        return item
    if isinstance(item, dict) and item:
        key = chance.choice(sorted(item))
        if act < 0.15:
            return {k: v for k, v in item.items() if k != key}
        return item | {key: changed_inside(item[key], chance)}
    if isinstance(item, list) and item:
        at = chance.randrange(len(item))
        return [*item[:at], changed_inside(item[at], chance), *item[at + 1 :]]
    return value(chance)


def deep(content: bytes, chance: Chance) -> bytes:
    """Brackets deeper than any reader's stack, at some line."""
    lines = content.splitlines(keepends=True) or [b""]
    opening = chance.choice((b"[", b'{"a":', b'{"data":['))
    lines.insert(chance.randrange(len(lines) + 1), opening * chance.choice((100, 2_000, 200_000)) + b"\n")
    return b"".join(lines)


def workbook_changed(content: bytes, chance: Chance) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book.worksheets:
        for _ in range(chance.randint(1, 8)):
            row = chance.randint(1, sheet.max_row + 1)
            cell = sheet.cell(row, chance.randint(1, sheet.max_column + 1))
            new = value(chance)
            try:
                cell.value = new if isinstance(new, int | float | bool) or new is None else str(new)[:32_000]
            except ValueError:  # openpyxl itself writes no control characters
                cell.value = "x"
    out = io.BytesIO()
    try:
        book.save(out)
    except (ValueError, UnicodeError, OverflowError):
        return bytes_changed(content, chance)
    return out.getvalue()


def database_changed(content: bytes, chance: Chance) -> bytes:
    db = sqlite3.connect(":memory:")
    try:
        db.deserialize(content)
        for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            columns = [row[1] for row in db.execute(f'PRAGMA table_info("{table}")')]
            for _ in range(chance.randint(1, 6)):
                new: Any = chance.choice(
                    (*[v for v in VALUES if isinstance(v, str | int | float)], b"\xff\x00")
                )
                if isinstance(new, int) and not -(2**63) <= new < 2**63:
                    new = float(new)
                try:
                    db.execute(f'UPDATE OR IGNORE "{table}" SET "{chance.choice(columns)}" = ?', (new,))
                except (UnicodeError, sqlite3.Error):
                    continue
        db.commit()
        return db.serialize()
    finally:
        db.close()


def ways(name: str) -> tuple[Callable[[bytes, Chance], bytes], ...]:
    kind = Path(name).suffix
    if kind == ".xlsx":
        return workbook_changed, workbook_changed, bytes_changed
    if kind == ".db":
        return database_changed, database_changed, bytes_changed
    shape = objects_changed if kind in (".json", ".jsonl", ".ndjson") else cells_changed
    return shape, shape, shape, bytes_changed, bytes_changed, lines_moved, encoded_anew, deep


def mutilated(name: str, seed: int) -> bytes:
    chance = random.Random(f"{name} {seed}")
    content = (DATA / name).read_bytes()
    for _ in range(chance.choice((1, 1, 2))):
        way = chance.choice(ways(name))
        try:
            content = way(content, chance) if content else b""
        except Exception:  # what is broken already, openpyxl, SQLite and json here cannot open either
            content = bytes_changed(content, chance)
    return content


def survives(name: str, seed: int, folder: Path) -> None:
    file = folder / Path(name).name
    file.write_bytes(mutilated(name, seed))
    start = time.process_time()  # other work on the machine is no hang
    try:
        corpus = read_posts(file, key=b"k")
        counts, posts = corpus.counts, corpus.to_pandas()
    except DiscourseError:
        return
    except Exception as error:
        raise AssertionError(f"{type(error).__name__} from [{name!r}, {seed}]: {error}") from error
    finally:
        assert time.process_time() - start < SLOW, f"too slow: [{name!r}, {seed}]"
    where = (name, seed)
    assert counts["read"] == counts["kept"] + counts["duplicates"] + counts["rejected"], where
    assert len(posts) == counts["kept"], where
    assert posts[["post_id", "thread_id", "kind", "text"]].notna().all().all(), where
    assert len(corpus.rejects) == counts["rejected"], where
    assert len(corpus.fingerprint) == 64, where


@pytest.mark.parametrize("name", EXPORTS)
def test_a_mutilated_export_is_read_or_refused(name: str, tmp_path: Path) -> None:
    for seed in range(6):
        survives(name, seed, tmp_path)


@pytest.mark.parametrize(("name", "seed"), SEEDS)
def test_what_once_broke_an_importer_breaks_it_no_more(name: str, seed: int, tmp_path: Path) -> None:
    survives(name, seed, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("importer", IMPORTERS)
def test_an_importer_survives_for_long(importer: str, tmp_path: Path) -> None:
    names = [name for name in EXPORTS if name.split("/")[0] == importer]
    first = int(os.environ.get("DISCOURSE_FUZZ_FIRST", "1000"))
    until, seed, held = time.monotonic() + SECONDS, first, 0
    tracemalloc.start()
    try:
        while time.monotonic() < until:
            faulthandler.dump_traceback_later(10 * SLOW, exit=True, file=sys.__stderr__)
            survives(names[seed % len(names)], seed, tmp_path)
            seed += 1
            if seed == first + 100:
                gc.collect()
                held = tracemalloc.get_traced_memory()[0]
        gc.collect()
        grown = tracemalloc.get_traced_memory()[0] - held
    finally:
        faulthandler.cancel_dump_traceback_later()
        tracemalloc.stop()
    assert not held or grown < GROWTH, f"{grown:,} bytes more after {seed - first} files"
