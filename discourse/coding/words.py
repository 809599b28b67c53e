"""The fixed words of sheets and of the command line, in English and Chinese."""

from __future__ import annotations

from typing import Literal

Language = Literal["en", "zh"]

HEADERS: dict[str, dict[str, str]] = {
    "number": {"en": "no.", "zh": "序号"},
    "parent": {"en": "the post it answers", "zh": "被回复的帖文"},
    "text": {"en": "post", "zh": "帖文"},
    "note": {"en": "note", "zh": "备注"},
    "post_id": {"en": "id", "zh": "编号"},
    "target": {"en": "toward", "zh": "对象"},
    "coder": {"en": "coder", "zh": "编码员"},
    "codebook": {"en": "codebook", "zh": "编码手册版本"},
}
"""The fixed columns of a sheet; columns of answers stand between text and note."""
EVIDENCE = {"en": "what the author wrote", "zh": "作者所写内容"}
SHEETS = {
    "codes": {"en": "codes", "zh": "编码"},
    "codebook": {"en": "codebook", "zh": "编码手册"},
}
CODEBOOK_HEADERS = {
    "variable": {"en": "question", "zh": "问题"},
    "category": {"en": "answer", "zh": "选项"},
    "definition": {"en": "when", "zh": "说明"},
    "examples": {"en": "examples", "zh": "例子"},
}
CHOOSE = {
    "title": {"en": "not an answer", "zh": "无效选项"},
    "error": {"en": "Choose one of the list.", "zh": "请从下拉列表中选择。"},
}
HOW = {
    "en": "Choose an answer for every row from the list that opens in the coloured cells, save, and send the "
    "file back. Do not change the columns at the right. Stop whenever you like: the first rows are a fair "
    "part of all.",
    "zh": "请在有底色的单元格的下拉列表中为每一行选择答案，保存后发回文件。请勿改动右侧各列。"
    "可以随时停下：前面的行已能代表全部。",
}


def word(words: dict[str, str], language: str) -> str:
    """Take a fixed word in a language.

    Examples
    --------
    >>> word(HEADERS["note"], "zh")
    '备注'
    """
    return words["zh" if language == "zh" else "en"]
