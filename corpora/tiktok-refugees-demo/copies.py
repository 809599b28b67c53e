"""Copy-paste: chain texts, greetings posted again and again, and advertisements."""

from __future__ import annotations

from draws import Draws
from posts import Post

_CHAINS = {
    "chain": "复制这条让算法看到：请把难民内容单独分区，把首页还给做饭和毛线的博主，现在这样真的很烦",
    "greeting": "Hi everyone, I'm a TikTok refugee! Please say hello and tell me where you are from 你好",
    "advert": "双语账号代运营，三天起号，老外中国人都能做，加微信 demo_yiwu_888 备注薯",
}
_MEANT = {
    "chain": ("named", "negative", -0.7),
    "greeting": ("self", "neutral", None),
    "advert": ("", "absent", None),
}
_TOPIC = {"chain": "feed", "greeting": "none", "advert": "traffic"}
_LANG = {"chain": "zh-Hans", "greeting": "mixed", "advert": "zh-Hans"}
_NUMBER = {"chain": 18, "greeting": 20, "advert": 22}


def paste_copies(threads: list[list[Post]], seed: int) -> None:
    """Turn some comments into copies; only such as nobody answered, so that no reply loses its ground."""
    draw = Draws(seed, "copies")
    groups = {"chain": "hosts", "greeting": "newcomers", "advert": "merchants"}
    answered = {id(post.parent) for thread in threads for post in thread if post.parent}
    for name, group in groups.items():
        fit = [
            p for t in threads for p in t if not p.opens and id(p) not in answered and _fits(p, name, group)
        ]
        authors = sorted({p.author.user_id for p in fit})
        if name != "chain":
            authors = draw.shuffled(authors)[:6]
        pool = draw.shuffled([p for p in fit if p.author.user_id in authors])
        if len(pool) < _NUMBER[name]:
            pool += draw.shuffled([p for p in fit if p not in pool])
        for post in pool[: _NUMBER[name]]:
            _paste(post, name)


def _fits(post: Post, name: str, group: str) -> bool:
    minority = name != "chain" or post.author.minority
    return post.author.group == group and minority and not post.pictures and post.moment.day >= 13


def _paste(post: Post, name: str) -> None:
    post.text, post.topic, post.lang, post.copied = _CHAINS[name], _TOPIC[name], _LANG[name], name
    post.kind, post.label, post.stance = _MEANT[name]
    post.others = {}
    post.said = [(name, _CHAINS[name], _CHAINS[name])]
