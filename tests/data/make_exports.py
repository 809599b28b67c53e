"""Writes the exports in this folder: made-up posts in the shapes and with the damage of real collectors.

Run it again after a change: ``python tests/data/make_exports.py``.  Nobody wrote these posts.
"""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from pathlib import Path

HERE = Path(__file__).resolve().parent

NOTE = "6785e3500000000002000001"
OTHER = "6785f1700000000002000002"
COMMENTS = [f"6785e4{n:02x}00000000110000{n:02x}" for n in range(1, 10)]
USERS = [f"5f00000000000000010000{n:02x}" for n in range(1, 8)]

NOTES_2025 = [
    "note_id",
    "type",
    "title",
    "desc",
    "video_url",
    "time",
    "last_update_time",
    "user_id",
    "nickname",
    "avatar",
    "liked_count",
    "collected_count",
    "comment_count",
    "share_count",
    "ip_location",
    "image_list",
    "tag_list",
    "last_modify_ts",
    "note_url",
    "source_keyword",
    "xsec_token",
]
COMMENTS_2025 = [
    "comment_id",
    "create_time",
    "ip_location",
    "note_id",
    "content",
    "user_id",
    "nickname",
    "avatar",
    "sub_comment_count",
    "pictures",
    "parent_comment_id",
    "last_modify_ts",
    "like_count",
]
NOTES_2026 = [
    "note_id",
    "type",
    "title",
    "desc",
    "video_url",
    "time",
    "last_update_time",
    "creator_hash",
    "nickname",
    "liked_count",
    "collected_count",
    "comment_count",
    "share_count",
    "image_list",
    "tag_list",
    "last_modify_ts",
    "note_url",
    "source_keyword",
    "xsec_token",
]
COMMENTS_2026 = [
    "comment_id",
    "create_time",
    "note_id",
    "content",
    "creator_hash",
    "nickname",
    "sub_comment_count",
    "pictures",
    "parent_comment_id",
    "last_modify_ts",
    "like_count",
]


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
    columns = [
        "title",
        "content",
        "address",
        "label",
        "user_name",
        "user_id",
        "like_count",
        "collect_count",
        "comment_count",
        "share_count",
        "create_time",
        "post_id",
        "ip_localtion",
        "post_image",
        "post_type",
    ]
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


def envelope(platform: str, item: str, data: dict[str, object]) -> str:
    """A line of Zeeschuimer."""
    outer = {
        "nav_index": "1:2:0",
        "item_id": item,
        "timestamp_collected": 1738368000000,
        "source_platform": platform,
        "source_platform_url": "https://example.invalid",
        "source_url": "",
        "user_agent": "made up",
        "data": data,
    }
    return json.dumps(outer, ensure_ascii=False) + "\n"


def person(number: int) -> dict[str, object]:
    """A user as Xiaohongshu's site sends it."""
    return {
        "user_id": USERS[number],
        "nickname": "编造的名字",
        "nick_name": "编造的名字",
        "avatar": "https://example.invalid",
    }


