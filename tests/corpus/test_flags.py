from __future__ import annotations

import re
from pathlib import Path

from discourse.corpus import batches, door
from discourse.corpus.flags import FLAGS
from discourse.corpus.read import read_posts
from discourse.text.masks import KINDS


def test_every_flag_that_an_import_sets_has_a_meaning(data: Path, key: bytes) -> None:
    assert set(read_posts(data, key=key).counts["flags"]) <= set(FLAGS)
    assert {f"masked-{kind}" for kind in KINDS} <= set(FLAGS)
    assert set(FLAGS) >= batches.DAMAGE


def test_every_meaning_belongs_to_a_flag_that_can_be_set() -> None:
    source = "".join(p.read_text(encoding="utf-8") for p in Path(door.__file__).parent.glob("[!f]*.py"))
    computed = {f"masked-{kind}" for kind in KINDS}
    computed |= {f"{name}-damaged" for name in ("id", "thread", "parent")}
    computed |= {f"{name}-at-least" for name in ("comments", "collects", "shares")}
    for flag in FLAGS:
        assert flag in computed or re.search(f'"{flag}"', source), flag
