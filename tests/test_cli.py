"""The command line: what it loads, what it prints where, and its exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import warnings
from types import SimpleNamespace

import pytest

from discourse.cli import main

HEAVY = ("pandas", "spacy", "gensim", "seaborn", "jieba", "scipy", "sklearn", "matplotlib", "pyarrow", "nltk")


def run(*arguments, **options):
    environment = os.environ | {"PYTHONIOENCODING": "utf-8"} | options.pop("env", {})
    return subprocess.run(
        [sys.executable, "-m", "discourse", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        env=environment,
        timeout=300,
        **options,
    )


@pytest.fixture
def called(tmp_path, monkeypatch, capsys):
    """Call the command line in a folder of its own, in this process: a new one takes a second to load the same."""

    def call(*arguments):
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(sys, "argv", ["discourse", *arguments])
        monkeypatch.setattr(warnings, "showwarning", warnings.showwarning)  # main() sets it; it comes back
        capsys.readouterr()
        try:
            main()
            code = 0
        except SystemExit as end:
            code = end.code or 0
        printed = capsys.readouterr()
        return SimpleNamespace(returncode=code, stdout=printed.out, stderr=printed.err)

    return call


@pytest.mark.parametrize(
    "statement", ["import discourse", "import discourse.cli; discourse.cli.app", "import discourse.errors"]
)
def test_loads_no_heavy_library_until_it_is_needed(statement):
    code = f"import sys; {statement}; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "[]"


def test_help_loads_no_heavy_library_and_names_every_command():
    code = (
        "import sys\n"
        "from discourse.cli import main\n"
        "sys.argv = ['discourse', '--help']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print([m for m in {HEAVY!r} if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, encoding="utf-8"
    )
    assert done.stdout.strip().endswith("[]")
    for command in ("demo", "run", "import", "score", "kwic", "init", "doctor"):
        assert command in done.stdout


def test_every_public_name_can_be_loaded():
    import discourse

    for name in discourse.__all__:
        assert getattr(discourse, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = discourse.nothing


@pytest.mark.parametrize(
    ("looked_for", "found"), [("segment", "segment_zh"), ("keynes", "keyness"), ("report", "render")]
)
def test_a_name_that_other_tools_have_leads_to_ours(looked_for, found):
    import discourse

    with pytest.raises(AttributeError, match=f"perhaps: .*{found}"):
        discourse.__getattr__(looked_for)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["runn"], "runn"),
        (["run", "no-such-study.toml", "--out", "x"], "no-such-study.toml"),
        (["import", "no-such-export.csv", "--out", "x"], "no-such-export.csv"),
        (["score", "no-such-file.csv", "--out", "x.csv"], "no-such-file.csv"),
        (["kwic", "no-such-folder", "难民"], "no-such-folder"),
        (["explain", "hello", "--target", "refugeees"], "refugees"),
    ],
)
def test_wrong_usage_and_bad_input_exit_with_two_and_one_message(tmp_path, called, arguments, named):
    done = called(*arguments)
    assert done.returncode == 2, done.stderr
    assert named in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_the_program_itself_ends_with_two_and_one_message(tmp_path):
    done = run("run", "no-such-study.toml", "--out", "x", cwd=tmp_path)
    assert done.returncode == 2, done.stderr
    assert "no-such-study.toml" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_init_writes_a_study_and_does_not_overwrite(tmp_path, called):
    assert called("init").returncode == 0
    before = (tmp_path / "study.toml").read_bytes()
    again = called("init")
    assert again.returncode == 2
    assert "--force" in again.stderr
    assert (tmp_path / "study.toml").read_bytes() == before


def test_score_keeps_the_rows_and_their_order(tmp_path):
    rows = ["id,text,label", "1,欢迎难民们！,x", '2,"=SUM(A1), refugees",y', "3,,z"]
    (tmp_path / "f.csv").write_text("\n".join(rows), encoding="utf-8")
    done = run("score", "f.csv", "--out", "o.csv", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["rows"] == 3
    import pandas as pd

    out = pd.read_csv(tmp_path / "o.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    assert out["id"].tolist() == ["1", "2", "3"]
    assert out["text"].tolist() == ["欢迎难民们！", "=SUM(A1), refugees", ""]
    assert out["label_input"].tolist() == ["x", "y", "z"]
    assert out["label"].tolist()[0] == "positive"
    assert out["label"].tolist()[2] == "absent"
    assert out["score"].tolist()[2] == ""


def test_a_console_that_cannot_show_chinese_does_not_end_the_program(tmp_path):
    (tmp_path / "f.csv").write_text("text\n小红书欢迎你\n", encoding="utf-8")
    done = run("score", "f.csv", "--out", "输出.csv", cwd=tmp_path, env={"PYTHONIOENCODING": "cp1252"})
    assert done.returncode == 0, done.stderr


def test_an_unknown_text_column_offers_the_nearest(tmp_path, called):
    (tmp_path / "f.csv").write_text("id,texts\n1,a\n", encoding="utf-8")
    done = called("score", "f.csv", "--out", "o.csv")
    assert done.returncode == 2
    assert "texts" in done.stderr
    assert not (tmp_path / "o.csv").exists()


def test_a_row_with_more_cells_than_the_header_is_refused_with_its_line(tmp_path, called):
    (tmp_path / "f.csv").write_text("text\nfine\nWelcome, refugees\n", encoding="utf-8")
    done = called("score", "f.csv", "--out", "o.csv")
    assert done.returncode == 2
    assert "line 3" in done.stderr
    assert not (tmp_path / "o.csv").exists()


def test_an_unclosed_quote_is_refused_and_swallows_no_rows(tmp_path, called):
    (tmp_path / "f.csv").write_text('id,text\n1,"refugees great\n2,hello\n', encoding="utf-8")
    done = called("score", "f.csv", "--out", "o.csv")
    assert done.returncode == 2
    assert not (tmp_path / "o.csv").exists()


@pytest.mark.parametrize("out", [".", "nowhere/o.csv", "f.csv"])
def test_a_place_that_cannot_be_written_is_refused(tmp_path, called, out):
    (tmp_path / "f.csv").write_text("text\nhello\n", encoding="utf-8")
    done = called("score", "f.csv", "--out", out)
    assert done.returncode == 2, done.stderr
    assert (tmp_path / "f.csv").read_text(encoding="utf-8") == "text\nhello\n"


def test_half_an_emoji_does_not_end_the_scoring(tmp_path, called):
    (tmp_path / "f.jsonl").write_text('{"text": "\\ud83d refugees are great"}\n', encoding="utf-8")
    done = called("score", "f.jsonl", "--out", "o.csv")
    assert done.returncode == 0, done.stderr


STUDY = 'version = 1\n[study]\ntitle = "T"\nquestion = "Q"\n[[sources]]\npath = "p.csv"\n'


@pytest.mark.parametrize(
    ("more", "named"),
    [
        (
            '[[questions]]\nid = "H"\ntext = "?"\noutcome = "balance:refugee"\ngroups = ["all"]\n',
            "'refugees'",
        ),
        ('[scorer]\nname = "lexikon"\n', "lexicon"),
        ('[[targets]]\nuse = "refugeees"\n', "refugees"),
    ],
)
def test_a_study_that_names_what_there_is_not_is_refused_before_anything_is_read(
    tmp_path, called, more, named
):
    (tmp_path / "p.csv").write_text("text\nhello\n", encoding="utf-8")
    (tmp_path / "s.toml").write_text(STUDY + more, encoding="utf-8")
    done = called("run", "s.toml", "--out", "r")
    assert done.returncode == 2, done.stderr
    assert named in done.stderr
    assert "reading" not in done.stderr
    assert not (tmp_path / "r").exists()


def test_a_column_of_an_export_cannot_steer_the_terminal(called, tmp_path):
    (tmp_path / "a.csv").write_text("\x1b[31m\u202ecolumn,x\na,b\n", encoding="utf-8")
    done = called("import", "a.csv", "--out", "corpus")
    assert done.returncode == 2
    assert "\\u001b[31m\\u202ecolumn" in done.stderr


@pytest.mark.parametrize(
    "arguments", [("init", "here/study.toml"), ("init", "here", "--force"), ("init", "a" * 300)]
)
def test_a_path_that_cannot_be_written_is_an_error_of_usage(called, tmp_path, arguments):
    if arguments[1] == "here":
        (tmp_path / "here").mkdir()
    done = called(*arguments)
    assert done.returncode == 2
    assert "to do:" in done.stderr
    assert arguments[1][:50] in done.stderr
