"""Writes the exports in this folder: made-up posts in the shapes and with the damage of real collectors.

Run it again after a change: ``python tests/data/make_exports.py``.  Nobody wrote these posts.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

HERE = Path(__file__).resolve().parent

NOTE = "6785e3500000000002000001"
OTHER = "6785f1700000000002000002"
COMMENTS = [f"6785e4{n:02x}00000000110000{n:02x}" for n in range(1, 10)]
USERS = [f"5f00000000000000010000{n:02x}" for n in range(1, 8)]

NOTES_2025 = ["note_id", "type", "title", "desc", "video_url", "time", "last_update_time", "user_id", "nickname", "avatar", "liked_count", "collected_count", "comment_count", "share_count", "ip_location", "image_list", "tag_list", "last_modify_ts", "note_url", "source_keyword", "xsec_token"]
COMMENTS_2025 = ["comment_id", "create_time", "ip_location", "note_id", "content", "user_id", "nickname", "avatar", "sub_comment_count", "pictures", "parent_comment_id", "last_modify_ts", "like_count"]
NOTES_2026 = ["note_id", "type", "title", "desc", "video_url", "time", "last_update_time", "creator_hash", "nickname", "liked_count", "collected_count", "comment_count", "share_count", "image_list", "tag_list", "last_modify_ts", "note_url", "source_keyword", "xsec_token"]
COMMENTS_2026 = ["comment_id", "create_time", "note_id", "content", "creator_hash", "nickname", "sub_comment_count", "pictures", "parent_comment_id", "last_modify_ts", "like_count"]


def note(**changes: object) -> dict[str, object]:
    """One note in the schema of January 2025."""
    row: dict[str, object] = dict.fromkeys(NOTES_2025, "")
    row |= {
        "note_id": NOTE,
        "type": "normal",
        "title": "我的猫税",
        "desc": "大家好 这是我的猫😀 #猫税[话题]# \ufeff#TikTok难民[话题]#",
        "time": 1736827728000,
        "last_update_time": 0,
        "user_id": USERS[0],
        "nickname": "编造的名字",
        "avatar": "https://example.invalid/a.jpg",
        "liked_count": "1.2万",
        "collected_count": "10+",
        "comment_count": "9",
        "share_count": "",
        "ip_location": "美国",
        "tag_list": "猫税,TikTok难民",
        "last_modify_ts": 1738368000000,
        "note_url": f"https://www.xiaohongshu.com/explore/{NOTE}?xsec_token=SECRET&xsec_source=pc_search",
        "source_keyword": "TikTok refugee",
        "xsec_token": "SECRET",
    }
    return row | changes


def comment(number: int, content: str, **changes: object) -> dict[str, object]:
    """One comment in the schema of January 2025."""
    row: dict[str, object] = dict.fromkeys(COMMENTS_2025, "")
    row |= {
        "comment_id": COMMENTS[number],
        "create_time": 1736827905000 + 60000 * number,
        "ip_location": "广东",
        "note_id": NOTE,
        "content": content,
        "user_id": USERS[number % len(USERS)],
        "nickname": "编造的名字",
        "avatar": "https://example.invalid/a.jpg",
        "sub_comment_count": "0",
        "parent_comment_id": 0,
        "last_modify_ts": 1738368000000,
        "like_count": "3",
    }
    return row | changes


def comments() -> list[dict[str, object]]:
    """A thread: three comments, two replies, one picture without text."""
    return [
        comment(1, "欢迎欢迎，猫真可爱😍 @编造的名字 你看"),
        comment(2, "welcome! how do you like it here?", ip_location="英国", like_count="1万+"),
        comment(3, "thank you 🥹 加我微信 catperson99", parent_comment_id=COMMENTS[2], user_id=USERS[0]),
        comment(4, "", pictures="https://example.invalid/p.jpg", ip_location="未知"),
        comment(5, "同意楼上,\n第二行也是同一条", parent_comment_id=COMMENTS[3], ip_location="火星"),
    ]


def table(columns: list[str], rows: list[dict[str, object]], end: str = "\r\n", mark: str = ",") -> str:
    """A CSV as Python's DictWriter makes it."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, lineterminator=end, delimiter=mark, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def write(name: str, text: str, encoding: str = "utf-8") -> None:
    """Write a file, line ends as they are."""
    path = HERE / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding, "replace"))