def zeeschuimer() -> None:
    """Notes in four shapes and a stub, comments with replies, TikTok, X, and the way back from 4CAT."""
    searched = {
        "id": NOTE,
        "model_type": "note",
        "xsec_token": "SECRET",
        "note_card": {
            "display_title": "我的猫税",
            "type": "normal",
            "user": person(0),
            "interact_info": {
                "liked_count": "1.2万",
                "collected_count": "3",
                "comment_count": "4",
                "shared_count": "5",
            },
            "corner_tag_info": [{"type": "publish_time", "text": "01-14"}],
        },
    }
    opened = {
        "id": NOTE,
        "model_type": "note",
        "note_card": {
            "title": "我的猫税",
            "desc": "看看我的猫😀 #猫税[话题]#",
            "time": 1736827728000,
            "ip_location": "美国",
            "type": "normal",
            "note_id": NOTE,
            "user": person(0),
            "tag_list": [{"name": "猫税", "type": "topic"}],
            "interact_info": {
                "liked_count": "1.2万",
                "collected_count": "3",
                "comment_count": "4",
                "share_count": "5",
            },
        },
    }
    owned = {
        "id": OTHER,
        "note_id": OTHER,
        "type": "video",
        "display_title": "Homework help",
        "user": person(1),
        "interact_info": {"liked_count": "10+"},
        "xsec_token": "SECRET",
    }
    embedded = {
        "id": "6785f1700000000002000003",
        "note": {
            "title": "State",
            "desc": "from the page itself",
            "time": 1736827728000,
            "ipLocation": "英国",
            "type": "video",
            "user": {"userId": USERS[2], "nickname": "x"},
            "interactInfo": {"likedCount": "7", "shareCount": "1"},
            "tagList": [{"name": "cats"}],
        },
    }
    scraped = {
        "id": "6785f1700000000002000004",
        "_zs-origin": "html",
        "title": "From the page's HTML",
        "likes": "12",
        "author_name": "编造的名字",
        "author_url": "/user/x",
    }
    stub = {"id": "6785f1700000000002000005", "model_type": "ads"}
    name = "xiaohongshu.com"
    write(
        "zeeschuimer/xiaohongshu.ndjson",
        "".join(envelope(name, str(d["id"]), d) for d in (searched, opened, owned, embedded, scraped, stub)),
    )

    def said(number: int, content: str, **more: object) -> dict[str, object]:
        return {
            "id": COMMENTS[number],
            "note_id": NOTE,
            "content": content,
            "create_time": 1736827905000,
            "ip_location": "广东",
            "like_count": "3",
            "user_info": person(number % 7),
            **more,
        }

    top = said(
        1,
        "欢迎！",
        sub_comment_count="2",
        sub_comments=[
            said(2, "谢谢你", target_comment={"id": COMMENTS[1], "user_info": person(1)}),
            said(3, "回复谢谢", target_comment={"id": COMMENTS[2], "user_info": person(2)}),
        ],
    )
    alone = said(4, "没有人回复", sub_comment_count="0", sub_comments=[], pictures=[{"url_default": "x"}])
    write(
        "zeeschuimer/xiaohongshu_comments.ndjson",
        "".join(envelope("xiaohongshu-comments", str(d["id"]), d) for d in (top, alone)) + "{cut off\n",
    )
    clip = {
        "id": "7460000000000000001",
        "desc": "packing my bags #tiktokban",
        "createTime": 1736827728,
        "author": {"id": "6900000000000000001", "uniqueId": "made_up", "nickname": "Made Up"},
        "stats": {"diggCount": 12, "commentCount": 3, "shareCount": 1, "playCount": 100},
        "textExtra": [{"hashtagName": "tiktokban"}],
        "challenges": [{"title": "tiktokban"}],
        "textLanguage": "en",
    }
    words = [
        {
            "cid": "c1",
            "id": "c1",
            "aweme_id": "7460000000000000001",
            "text": "see you there",
            "reply_id": "0",
            "create_time": 1736827800,
            "digg_count": 2,
            "user": {"uid": "69", "unique_id": "made_up", "nickname": "M"},
        },
        {
            "cid": "c2",
            "id": "c2",
            "aweme_id": "7460000000000000001",
            "text": "same",
            "reply_id": "c1",
            "create_time": 1736827900,
            "digg_count": 0,
            "user": {"uid": "70", "unique_id": "made_up2", "nickname": "N"},
        },
    ]
    write(
        "zeeschuimer/tiktok.ndjson",
        envelope("tiktok.com", "7460000000000000001", clip)
        + "".join(envelope("tiktok-comments", str(d["cid"]), d) for d in words),
    )

    def tweet(own: str, text: str, **legacy: object) -> dict[str, object]:
        base = {
            "full_text": text,
            "created_at": "Tue Jan 14 04:08:48 +0000 2025",
            "favorite_count": 5,
            "lang": "en",
            "retweet_count": 1,
            "reply_count": 2,
            "conversation_id_str": "1879000000000000001",
            "user_id_str": "42",
            "entities": {"hashtags": []},
        }
        return {
            "rest_id": own,
            "legacy": base | legacy,
            "core": {"user_results": {"result": {"rest_id": "42"}}},
        }

    first = tweet("1879000000000000001", "they are all on rednote &amp; happy @made_up https://t.co/x")
    long = tweet("1879000000000000002", "cut", in_reply_to_status_id_str="1879000000000000001") | {
        "note_tweet": {"note_tweet_results": {"result": {"text": "a long one, whole"}}}
    }
    passed = tweet(
        "1879000000000000003",
        "RT @made_up: they are",
        conversation_id_str="1879000000000000003",
        retweeted_status_result={"result": {"legacy": {"full_text": "they are all on rednote, in full"}}},
    )
    write(
        "zeeschuimer/x.ndjson",
        "".join(envelope("twitter.com", str(d["rest_id"]), d) for d in (first, long, passed))
        + envelope("twitter.com", "9", {"__typename": "TweetTombstone"}),
    )
    back = opened | {"__import_meta": {"source_platform": "xiaohongshu.com", "item_id": NOTE}}
    write("4cat/xiaohongshu.ndjson", json.dumps(back, ensure_ascii=False) + "\n")


