"""The posts as MediaCrawler wrote them in January 2025, with the damage that real exports show."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import Any

from draws import Draws
from posts import Post
from schedule import BEIJING

NOTES = (
    *("note_id", "type", "title", "desc", "video_url", "time", "last_update_time", "user_id", "nickname"),
    *(
        "avatar",
        "liked_count",
        "collected_count",
        "comment_count",
        "share_count",
        "ip_location",
        "image_list",
    ),
    *("tag_list", "last_modify_ts", "note_url", "source_keyword", "xsec_token"),
)
COMMENTS = (
    *("comment_id", "create_time", "ip_location", "note_id", "content", "user_id", "nickname", "avatar"),
    *("sub_comment_count", "pictures", "parent_comment_id", "last_modify_ts", "like_count"),
)
CRAWLS = {
    "2025-01-25": datetime(2025, 1, 25, 3, tzinfo=BEIJING),
    "2025-02-01": datetime(2025, 2, 1, 3, tzinfo=BEIJING),
}
_EDGE = "\ufeff"  # RedNote puts one between hashtags


def export_files(threads: list[list[Post]], seed: int) -> tuple[dict[str, bytes], dict[str, Any]]:
    """Write all files; say what was damaged."""
    draw = Draws(seed, "export")
    notes: dict[str, list[list[str]]] = {day: [] for day in CRAWLS}
    comments: dict[str, list[list[str]]] = {day: [] for day in CRAWLS}
    for posts in threads:
        answered = {p.parent.post_id for p in posts if p.parent}
        keyword = draw.one(["TikTok refugee", "TikTok难民", "小红书 老外", "猫税", "中美对账"])
        for post in posts:
            crawl = next(day for day, end in CRAWLS.items() if post.moment < end)
            if post.opens:
                notes[crawl].append(_note(post, len(posts) - 1, keyword, crawl, draw))
            else:
                comments[crawl].append(_comment(post, post.post_id in answered, crawl, draw))
    damage = _damage(comments, draw)
    files = {f"search_contents_{day}.csv": _csv(NOTES, rows) for day, rows in notes.items()}
    files |= {f"search_comments_{day}.csv": _csv(COMMENTS, rows) for day, rows in comments.items()}
    return dict(sorted(files.items())), damage


def milliseconds(moment: datetime) -> str:
    """Write a time as the collector does."""
    return str(int(moment.timestamp() * 1000))


def shown(count: int) -> str:
    """Write a count as the platform shows it."""
    return str(count) if count < 10000 else f"{count / 10000:.1f}".removesuffix(".0") + "万"


def _note(post: Post, n_comments: int, keyword: str, crawl: str, draw: Draws) -> list[str]:
    names = [tag[1:].removesuffix("[话题]#") for tag in post.tags]
    tags = f"{_EDGE} ".join(post.tags)
    desc = "\n".join(part for part in (post.text, tags) if part)
    likes = int(10 ** draw.uniform(1, 4.4))
    token = draw.hexadecimal(16)
    video = draw.chance(0.2)
    row = [
        post.post_id,
        "video" if video else "normal",
        post.title or desc[:255],
        desc,
        "",
        milliseconds(post.moment),
    ]
    row += [milliseconds(post.moment), post.author.user_id, post.author.nickname, ""]
    row += [
        shown(likes),
        shown(int(likes * draw.uniform(0, 0.3))),
        shown(n_comments + draw.integer(0, likes // 8)),
    ]
    row += [shown(likes // draw.integer(8, 40)), _place(post, draw)]
    row += ["" if video else f"https://img.example.com/{draw.hexadecimal(12)}.jpg", ",".join(names)]
    row += [
        milliseconds(CRAWLS[crawl]),
        f"https://www.xiaohongshu.com/explore/{post.post_id}",
        keyword,
        token,
    ]
    return row


def _comment(post: Post, answered: bool, crawl: str, draw: Draws) -> list[str]:
    assert post.parent is not None
    parent = "0" if post.parent.opens else post.parent.post_id
    pictures = f"https://img.example.com/{draw.hexadecimal(12)}.jpg" if post.pictures else ""
    likes = int(10 ** draw.uniform(0, 3.2)) - 1 if draw.chance(0.6) else 0
    row = [post.post_id, milliseconds(post.moment), _place(post, draw), post.thread_id, post.text]
    row += [post.author.user_id, post.author.nickname, "", str(int(answered)), pictures, parent]
    return [*row, milliseconds(CRAWLS[crawl]), "1千+" if likes > 1400 else str(likes)]


def _place(post: Post, draw: Draws) -> str:
    return "" if draw.chance(0.02) else post.author.place


def _damage(comments: dict[str, list[list[str]]], draw: Draws) -> dict[str, Any]:
    """Paste a header, repeat comments in the second crawl, let a spreadsheet spoil an id, cut a row short."""
    first, second = comments.values()
    again = sorted(draw.shuffled(range(len(first)))[:30])
    crawled = milliseconds(CRAWLS["2025-02-01"])
    second += [[*first[i][:11], crawled, first[i][12]] for i in again]
    unanswered = next(i for i, row in enumerate(first) if i > 200 and i not in again and row[8] == "0")
    spoiled = first[unanswered][0]
    first[unanswered][0] = "6.81E+23"
    first.insert(draw.integer(900, 1200), list(COMMENTS))
    first.insert(draw.integer(1500, 2000), ["连接超时，导出中断"])
    return {
        "pasted_headers": 1,
        "bad_rows": 1,
        "repeated_comments": sorted(row[0] for row in second[-len(again) :]),
        "spoiled_id": {"was": spoiled, "is": "6.81E+23"},
    }


def _csv(columns: tuple[str, ...], rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")