def mediacrawler() -> None:
    """Both schemas, four containers, and the damage of spreadsheets."""
    write("mediacrawler/thread/1_search_contents_2025-01-20.csv", table(NOTES_2025, [note()]), "utf-8-sig")
    write(
        "mediacrawler/thread/1_search_comments_2025-01-20.csv", table(COMMENTS_2025, comments()), "utf-8-sig"
    )
    lossy = table(COMMENTS_2025, comments(), "\n")
    write("mediacrawler/saved_by_excel.csv", lossy, "gbk")
    damaged = [
        comment(1, "这条还在", create_time="1.73683E+12"),
        comment(2, "编号没有了 一", comment_id="6.86E+23", create_time="1.74E+12", user_id="5.10E+23"),
        comment(
            3, "编号没有了 二", comment_id="6.86E+23", create_time="1.74E+12", parent_comment_id="6.13E+293"
        ),
        comment(4, "数字一样的编号", comment_id="67e10", create_time="1.74E+12"),
    ]
    body = table(COMMENTS_2025, damaged, "\n")
    header, rest = body.split("\n", 1)
    write(
        "mediacrawler/damaged.csv",
        f"feature,{header}\n"
        + "".join(f"x,{line}\n" for line in rest.splitlines())
        + f"x,{header}\n"
        + "," * 13
        + "\r\n",
    )
    fresh = note(creator_hash="3b59f3c4a7d01c11", nickname="编***字")
    new = [
        comment(n, t) | {"creator_hash": f"00000000000000{n:02x}", "parent_comment_id": ""}
        for n, t in ((1, "新版的第一条评论"), (2, "新版的第二条评论"))
    ]
    write("mediacrawler/notes_2026.csv", table(NOTES_2026, [fresh]), "utf-8-sig")
    write("mediacrawler/comments_2026.csv", table(COMMENTS_2026, new), "utf-8-sig")
    write("mediacrawler/comments.json", json.dumps(comments(), ensure_ascii=False, indent=4))
    write(
        "mediacrawler/comments.jsonl", "".join(json.dumps(c, ensure_ascii=False) + "\n" for c in comments())
    )
    creators = (
        "user_id,nickname,gender,avatar,desc,ip_location,follows,fans,interaction,tag_list,last_modify_ts\r\n"
    )
    write(
        "mediacrawler/creators.csv",
        creators + f"{USERS[0]},名,女,a,签名,美国,1,2,3,,1738368000000\r\n",
        "utf-8-sig",
    )


def scraper() -> None:
    """The scraper that misspells its column."""
    columns = ["title", "content", "address", "label", "user_name", "user_id", "like_count", "collect_count", "comment_count", "share_count", "create_time", "post_id", "ip_localtion", "post_image", "post_type"]
    rows = [
        ["Hello from Ohio", "Hello from Ohio", "https://www.xiaohongshu.com/user/profile/x", "a#b", "made_up", USERS[1],
         "7.6万", "10+", "1千+", "", "1/14/2025 12:08", NOTE, "U.S.", "", "video"],
        ["Cat tax", "  ", "https://www.xiaohongshu.com/user/profile/x", "", "made_up", USERS[2],
         "3", "0", "0", "0", "13/1/2025 2:36", OTHER, "Narnia", "", "normal"],
    ]  # fmt: skip
    write(
        "xhs_scraper.csv", table(columns, [dict(zip(columns, row, strict=True)) for row in rows]), "utf-8-sig"
    )


def generic() -> None:
    """Tables of hand-made headers, in three encodings, and JSON lines with objects in objects."""
    chinese = ["昵称", "评论内容", "评论时间", "IP属地", "点赞数", "备注"]
    rows = [
        ["编造", "你好，美国朋友", "2025-01-14 20:08:00", "IP属地：浙江", "1,204", "甲"],
        ["编造二", "欢迎来做客😀", "2025年1月15日 9:05", "中国香港", "", "乙"],
    ]
    body = table(chinese, [dict(zip(chinese, row, strict=True)) for row in rows], "\r\n", "\t")
    write("generic/comments_utf16.tsv", "\ufeff" + body, "utf-16-le")
    write(
        "generic/reddit_like.csv",
        "id,kind,author_id,score,created,subreddit,body,thread\n"
        "r1,post,u_a,12,2025-01-14 04:08:00+00:00,cats,First!,What a thread\n"
        'r2,comment,u_b,-3,2025-01-14 05:08:00+00:00,cats,"Second, with ""quotes""",What a thread\n',
    )
    lines = [
        {
            "id": 1876543210987654321,
            "user": {"id": "u1", "name": "x"},
            "message": "nested \ud83d half",
            "ts": 1736827200,
        },
        {"id": 1876543210987654322, "user": {"id": "u2", "name": "y"}, "message": "second", "ts": 1736827201},
    ]
    write("generic/nested.jsonl", "".join(json.dumps(item) + "\n" for item in lines) + "{broken\n")


if __name__ == "__main__":
    mediacrawler()
    scraper()
    generic()