def fourcat() -> None:
    """4CAT's tables, and the semicolons of Zeeschuimer."""
    posts = [
        "collected_from_url",
        "id",
        "thread_id",
        "url",
        "title",
        "body",
        "hashtags",
        "timestamp",
        "author",
        "author_avatar_url",
        "image_urls",
        "video_url",
        "likes",
        "unix_timestamp",
        "missing_fields",
    ]
    url = f"https://www.xiaohongshu.com/explore/{NOTE}?xsec_token=SECRET"
    rows = [
        {
            "id": NOTE,
            "thread_id": NOTE,
            "url": url,
            "title": "我的猫税",
            "body": "看看我的猫",
            "hashtags": "猫税,cats",
            "timestamp": "2025-01-14 05:08:48",
            "author": "编造的名字",
            "likes": "1.3万",
            "unix_timestamp": "1736827728",
        },
        {
            "id": OTHER,
            "thread_id": OTHER,
            "url": url,
            "title": "Title only",
            "body": "",
            "author": "编造的名字",
            "likes": "0",
            "timestamp": "",
            "unix_timestamp": "",
            "missing_fields": "body, likes",
        },
    ]
    write("4cat/xiaohongshu.csv", table(posts, rows))
    write(
        "zeeschuimer/xiaohongshu_semicolons.csv",
        table(
            [*posts[:-1]], [{**rows[0], "unix_timestamp": "", "timestamp": "2025-01-14 04:08:48"}], "\n", ";"
        ),
    )
    comments = [
        "id",
        "thread_id",
        "url",
        "body",
        "timestamp",
        "author",
        "author_avatar_url",
        "ip_location",
        "likes",
        "replies",
        "unix_timestamp",
        "missing_fields",
    ]
    write(
        "4cat/xiaohongshu_comments.csv",
        table(
            comments,
            [
                {
                    "id": COMMENTS[1],
                    "thread_id": NOTE,
                    "url": url,
                    "body": "欢迎",
                    "timestamp": "2025-01-14 05:11:45",
                    "author": "编造",
                    "ip_location": "广东",
                    "likes": "3",
                    "replies": "1",
                    "unix_timestamp": "1736827905",
                }
            ],
        ),
    )
    tiktok = [
        "id",
        "thread_id",
        "author",
        "body",
        "timestamp",
        "unix_timestamp",
        "likes",
        "replies",
        "post_id",
        "post_url",
        "post_body",
        "comment_url",
        "is_comment_on_comment",
        "language_guess",
        "missing_fields",
    ]
    base = {
        "author": "made_up",
        "timestamp": "2025-01-14 05:08:48",
        "unix_timestamp": "1736827728",
        "likes": "1",
        "post_id": "746",
        "post_url": "https://www.tiktok.com/@made_up/video/746",
        "language_guess": "en",
    }
    write(
        "4cat/tiktok_comments.csv",
        table(
            tiktok,
            [
                base
                | {"id": "c1", "thread_id": "746", "body": "see you there", "is_comment_on_comment": "no"},
                base | {"id": "c2", "thread_id": "c1", "body": "same", "is_comment_on_comment": "yes"},
            ],
        ),
    )
    custom = ["id", "thread_id", "author", "body", "timestamp", "mood", "missing_fields"]
    write(
        "4cat/custom.csv",
        table(
            custom,
            [
                {
                    "id": "1",
                    "thread_id": "1",
                    "author": "ann",
                    "body": "hello",
                    "timestamp": "2025-01-14 04:08:48",
                    "mood": "fine",
                }
            ],
        ),
    )


