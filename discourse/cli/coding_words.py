"""What the commands of hand coding say, in English and Chinese."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Mapping
from typing import Any, Literal

Language = Literal["en", "zh"]

WORDS: dict[str, dict[str, str]] = {
    "drawn": {
        "en": "drawn: {n} of {size} posts from {strata} strata, seed {seed}; instrument frozen: {instrument}",
        "zh": "已抽取：{size} 条帖文中的 {n} 条，共 {strata} 层，随机种子 {seed}；工具已冻结：{instrument}",
    },
    "authors": {
        "en": "drawn: {n} of {size} authors from {strata} strata, seed {seed}; group rules frozen",
        "zh": "已抽取：{size} 位作者中的 {n} 位，共 {strata} 层，随机种子 {seed}；分组规则已冻结",
    },
    "further": {
        "en": "asked of each post, too ({n} questions): {list}",
        "zh": "每条帖文另外还要回答（{n} 个问题）：{list}",
    },
    "proposed": {
        "en": "proposed for training: {n} posts, none of them in the validation sample",
        "zh": "建议用于训练的帖文：{n} 条，均不在验证样本中",
    },
    "twins": {"en": "items in two languages: {n}", "zh": "双语条目：{n} 个"},
    "sheet": {"en": "sheet for {coder}: {path}", "zh": "{coder} 的编码表：{path}"},
    "page": {
        "en": "or code on a page: discourse code serve {folder}",
        "zh": "或在网页上编码：discourse code serve {folder}",
    },
    "codes": {"en": "{coder}: {n} new codes", "zh": "{coder}：新增编码 {n} 个"},
    "counts": {
        "en": "unchanged {unchanged}, rows left blank {blank}, rows missing {lacking}",
        "zh": "未变 {unchanged}，空白行 {blank}，缺失行 {lacking}",
    },
    "alpha": {
        "en": "{name}: alpha {alpha} [{low}, {high}], {percent} % agree, AC1 {ac1}, n = {n}",
        "zh": "{name}：alpha {alpha} [{low}, {high}]，一致率 {percent} %，AC1 {ac1}，n = {n}",
    },
    "open": {
        "en": "{n} units are disputed; settle them in {path} and import it",
        "zh": "有 {n} 个单位存在分歧；请在 {path} 中裁定后导入",
    },
    "settled": {"en": "nothing is disputed", "zh": "没有分歧"},
    "measured": {
        "en": "{group}, {lang}: {measure} {estimate} [{low}, {high}], n = {n}",
        "zh": "{group}，{lang}：{measure} {estimate} [{low}, {high}]，n = {n}",
    },
    "measured_further": {
        "en": "{name}: {measure} {estimate} [{low}, {high}], n = {n}",
        "zh": "{name}：{measure} {estimate} [{low}, {high}]，n = {n}",
    },
    "since": {
        "en": "note: {file} is not as it was when the run used it: run the study again",
        "zh": "注意：{file} 与该次运行所用的不同：请重新运行研究",
    },
    "differs": {
        "en": "{a} - {b}, {measure}: {estimate} [{low}, {high}]: {verdict} (detectable: {detectable})",
        "zh": "{a} - {b}，{measure}：{estimate} [{low}, {high}]：{verdict}（可检出的差异：{detectable}）",
    },
    "different": {"en": "different", "zh": "有差异"},
    "equal within the margin": {"en": "equal within the margin", "zh": "在界限内相等"},
    "not known": {"en": "not known", "zh": "无法判断"},
    "written": {"en": "written: {path}", "zh": "已写入：{path}"},
}

NAMES: dict[str, dict[str, str]] = {
    "all": {"en": "all", "zh": "全部"},
    "zh": {"en": "Chinese", "zh": "中文"},
    "en": {"en": "English", "zh": "英文"},
    "mixed": {"en": "mixed", "zh": "中英混合"},
    "other": {"en": "other languages", "zh": "其他语言"},
    "unassigned": {"en": "unassigned", "zh": "未归组"},
    "accuracy": {"en": "accuracy", "zh": "准确率"},
    "macro_f1": {"en": "macro-F1", "zh": "宏平均 F1"},
    "f1": {"en": "F1", "zh": "F1"},
    "f_avg": {"en": "mean F1 of positive and negative", "zh": "正负面平均 F1"},
    "precision": {"en": "precision", "zh": "查准率"},
    "recall": {"en": "recall", "zh": "查全率"},
    "error": {"en": "error", "zh": "错误率"},
    "bias positive": {"en": "bias of share positive", "zh": "正面占比偏差"},
    "bias negative": {"en": "bias of share negative", "zh": "负面占比偏差"},
}


def named(language: Language, name: str) -> str:
    """Call a scope or a measure by its name in a language; groups keep theirs.

    Examples
    --------
    >>> named("zh", "accuracy"), named("zh", "hosts")
    ('准确率', 'hosts')
    """
    return NAMES.get(name, {}).get(language, name)


def spoken(wanted: str | None) -> Language:
    """Choose the language of messages: as asked for, else as ``DISCOURSE_LANGUAGE`` or the system says.

    Examples
    --------
    >>> spoken("zh")
    'zh'
    """
    names = ("DISCOURSE_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    said = wanted or next((os.environ[name] for name in names if os.environ.get(name)), "") or _windows()
    return "zh" if said.lower().startswith(("zh", "chinese")) else "en"


def _windows() -> str:
    """Ask where no variable says it: Windows calls it Chinese (Simplified)_China."""
    return (locale.getlocale()[0] or "") if sys.platform == "win32" else ""


def say(language: Language, key: str, **values: Any) -> str:
    """Write one message.

    Examples
    --------
    >>> say("zh", "settled")
    '没有分歧'
    """
    words: Mapping[str, str] = WORDS[key]
    return words[language].format(**values)
