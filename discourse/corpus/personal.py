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
)
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
    """
    parts = [_CAMEL.sub("_", simplify(part)).casefold() for part in column.split(".")]
    return any(map(_PEOPLE.fullmatch, parts[:-1])) or any(_PERSONAL.search(part) for part in parts)
