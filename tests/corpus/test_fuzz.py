"""Every made-up export, mutilated: no exception but ours, no hang, counts that add up.

The long run takes a minute an importer; its seeds are the numbers of the examples.
"""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from discourse.corpus.read import read_posts
from discourse.errors import DiscourseError

DATA = Path(__file__).resolve().parents[1] / "data"
EXPORTS = sorted(
    p.relative_to(DATA).as_posix()
    for p in DATA.rglob("*")
    if p.is_file() and p.suffix not in (".py", ".pyc", "")
)
LONG_SECONDS = 60 / len(EXPORTS) * 8


def mutilated(content: bytes, seed: int) -> bytes:
    """Cut, double, swap and overwrite pieces of a file."""
    random_ = random.Random(seed)
    out = bytearray(content)
    for _ in range(random_.randint(1, 6)):
        at, length = random_.randrange(len(out) + 1), random_.choice((1, 1, 2, 8, 64, 500))
        piece = bytes(out[at : at + length])
        act = random_.randrange(5)
        if act == 0:
            del out[at : at + length]
        elif act == 1:
            out[at:at] = piece * random_.randint(1, 4)
        elif act == 2:
            out[at : at + length] = random_.randbytes(len(piece))
        elif act == 3:
            out[at:at] = random_.choice(
                (b'"', b"\x00", b"\xff", b"\n", b"\r", b",", b"{", b"]", b"\xed\xa0\xbd", b"\\ud83d")
            )
        else:
            del out[at:]
        if not out:
            break
    return bytes(out)


def survives(name: str, seed: int, folder: Path) -> None:
    file = folder / Path(name).name
    file.write_bytes(mutilated((DATA / name).read_bytes(), seed))
    try:
        counts = read_posts(file, key=b"k").counts
    except DiscourseError:
        return
    assert counts["read"] == counts["kept"] + counts["duplicates"] + counts["rejected"], (name, seed)


@pytest.mark.parametrize("name", EXPORTS)
def test_a_mutilated_export_is_read_or_refused(name: str, tmp_path: Path) -> None:
    for seed in range(6):
        survives(name, seed, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("name", EXPORTS)
def test_a_mutilated_export_is_read_or_refused_for_long(name: str, tmp_path: Path) -> None:
    until, seed = time.monotonic() + LONG_SECONDS, 100
    while time.monotonic() < until:
        survives(name, seed, tmp_path)
        seed += 1
