from __future__ import annotations

from collections import Counter

import numpy as np

from discourse.corpus.batches import UNKNOWN_TIME, batch_of, numbered
from discourse.corpus.duplicates import text_key


def row(**changed: object) -> dict[str, object]:
    plain = {"post_id": "p", "thread_id": "t", "parent_id": None, "kind": "comment", "text": "x", "title": None,
             "created_at": None, "flags": [], "hashtags": [], "source_file": "f", "platform": "x", "author": None}  # fmt: skip
    return plain | changed


def test_two_rows_are_one_post_by_platform_family_and_id() -> None:
    key = batch_of([row(), row(kind="reply"), row(kind="post"), row(platform="y"), row(post_id="q")]).keys[
        "key"
    ]
    assert key[0] == key[1]
    assert len(set(key.tolist())) == 4


def test_a_weak_id_counts_with_what_the_row_says() -> None:
    key = batch_of([row(weak=True), row(weak=True, text="y"), row(weak=True)]).keys["key"]
    assert key[0] == key[2] != key[1]


def test_what_tells_more_ranks_before_and_damage_behind() -> None:
    rank = batch_of([row(), row(title="t"), row(text="xx"), row(flags=["time-lost"]), row(lossy=True)]).keys[
        "rank"
    ]
    assert np.argsort(rank).tolist() == [1, 2, 0, 4, 3]


def test_marks_of_an_earlier_import_tell_nothing() -> None:
    rank = batch_of([row(), row(duplicate_of="p0", twin_of="p1")]).keys["rank"]
    assert rank[0] == rank[1]


def test_unknown_times_parents_and_short_texts_have_their_signs() -> None:
    keys = batch_of([row(), row(parent_id="p", text="long enough to be a copy")]).keys
    assert keys["at"][0] == UNKNOWN_TIME
    assert keys["parent"].tolist() == [0, keys["own"][0]]
    assert keys["text"][0] == keys["text2"][0] == 0
    known = text_key("long enough to be a copy")
    assert known is not None
    assert int(keys["text"][1]).to_bytes(8, "little") + int(keys["text2"][1]).to_bytes(8, "little") == known


def test_made_ids_count_on_from_the_batches_before() -> None:
    before: Counter[str] = Counter()
    pieces = [
        [row(post_id="x-d-1", thread_id="x-d-1"), row(post_id="own")],
        [row(post_id="x-d-1"), row(post_id="x-d-2")],
    ]
    first = numbered(batch_of(pieces[0]), {0: "d"}, before)
    second = numbered(batch_of(pieces[1]), {0: "d", 1: "d"}, before)
    whole = batch_of([*pieces[0], row(post_id="x-d-2"), row(post_id="x-d-3")])
    for name in whole.keys:
        assert np.array_equal(np.concatenate([first.keys[name], second.keys[name]]), whole.keys[name]), name
    assert second.table.column("post_id").to_pylist() == ["x-d-2", "x-d-3"]
    assert before == {"d": 3}
