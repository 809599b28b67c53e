from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.corpus import jsonlines
from discourse.corpus.records import Record


def read(text: str) -> list[Record]:
    return list(jsonlines.objects(io.StringIO(text, newline="")))


ITEMS: list[dict[str, Any]] = [{"id": "1", "text": "a"}, {"id": "2", "text": "b\nc"}]


@pytest.mark.parametrize(
    "text",
    [
        "".join(json.dumps(i) + "\n" for i in ITEMS),
        "\ufeff" + "\r\n\r\n".join(json.dumps(i) for i in ITEMS),
        json.dumps(ITEMS),
        json.dumps(ITEMS, indent=4),
        json.dumps({"data": ITEMS}),
        json.dumps({"data": {"items": ITEMS}}, indent=2),
    ],
    ids=["lines", "lines with mark and gaps", "array", "pretty array", "wrapped", "wrapped twice"],
)
def test_every_container_gives_the_same_records(text: str) -> None:
    assert [r.values for r in read(text)] == ITEMS


def test_a_record_knows_its_line() -> None:
    assert [r.line for r in read('{"a": 1}\n\n{"a": 2}\n')] == [1, 3]
    assert [r.line for r in read('[\n{"a": 1},\n\n{"a":\n2},\n{"a": 3}]')] == [2, 4, 6]


@pytest.mark.parametrize("bad", ["{broken", "[1, 2", '"text"', "NaN{", "[" * 100_000])
def test_a_bad_line_is_a_reject_and_the_rest_is_read(bad: str) -> None:
    first, middle, last = read(f'{{"a": 1}}\n{bad}\n{{"a": 2}}\n')
    assert (first.values, last.values) == ({"a": 1}, {"a": 2})
    assert middle.broken
    assert middle.line == 2


def test_a_cut_array_keeps_what_was_whole() -> None:
    *whole, rest = read('[{"a": 1}, {"a": 2}, {"a": ')
    assert [r.values for r in whole] == [{"a": 1}, {"a": 2}]
    assert rest.broken is not None
    assert "the rest is lost" in rest.broken


def test_an_array_longer_than_the_window_is_read() -> None:
    items = [{"n": n, "text": "猫" * 3000} for n in range(900)]
    assert [r.values for r in read(json.dumps(items, ensure_ascii=False))] == items


@pytest.mark.parametrize(
    ("text", "json_"), [("{", True), ("[{", True), ("[\n", True), ("[话题],b", False), ("id,text", False)]
)
def test_json_is_told_from_a_table(text: str, json_: bool) -> None:
    assert jsonlines.looks_like_json(io.StringIO(text)) is json_


values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.lists(st.dictionaries(st.text(max_size=5), values, min_size=1, max_size=3), min_size=1, max_size=5))
def test_an_array_comes_back_as_it_was(items: list[dict[str, Any]]) -> None:
    assert [r.values for r in read(json.dumps(items))] == items


A, B = {"note_id": "1", "content": "x"}, {"note_id": "2", "content": "y"}


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([A]) + "\n" + json.dumps([B]),  # two arrays pasted together
        json.dumps(A) + json.dumps(B),  # no line ends
        json.dumps(A, indent=2) + "\n" + json.dumps(B, indent=2),  # mongoexport --pretty
        json.dumps({"1": A, "2": B}),  # by id
        json.dumps({"1": A, "2": B}, indent=2),
        json.dumps({"user": {"id": 5}, "weibo": [A, B]}, indent=4),  # weibo-crawler
        f"[{json.dumps(A)},\n{json.dumps(B)},\n]",
        json.dumps({**A, "note_id": {"$oid": "1"}}) + "\n" + json.dumps(B),
    ],
)
def test_no_object_is_lost_however_they_stand(text: str) -> None:
    assert [record.values for record in read(text)] == [A, B]


def test_a_post_with_a_list_of_pictures_is_one_post() -> None:
    post = {**A, "images": [{"url": "u"}, {"url": "v"}]}
    assert [record.values for record in read(json.dumps(post, indent=2))] == [post]


def test_what_follows_an_object_in_its_line_is_a_reject() -> None:
    first, rest = read(json.dumps(A) + "{broken\n")
    assert first.values == A
    assert rest.broken is not None
