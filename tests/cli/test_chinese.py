"""Whom the system speaks Chinese to gets help and errors in Chinese: all of them, with the same names in them."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from discourse.cli import app
from discourse.cli.chinese import _pairs, error_zh, message_zh, translate_help
from discourse.errors import InputError

ROOT = Path(__file__).parents[2] / "discourse"
#: Functions on arrays speak to who writes Python; everything that a study or a file can cause is here.
ROOMS = ("cli", "coding", "compare", "corpus", "report", "sentiment", "study", "tables", "text", "topics")
ERRORS = {"InputError", "StudyError", "ImportFailed", "ParameterError", "NotMeasurable", "MissingExtra"}


def templates(node: ast.expr) -> list[str]:
    """What a message can look like, with {} where a value goes; nothing where it is made elsewhere."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.JoinedStr):
        return ["".join(v.value if isinstance(v, ast.Constant) else "{}" for v in node.values)]
    if isinstance(node, ast.IfExp):
        return templates(node.body) + templates(node.orelse)
    return []


def errors_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ERRORS:
            said = node.args[:1] + [
                k.value for k in node.keywords if k.arg in ("message", "expected", "hint")
            ]
            found.update(one for value in said for one in templates(value))
    return found


def helps(command) -> set[str]:
    found = {command.help, *(getattr(parameter, "help", None) for parameter in command.params)}
    for below in getattr(command, "commands", {}).values():
        found |= helps(below)
    return {said for said in found if said}


@pytest.mark.parametrize("room", ROOMS)
def test_every_error_of_a_room_has_its_chinese(room):
    chinese = dict(_pairs("errors_zh.tsv"))
    said = set().union(*(errors_of(path) for path in (ROOT / room).rglob("*.py")))
    assert said, room
    assert sorted(said - set(chinese)) == []


def test_every_help_text_has_its_chinese():
    command = typer.main.get_command(app)
    assert sorted(helps(command) - set(dict(_pairs("help_zh.tsv")))) == []
    translate_help(command)
    assert all(re.search("[一-鿿]", said) for said in helps(command))


@pytest.mark.parametrize("name", ["errors_zh.tsv", "help_zh.tsv"])
def test_the_lists_are_clean(name):
    pairs = _pairs(name)
    assert len({english for english, _ in pairs}) == len(pairs)
    for english, chinese in pairs:
        assert chinese.strip() == chinese != ""
        holes = re.findall(r"\{(\d?)\}", chinese)
        assert len(holes) == english.count("{}"), english
        assert sorted(holes) in ([""] * len(holes), [str(k + 1) for k in range(len(holes))]), english


def test_names_and_numbers_come_through_in_the_order_of_chinese():
    assert message_zh("3 of 12 posts of the run are not in its exports any more").startswith("该运行的 12 条")
    assert message_zh("min_cell is 3") == "min_cell 为 3"


def test_what_has_no_chinese_stays_whole():
    said = "this sentence, which nobody wrote, is not in any list: at all"
    assert message_zh(said) == said


def test_a_value_is_data_whatever_it_holds():
    assert message_zh("there is no study file {} .* \\1 {2}") == "没有研究文件 {} .* \\1 {2}"


def test_an_error_says_where_and_what_to_do():
    error = InputError("the file is empty", where="a.csv", expected="UTF-8 CSV", hint="leave the file out")
    assert error_zh(error).splitlines() == [
        "文件是空的",
        "  位置：  a.csv",
        "  应为：  UTF-8 的 CSV",
        "  怎么办：不要这个文件",
    ]


def run(*arguments: str, language: str = "zh_CN.UTF-8") -> subprocess.CompletedProcess[str]:
    free = {k: v for k, v in os.environ.items() if k not in ("LC_ALL", "LC_MESSAGES", "DISCOURSE_LANGUAGE")}
    return subprocess.run(
        [sys.executable, "-m", "discourse", *arguments],
        env={**free, "LANG": language, "PYTHONUTF8": "1", "COLUMNS": "90"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_program_speaks_as_the_system_does():
    assert (
        "给每位编码员" in run("code", "sample", "--help").stdout or "编码员" in run("code", "--help").stdout
    )
    assert "Write a commented study file" in run("--help", language="en_GB.UTF-8").stdout


def test_wrong_usage_is_said_in_chinese_and_ends_in_2():
    done = run("run", "study.toml", "--wrong")
    assert (done.returncode, done.stdout) == (2, "")
    assert "没有选项 --wrong" in done.stderr
    assert "discourse run --help" in done.stderr


def test_a_wrong_file_is_said_in_chinese_and_ends_in_2(tmp_path):
    done = run("run", str(tmp_path / "none.toml"), "--out", str(tmp_path / "out"))
    assert done.returncode == 2
    assert "没有研究文件" in done.stderr
    assert not (tmp_path / "out").exists()
