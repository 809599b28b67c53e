"""Who writes: made-up authors with a group, a place, a habit of language and an effect on stance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from draws import Draws

_ZH_NAMES = [
    [
        "momo",
        "一颗",
        "爱吃",
        "今天也要",
        "慢慢",
        "小镇",
        "不想上班的",
        "南方",
        "北方",
        "睡不醒的",
        "路人",
        "阿",
        "半糖",
        "江边",
    ],
    [
        "土豆",
        "西瓜",
        "松饼",
        "柚子",
        "咸鱼",
        "桃子",
        "海盐",
        "豆花",
        "云朵",
        "鲸鱼",
        "糯米",
        "青团",
        "石榴",
        "栗子",
    ],
]
_EN_NAMES = [
    [
        "sleepy",
        "tiny",
        "lost",
        "midwest",
        "coffee",
        "rainy",
        "plaid",
        "thrifty",
        "sunny",
        "cosmic",
        "porch",
        "maple",
    ],
    [
        "raccoon",
        "pancake",
        "gardener",
        "moth",
        "teacup",
        "cowboy",
        "librarian",
        "possum",
        "pickle",
        "sparrow",
        "nana",
    ],
]


@dataclass(frozen=True)
class Author:
    """A made-up person."""

    user_id: str
    nickname: str
    group: str
    habit: str
    place: str
    effect: float
    minority: bool
    weight: float
    contact: str


def make_authors(planted: dict[str, Any]) -> list[Author]:
    """Draw the authors of every group."""
    draw = Draws(planted["seed"], "authors")
    return [
        _author(planted, group, draw)
        for group, given in planted["groups"].items()
        for _ in range(given["authors"])
    ]


def _author(planted: dict[str, Any], group: str, draw: Draws) -> Author:
    given = planted["groups"][group]
    habit = draw.weighted(planted["habits"][group])
    places = planted["places"]
    minority = draw.chance(given.get("minority", 0.0))
    effect = draw.normal(planted["effects"]["author_sd"]) + minority * given.get("minority_effect", 0.0)
    return Author(
        user_id=draw.hexadecimal(24),
        nickname=_nickname(habit, draw),
        group=group,
        habit=habit,
        place=draw.weighted(places.get(f"{group}_{habit}", places[group])),
        effect=effect,
        minority=minority,
        weight=draw.uniform(0.05, 1.0) ** 2,
        contact=f"demo_{draw.one(['yiwu', 'stamp', 'tutor', 'haiwai', 'suyun'])}{draw.integer(100, 999)}",
    )


def _nickname(habit: str, draw: Draws) -> str:
    if draw.chance(0.3):
        return f"小红薯{draw.hexadecimal(8).upper()}"
    first, second = _EN_NAMES if habit in ("en", "both", "translated") else _ZH_NAMES
    number = str(draw.integer(1, 9999)) if draw.chance(0.5) else ""
    return draw.one(first) + draw.one(second) + number
