"""The words of the page itself: what one can do with it, in the language of the report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from discourse.report.numerals import Language

_EN: Final[dict[str, str]] = {
    "contents": "Contents",
    "skip": "Skip to the report",
    "summary": "Summary",
    "to_dark": "Switch to dark",
    "to_light": "Switch to light",
    "search": "Search this table",
    "shown": "{n} of {all} rows",
    "nothing": "No row holds these words.",
    "sort": "Sort by this column",
    "values": "Values of {figure}; the arrow keys step through them",
    "scroll": "Table, scrolls sideways",
    "made": "Made with discourse. Figures and tables of this report lie beside it as files.",
    "columns": "Columns",
    "column": "Column",
    "meaning": "Meaning",
}
_ZH: Final[dict[str, str]] = {
    "contents": "目录",
    "skip": "跳至正文",
    "summary": "摘要",
    "to_dark": "切换为深色",
    "to_light": "切换为浅色",
    "search": "在本表中查找",
    "shown": "显示 {n} / {all} 行",
    "nothing": "没有含有这些字词的行。",
    "sort": "按此列排序",
    "values": "{figure}的数值；用方向键逐个查看",
    "scroll": "表格，可左右滚动",
    "made": "由 discourse 生成。本报告的图与表另以文件形式附于同一文件夹。",
    "columns": "列",
    "column": "列名",
    "meaning": "含义",
}


def page_words(language: Language) -> Mapping[str, str]:
    """Give the words of the page.

    Parameters
    ----------
    language : {"en", "zh"}
        The language of the report.

    Returns
    -------
    Mapping of str to str
        Words by key.

    Examples
    --------
    >>> page_words("zh")["contents"]
    '目录'
    """
    return _ZH if language == "zh" else _EN
