from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from discourse.corpus import store
from discourse.corpus.card_questions import update_card
from discourse.corpus.corpus import Corpus
from discourse.corpus.forget import forget_author
from discourse.corpus.keys import pseudonym
from discourse.corpus.read import import_exports, read_posts
from discourse.errors import InputError

COLUMNS = ["comment_id", "create_time", "ip_location", "note_id", "content", "user_id", "nickname"]
COLUMNS += ["sub_comment_count", "parent_comment_id", "last_modify_ts", "like_count"]
NOTE = "6780f0000000000000000001"
ANN, BO, CY = "5f0000000000000000000001", "5f0000000000000000000002", "5f0000000000000000000003"
COPY = "this very long sentence was copied by several people"


def comment(n: int, user: str, text: str, parent: int | None = None, note: str = NOTE) -> list[Any]:
    own, answered = f"6781f{n:019x}", "0" if parent is None else f"6781f{parent:019x}"
    time = 1736900000000 + n * 60_000
    return [own, time, "广东", note, text, user, f"nick of {user}", 0, answered, time, 3]


EXPORT = [
    comment(1, ANN, COPY),
    comment(2, BO, COPY),
    comment(3, CY, COPY),
    comment(4, BO, "an answer to the first", parent=1),
    comment(5, ANN, "call me at 13800138000", parent=4),
    comment(6, CY, ""),
    comment(1, ANN, COPY),  # the same record again
    comment(7, ANN, "", parent=99),
]


def write(file: Path, rows: list[list[Any]]) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([COLUMNS, *rows])
    return file


@pytest.fixture
def export(tmp_path: Path) -> Path:
    return write(tmp_path / "exports" / "one.csv", EXPORT)


@pytest.fixture
def corpus(export: Path, key: bytes, tmp_path: Path) -> Path:
    import_exports(export, tmp_path / "corpus", key=key)
    return tmp_path / "corpus"


def adds_up(counts: dict[str, Any]) -> bool:
    parts = ("kept", "duplicates", "rejected", "forgotten")
    rows = [counts, *counts["files"]]
    return all(row["read"] == sum(row.get(part, 0) for part in parts) for row in rows)


def test_the_person_is_gone_and_the_others_stay(corpus: Path, key: bytes) -> None:
    before = Corpus.load(corpus).to_pandas()
    gone = forget_author(ANN, corpus, key=key)
    after = Corpus.load(corpus).to_pandas()
    assert gone.removed == 3
    assert set(after["author"]) == {pseudonym(who, key, platform="xiaohongshu") for who in (BO, CY)}
    mine = before["author"] == pseudonym(ANN, key, platform="xiaohongshu")
    assert after["text"].tolist() == before.loc[~mine, "text"].tolist()


def test_by_pseudonym_and_by_id_the_same(corpus: Path, key: bytes, tmp_path: Path, export: Path) -> None:
    import_exports(export, tmp_path / "second", key=key)
    forget_author(ANN, corpus, key=key)
    forget_author(pseudonym(ANN, key, platform="xiaohongshu"), tmp_path / "second", key=key)
    assert Corpus.load(corpus).fingerprint == Corpus.load(tmp_path / "second").fingerprint


def test_the_counts_add_up(corpus: Path, key: bytes) -> None:
    before = Corpus.load(corpus).counts
    forget_author(ANN, corpus, key=key)
    after = Corpus.load(corpus).counts
    assert adds_up(before)
    assert adds_up(after)
    assert (before["kept"], after["kept"], after["forgotten"]) == (7, 4, 3)
    assert (before["read"], before["duplicates"]) == (after["read"], after["duplicates"])
    assert (before["unread"], after["unread"]) == (2, 1)
    # two of Ann lacked one, and the answer to her lacks one now
    assert (before["parents_missing"], after["parents_missing"]) == (5, 4)


def test_the_next_copy_becomes_the_first(corpus: Path, key: bytes) -> None:
    forget_author(ANN, corpus, key=key)
    posts = Corpus.load(corpus).to_pandas()
    copies = posts[posts["text"] == COPY]
    assert copies["duplicate_of"].fillna("-").tolist() == ["-", copies["post_id"].iloc[0]]
    assert Corpus.load(corpus).counts["text_duplicates"] == 1


def test_no_byte_of_the_person_is_left(corpus: Path, key: bytes) -> None:
    gone = forget_author(ANN, corpus, key=key)
    names = [ANN, *gone.pseudonyms, *gone.post_ids]
    for file in corpus.rglob("*"):
        if file.is_file() and file.suffix != ".parquet":
            text = file.read_text(encoding="utf-8")
            assert not [name for name in names if name in text], file
    posts = Corpus.load(corpus).to_pandas()
    assert not [name for name in names if name in posts.to_csv()]


