"""Help and error messages in Chinese, for whom the system speaks Chinese to.

The library speaks English; what it says is put into Chinese at the edge, from two lists beside this file.
What the lists do not hold stays English.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from typing import Any

from discourse.errors import DiscourseError

_FOLDER = Path(__file__).parent
_FEW_LETTERS = 8
_FRAMES = {
    "ARGUMENTS_PANEL_TITLE": "参数",
    "OPTIONS_PANEL_TITLE": "选项",
    "COMMANDS_PANEL_TITLE": "命令",
    "REQUIRED_LONG_STRING": "[必填]",
    "DEFAULT_STRING": "[默认：{}]",
}
_HOLE = re.compile(r"\{(\d?)\}")


def translate_help(command: Any) -> None:
    """Put the help of a command and of all below it into Chinese.

    Parameters
    ----------
    command : command of typer
        The command; its help texts and those of its options are replaced.
    """
    if command.help:
        command.help = _in_chinese(command.help)
    for parameter in (*command.params, command.get_help_option(command.context_class(command))):
        if getattr(parameter, "help", None):
            parameter.help = _in_chinese(parameter.help)
    for below in getattr(command, "commands", {}).values():
        translate_help(below)


def translate_frames() -> None:
    """Put the titles of typer's boxes into Chinese, where this version of typer has them by these names."""
    from typer import rich_utils

    for name, chinese in _FRAMES.items():
        if hasattr(rich_utils, name):
            setattr(rich_utils, name, chinese)


def error_zh(error: DiscourseError) -> str:
    """Write an error in Chinese.

    Parameters
    ----------
    error : DiscourseError
        The error.

    Returns
    -------
    str
        What is wrong, where, what was expected and what to do; parts that have no Chinese form in English.

    Examples
    --------
    >>> from discourse.errors import InputError
    >>> print(error_zh(InputError("the file is empty", where="a.csv", hint="leave the file out")))
    文件是空的
      位置：  a.csv
      怎么办：不要这个文件
    """
    rows = [
        ("位置：  ", error.where),
        ("应为：  ", error.expected and message_zh(error.expected)),
        ("怎么办：", error.hint and message_zh(error.hint)),
    ]
    return "\n".join([message_zh(error.message), *(f"  {label}{said}" for label, said in rows if said)])


def message_zh(message: str) -> str:
    """Put one message into Chinese.

    Parameters
    ----------
    message : str
        As the library writes it, names and numbers filled in.

    Returns
    -------
    str
        In Chinese with the same names and numbers, or the message as it is.

    Examples
    --------
    >>> message_zh("there is no study file mine.toml"), message_zh("nobody wrote this")
    ('没有研究文件 mine.toml', 'nobody wrote this')
    """
    for pattern, chinese in _messages():
        found = pattern.fullmatch(message)
        if found:
            return _filled(chinese, found.groups())
    return message


def _filled(chinese: str, values: tuple[str, ...]) -> str:
    """Fill the holes: {} takes the next value, {2} the second one."""
    following = iter(values)
    return _HOLE.sub(lambda hole: values[int(hole[1]) - 1] if hole[1] else next(following), chinese)


def _in_chinese(text: str) -> str:
    return _helps().get(text, text)


@cache
def _helps() -> dict[str, str]:
    return dict(_pairs("help_zh.tsv"))


@cache
def _messages() -> list[tuple[re.Pattern[str], str]]:
    """Compile the messages, those with the most fixed words first: "{} is {}" fits too much."""
    pairs = sorted(_pairs("errors_zh.tsv"), key=lambda pair: (-len(pair[0].replace("{}", "")), pair[0]))
    return [(_pattern(english), chinese) for english, chinese in pairs]


def _pattern(english: str) -> re.Pattern[str]:
    """Let holes take anything; those of "{} is {}" and its like only single words."""
    hole = "(.*?)" if len(english.replace("{}", "")) > _FEW_LETTERS else r"(\S*)"
    return re.compile(hole.join(re.escape(part) for part in english.split("{}")), re.DOTALL)


def _pairs(name: str) -> list[tuple[str, str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as handle:
        rows = csv.reader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        return [(_unescaped(english), _unescaped(chinese)) for english, chinese in rows]


def _unescaped(cell: str) -> str:
    return cell.replace("\\n", "\n")
