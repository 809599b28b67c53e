from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from discourse.errors import InputError
from discourse.sentiment.instruments.record import Record


def test_what_was_added_is_there_the_next_time(tmp_path: Path) -> None:
    path = tmp_path / "目录" / "answers.jsonl"
    Record(path).add({"key": "a", "answer": "是"})
    Record(path).add({"key": "a", "answer": "否"})
    assert Record(path).get("a") == {"key": "a", "answer": "否"}
    assert path.read_bytes().count(b"\n") == 2


def test_a_line_cut_off_by_a_kill_spoils_no_other(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    Record(path).add({"key": "a", "answer": "{1}"})
    whole = path.read_bytes()
    for cut in range(1, len(whole)):
        path.write_bytes(whole + whole.replace(b'"a"}', b'"z"}')[:cut])
        Record(path).add({"key": "b", "answer": "2"})
        assert [Record(path).get(key) is not None for key in ("a", "b")] == [True, True]


def test_another_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("my notes\n", encoding="utf-8")
    with pytest.raises(InputError, match="no answer of a model") as caught:
        Record(path)
    assert "line 1" in str(caught.value.where)
    assert path.read_text(encoding="utf-8") == "my notes\n"


def test_threads_write_whole_lines(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    record = Record(path)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: record.add({"key": str(n), "answer": "x" * 500}), range(200)))
    keys = {json.loads(line)["key"] for line in path.read_text(encoding="utf-8").splitlines()}
    assert len(keys) == 200


def test_without_a_path_nothing_is_written(tmp_path: Path) -> None:
    Record().add({"key": "a", "answer": ""})
    assert list(tmp_path.iterdir()) == []