def test_threads_hold_together_without_the_opening_post(key: bytes, tmp_path: Path) -> None:
    opening = {"note_id": NOTE, "title": "t", "desc": "the first words of Ann", "time": 1736900000000}
    opening |= {"user_id": ANN, "nickname": "n", "liked_count": "1", "last_modify_ts": 1736900000000}
    folder = tmp_path / "exports"
    write(folder / "comments.csv", [comment(1, BO, "one"), comment(2, CY, "two")])
    (folder / "notes.jsonl").write_text(json.dumps(opening) + "\n", encoding="utf-8")
    import_exports(folder, tmp_path / "c", key=key)
    assert forget_author(ANN, tmp_path / "c", key=key).detached == 2
    posts = Corpus.load(tmp_path / "c").to_pandas()
    assert posts["thread_id"].nunique() == 1
    assert posts["thread_id"].str.startswith("gone-").all()


def test_rejects_that_name_the_person_are_blanked(corpus: Path, key: bytes) -> None:
    rejects = [
        {"file": "one.csv", "line": 9, "reason": "broken", "record": json.dumps({"parent": EXPORT[0][0]})},
        {"file": "one.csv", "line": 10, "reason": "broken", "record": json.dumps({"other": "words"})},
    ]
    store.write_rejects(rejects, corpus / "rejects.csv")
    assert forget_author(ANN, corpus, key=key).rejects_blanked == 1
    assert [row["record"] for row in store.read_rejects(corpus / "rejects.csv")] == [
        "[forgotten]",
        '{"other": "words"}',
    ]


def test_a_later_import_does_not_bring_the_person_back(
    corpus: Path, export: Path, key: bytes, tmp_path: Path
) -> None:
    forget_author(ANN, corpus, key=key)
    fingerprint = Corpus.load(corpus).fingerprint
    import_exports(export, corpus, key=key)
    assert Corpus.load(corpus).fingerprint == fingerprint
    nameless = comment(5, "", "call me at 13800138000", parent=4)
    new = write(
        tmp_path / "exports" / "two.csv",
        [*EXPORT, comment(8, ANN, "here again"), comment(9, BO, "to Ann", parent=1), nameless],
    )
    summary = import_exports([export, new], corpus, key=key)
    posts = Corpus.load(corpus).to_pandas()
    assert pseudonym(ANN, key, platform="xiaohongshu") not in set(posts["author"].dropna())
    assert len(posts) == 5
    assert summary["forgotten"] > 3
    assert adds_up(Corpus.load(corpus).counts)
    answers = posts[posts["text"].isin(["to Ann", "an answer to the first"])]
    assert answers["parent_id"].nunique() == 1
    assert answers["parent_id"].str.startswith("gone-").all()


def test_forgetting_twice_removes_nothing_more(corpus: Path, key: bytes) -> None:
    forget_author(ANN, corpus, key=key)
    again = forget_author(ANN, corpus, key=key)
    assert (again.removed, again.blocked) == (0, True)


def test_everybody_can_be_forgotten(corpus: Path, key: bytes) -> None:
    for who in (ANN, BO, CY):
        forget_author(who, corpus, key=key)
    loaded = Corpus.load(corpus)
    assert len(loaded) == 0
    assert len(loaded.to_pandas()) == 0
    assert adds_up(loaded.counts)


def test_the_card_is_brought_up_to_date(corpus: Path, key: bytes) -> None:
    update_card(corpus)
    forget_author(ANN, corpus, key=key)
    from discourse.corpus.card import read_card

    assert read_card(corpus).counts["forgotten"] == 3
    assert read_card(corpus).fingerprint == Corpus.load(corpus).fingerprint


def test_what_cannot_be_done_is_said(corpus: Path, key: bytes, tmp_path: Path) -> None:
    before = Corpus.load(corpus).fingerprint
    with pytest.raises(InputError, match="nobody of that id"):
        forget_author("nick of somebody", corpus, key=key)
    with pytest.raises(InputError, match="another project key"):
        forget_author(ANN, corpus, key=b"another key")
    with pytest.raises(InputError, match="project key"):
        forget_author(ANN, corpus)
    with pytest.raises(InputError, match="no corpus"):
        forget_author(ANN, tmp_path, key=key)
    assert Corpus.load(corpus).fingerprint == before
    assert not (tmp_path / "key").exists()


def test_without_the_key_a_pseudonym_is_removed_but_not_blocked(corpus: Path, key: bytes) -> None:
    gone = forget_author(pseudonym(ANN, key, platform="xiaohongshu"), corpus)
    assert (gone.removed, gone.blocked) == (3, False)


def test_under_the_project_key_nobody_comes_back_anywhere(export: Path, tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="a new project key"):
        import_exports(export, tmp_path / "one")
    before = read_posts(export)
    gone = before.to_pandas()["author"].dropna().iloc[0]
    forget_author(gone, tmp_path / "one")

    in_memory = read_posts(export)
    assert gone not in set(in_memory.to_pandas()["author"])
    assert in_memory.counts["forgotten"] == (before.to_pandas()["author"] == gone).sum()
    assert adds_up(in_memory.counts)
    elsewhere = import_exports(export, tmp_path / "two")
    assert elsewhere["forgotten"] == in_memory.counts["forgotten"]
    assert read_posts(export, key=b"another key").counts.get("forgotten", 0) == 0
