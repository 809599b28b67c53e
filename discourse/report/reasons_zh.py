"""The reasons that steps give in English, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from discourse.report.subject import Subject

_TRAITS: Final[dict[str, str]] = {"language": "语言", "platform": "平台"}
_UNITS: Final[dict[str, str]] = {"authors": "位作者", "threads": "个讨论串"}

_PATTERNS: Final[list[tuple[str, str]]] = [
    (r"no post of this group mentions the target", "该群体没有帖子提及此目标"),
    (r"fewer than (?P<n>\d+) (?P<unit>authors|threads)", "不足 {n} {unit}"),
    (r"fewer than (?P<n>\d+) (?P<unit>authors|threads) in .+", "一方或双方不足 {n} {unit}"),
    (
        r"the groups differ in (?P<trait>\w+), and nobody has checked the instrument in both",
        "两个群体的{trait}不同，而尚无人在两者之上核对过测量工具",
    ),
    (r"the 95 ?% interval lies wholly on the side stated beforehand", "95% 区间完全落在预先声明的一侧"),
    (
        r"the 95 ?% interval lies wholly on the other side of what was stated",
        "95% 区间完全落在与声明相反的一侧",
    ),
    (r"the 95 ?% interval includes (?P<n>\S+)", "95% 区间包含 {n}"),
    (r"the 95 ?% interval lies within ±(?P<n>\S+) of (?P<m>\S+)", "95% 区间落在 {m} 的 ±{n} 之内"),
    (r"the study has no target '(?P<name>.+)'", "研究中没有目标“{name}”"),
    (r"no collected author belongs to the group '(?P<groups>.+)'", "收集到的作者中没有人属于“{groups}”"),
    (r"the outcome (?P<name>\S+) is not measured by this version", "本版本不测量指标 {name}"),
    (r"the outcome '.+' does not vary.*; no interval can be given", "该指标没有变化，无法给出区间"),
    (r"no post has an outcome in '.+'", "没有帖子具有该指标的数值"),
    (r"group '(?P<groups>.+)' has no post.*; nothing can be compared", "{groups}没有帖子，无从比较"),
    (
        r"all posts of group '(?P<groups>.+)' lie in one cluster.*",
        "{groups}的帖子全部出自同一作者或同一讨论串",
    ),
    (r"all observations lie in one cluster.*", "全部帖子出自同一作者或同一讨论串，无法衡量其相关性"),
    (r"one cluster holds all observations of a group.*", "某一群体的帖子全部出自同一作者或同一讨论串"),
    (r"a group has no observation", "某一群体没有帖子"),
    (r"nothing varies within the groups; no interval can be given", "群体内部没有变化，无法给出区间"),
    (r"fewer than two clusters; nothing can be resampled", "作者或讨论串不足两个"),
]


def reason_zh(text: str, subject: Subject) -> str:
    """Say an English reason of our tables in Chinese; one that we do not know is quoted as it is.

    Parameters
    ----------
    text : str
        The reason as a step gave it.
    subject : Subject
        Labels of groups.

    Returns
    -------
    str
        The reason in Chinese, without a full stop.
    """
    clean = text.strip().rstrip(".")
    for pattern, wording in _PATTERNS:
        found = re.fullmatch(pattern, clean, flags=re.DOTALL)
        if found:
            return wording.format(**{k: _value(k, v, subject) for k, v in found.groupdict().items()})
    return f"原文：{clean}" if clean else ""


def _value(key: str, value: str, subject: Subject) -> str:
    say: dict[str, Callable[[str], str]] = {
        "trait": lambda v: _TRAITS.get(v, v),
        "unit": lambda v: _UNITS[v],
        "groups": lambda v: "、".join(subject.group(name) for name in v.split(" and ")),
    }
    return say[key](value) if key in say else value.replace("-", "−")
