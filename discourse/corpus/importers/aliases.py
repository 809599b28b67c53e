"""The names under which exports hold our fields, commonest first; for guessing a mapping."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from discourse.text.script import simplify

FIELDS: dict[str, tuple[str, ...]] = {
    "text": (
        "text", "content", "body", "comment_text", "comment_content", "full_text", "message",
        "selftext", "tweet", "content_text", "desc", "description", "caption", "comment",
        "video_description", "评论内容", "微博正文", "正文", "内容", "笔记内容", "笔记详情", "作品描述",
        "描述", "文案", "帖子内容", "回复内容", "文本", "评论", "留言内容", "留言", "贴文内容", "贴文",
        "发文内容", "txt", "微博内容", "视频描述", "博文", "博文内容", "动态内容", "视频文案",
        "commentary", "本文", "投稿内容", "コメント内容", "コメント", "ツイート", "댓글내용", "댓글",
        "내용", "본문",
    ),
    "post_id": (
        "post_id", "comment_id", "note_id", "tweet_id", "status_id", "message_id", "article_id",
        "aweme_id", "item_id", "cid", "video_id", "评论id", "留言id", "贴文id", "笔记id", "作品id",
        "帖子id", "微博id", "视频id", "回答id", "文章id", "动态id", "dynamic_id", "id", "编号", "mid",
        "bid", "留言编号", "评论编号", "投稿id", "コメントid", "ツイートid", "댓글id",
    ),
    "thread_id": (
        "thread_id", "note_id", "conversation_id", "conversation_id_str", "link_id", "submission_id",
        "root_id", "weibo_id", "aweme_id", "video_id", "article_id", "笔记id", "作品id", "帖子id",
        "主题id", "thread_title", "submission_title", "post_title", "视频id", "回答id", "文章id",
        "content_id", "动画id", "元投稿id",
    ),
    "parent_id": (
        "parent_id", "parent_comment_id", "in_reply_to_id", "in_reply_to_status_id", "reply_to",
        "reply_to_id", "target_comment_id", "isreplyto", "父评论id", "回复id", "上级评论id",
        "父级评论id", "父级id", "root_comment_id", "root_id", "rootid", "被回复评论id", "返信先id",
        "親コメントid",
    ),
    "kind": (
        "kind", "post_kind", "item_type", "类别",
    ),
    "author": (
        "author_id", "user_id", "userid", "uid", "author", "author_channel_id", "channel_id",
        "username", "user_name", "user", "screen_name", "nickname", "用户id", "作者id", "用户昵称",
        "昵称", "作者昵称", "用户名", "作者", "用户", "博主", "发布者", "author_name", "user_nickname",
        "channel_title", "暱称", "用户名称", "使用者名称", "使用者", "使用者id", "帐号", "账号",
        "评论者", "留言者", "评论用户", "评论人", "发布人", "楼主", "网友", "profile_id",
        "author_channelid", "nick_name", "ユーザーid", "ユーザー名", "投稿者", "投稿者名", "작성자",
        "사용자",
    ),
    "title": (
        "title", "subject", "headline", "video_title", "标题", "笔记标题", "作品标题", "帖子标题",
        "视频标题", "文章标题", "问题标题", "题名", "タイトル", "件名", "제목",
    ),
    "created_at": (
        "unix_timestamp", "created_at", "created_utc", "create_time", "created_time", "created",
        "published_at", "publish_time", "timestamp", "datetime", "time", "date", "发布时间", "评论时间",
        "创建时间", "上传时间", "完整日期", "时间", "日期", "发表时间", "回复时间", "留言时间",
        "发文时间", "建立时间", "发布日期", "评论日期", "发表日期", "发博时间", "pub_ts", "pubdate",
        "pub_time", "posted_at", "upload_time", "creation_date", "comment_time", "评论时间地区",
        "时间地区", "投稿日时", "投稿日", "投稿时间", "コメント日时", "日时", "작성일", "작성시간",
        "날짜",
    ),
    "platform": (
        "platform", "source_platform", "平台",
    ),
    "ip_location": (
        "ip_location", "ip_localtion", "iplocation", "ip_label", "ip属地", "ip归属地", "ip地址", "ip",
        "属地", "发布属地", "评论属地", "ip归属", "location", "评论者ip归属地", "评论者ip属地",
        "ip位置", "发布地点", "地域", "国・地域",
    ),
    "likes": (
        "likes", "like_count", "liked_count", "num_likes", "favorite_count", "digg_count", "score",
        "upvotes", "ups", "点赞数", "点赞数量", "点赞量", "点赞", "获赞数", "赞", "按赞数", "按赞",
        "voteup_count", "赞同数", "喜欢数", "いいね数", "いいね", "좋아요", "좋아요수", "likes_count",
        "favorites",
    ),
    "comments": (
        "comments", "comment_count", "comments_count", "num_comments", "reply_count", "replies",
        "sub_comment_count", "child_comment_count", "评论数", "评论数量", "评论量", "回复数", "留言数",
        "コメント数", "返信数", "댓글수", "回复量", "子评论数",
    ),
    "collects": (
        "collects", "collected_count", "collect_count", "bookmark_count", "saves", "收藏数", "收藏数量",
        "收藏量", "收藏", "保存数", "ブックマーク数",
    ),
    "shares": (
        "shares", "share_count", "shared_count", "retweet_count", "reposts", "repost_count", "转发数",
        "分享数", "分享数量", "转发量", "分享", "转发", "リツイート数", "シェア数", "공유수",
    ),
    "hashtags": (
        "hashtags", "tag_list", "tags", "topics", "标签", "话题", "作品标签", "评论标签",
    ),
}  # fmt: skip
"""Our field -> their columns."""

_COMMENT_SIGNS = frozenset(
    {
        "评论内容",
        "评论id",
        "评论时间",
        "commentid",
        "commenttext",
        "commentcontent",
        "回复内容",
        "留言内容",
        "评论时间地区",
        "评论者",
        "isreplyto",
        "コメントid",
        "コメント日时",
        "コメント内容",
        "댓글",
        "댓글내용",
    }
)


def fold(column: str) -> str:
    """Fold a column's name for comparison.

    Examples
    --------
    >>> fold("Created_At"), fold("IP 属地"), fold("按讚數")
    ('createdat', 'ip属地', '按赞数')
    """
    return _folded(column)


@lru_cache(maxsize=4_096)
def _folded(column: str) -> str:
    name = simplify(unicodedata.normalize("NFKC", column)).casefold()
    return "".join(c for c in name if c not in " _-.()[]:：")


def guess_mapping(columns: tuple[str, ...]) -> dict[str, str]:
    """Guess which column holds which field.

    Parameters
    ----------
    columns : tuple of str
        The export's header or keys.

    Returns
    -------
    dict of str to str
        Our field -> their column; a column serves one field, but an id of an opening post serves as the id
        of its thread as well.

    Examples
    --------
    >>> guess_mapping(("评论内容", "IP属地", "评论时间", "点赞数"))
    {'text': '评论内容', 'created_at': '评论时间', 'ip_location': 'IP属地', 'likes': '点赞数'}
    """
    folded = {fold(column): column for column in reversed(columns)}
    out: dict[str, str] = {}
    for name, aliases in FIELDS.items():
        taken = set(out.values())
        found = (folded.get(fold(alias)) for alias in aliases)
        best = next((column for column in found if column is not None and column not in taken), None)
        if best is not None:
            out[name] = best
    if "text" not in out and "title" in out:
        out["text"] = out.pop("title")
    if "author" not in out:
        out |= _author_inside(columns)
    return out


_IDS = ("userid", "id", "uid", "uniqueid", "username", "screenname", "name", "nickname")


def _author_inside(columns: tuple[str, ...]) -> dict[str, str]:
    """Find the account in an object about its owner: ``user_info.user_id``, ``authorMeta.id``."""
    found = {}
    for column in columns:
        outer, dot, inner = column.rpartition(".")
        if dot and "." not in outer and _OWNER.fullmatch(outer) and fold(inner) in _IDS:
            found[fold(inner)] = column
    best = next((found[name] for name in _IDS if name in found), None)
    return {} if best is None else {"author": best}


_OWNER = re.compile(
    r"(?:user|author|owner|account|creator|member|from)(?:_?(?:info|meta|data|stats))?", re.IGNORECASE
)


def author_columns(columns: tuple[str, ...]) -> set[str]:
    """Name the columns that may hold an author: none of them is a docvar.

    Examples
    --------
    >>> author_columns(("username", "body"))
    {'username'}
    """
    known = {fold(alias) for alias in FIELDS["author"]}
    return {column for column in columns if fold(column) in known}


def are_comments(columns: tuple[str, ...]) -> bool:
    """Say whether a header speaks of comments rather than of posts."""
    return any(fold(column) in _COMMENT_SIGNS for column in columns)


def is_header(names: Sequence[str]) -> bool:
    """Say whether cells are the header of an export: a text and two more of our fields.

    Examples
    --------
    >>> is_header(["评论内容", "IP属地", "评论时间"]), is_header(["hello", "you", "there"])
    (True, False)
    """
    found = guess_mapping(tuple(names))
    return len(found) > 2 and "text" in found
