from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from discourse.corpus import store
from discourse.corpus.audit import audit_corpus, exit_code
from discourse.corpus.read import import_exports
from discourse.errors import InputError
from discourse.tables import AUDIT, POSTS


def corpus_of(folder: Path, rejects: list[dict[str, Any]] | None = None, **columns: Any) -> Path:
    """A corpus as it should never be: written past the door."""
    row = {"post_id": "1", "thread_id": "1", "kind": "post", "author": "a-0123456789abcdef", "text": "hello"}
    part = POSTS.conform(pd.DataFrame([{**row, **columns}]))
    counts = {"read": 1, "kept": 1, "duplicates": 0, "rejected": len(rejects or []), "files": []}
    folder.mkdir()
    store.write_corpus(folder, [part], card={}, counts=counts, rejects=rejects or [], key_id=None)
    return folder


def kinds(folder: Path, **more: Any) -> list[tuple[str, str]]:
    found = audit_corpus(folder, **more)
    return list(zip(found["kind"], found["certainty"], strict=True))


@pytest.mark.parametrize(
    ("text", "kind", "certainty"),
    [
        ("write to someone@example.com", "email", "certain"),
        ("look https://example.com/p?id=1 now", "url", "certain"),
        ("thanks @made_up_name for this", "handle", "certain"),
        ("ring 13800138000 please", "phone", "certain"),
        ("id 11010519491231002X here", "id-number", "certain"),
        ("x xsec_token=ABCdef0123456789 y", "token", "certain"),
        ("一三八零零一三八零零零 打给我", "phone", "possible"),
        ("1 3 8 0 0 1 3 8 0 0 0", "phone", "possible"),
        ("someone at gmail dot com", "email", "possible"),
        ("加薇 lily_2025x", "wechat", "possible"),
        ("order 920250114001 has come", "digits", "possible"),
    ],
)
def test_finds_what_slipped_through(tmp_path: Path, text: str, kind: str, certainty: str) -> None:
    found = audit_corpus(corpus_of(tmp_path / "c", text=text))
    assert (kind, certainty) in set(zip(found["kind"], found["certainty"], strict=True))
    assert exit_code(found) == int(certainty == "certain")


@pytest.mark.parametrize(
    "text",
    [
        "加微信 [wechat] 或 [phone]，@user 你好[笑哭R] [url] [email] [id-number]",
        "I came at night. Nobody was there",
        "see you at 3:00 on 2025-01-14, 1,299.00 paid",
        "#tiktokrefugee #你好 2025年1月",
        "",
    ],
)
def test_leaves_masked_and_harmless_texts_alone(tmp_path: Path, text: str) -> None:
    assert kinds(corpus_of(tmp_path / "c", text=text)) == []


@pytest.mark.parametrize("name", ["nickname", "xsec_token", "avatar", "user.city", "用户昵称"])
def test_a_column_that_names_people_is_certain(tmp_path: Path, name: str) -> None:
    folder = corpus_of(tmp_path / "c", docvars=json.dumps({name: "someone", "subreddit": "tea"}))
    assert kinds(folder) == [("personal column", "certain")]


def test_looks_into_titles_hashtags_docvars_rejects_and_authors(tmp_path: Path) -> None:
    reject = {"file": "e.csv", "line": 3, "reason": "broken", "record": '{"x": "a@example.com"}'}
    folder = corpus_of(
        tmp_path / "c",
        [reject],
        title="b@example.com",
        hashtags=["c@example.com"],
        docvars=json.dumps({"note": {"deep": ["d@example.com"]}, "h": "ab" * 16}),
        author="made_up_handle",
    )
    found = audit_corpus(folder).set_index("column")["kind"].to_dict()
    assert found == {
        "title": "email",
        "hashtags": "email",
        "docvars.note.deep": "email",
        "docvars.h": "hash",
        "author": "author",
        "record, line 3": "email",
    }


@pytest.mark.parametrize("form", ["bytes", "hex", "HEX"])
def test_finds_the_key_in_any_file(tmp_path: Path, form: str) -> None:
    key = bytes(range(32))
    folder = corpus_of(tmp_path / "c")
    written = {"bytes": key, "hex": key.hex().encode(), "HEX": key.hex().upper().encode()}[form]
    (folder / "notes.bin").write_bytes(b"x" * (1 << 20) + b"yz" + written)
    assert kinds(folder, key=key) == [("key", "certain")]
    assert kinds(folder, key=bytes(32)) == []


def test_looks_for_the_own_key_and_makes_none(tmp_path: Path) -> None:
    folder = corpus_of(tmp_path / "c")
    place = tmp_path / "key" / "project.key"
    assert kinds(folder) == []
    assert not place.exists()
    place.parent.mkdir()
    place.write_text("ab" * 32, encoding="ascii")
    (folder / "card.toml").write_text(f'note = "{"ab" * 32}"', encoding="utf-8")
    assert kinds(folder) == [("key", "certain")]


def test_repeats_no_secret(tmp_path: Path) -> None:
    secrets = ["someone@example.com", "13800138000", "11010519491231002X", "made_up_name", "ABCdef0123456789"]
    text = "a {} b {} c {} d @{} e xsec_token={}".format(*secrets)
    folder = corpus_of(tmp_path / "c", text=text, docvars=json.dumps({"nickname": "made_up_name"}))
    shown = audit_corpus(folder).to_csv()
    assert not [secret for secret in secrets if secret in shown]


def test_nothing_certain_in_what_the_door_let_in(data: Path, key: bytes, tmp_path: Path) -> None:
    import_exports(data, tmp_path / "c", key=key)
    found = audit_corpus(tmp_path / "c", key=key)
    assert list(found.columns) == AUDIT.names
    assert exit_code(found) == 0


def test_a_folder_without_a_corpus_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no corpus"):
        audit_corpus(tmp_path)
