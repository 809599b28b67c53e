from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.corpus.tombstones import FILE, Tombstones, read_tombstones, write_tombstones
from discourse.errors import ImportFailed

STONES = Tombstones(b"key").with_person(["a-1"], [("weibo", "p1")])


def row(**more: str | None) -> dict[str, str | None]:
    return {"author": None, "platform": "weibo", "post_id": "x", "thread_id": "x", "parent_id": None} | more


@pytest.mark.parametrize(
    ("changes", "held"),
    [
        ({"author": "a-1"}, True),
        ({"post_id": "p1"}, True),  # the post of somebody whose name this export lost
        ({"author": "a-2"}, False),
        ({"post_id": "p1", "platform": "douyin"}, False),
        ({}, False),
    ],
)
def test_holds_the_person_and_their_posts(changes: dict[str, str], held: bool) -> None:
    assert STONES.holds(row(**changes)) is held


def test_threads_of_a_forgotten_post_hold_together() -> None:
    first, second = row(thread_id="p1", parent_id="p1"), row(post_id="y", thread_id="p1", parent_id="x")
    assert STONES.detach(first)
    assert STONES.detach(second)
    assert first["thread_id"] == first["parent_id"] == second["thread_id"] == STONES.stand_in("weibo", "p1")
    assert second["parent_id"] == "x"
    assert not STONES.detach(row())


@given(st.text(min_size=1), st.text(min_size=1))
def test_without_the_key_nobody_can_be_recognised(author: str, post_id: str) -> None:
    stones = Tombstones(b"key").with_person([author], [("weibo", post_id)])
    other = Tombstones(b"another", stones.authors, stones.posts)
    assert stones.holds(row(author=author))
    assert not other.holds(row(author=author, post_id=post_id))


def test_written_without_names_and_read_back(tmp_path: Path) -> None:
    write_tombstones(tmp_path, STONES)
    text = (tmp_path / FILE).read_text(encoding="utf-8")
    assert "a-1" not in text
    assert "p1" not in text
    assert read_tombstones(tmp_path, b"key") == STONES
    assert not read_tombstones(tmp_path / "nowhere", b"key")


@pytest.mark.parametrize("text", ["", "[]", '{"authors": []}', '{"authors": 1, "posts": []}'])
def test_a_damaged_list_stops_the_import(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(ImportFailed, match="damaged"):
        read_tombstones(tmp_path, b"key")
