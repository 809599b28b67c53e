"""`discourse doctor` says what is there, what is wrong, and what to do about it - and changes nothing."""

from __future__ import annotations

import json
import os
from importlib.metadata import PackageNotFoundError
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from discourse.cli import app
from discourse.study import doctor


def entry(name):
    return next(item for item in doctor.examine() if item["name"] == name)


@pytest.fixture(autouse=True)
def own_key(tmp_path, monkeypatch):
    """A place for a key that nobody else uses."""
    monkeypatch.setenv("DISCOURSE_KEY_FILE", str(tmp_path / "keys" / "project.key"))
    return tmp_path / "keys" / "project.key"


def test_what_issue_10_asks_for_is_there():
    names = {item["name"] for item in doctor.examine()}
    assert names >= {"discourse", "Python", "cores", "memory", "fonts", "project key", "temporary folder"}
    assert names >= {"current folder", "key folder", "spacy", "gensim", "extra embeddings", "extra cluster"}


def test_all_that_a_user_installs_is_looked_at():
    from importlib.metadata import requires

    always = [line for line in requires("discourse") if "extra ==" not in line and "win32" not in line]
    names = {item["name"] for item in doctor.examine()}
    assert len(always) > 30
    assert all(any(line.startswith(name) for name in names) for line in always)


def test_a_fault_comes_with_what_to_do():
    assert all(item["ok"] != bool(item["to_do"]) for item in doctor.examine())


def test_a_lost_and_an_old_package_are_told_apart(monkeypatch):
    def found(name):
        if name == "gensim":
            raise PackageNotFoundError(name)
        return "0.0.1" if name == "numpy" else "9999"

    monkeypatch.setattr(doctor, "version", found)
    assert entry("gensim") == {
        "name": "gensim",
        "value": "not installed",
        "ok": False,
        "to_do": 'pip install "gensim>=4.4"',
    }
    assert entry("numpy")["value"].startswith("0.0.1, >=")
    assert not entry("numpy")["ok"]


def test_little_memory_is_said(monkeypatch):
    small = SimpleNamespace(available=300 * 2**20, total=4 * 2**30)
    monkeypatch.setattr(doctor.psutil, "virtual_memory", lambda: small)
    assert entry("memory")["value"] == "0.3 GB free of 4.0 GB"
    assert "--workers 1" in entry("memory")["to_do"]


def test_a_full_disk_is_said(monkeypatch):
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda folder: SimpleNamespace(free=1000))
    assert not entry("temporary folder")["ok"]
    assert "make room" in entry("temporary folder")["to_do"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="everything can be written by this user")
def test_a_folder_that_cannot_be_written_is_said(tmp_path, monkeypatch):
    tmp_path.chmod(0o500)
    monkeypatch.chdir(tmp_path)
    assert not entry("current folder")["ok"]


def test_a_folder_that_is_gone_is_said(tmp_path):
    found = doctor._writable("current folder", tmp_path / "gone", "name another")
    assert not found["ok"]
    assert found["to_do"] == "name another"


def test_no_key_is_made_by_looking(own_key):
    assert "none yet" in entry("project key")["value"]
    assert entry("project key")["ok"]
    assert not own_key.parent.exists()


def test_a_damaged_key_is_a_fault_and_a_sound_one_is_not_told(own_key):
    own_key.parent.mkdir()
    own_key.write_text("not a key", encoding="ascii")
    assert not entry("project key")["ok"]
    own_key.write_text("ab" * 32, encoding="ascii")
    assert entry("project key")["ok"]
    assert "abab" not in entry("project key")["value"]


def test_the_exit_code_says_whether_all_is_well(monkeypatch):
    sick = [{"name": "memory", "value": "none", "ok": False, "to_do": "buy some"}]
    monkeypatch.setattr(doctor, "examine", lambda: sick)
    shown = CliRunner().invoke(app, ["doctor"])
    assert shown.exit_code == 1
    assert "NO  memory" in shown.stdout
    assert "to do: buy some" in shown.stdout
    assert json.loads(CliRunner().invoke(app, ["doctor", "--json"]).stdout) == sick
