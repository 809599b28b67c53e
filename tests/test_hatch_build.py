"""An install compiles the rules where it can, and is never stopped by it."""

from __future__ import annotations

import importlib.util
import subprocess
from pathlib import Path

import pytest

HOOK = Path(__file__).resolve().parents[1] / "hatch_build.py"
pytestmark = pytest.mark.skipif(not HOOK.is_file(), reason="only a checkout is built")


@pytest.fixture
def packed(tmp_path, monkeypatch):
    """What the hook adds to a wheel, when compiling ends with a code and a line."""
    spec = importlib.util.spec_from_file_location("hatch_build", HOOK)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    built = tmp_path / "discourse" / "compiled" / "built"
    built.mkdir(parents=True)
    (built / "record.json").write_text("{}", encoding="utf-8")
    monkeypatch.delenv("DISCOURSE_COMPILED", raising=False)

    def pack(code, said, version="standard"):
        done = subprocess.CompletedProcess([], code, said, "")
        monkeypatch.setattr(module.subprocess, "run", lambda *args, **options: done)
        hook = module.CompiledRules(str(tmp_path), {}, None, None, str(tmp_path), "wheel")
        data = {"force_include": {}, "pure_python": True, "infer_tag": False}
        hook.initialize(version, data)
        return data

    return pack


def test_compiled_rules_go_into_a_wheel_for_this_platform(packed):
    data = packed(0, "== the rules are compiled (20 s)\n")
    assert list(data["force_include"].values()) == ["discourse/compiled/built/record.json"]
    assert data["infer_tag"]
    assert not data["pure_python"]


@pytest.mark.parametrize("code", [0, 1])
def test_where_nothing_can_be_compiled_the_wheel_is_plain_and_for_all(packed, code):
    data = packed(code, "== the rules stay plain Python: they could not be compiled\n")
    assert data == {"force_include": {}, "pure_python": True, "infer_tag": False}


def test_an_editable_install_and_the_switch_compile_nothing(packed, monkeypatch):
    said = "== the rules are compiled\n"
    assert packed(0, said, version="editable")["pure_python"]
    monkeypatch.setenv("DISCOURSE_COMPILED", "0")
    assert packed(0, said)["pure_python"]
