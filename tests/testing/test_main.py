"""``python -m discourse.testing``: what is printed, and the exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from discourse.testing.__main__ import main

HOLDS = {"id": "cohen.2x2", "input": [[20, 5], [10, 15]], "expected": 0.4, "tolerance": 1e-12}
SIGNS = {"id": "import.ids", "input": {"csv": "note_id\n67e10\n"}, "expected": ["67e10"], "tolerance": 0}


def write(folder, entries):
    path = folder / "values.json"
    path.write_text(json.dumps(entries), encoding="utf-8")
    return str(path)


def test_all_hold(tmp_path, capsys):
    assert main(["reference", write(tmp_path, [HOLDS, SIGNS])]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[0].split() == ["id", "value", "expected", "ok"]
    assert out.endswith("2 of 2 hold\n")


@pytest.mark.parametrize("change", [{"expected": 0.41}, {"input": [[20, 5], [10, 16]]}, {"id": "cohen.3x3"}])
def test_one_that_is_off_or_not_covered_fails_the_run(tmp_path, capsys, change):
    assert main(["reference", write(tmp_path, [SIGNS, HOLDS | change])]) == 1
    assert "1 of 2 hold" in capsys.readouterr().out


def test_json_is_for_programs(tmp_path, capsys):
    assert main(["reference", write(tmp_path, [HOLDS]), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["entries"][0] | {"value": 0} == {
        "id": "cohen.2x2", "value": 0, "expected": 0.4, "ok": True, "reason": "", "note": "",
    }  # fmt: skip


def test_a_file_that_cannot_be_used_gives_one_message_and_two(tmp_path, capsys):
    for path in (str(tmp_path / "none.json"), write(tmp_path, {"not": "a list"})):
        assert main(["reference", path]) == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        assert captured.err.startswith("discourse.testing: ")
        assert path in captured.err


def test_wrong_usage_gives_two():
    for arguments in ([], ["reference"], ["other", "x"]):
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert ended.value.code == 2


def test_a_console_of_another_encoding_does_not_stop_the_run(tmp_path):
    path = write(tmp_path, [{"id": "tok.92", "input": "😀", "expected": "another rule 😀", "tolerance": 0}])
    command = [sys.executable, "-X", "utf8=0", "-m", "discourse.testing", "reference", path]
    done = subprocess.run(
        command, capture_output=True, env={**os.environ, "PYTHONIOENCODING": "gbk"}, check=False
    )
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert b"0 of 1 hold" in done.stdout