def others() -> None:
    """Spider_XHS, XHS-Downloader and the Weibo collectors."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(
        [
            "笔记id",
            "笔记url",
            "笔记类型",
            "用户id",
            "用户主页url",
            "昵称",
            "头像url",
            "标题",
            "描述",
            "点赞数量",
            "收藏数量",
            "评论数量",
            "分享数量",
            "视频封面url",
            "视频地址url",
            "图片地址url列表",
            "标签",
            "上传时间",
            "ip归属地",
        ]
    )
    sheet.append(
        [
            NOTE,
            "https://example.invalid",
            "图集",
            USERS[0],
            "https://example.invalid",
            "编造的名字",
            "x",
            "无标题",
            "看看我的猫",
            "1.2万",
            "3",
            "4",
            "5",
            "",
            "",
            "['u']",
            "['猫税', 'cats']",
            "2025-01-14 12:08:48",
            "未知",
        ]
    )
    (HERE / "spider_xhs").mkdir(exist_ok=True)
    book.save(HERE / "spider_xhs" / "notes.xlsx")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(
        [
            "笔记id",
            "笔记url",
            "评论id",
            "用户id",
            "用户主页url",
            "昵称",
            "头像url",
            "评论内容",
            "评论标签",
            "点赞数量",
            "上传时间",
            "ip归属地",
            "图片地址url列表",
        ]
    )
    sheet.append(
        [
            NOTE,
            "https://example.invalid",
            COMMENTS[1],
            USERS[1],
            "https://example.invalid",
            "编造的名字",
            "x",
            "欢迎欢迎",
            "['is_author']",
            "3",
            "2025-01-14 12:11:45",
            "广东",
            "[]",
        ]
    )
    book.save(HERE / "spider_xhs" / "comments.xlsx")
    (HERE / "xhs_downloader").mkdir(exist_ok=True)
    file = HERE / "xhs_downloader" / "ExploreData.db"
    file.unlink(missing_ok=True)
    base = sqlite3.connect(file)
    names = [
        "采集时间",
        "作品ID",
        "作品类型",
        "作品标题",
        "作品描述",
        "作品标签",
        "发布时间",
        "最后更新时间",
        "收藏数量",
        "评论数量",
        "分享数量",
        "点赞数量",
        "作者昵称",
        "作者ID",
        "作者链接",
        "作品链接",
        "下载地址",
        "动图地址",
    ]
    base.execute(f"CREATE TABLE explore_data ({', '.join(f'{n} TEXT' for n in names)})")
    base.execute(
        f"INSERT INTO explore_data VALUES ({', '.join('?' * len(names))})",
        (
            "2025-02-01_10:00:00",
            NOTE,
            "视频",
            "我的猫税",
            "看看我的猫 #猫税[话题]#",
            "猫税 cats",
            "2025-01-14_12:08:48",
            "",
            "3",
            "-1",
            "5",
            "1.2万",
            "编造的名字",
            USERS[0],
            "https://example.invalid",
            "https://example.invalid",
            "",
            "",
        ),
    )
    base.commit()
    base.close()
    weibo = [
        "id",
        "bid",
        "user_id",
        "用户昵称",
        "微博正文",
        "头条文章url",
        "发布位置",
        "艾特用户",
        "话题",
        "转发数",
        "评论数",
        "点赞数",
        "发布时间",
        "发布工具",
        "retweet_id",
        "ip",
    ]
    write(
        "weibo/search.csv",
        table(
            weibo,
            [
                dict(
                    zip(
                        weibo,
                        [
                            "\t5120000000000001",
                            "P9a",
                            "100001",
                            "编造的名字",
                            "美国网友来了 #TikTok难民# @编造的名字 ",
                            "",
                            "",
                            "",
                            "TikTok难民",
                            "1",
                            "2",
                            "3",
                            "2025-01-14 12:08",
                            "iPhone",
                            "",
                            "发布于 北京",
                        ],
                        strict=True,
                    )
                )
            ],
        ),
        "utf-8-sig",
    )
    crawler = [
        "id",
        "bid",
        "正文",
        "头条文章url",
        "原始图片url",
        "位置",
        "日期",
        "工具",
        "点赞数",
        "评论数",
        "转发数",
        "话题",
        "@用户",
        "完整日期",
    ]
    write(
        "weibo/crawler.csv",
        table(
            crawler,
            [
                dict(
                    zip(
                        crawler,
                        [
                            "5120000000000002",
                            "P9b",
                            "欢迎来玩",
                            "",
                            "",
                            "",
                            "2025-01-14",
                            "iPhone",
                            "3",
                            "2",
                            "1",
                            "",
                            "",
                            "2025-01-14 12:08:48",
                        ],
                        strict=True,
                    )
                )
            ],
        ),
        "utf-8-sig",
    )
    comments = ["id", "weibo_id", "created_at", "user_screen_name", "text", "pic_url", "like_count"]
    write(
        "weibo/crawler_comments.csv",
        table(
            comments,
            [
                dict(
                    zip(
                        comments,
                        [
                            "5120000000000003",
                            "5120000000000002",
                            "Tue Jan 14 12:09:48 +0800 2025",
                            "编造的名字",
                            "来了来了",
                            "",
                            "7",
                        ],
                        strict=True,
                    )
                )
            ],
        ),
        "utf-8-sig",
    )


def other_platforms() -> None:
    """MediaCrawler's Weibo, Douyin and Bilibili, in five containers."""
    person = {"user_id": "100001", "nickname": "编造的名字", "avatar": "https://example.invalid/a.jpg"}
    weibo: dict[str, object] = {
        "note_id": "5120000000000011", "content": "美国网友来了 #TikTok难民#", "create_time": 1736827728,
        "create_date_time": "2025-01-14 12:08:48+08:00", "liked_count": "1.2万", "comments_count": "2",
        "shared_count": "3", "last_modify_ts": 1738368000000, "note_url": "https://example.invalid/SECRET",
        "ip_location": "发布于 广东", **person, "gender": "f", "profile_url": "https://example.invalid/u",
        "source_keyword": "TikTok",
    }  # fmt: skip
    answer: dict[str, object] = {
        "comment_id": "5120000000000012", "create_time": 1736827788,
        "create_date_time": "2025-01-14 12:09:48+08:00", "note_id": "5120000000000011", "content": "来了😀",
        "sub_comment_count": "0", "comment_like_count": "7", "last_modify_ts": 1738368000000,
        "ip_location": "来自美国", "parent_comment_id": "", **person,
    }  # fmt: skip
    write("mediacrawler/weibo/contents.csv", table(list(weibo), [weibo]), "utf-8-sig")
    write("mediacrawler/weibo/comments.json", json.dumps([answer], ensure_ascii=False, indent=4))
    clip: dict[str, object] = {
        "aweme_id": "7460000000000000011", "aweme_type": "0", "title": "大家好", "desc": "大家好",
        "create_time": 1736827728, **person, "sec_uid": "SECRET", "user_unique_id": "made_up",
        "user_signature": "编造的名字", "liked_count": "10", "collected_count": "1", "comment_count": "2",
        "share_count": "", "ip_location": "英国", "last_modify_ts": 1738368000000,
        "aweme_url": "https://example.invalid", "source_keyword": "TikTok",
    }  # fmt: skip
    said: dict[str, object] = {
        "comment_id": "7460000000000000012", "create_time": 1736827788, "ip_location": "江苏",
        "aweme_id": "7460000000000000011", "content": "欢迎", **person, "sub_comment_count": "1",
        "like_count": "3", "last_modify_ts": 1738368000000, "parent_comment_id": "0", "pictures": "",
    }  # fmt: skip
    under = said | {"comment_id": "7460000000000000013", "parent_comment_id": "7460000000000000012"}
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in (said, under))
    write("mediacrawler/douyin/contents.jsonl", json.dumps(clip, ensure_ascii=False) + "\n")
    write("mediacrawler/douyin/comments.jsonl", lines)
    video: dict[str, object] = {
        "video_id": "113800000000011", "video_type": "video", "title": "难民", "desc": "看看他们",
        "create_time": 1736827728, "creator_hash": "00000000000000aa", "nickname": "编***字",
        "liked_count": "5", "disliked_count": "0", "video_play_count": "90", "video_favorite_count": "1",
        "video_share_count": "4", "video_coin_count": "2", "video_danmaku": "1", "video_comment": "1",
        "last_modify_ts": 1738368000000, "video_url": "https://example.invalid", "source_keyword": "TikTok",
    }  # fmt: skip
    seen: dict[str, object] = {
        "comment_id": "250000000011", "parent_comment_id": "0", "create_time": 1736827788,
        "video_id": "113800000000011", "content": "真不错", "creator_hash": "00000000000000ab",
        "nickname": "编***字", "sub_comment_count": "0", "like_count": "1", "last_modify_ts": 1738368000000,
    }  # fmt: skip
    workbook("mediacrawler/bilibili/bili_search.xlsx", {"Contents": [video], "Comments": [seen]})
    database("mediacrawler/weibo/tables.db", {"weibo_note": [weibo], "weibo_note_comment": [answer]})
    database("mediacrawler/tables.db", {"xhs_note": [note()], "xhs_note_comment": comments()})
    workbook("mediacrawler/xhs_search.xlsx", {"Contents": [note()], "Comments": comments()})


