"""Which columns of an export name a person or a way to one: they never enter a corpus."""

from __future__ import annotations

import re

from discourse.text.script import simplify

_PERSONAL = re.compile(
    r"nick|avatar|(?:^|_)(?:user|author|screen|full|real|display|first|last)_?name(?:_|$)|^name$|profile|handle$"
    r"|home_?url|token|cookie|secret|sec_uid|e_?mail|phone|mobile|(?:^|_)ur[il]s?(?:_|$)|url$|link|href|signature"
    r"|^bio$|user_agent|ip_?addr|wechat|昵称|头像|主页|链接|网址|电话|手机|邮箱|姓名|微信|签名|用户名"
    r"|^who$|^(?:from|to|by|reply_to|replied|quoted|mentioned)_(?:user|author|account|member)s?$|^reply_to$"
    r"|(?:^|_)(?:user|author|account|member|owner|poster|sender|commenter|uploader|blogger|influencer|handle)s?$"
    r"|使用者|连结|暱称|大头|channel_?(?:id|title|name)|^sign$|评论者|评论人|留言者|发帖人|发帖者|发布者|发布人|作者|博主|楼主|层主|网名|网友|账号|评论用户|ユーザー|投稿者|作成者|작성자|사용자|to_name$|帐号|账户|用户$|用户id|简介|真名"
    r"|(?:^|_)(?:user|author|account|member|owner|poster|sender|commenter|creator|blogger|reply_to|replied)_?"
    r"(?:unique_?)?(?:id|uuid|hash|key)s?(?:_str)?$|(?:^|_)uid(?:_str)?$|(?:open|union)_?id$"
)
_NUMBERED = re.compile(r"(?<=[^\d_])(?:_?\d{1,5}|_(?:[xy]|left|right|old|new|orig|original))+$")
"""What a second column of a name gets behind it, in a header that repeats itself or a join of two tables."""
_PEOPLE = re.compile(
    r"(?:user|author|owner|account|creator|profile|sender|poster|pinner|commenter|member)s?"
    r"(?:_(?:info|meta|data|profile|details?|stats))?"
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[\s-]+")


def is_personal(column: str) -> bool:
    """Say whether a column names a person or a way to one, by its own name.

    Parameters
    ----------
    column : str
        A column of an export.

    Returns
    -------
    bool
        True for nicknames, avatars, addresses, tokens and the like, and for whatever is said of a user in an
        object: they never enter a corpus.

    Examples
    --------
    >>> [is_personal(c) for c in ("nickname", "xsec_token", "noteUrl", "头像url", "user.city", "subreddit")]
    [True, True, True, True, True, False]
    >>> [is_personal(c) for c in ("who", "from_user", "评论者", "reply_to_user", "心情", "author_flair")]
    [True, True, True, True, False, False]
    >>> [is_personal(c) for c in ("user_id_y", "author_2", "用户名_x", "uid.1", "user_id_group", "wave_2")]
    [True, True, True, True, False, False]
    """
    parts = [_NUMBERED.sub("", _CAMEL.sub("_", simplify(part)).casefold()) for part in column.split(".")]
    return any(map(_PEOPLE.fullmatch, parts[:-1])) or any(_PERSONAL.search(part) for part in parts)
