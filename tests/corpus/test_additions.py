"""Next week's export beside last week's."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from discourse.corpus.corpus import Corpus
from discourse.corpus.read import import_exports, read_posts
from discourse.errors import InputError


def content(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_same_files_again_add_nothing(data: Path, tmp_path: Path, key: bytes) -> None:
    out = tmp_path / "corpus"
    first = import_exports(data / "mediacrawler", out, key=key)
    assert first.pop("new_files") > 1
    first["new_files"] = 0
    before = content(out)
    assert import_exports(data / "mediacrawler", out, key=key) == first
    moved = shutil.copytree(data / "mediacrawler", tmp_path / "moved and renamed")
    assert import_exports(moved, out, key=key) == first
    assert content(out) == before


def test_in_two_steps_or_in_one_is_the_same_corpus(data: Path, tmp_path: Path, key: bytes) -> None:
    thread = data / "mediacrawler" / "thread"
    one, two = sorted(thread.iterdir())
    import_exports(two, tmp_path / "steps", key=key)
    added = import_exports(one, tmp_path / "steps", key=key)
    at_once = import_exports(thread, tmp_path / "once", key=key)
    assert added["fingerprint"] == at_once["fingerprint"]
    assert {n: added[n] for n in ("read", "kept", "duplicates", "rejected", "flags", "parents_missing")} == {
        n: at_once[n] for n in ("read", "kept", "duplicates", "rejected", "flags", "parents_missing")
    }
    pd.testing.assert_frame_equal(
        Corpus.load(tmp_path / "steps").to_pandas(), Corpus.load(tmp_path / "once").to_pandas()
    )


def test_a_sound_copy_that_comes_later_takes_the_place_of_a_lossy_one(
    data: Path, tmp_path: Path, key: bytes
) -> None:
    sound = data / "mediacrawler" / "thread" / "1_search_comments_2025-01-20.csv"
    import_exports(data / "mediacrawler" / "saved_by_excel.csv", tmp_path / "out", key=key)
    summary = import_exports(sound, tmp_path / "out", key=key)
    assert (summary["read"], summary["kept"], summary["duplicates"]) == (10, 5, 5)
    assert [(f["file"], f["kept"]) for f in summary["files"]] == [(sound.name, 5), ("saved_by_excel.csv", 0)]
    texts = read_posts(tmp_path / "out").to_pandas()["text"].tolist()
    assert texts == read_posts(sound, key=key).to_pandas()["text"].tolist()


def test_another_file_of_the_same_name_gets_a_name_of_its_own(tmp_path: Path, key: bytes) -> None:
    for number, folder in enumerate(("week1", "week2")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.csv").write_text(
            f"id,text\n200000000{number},hello {number}\n", encoding="utf-8"
        )
        summary = import_exports(tmp_path / folder / "a.csv", tmp_path / "out", key=key)
    assert summary["kept"] == 2
    assert len({f["file"] for f in summary["files"]}) == 2


def test_a_file_read_in_another_way_takes_its_own_place(tmp_path: Path, key: bytes) -> None:
    (tmp_path / "a.csv").write_text("id,text,other\n1,hello,world\n,,\n", encoding="utf-8")
    import_exports(tmp_path / "a.csv", tmp_path / "out", key=key)
    summary = import_exports(
        tmp_path / "a.csv", tmp_path / "out", key=key, mapping={"text": "other", "post_id": "id"}
    )
    assert (summary["read"], summary["kept"], summary["rejected"]) == (2, 1, 1)
    assert read_posts(tmp_path / "out").to_pandas()["text"].tolist() == ["world"]


def test_another_key_is_refused_because_people_would_double(data: Path, tmp_path: Path) -> None:
    import_exports(data / "xhs_scraper.csv", tmp_path / "out", key=b"one")
    before = content(tmp_path / "out")
    with pytest.raises(InputError, match="another project key"):
        import_exports(data / "mediacrawler", tmp_path / "out", key=b"two")
    assert content(tmp_path / "out") == before


def test_a_corpus_that_was_saved_is_not_added_to(data: Path, tmp_path: Path, key: bytes) -> None:
    read_posts(data / "xhs_scraper.csv", key=key).save(tmp_path / "out")
    with pytest.raises(InputError, match="saved, not imported"):
        import_exports(data / "mediacrawler", tmp_path / "out", key=key)
