"""A wheel holds the same data as a checkout, and the house papers are valid."""

from __future__ import annotations

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
pytestmark = pytest.mark.skipif(
    not (ROOT / "pyproject.toml").is_file(), reason="only a checkout can be packed into a wheel"
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--quiet"]
    done = subprocess.run(
        [*command, "--wheel-dir", str(folder), str(ROOT)], capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as archive:
        yield archive


def tracked(*parts):
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--", *parts]
    done = subprocess.run(command, capture_output=True, timeout=60)
    if done.returncode != 0:
        pytest.skip("not a git checkout")
    names = [name for name in done.stdout.decode("utf-8").split("\0") if name]
    return [name for name in names if (ROOT / name).is_file()]


@pytest.mark.parametrize(
    ("source", "inside"),
    [
        ("discourse", "discourse"),
        ("corpora", "discourse/shipped/corpora"),
        ("reports", "discourse/shipped/reports"),
    ],
)
def test_the_wheel_holds_the_bytes_of_the_checkout(wheel, source, inside):
    names = tracked(source)
    assert names
    for name in names:
        packed = inside + name.removeprefix(source)
        assert wheel.read(packed) == (ROOT / name).read_bytes(), name


def test_lexicons_targets_fonts_and_corpus_are_in_the_wheel(wheel):
    names = wheel.namelist()
    for ending in (".tsv", ".toml", ".ttf", ".typ", "gold.csv", "OFL.txt", "py.typed"):
        assert any(name.endswith(ending) for name in names), ending


def test_nothing_of_the_workshop_is_in_the_wheel(wheel):
    assert not [name for name in wheel.namelist() if "__pycache__" in name or name.startswith("tests/")]


def test_the_version_stands_once_and_is_the_same_everywhere():
    import discourse

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert project["version"] == discourse.__version__
    assert f"version: {discourse.__version__}\n" in citation
    assert f"## [{discourse.__version__}]" in changelog


def test_every_dependency_is_locked_with_a_hash():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8").lower()
    for requirement in project["dependencies"]:
        name = requirement.split(">")[0].split("=")[0].split("<")[0].strip().lower()
        assert f"\n{name}==" in f"\n{lock}", name
    assert lock.count("--hash=sha256:") > 500
