"""Coded posts of our own making, in both languages, with planted signals."""

from __future__ import annotations

import random
from typing import NamedTuple

import pytest

_WARM = {
    "en": ["lovely", "so kind", "a joy to read", "welcome here", "sweet and funny"],
    "zh": ["真可爱", "特别友好", "很有礼貌", "欢迎常来", "暖心又好玩"],
}
_COLD = {
    "en": ["so rude", "pure spam", "a nuisance", "unwanted here", "loud and pushy"],
    "zh": ["真讨厌", "特别没礼貌", "只会刷屏", "别再来了", "又吵又烦"],
}
_FILLER = {
    "en": ["today", "on my page", "again this week", "in the comments", "honestly", "as far as I see"],
    "zh": ["今天", "在首页", "这周又", "评论区里", "说实话", "我觉得"],
}


class Coded(NamedTuple):
    texts: list[str]
    labels: list[str]
    targets: list[str]


def made(count: int, seed: int = 0, targets: tuple[str, ...] = ("visitors",)) -> Coded:
    """Posts about a target, warm or cold in turn, in English and Chinese, in a random order of words."""
    draw = random.Random(seed)
    texts, labels, named = [], [], []
    for number in range(count):
        lang = "en" if number % 4 < 2 else "zh"
        warm = number % 2 == 0
        target = targets[number // 4 % len(targets)]
        words = [draw.choice(_FILLER[lang]), target, draw.choice((_WARM if warm else _COLD)[lang])]
        words.append(draw.choice(_FILLER[lang]))
        texts.append((" " if lang == "en" else "，").join(words))
        labels.append("positive" if warm else "negative")
        named.append(target)
    return Coded(texts, labels, named)


@pytest.fixture(scope="session")
def coded() -> Coded:
    return made(120)
