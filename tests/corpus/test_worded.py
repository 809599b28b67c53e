from __future__ import annotations

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.corpus.read import import_exports, read_posts
from discourse.corpus.worded import Seen, worded_time

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = dt.datetime(2025, 1, 18, 15, 30, tzinfo=SHANGHAI)
SEEN = Seen(NOW, NOW)


@pytest.mark.parametrize(
    ("text", "local"),
    [
        ("Jan 14, 2025 12:08 PM", "2025-01-14 12:08"),
        ("14 January 2025, 12:08", "2025-01-14 12:08"),
        ("12:08 PM · Jan 14, 2025", "2025-01-14 12:08"),
        ("Tue, 14 Jan 2025 04:08:00 GMT", "2025-01-14 12:08"),
        ("Tue Jan 14 2025 12:08:00 GMT+0800", "2025-01-14 12:08"),
        ("2025-01-14 下午 3:08", "2025-01-14 15:08"),
        ("2025-01-14 上午 12:08", "2025-01-14 00:08"),
        ("2025-01-14 12:08 周二", "2025-01-14 12:08"),
        ("2025年1月14日(火) 12時08分", "2025-01-14 12:08"),
        ("2025년 1월 14일 오후 3:08", "2025-01-14 15:08"),
        ("20250114120800", "2025-01-14 12:08"),
        ("25-1-14 12:08", "2025-01-14 12:08"),
        ("发布于 2025-01-14 12:08 广东", "2025-01-14 12:08"),
    ],
)
def test_reads_a_time_in_words(text: str, local: str) -> None:
    time = worded_time(text, SHANGHAI).time
    assert time.at is not None
    assert time.at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") == local
    assert time.doubt is None


@pytest.mark.parametrize(
    "text", ["Jan 14, 2025", "14 Jan 2025", "May 5th, 2024", "20250114", "2025-01-14 美国"]
)
def test_a_day_alone_leaves_a_day_open(text: str) -> None:
    time = worded_time(text, SHANGHAI).time
    assert (time.doubt, time.flags) == (12.0, ("time-day-only",))


@pytest.mark.parametrize(
    ("text", "local", "doubt"),
    [
        ("刚刚", "2025-01-18 15:29", 1 / 120),
        ("5分钟前", "2025-01-18 15:24", 1 / 120),
        ("2小时前", "2025-01-18 13:00", 0.5),
        ("2 hours ago", "2025-01-18 13:00", 0.5),
        ("an hour ago", "2025-01-18 14:00", 0.5),
        ("昨天 12:30", "2025-01-17 12:30", None),
        ("yesterday at 3:08 PM", "2025-01-17 15:08", None),
        ("前天", "2025-01-16 12:00", 12.0),
        ("3天前", "2025-01-15 07:45", 16.25),  # from 3.65 days before to the end of that date
        ("3d", "2025-01-15 07:45", 16.25),
        ("编辑于 01-15", "2025-01-15 12:00", 12.0),
        ("Jan 5 at 3:08 PM", "2025-01-05 15:08", None),
        ("12-31", "2024-12-31 12:00", 12.0),  # none later than the day of collecting
    ],
)
def test_tells_a_time_from_the_day_of_collecting(text: str, local: str, doubt: float | None) -> None:
    time = worded_time(text, SHANGHAI, seen=SEEN).time
    assert time.at is not None
    assert time.at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") == local
    assert time.doubt == (pytest.approx(doubt) if doubt is not None else None)
    assert "time-relative" in time.flags
    assert worded_time(text, SHANGHAI).time.at is None  # without that day it is unknown
    assert "time-relative" in worded_time(text, SHANGHAI).time.flags


@pytest.mark.parametrize(
    ("text", "days"), [("1周前", 3.5), ("2个月前", 15.2), ("3 years ago", 182.6), ("2025-01", 15.25)]
)
def test_what_leaves_weeks_open_is_unknown_with_its_width(text: str, days: float) -> None:
    time = worded_time(text, SHANGHAI, seen=SEEN).time
    assert time.at is None
    assert time.doubt == pytest.approx(days * 24, rel=0.01)
    assert "time-lost" in time.flags


