from __future__ import annotations

import hashlib
import hmac
import os
import re
import sys
from pathlib import Path

import pytest

from discourse.corpus.keys import key_id, key_path, project_key, pseudonym
from discourse.errors import InputError


def test_a_pseudonym_follows_its_formula() -> None:
    digest = hashlib.sha256(b"5f1e").hexdigest()[:16]
    expected = hmac.new(b"key", f"xiaohongshu\x00{digest}".encode(), hashlib.sha256).hexdigest()[:16]
    assert pseudonym("5f1e", b"key", platform="xiaohongshu") == f"a-{expected}"


def test_the_collectors_hash_and_the_id_give_one_pseudonym() -> None:
    hashed = hashlib.sha256(b"5f1e").hexdigest()[:16]
    assert pseudonym(hashed, b"key", hashed=True) == pseudonym("5f1e", b"key")


def test_keys_and_platforms_keep_people_apart() -> None:
    made = {pseudonym("5f1e", k, platform=p) for k in (b"one", b"two") for p in ("x", "weibo")}
    assert len(made) == 4
    assert all(re.fullmatch("a-[0-9a-f]{16}", name) for name in made)


def test_a_key_is_named_but_not_told() -> None:
    assert key_id(b"one") != key_id(b"two")
    assert b"one".hex() not in key_id(b"one")


def test_a_key_is_made_once_and_says_so(tmp_path: Path) -> None:
    place = tmp_path / "配置 folder" / "project.key"
    with pytest.warns(UserWarning, match="keep a backup"):
        made = project_key(place)
    assert len(made) == 32
    assert project_key(place) == made
    if sys.platform != "win32":
        assert os.stat(place).st_mode & 0o077 == 0


@pytest.mark.parametrize("content", ["", "not hexadecimal", "abcd"])
def test_a_damaged_key_is_never_replaced(tmp_path: Path, content: str) -> None:
    place = tmp_path / "project.key"
    place.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match="does not hold a key"):
        project_key(place)
    assert place.read_text(encoding="utf-8") == content


def test_a_key_that_cannot_be_written_is_an_input_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="project key"):
        project_key(tmp_path / "file" / "project.key")


def test_the_variable_names_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DISCOURSE_KEY_FILE", str(tmp_path / "k"))
    assert key_path() == tmp_path / "k"
    monkeypatch.delenv("DISCOURSE_KEY_FILE")
    assert key_path().name == "project.key"
