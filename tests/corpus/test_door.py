"""What comes in at the door, and what stays outside."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.corpus.door import Door
from discourse.corpus.importers.base import Post, Unreadable


def admit(post: Post, **settings: Any) -> dict[str, Any]:
    return Door(b"key", **settings).admit(post, 2)


def post(**changes: Any) -> Post:
    values: dict[str, Any] = {"post_id": "n1", "kind": "post", "text": "hello there"}
    return Post(**(values | changes))


def test_contact_details_become_placeholders_and_the_fact_stays() -> None:
    row = admit(post(text="call 13812345678 or a@b.com @someone", title="see https://x.example/u"))
    assert row["text"] == "call [phone] or [email] @user"
    assert row["title"] == "see [url]"
    assert row["flags"] == ["masked-email", "masked-mention", "masked-phone", "masked-url"]


@pytest.mark.parametrize(
    ("title", "text", "kept"),
    [
        ("cats", "cats", None),
        ("cats ", "  cats", None),
        ("x" * 255, "x" * 255 + " and more", None),
        ("cats", "cats and dogs", "cats"),
        ("无标题", "cats", None),
        ("", "cats", None),
        ("cats", "", "cats"),
    ],
)
def test_a_title_that_repeats_the_text_is_not_counted_twice(title: str, text: str, kept: str | None) -> None:
    assert admit(post(title=title, text=text))["title"] == kept


def test_a_post_of_a_picture_is_kept_and_flagged() -> None:
    row = admit(post(text=None, author="u1"))
    assert row["text"] == ""
    assert row["flags"] == ["no-text"]


@pytest.mark.parametrize(
    "said",
    [
        {"post_id": "连接超时，导出中断"},
        {"post_id": "2025-01-18 12:00:01", "time": "123 - INFO - timed out", "place": " retrying"},
        {"post_id": "Traceback (most recent call last):", "text": "  ", "docvars": {"keyword": ""}},
    ],
)
@pytest.mark.parametrize("kind", ["post", "comment"])
def test_a_line_of_a_log_in_the_column_of_ids_is_no_post(said: dict[str, Any], kind: str) -> None:
    door = Door(b"key")
    with pytest.raises(Unreadable, match="nothing but an id"):
        door.admit(Post(**({"kind": kind, "text": None} | said)), 2)
    assert not door.unknown_places


@pytest.mark.parametrize(
    "known",
    [
        {"author": "u1"},
        {"author_hash": "ab12"},
        {"time": "2025-01-18 12:00"},
        {"title": "cats"},
        {"thread_id": "n0"},
        {"parent_id": "n0"},
        {"likes": "3"},
        {"hashtags": ["cats"]},
        {"docvars": {"medium": "picture"}},
    ],
)
def test_one_thing_beside_the_id_makes_a_post_of_it(known: dict[str, Any]) -> None:
    assert admit(post(text="", **known))["post_id"] == "n1"


def test_hashtags_come_from_text_and_export_once_each() -> None:
    row = admit(post(text="看 #猫税[话题]# and #cats", hashtags=["猫税", "dogs"]))
    assert row["hashtags"] == ["猫税", "cats", "dogs"]


def test_a_question_mark_from_a_lossy_file_is_a_doubt() -> None:
    assert admit(post(text="好??"), loses_emoji=True)["flags"] == ["emoji-maybe-lost"]
    assert admit(post(text="好"), loses_emoji=True)["flags"] == []
    assert admit(post(text="好??"))["flags"] == []


def test_a_lower_bound_is_said() -> None:
    row = admit(post(likes="1万+", shares="10+", comments=""))
    assert (row["likes"], row["likes_at_least"], row["shares"], row["comments"]) == (10000, True, 10, None)
    assert row["flags"] == ["shares-at-least"]
    assert admit(post())["likes_at_least"] is None


def test_an_unknown_place_is_listed() -> None:
    door = Door(b"key")
    for place in ("火星", "火星", "广东", "未知", None):
        door.admit(post(place=place), 1)
    assert door.unknown_places == {"火星": 2}


@pytest.mark.parametrize("address", ["192.168.1.7", "2001:db8::1", "10.0.0.1:8080"])
def test_the_address_of_a_person_stays_outside(address: str) -> None:
    door = Door(b"key")
    row = door.admit(post(place=address), 1)
    assert row["ip_location"] is None
    assert not door.unknown_places
    assert address not in json.dumps(row)


def test_a_damaged_author_is_nobody_rather_than_somebody_else() -> None:
    row = admit(post(author="5.1E+23"))
    assert row["author"] is None
    assert row["flags"] == ["author-damaged"]


def test_equal_records_without_an_id_stay_two_posts() -> None:
    door = Door(b"key")
    ids = [door.admit(post(post_id="6.86E+23"), n)["post_id"] for n in (1, 2)]
    again = Door(b"key").admit(post(post_id="6.86E+23"), 9)["post_id"]
    assert ids[0] != ids[1]
    assert again == ids[0]  # the same record in another file is the same post


def test_a_post_opens_its_thread_and_a_comment_answers() -> None:
    assert admit(post(parent_id="x"))["parent_id"] is None
    assert admit(post())["thread_id"] == "n1"
    row = admit(post(post_id="c1", kind="reply", thread_id="n1", parent_id="c0"))
    assert (row["thread_id"], row["parent_id"]) == ("n1", "c0")


def test_a_thread_named_by_a_sentence_gets_a_sign() -> None:
    row = admit(post(thread_id="What do you think of this?"))
    assert row["thread_id"].startswith("t-")


def test_docvars_hold_no_person() -> None:
    row = admit(
        post(docvars={"nickname": "x", "note_url": "u", "xsec_token": "t", "topic": "cats", "empty": ""})
    )
    assert json.loads(row["docvars"]) == {"topic": "cats"}


def test_docvars_are_masked_too() -> None:
    assert json.loads(admit(post(docvars={"note": "13812345678"}))["docvars"]) == {"note": "[phone]"}


def test_constants_are_added_and_platform_is_a_column() -> None:
    row = admit(post(), docvars={"platform": "reddit", "wave": 2})
    assert row["platform"] == "reddit"
    assert json.loads(row["docvars"]) == {"wave": 2}


def test_a_lost_time_is_read_from_the_id_only_on_demand() -> None:
    lost = post(post_id="6785e3500000000002000001", platform="xiaohongshu", time="1.74E+12")
    assert admit(lost)["created_at"] is None
    row = admit(lost, times_from_ids=True)
    assert row["created_at"].startswith("2025-01-14T04:08:48")
    assert row["flags"] == ["time-from-id"]


def test_a_record_with_nothing_in_it_is_rejected() -> None:
    with pytest.raises(Unreadable):
        admit(post(post_id="", text=" "))
    with pytest.raises(Unreadable):
        admit(post(kind="story"))


def test_a_half_emoji_in_an_id_or_a_key_can_be_written() -> None:
    row = admit(post(post_id="a\ud83d", author="\ud83d", platform="\ud83d", docvars={"k\ud83d": "v"}))
    json.dumps(row, ensure_ascii=False).encode("utf-8")


@given(st.text(), st.text(), st.text(), st.text())
def test_any_text_comes_in_and_can_be_written(text: str, title: str, author: str, place: str) -> None:
    row = admit(post(text=text, title=title, author=author, place=place, thread_id="t", docvars={"x": text}))
    json.dumps(row, ensure_ascii=False).encode("utf-8")
    assert row["author"] is None or row["author"].startswith("a-")
