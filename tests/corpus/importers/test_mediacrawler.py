"""The promise table of MediaCrawler's exports."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from discourse.corpus.importers.base import Context, Unreadable
from discourse.corpus.importers.mediacrawler import MediaCrawler
from discourse.corpus.read import read_posts
from discourse.corpus.records import Record, Sample
from discourse.errors import ImportFailed

NOTE = "6785e3500000000002000001"


def posts(path: Path, key: bytes, **options: Any) -> pd.DataFrame:
    return read_posts(path, key=key, **options).to_pandas()


def test_notes_and_comments_of_a_folder_are_one_thread(data: Path, key: bytes) -> None:
    frame = posts(data / "mediacrawler" / "thread", key).set_index("post_id")
    assert set(frame["thread_id"]) == {NOTE}
    assert frame["kind"].tolist().count("post") == 1
    top = frame.loc["6785e4020000000011000002"]
    answer = frame.loc["6785e4040000000011000004"]
    assert (top["kind"], top["parent_id"]) == ("comment", NOTE)
    assert (answer["kind"], answer["parent_id"]) == ("reply", "6785e4030000000011000003")
    assert (
        answer["author"] == frame.loc[NOTE, "author"]
    )  # the note's author answers: one person, one pseudonym


def test_a_note_as_it_came(data: Path, key: bytes) -> None:
    frame = posts(data / "mediacrawler" / "thread" / "1_search_contents_2025-01-20.csv", key)
    note = frame.iloc[0]
    assert note["text"] == "大家好 这是我的猫😀 #猫税[话题]# \ufeff#TikTok难民[话题]#"
    assert note["title"] == "我的猫税"
    assert note["created_at"] == pd.Timestamp("2025-01-14T04:08:48Z")
    assert (note["likes"], note["likes_at_least"], note["comments"]) == (12000, False, 9)
    assert note["collects"] == 10
    assert pd.isna(note["shares"])
    assert (note["ip_location"], note["platform"]) == ("US", "xiaohongshu")
    assert note["hashtags"] == ["猫税", "TikTok难民"]
    assert note["flags"] == ["collects-at-least"]
    assert json.loads(note["docvars"]) == {"media": "picture", "source_keyword": "TikTok refugee"}


def test_comments_as_they_came(data: Path, key: bytes) -> None:
    frame = posts(data / "mediacrawler" / "thread" / "1_search_comments_2025-01-20.csv", key)
    assert frame["text"].tolist() == [
        "欢迎欢迎，猫真可爱😍 @user 你看",
        "welcome! how do you like it here?",
        "thank you 🥹 加我微信 [wechat]",
        "",
        "同意楼上,\n第二行也是同一条",
    ]
    assert frame["ip_location"].tolist()[:3] == ["CN-GD", "GB", "CN-GD"]
    assert frame["ip_location"].isna().tolist()[3:] == [True, True]
    assert frame["likes"].tolist() == [3, 10000, 3, 3, 3]
    assert frame["likes_at_least"].tolist() == [False, True, False, False, False]
    assert frame["lang"].tolist() == ["zh-Hans", "en", "mixed", "none", "zh-Hans"]
    assert frame["source_line"].tolist() == [2, 3, 4, 5, 6]


@pytest.mark.parametrize("name", ["comments.json", "comments.jsonl"])
def test_every_container_gives_the_same_posts(data: Path, key: bytes, name: str) -> None:
    columns = [
        "post_id",
        "text",
        "author",
        "created_at",
        "likes",
        "ip_location",
        "parent_id",
        "kind",
        "flags",
    ]
    expected = posts(data / "mediacrawler" / "thread" / "1_search_comments_2025-01-20.csv", key)[columns]
    pd.testing.assert_frame_equal(posts(data / "mediacrawler" / name, key)[columns], expected)


def test_the_same_export_saved_by_excel_loses_to_the_sound_one(data: Path, key: bytes) -> None:
    sound = data / "mediacrawler" / "thread" / "1_search_comments_2025-01-20.csv"
    both = read_posts([data / "mediacrawler" / "saved_by_excel.csv", sound], key=key)
    assert (both.counts["read"], both.counts["kept"], both.counts["duplicates"]) == (10, 5, 5)
    assert both.to_pandas()["text"].tolist() == posts(sound, key)["text"].tolist()
    alone = read_posts(data / "mediacrawler" / "saved_by_excel.csv", key=key)
    assert alone.counts["files"][0]["encoding"] == "gb18030"
    assert alone.counts["flags"]["emoji-maybe-lost"] >= 2


def test_damage_is_mended_or_said(data: Path, key: bytes) -> None:
    corpus = read_posts(data / "mediacrawler" / "damaged.csv", key=key)
    counts = corpus.counts
    assert (counts["read"], counts["kept"], counts["duplicates"], counts["rejected"]) == (6, 4, 0, 2)
    assert counts["reasons"] == {"empty record": 1, "repeated header": 1}
    first, second, third, fourth = (row for _, row in corpus.to_pandas().iterrows())
    assert "time-rounded" in first["flags"]
    assert first["created_at"] == pd.Timestamp("2025-01-14T04:46:40Z")
    assert first["created_at_doubt"] == pytest.approx(1.389, abs=1e-3)
    assert second["post_id"] != third["post_id"]  # two posts behind one damaged id stay two
    assert {"id-damaged", "time-lost", "author-damaged"} <= set(second["flags"])
    assert pd.isna(second["created_at"])
    assert pd.isna(second["author"])
    assert {"id-damaged", "parent-damaged", "time-lost"} <= set(third["flags"])
    assert (third["kind"], third["thread_id"]) == ("reply", NOTE)
    assert pd.isna(third["parent_id"])
    assert fourth["post_id"] == "67e10"


def test_a_second_copy_of_a_damaged_file_adds_nothing(data: Path, tmp_path: Path, key: bytes) -> None:
    copy = tmp_path / "copy.csv"
    copy.write_bytes((data / "mediacrawler" / "damaged.csv").read_bytes())
    both = read_posts([data / "mediacrawler" / "damaged.csv", copy], key=key)
    assert (both.counts["kept"], both.counts["duplicates"]) == (4, 4)


def test_the_schema_of_2026_is_read(data: Path, key: bytes) -> None:
    note = posts(data / "mediacrawler" / "notes_2026.csv", key).iloc[0]
    assert note["author"].startswith("a-")
    assert pd.isna(note["ip_location"])
    frame = posts(data / "mediacrawler" / "comments_2026.csv", key)
    assert frame["kind"].tolist() == ["comment", "comment"]
    assert frame["parent_id"].tolist() == [NOTE, NOTE]
    assert frame["author"].nunique() == 2


def test_a_creators_file_holds_no_posts(data: Path, key: bytes) -> None:
    with pytest.raises(ImportFailed, match="profiles of creators"):
        read_posts(data / "mediacrawler" / "creators.csv", key=key)
    both = read_posts(data / "mediacrawler", key=key)
    assert {"file": "creators.csv", "reason": "profiles of creators hold no posts"} in both.counts["skipped"]


def one(record: dict[str, Any]) -> Any:
    (post,) = MediaCrawler().posts(Record(2, record), Context(tuple(record)))
    return post


def test_weibo_douyin_and_bilibili_have_their_own_keys() -> None:
    weibo = {"note_id": "1", "content": "t", "create_time": 1736827728, "create_date_time": "2025-01-14",
             "liked_count": "1", "comments_count": "2", "shared_count": "3", "last_modify_ts": 1}  # fmt: skip
    assert (one(weibo).platform, one(weibo).comments, one(weibo).shares) == ("weibo", "2", "3")
    said = {"comment_id": "c", "create_time": 1, "create_date_time": "", "note_id": "1", "content": "t",
            "comment_like_count": "7", "parent_comment_id": "", "last_modify_ts": 1}  # fmt: skip
    assert (one(said).platform, one(said).likes, one(said).kind) == ("weibo", "7", "comment")
    douyin = {"aweme_id": "9", "title": "t", "desc": "t", "create_time": 1, "liked_count": "1"}
    assert (one(douyin).platform, one(douyin).post_id) == ("douyin", "9")
    under = {"comment_id": "c", "aweme_id": "9", "content": "t", "parent_comment_id": "0"}
    assert (one(under).platform, one(under).thread_id, one(under).parent_id) == ("douyin", "9", "9")
    video = {"video_id": "b", "title": "t", "desc": "d", "video_play_count": "1", "video_share_count": "4"}
    assert (one(video).platform, one(video).shares) == ("bilibili", "4")


@pytest.mark.parametrize("columns", [(), ("id", "text"), ("note_id", "title"), ("comment_id", "body")])
def test_other_tables_are_not_its_own(columns: tuple[str, ...]) -> None:
    assert MediaCrawler().detect(Sample("table", columns, [])) == 0.0


def test_a_profile_is_no_post() -> None:
    profile = {"user_id": "u", "fans": "1", "follows": "2"}
    with pytest.raises(Unreadable, match="profile"):
        one(profile)


def test_a_researchers_own_columns_are_docvars() -> None:
    note = {
        "note_id": "n",
        "title": "t",
        "desc": "d",
        "liked_count": "1",
        "theme": "cats",
        "source_keyword": "",
        "avatar": "x",
    }
    assert one(note).docvars == {"theme": "cats"}


@pytest.mark.parametrize("platform", ["kuaishou", "zhihu", "tieba"])
def test_platforms_with_the_same_names_are_told_apart(data: Path, key: bytes, platform: str) -> None:
    corpus = read_posts(data / "mediacrawler" / platform, key=key)
    frame = corpus.to_pandas()
    assert set(frame["platform"]) == {platform}
    assert frame["created_at"].notna().all()
    (opening,) = frame.loc[frame["kind"] == "post", "post_id"]
    assert set(frame["thread_id"]) == {opening}
    assert corpus.counts["parents_missing"] == 0
    assert not frame["docvars"].fillna("").str.contains("SECRET|编造").any()


def test_an_unknown_site_with_links_to_accounts_is_not_taken_for_xiaohongshu() -> None:
    columns = ("comment_id", "content", "note_id", "publish_time", "user_link")
    assert MediaCrawler().detect(Sample("table", columns, [])) == 0.0


@pytest.mark.parametrize(
    "columns",
    [
        ("user_id", "nickname", "sex", "sign", "avatar", "total_fans", "user_rank"),
        ("creator_hash", "nickname", "fans", "follows"),
    ],
)
def test_profiles_are_refused(columns: tuple[str, ...]) -> None:
    sample = Sample("table", columns, [])
    assert MediaCrawler().detect(sample) > 0.5
    assert MediaCrawler().refuse(sample) is not None