@pytest.mark.parametrize("text", ["hello", "3 apples", "12:30", "2025-02-31", "3周", "May", "前", "99-99"])
def test_what_is_no_time_stays_unread(text: str) -> None:
    assert "time-unread" in worded_time(text, SHANGHAI, seen=SEEN).time.flags


@pytest.mark.parametrize(("text", "place"), [("01-15美国", "美国"), ("昨天 22:10 日本", "日本"), ("2 hours ago", None), ("12:08 AM", None)])  # fmt: skip
def test_parts_a_place_from_a_time(text: str, place: str | None) -> None:
    assert worded_time(text, SHANGHAI, seen=SEEN).place == place


@given(st.text(alphabet="0123456789 -/:年月日前天小时分周昨今ago MayPM编辑于", max_size=24))
def test_whatever_is_told_is_not_after_it_was_seen(text: str) -> None:
    time = worded_time(text, SHANGHAI, seen=SEEN).time
    if time.at is not None and "time-relative" in time.flags and time.doubt is not None and ":" not in text:
        assert time.at - dt.timedelta(hours=time.doubt) <= NOW + dt.timedelta(days=1)


def test_the_card_or_the_record_says_from_when(tmp_path: Path, key: bytes) -> None:
    file = tmp_path / "comments.csv"
    file.write_text("评论id,评论内容,评论时间\nc1,你好,3天前\nc2,再见,01-15 12:30\n", encoding="utf-8")
    unknown = read_posts(file, key=key).to_pandas()
    assert unknown["created_at"].isna().all()
    known = read_posts(file, key=key, card={"collected": "2025-01-18"}).to_pandas()
    assert known["created_at"].dt.tz_convert(SHANGHAI).dt.day.tolist() == [15, 15]
    told = tmp_path / "told.csv"
    told.write_text("评论id,评论内容,评论时间,采集时间\nc1,你好,2小时前,2025-01-18 15:30\n", encoding="utf-8")
    posts = read_posts(told, key=key, timezone="Asia/Shanghai", card={"collected": "2025-03-01"}).to_pandas()
    assert posts["created_at"].dt.tz_convert(SHANGHAI).dt.strftime("%d %H:%M").tolist() == ["18 13:00"]


def test_a_place_behind_a_time_is_kept(tmp_path: Path, key: bytes) -> None:
    file = tmp_path / "comments.csv"
    file.write_text("评论内容,评论时间地区\n你好,2025-01-15美国\n再见,01-15广东\n", encoding="utf-8")
    posts = read_posts(file, key=key).to_pandas()
    assert posts["ip_location"].tolist() == ["US", "CN-GD"]


def test_saying_the_day_of_collecting_reads_the_files_anew(tmp_path: Path, key: bytes) -> None:
    file, out = tmp_path / "comments.csv", tmp_path / "out"
    file.write_text("评论id,评论内容,评论时间\nc1,你好,3天前\n", encoding="utf-8")
    import_exports(file, out, key=key)
    assert read_posts(out).to_pandas()["created_at"].isna().all()
    told = import_exports(file, out, key=key, card={"collected": "2025-01-18"})
    assert (told["read"], told["kept"]) == (1, 1)
    assert read_posts(out).to_pandas()["created_at"].notna().all()
    assert import_exports(file, out, key=key, card={"collected": "2025-01-18"})["new_files"] == 0


def test_next_weeks_export_leaves_the_times_of_last_weeks_alone(tmp_path: Path, key: bytes) -> None:
    out = tmp_path / "out"
    for week, day in (("one", "2025-01-18"), ("two", "2025-01-25")):
        file = tmp_path / f"{week}.csv"
        file.write_text(f"评论id,评论内容,评论时间\n{week}-long-id-1,你好,昨天 12:30\n", encoding="utf-8")
        import_exports(file, out, key=key, card={"collected": day})
    days = read_posts(out).to_pandas().sort_values("post_id")["created_at"].dt.day.tolist()
    assert days == [17, 24]