def workbook(name: str, sheets: dict[str, list[dict[str, object]]]) -> None:
    """A workbook as the collector's excel option makes it."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        sheet.append(list(rows[0]))
        for row in rows:
            sheet.append(list(row.values()))
    (HERE / name).parent.mkdir(parents=True, exist_ok=True)
    book.save(HERE / name)


def database(name: str, tables: dict[str, list[dict[str, object]]]) -> None:
    """An SQLite file of the collector; lists of pictures are JSON texts in it."""
    file = HERE / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    base = sqlite3.connect(file)
    for title, rows in tables.items():
        columns = ", ".join(f'"{column}"' for column in rows[0])
        base.execute(f"CREATE TABLE {title} (id INTEGER PRIMARY KEY, add_ts INTEGER, {columns})")
        for row in rows:
            marks = ", ".join("?" * len(row))
            base.execute(f"INSERT INTO {title} ({columns}) VALUES ({marks})", list(row.values()))
    base.commit()
    base.close()


def more_browsers() -> None:
    """Instagram in its list and its graph, Threads and Douyin."""
    who = {
        "id": "7",
        "pk": "7",
        "username": "made_up",
        "full_name": "编造的名字",
        "profile_pic_url": "SECRET",
    }
    item: dict[str, object] = {
        "code": "Cmade01", "caption": {"text": "off to rednote 😀 @made_up #cats"}, "user": who,
        "taken_at": 1736827728, "like_count": 12, "comment_count": 3, "media_type": 8,
    }  # fmt: skip
    silent: dict[str, object] = {"code": "Cmade02", "caption": None, "user": who, "taken_at": 1736827729,
                                 "media_type": 1, "like_and_view_counts_disabled": True}  # fmt: skip
    graph: dict[str, object] = {
        "shortcode": "Cmade03", "owner": who, "taken_at_timestamp": 1736827730,
        "edge_media_to_caption": {"edges": [{"node": {"text": "from the older graph"}}]},
        "edge_media_preview_like": {"count": 5}, "edge_media_preview_comment": {"count": 0},
    }  # fmt: skip
    write("zeeschuimer/instagram.ndjson", "".join(
        envelope("instagram.com", str(d.get("code") or d["shortcode"]), d) for d in (item, silent, graph)
    ))  # fmt: skip
    thread: dict[str, object] = {
        "code": "Tmade01", "pk": "9", "caption": {"text": "they moved to rednote"}, "user": who,
        "taken_at": 1736827728, "like_count": 2,
        "text_post_app_info": {"direct_reply_count": 4, "repost_count": 1, "quote_count": 0},
    }  # fmt: skip
    write("zeeschuimer/threads.ndjson", envelope("threads.net", "Tmade01", thread))
    clip: dict[str, object] = {
        "aweme_id": "7460000000000000021", "desc": "欢迎外国朋友", "create_time": 1736827728,
        "author": {"uid": "7", "nickname": "编造的名字", "sec_uid": "SECRET"},
        "statistics": {"digg_count": 3, "comment_count": 1, "share_count": 0, "collect_count": 2},
        "text_extra": [{"hashtag_name": "欢迎"}],
    }  # fmt: skip
    write("zeeschuimer/douyin.ndjson", envelope("douyin.com", "7460000000000000021", clip))


def more_crawlers() -> None:
    """Kuaishou, Zhihu and Tieba by MediaCrawler: the same names, with meanings of their own."""
    clip: dict[str, object] = {
        "video_id": "3xmade01", "video_type": "1", "title": "难民来了", "desc": "难民来了 #猫税", "user_id": "3xuser",
        "create_time": 1736827728000, "nickname": "编造", "avatar": "SECRET", "liked_count": "1.2万", "viewd_count": "10万",
        "last_modify_ts": 1736900000000, "video_url": "SECRET", "source_keyword": "tiktok难民",
    }  # fmt: skip
    said: dict[str, object] = {
        "comment_id": "9001", "create_time": 1736827828000, "video_id": "3xmade01", "content": "欢迎大家来",
        "user_id": "771", "nickname": "编造", "avatar": "SECRET", "sub_comment_count": "0",
        "last_modify_ts": 1736900000000,
    }  # fmt: skip
    write("mediacrawler/kuaishou/contents.csv", table(list(clip), [clip]))
    write("mediacrawler/kuaishou/comments.csv", table(list(said), [said]))
    answer: dict[str, object] = {
        "content_id": "123456", "content_type": "answer", "content_text": "我觉得他们挺可爱的。", "content_url": "SECRET",
        "question_id": "99887", "title": "怎么看TikTok难民？", "desc": "我觉得", "created_time": 1736827728,
        "updated_time": 0, "voteup_count": 1234, "comment_count": 20, "source_keyword": "tiktok", "user_id": "uid1",
        "user_link": "SECRET", "user_nickname": "编造", "user_avatar": "SECRET", "user_url_token": "SECRET",
    }  # fmt: skip
    agreed: dict[str, object] = {
        "comment_id": "55501", "parent_comment_id": "0", "content": "同意", "publish_time": 1736827828,
        "ip_location": "广东", "sub_comment_count": 1, "like_count": 3, "dislike_count": 0, "content_id": "123456",
        "content_type": "answer", "user_id": "uid2", "user_link": "SECRET", "user_nickname": "编造",
        "user_avatar": "SECRET", "last_modify_ts": 1736900000000,
    }  # fmt: skip
    nested = {
        **agreed,
        "comment_id": "55502",
        "parent_comment_id": "55501",
        "user_id": "uid3",
        "content": "不同意",
    }
    write("mediacrawler/zhihu/contents.csv", table(list(answer), [answer]))
    write("mediacrawler/zhihu/comments.csv", table(list(agreed), [agreed, nested]))
    thread: dict[str, object] = {
        "note_id": "8001", "title": "难民进贴吧了", "desc": "大家怎么看", "note_url": "SECRET",
        "publish_time": "2025-01-15 12:08", "user_link": "https://tieba.invalid/home?id=made",
        "user_nickname": "编造", "user_avatar": "SECRET", "tieba_name": "猫吧", "tieba_link": "SECRET",
        "total_replay_num": 12, "total_replay_page": 1, "ip_location": "浙江", "last_modify_ts": 1736900000000,
    }  # fmt: skip
    floor: dict[str, object] = {
        "comment_id": "90001", "parent_comment_id": "", "content": "欢迎欢迎", "user_link": "", "user_nickname": "编造",
        "user_avatar": "SECRET", "publish_time": "2025-01-15 13:08", "ip_location": "IP属地:广东",
        "sub_comment_count": 0, "note_id": "8001", "note_url": "SECRET", "tieba_name": "猫吧",
        "last_modify_ts": 1736900000000,
    }  # fmt: skip
    write("mediacrawler/tieba/contents.csv", table(list(thread), [thread]))
    write("mediacrawler/tieba/comments.csv", table(list(floor), [floor]))


def smaller_sites() -> None:
    """What newer versions of Zeeschuimer know beside the large platforms, and objects without an envelope."""
    who = {"id": "9", "username": "made_up", "acct": "made_up", "userId": "9", "unique_id": "made_up"}
    at = "2025-01-15T12:08:00.000Z"
    truth: dict[str, object] = {"id": "111", "content": "<p>hello &amp; welcome</p>", "created_at": at, "account": who,
                                "favourites_count": 3, "replies_count": 1, "reblogs_count": 2}  # fmt: skip
    gab: dict[str, object] = {"id": "112", "i": "112", "c": "hello there", "ca": at, "ai": "9", "fbc": 3, "rc": 1,
                              "rbc": 0, "author_info": who}  # fmt: skip
    meme: dict[str, object] = {"id": "a1", "title": "Cat tax", "description": "", "creationTs": 1736942880,
                               "upVoteCount": 3, "commentsCount": 1, "creator": who, "tags": [{"key": "cat"}]}  # fmt: skip
    pin: dict[str, object] = {"id": "a3", "title": "Cat", "description": "my cat", "pinner": who,
                              "created_at": "Wed, 15 Jan 2025 12:08:00 +0000"}  # fmt: skip
    top: dict[str, object] = {"pk": "17", "id": "17", "text": "welcome!", "created_at": 1736942880, "user": who,
                              "comment_like_count": 3, "post_id": "999", "parent_comment_id": None}  # fmt: skip
    reply = {**top, "pk": "18", "id": "18", "text": "thanks", "parent_comment_id": "17"}
    for name, lines in {
        "truth": envelope("truthsocial.com", "111", truth),
        "gab": envelope("gab.com", "112", gab),
        "9gag": envelope("9gag.com", "a1", meme),
        "imgur": envelope("imgur.com", "a2", {**truth, "id": "a2", "title": "Cat", "description": "my cat"}),
        "pinterest": envelope("pinterest.com", "a3", pin),
        "instagram_comments": envelope("instagram-comments", "17", top)
        + envelope("instagram-comments", "18", reply),
    }.items():
        write(f"zeeschuimer/{name}.ndjson", lines)
    inner = {"id": COMMENTS[1], "note_id": NOTE, "content": "谢谢", "create_time": 1736827828000, "like_count": "0",
             "user_info": {"user_id": USERS[1], "nickname": "编造"}, "target_comment": {"id": COMMENTS[0]}}  # fmt: skip
    outer = {**inner, "id": COMMENTS[0], "content": "欢迎", "sub_comment_count": "1", "ip_location": "广东",
             "sub_comments": [inner]}  # fmt: skip
    del outer["target_comment"]
    page = {"code": 0, "success": True, "data": {"comments": [outer], "has_more": False}}
    write("zeeschuimer/without_envelope.json", json.dumps(page, ensure_ascii=False, indent=1))


def for_readers() -> None:
    """Tables copied off a screen: times in words, headers in Japanese and Korean."""
    write("generic/copied_off_the_screen.csv",
          "关键词,评论用户,评论内容,评论时间地区,点赞量\r\n猫税,编造甲,欢迎大家,2025-01-15 美国,3\r\n"
          "猫税,编造乙,谢谢,3天前广东,1\r\n猫税,编造丙,猫呢,编辑于 01-15 12:30,1万+\r\n")  # fmt: skip
    write("generic/japanese.csv",
          "投稿ID,本文,投稿日時,ユーザー名,いいね数,コメント数,地域\n1,こんにちは、猫税です,2025/01/15 12:08,編造,12,3,日本\n")  # fmt: skip
    write("generic/korean.csv", "댓글,작성자,작성일,좋아요\n환영합니다,가짜,2025년 1월 15일 오후 3:08,3\n")
    write("generic/english_dates.csv",
          'id,text,date,user\na1,hi there,"Jan 14, 2025",made\na2,hi again,"12:08 PM · Jan 14, 2025",up\n'
          "a3,hello,2 hours ago,made\n")  # fmt: skip
    write("generic/below_a_title.csv",
          "Report:,My report,,\nBrand:,x,,\n,,,\nQuery Id,Date,Full Text,Author\n1,2025-01-15 12:08:00.0,hello,made\n")  # fmt: skip


if __name__ == "__main__":
    mediacrawler()
    scraper()
    generic()
    zeeschuimer()
    fourcat()
    others()
    other_platforms()
    more_browsers()
    more_crawlers()
    smaller_sites()
    for_readers()
