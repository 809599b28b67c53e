"""Targets: data that is checked before it is used."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from discourse.errors import InputError, ParameterError
from discourse.sentiment.mentions import find_names, matcher_for
from discourse.sentiment.scan import fold
from discourse.sentiment.target import Target, load_target, target_names


def test_five_targets_ship() -> None:
    assert {"refugees", "hosts", "xiaohongshu", "tiktok-ban", "feed"} <= set(target_names())


@pytest.mark.parametrize("name", target_names())
def test_each_shipped_target_has_names_in_both_languages(name: str) -> None:
    target = load_target(name)
    assert target.name == name
    assert target.names["en"]
    assert target.names["zh"]


def test_a_name_alone_is_its_own_naming() -> None:
    assert Target("刘翔").names == {"zh": ("刘翔",)}
    assert Target("madonna").names == {"en": ("madonna",)}


def test_a_target_is_frozen_and_hashable() -> None:
    target = Target("a", names={"en": ["b"]})
    assert hash(target) == hash(Target("a", names={"en": ["b"]}))
    with pytest.raises(dataclasses.FrozenInstanceError):
        target.name = "c"  # type: ignore[misc]


@pytest.mark.parametrize("names", [{"fr": ["x"]}, {"en": "x"}, {"en": [""]}, {"en": [1]}, ["x"]])
def test_wrong_names_are_refused(names: object) -> None:
    with pytest.raises(ParameterError):
        Target("x", names=names)  # type: ignore[arg-type]


def test_a_blank_name_is_refused() -> None:
    with pytest.raises(ParameterError, match="needs a name"):
        Target("  ")


def write(folder: Path, text: str) -> Path:
    path = folder / "我的 target.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_target_from_a_file(tmp_path: Path) -> None:
    path = write(tmp_path, 'name = "cats"\nperson = false\n[names]\nen = ["cat"]\nzh = ["猫"]\n')
    assert load_target(path) == load_target(str(path))
    assert load_target(path).names["zh"] == ("猫",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('nam = "x"', "unknown key 'nam'"),
        ("person = true", "needs a name"),
        ('name = "x"\nperson = "yes"', "not a bool"),
        ('name = "x"\n[names]\nen = "y"', "not a list"),
        ("name = ", "not a valid TOML"),
    ],
)
def test_an_error_names_file_and_key(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        load_target(write(tmp_path, text))
    assert "target.toml" in str(caught.value)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        load_target(tmp_path / "none.toml")


@pytest.mark.parametrize("text", ["我选择取关所有难民", "现在还有难民", "老外"])
def test_finds_a_name_at_the_very_end(text: str) -> None:
    """The automaton forgets a match inside the beginning of a longer word (有难民 of 有难民间) at the end."""
    matcher = matcher_for(load_target("refugees"))
    assert len(find_names(fold(text), matcher)) == 1
