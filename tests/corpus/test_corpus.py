from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from discourse.corpus import store
from discourse.corpus.corpus import Corpus
from discourse.errors import ImportFailed, InputError, ParameterError
from discourse.tables import POSTS


def make(n: int = 4) -> Corpus:
    frame = pd.DataFrame(
        {"text": [f"post number {i} 欢迎" for i in range(n)], "author": ["ann", "bo"] * (n // 2)}
    )
    return Corpus.from_pandas(frame, key=b"k")


def count(frame: pd.DataFrame) -> int:
    return len(frame)


def longest(frame: pd.DataFrame) -> str:
    return str(max(frame["text"], key=len))


def test_a_corpus_of_a_frame_has_the_table_of_posts() -> None:
    frame = make().to_pandas()
    assert list(frame.columns) == POSTS.names
    assert frame["thread_id"].tolist() == frame["post_id"].tolist()
    assert frame["lang"].tolist() == ["mixed"] * 4
    assert frame["author"].nunique() == 2
    assert "ann" not in frame.to_csv()


def test_save_and_load_is_the_identity(tmp_path: Path) -> None:
    corpus = make()
    corpus.card = {"title": "测试"}
    again = Corpus.load(corpus.save(tmp_path / "语料 folder"))
    pd.testing.assert_frame_equal(again.to_pandas(), corpus.to_pandas())
    assert (again.card, again.counts, again.key_id) == (corpus.card, corpus.counts, corpus.key_id)
    assert again.fingerprint == corpus.fingerprint


def test_from_pandas_of_to_pandas_is_the_identity() -> None:
    corpus = make()
    again = Corpus.from_pandas(corpus.to_pandas(), pseudonymous=True)
    pd.testing.assert_frame_equal(again.to_pandas(), corpus.to_pandas())


def test_parts_have_bounded_rows_and_keep_the_order(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    whole = make(10)
    monkeypatch.setattr(store, "PART_ROWS", 3)
    parts = make(10)
    assert [len(p) for p in parts.parts()] == [3, 3, 3, 1]
    pd.testing.assert_frame_equal(parts.to_pandas(), whole.to_pandas())
    assert parts.fingerprint == whole.fingerprint
    stored = Corpus.load(parts.save(tmp_path / "c"))
    assert stored.map_parts(count) == [3, 3, 3, 1]
    assert stored.fingerprint == whole.fingerprint


def test_workers_do_not_change_the_result(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(store, "PART_ROWS", 3)
    corpus = Corpus.load(make(8).save(tmp_path / "c"))
    assert corpus.map_parts(len, workers=2) == corpus.map_parts(len, workers=1)
    with pytest.raises(ParameterError):
        corpus.map_parts(len, workers=0)


def test_a_filter_keeps_what_its_mask_says() -> None:
    corpus = make()
    kept = corpus.filter(corpus.to_pandas()["post_id"] > "p000002")
    assert kept.to_pandas()["post_id"].tolist() == ["p000003", "p000004"]
    assert kept.counts["filtered_out"] == 2
    assert len(corpus.filter(lambda part: part["text"].str.contains("number 1"))) == 1
    assert len(corpus.filter(pd.array([True, None, False, None], dtype="boolean"))) == 1
    with pytest.raises(ParameterError, match="3 values"):
        corpus.filter([True] * 3)


def test_columns_are_given_in_the_order_asked() -> None:
    assert list(make().to_pandas(["text", "post_id"]).columns) == ["text", "post_id"]
    with pytest.raises(ParameterError, match="txet"):
        make().to_pandas(["txet"])


def test_what_comes_out_is_a_copy() -> None:
    corpus = make()
    frame = corpus.to_pandas()
    frame["text"] = "changed"
    assert corpus.to_pandas()["text"].iloc[0] != "changed"


def test_an_empty_corpus_is_a_corpus(tmp_path: Path) -> None:
    empty = Corpus.from_pandas(pd.DataFrame({"text": pd.Series([], dtype=str)}))
    assert len(empty) == 0
    assert list(empty.to_pandas().columns) == POSTS.names
    assert empty.map_parts(count) == []
    assert len(Corpus.load(empty.save(tmp_path / "c"))) == 0
    assert "0 posts" in repr(empty)
    assert "<table" in empty._repr_html_()


def test_a_notebook_shows_posts_as_text_and_not_as_markup() -> None:
    corpus = Corpus.from_pandas(pd.DataFrame({"text": ["<script>alert(1)</script>"]}))
    assert "<script>" not in corpus._repr_html_()
    assert "&lt;script&gt;" in corpus._repr_html_()


def test_the_fingerprint_is_of_the_content() -> None:
    corpus = make()
    assert corpus.fingerprint == make().fingerprint
    assert corpus.filter([True, True, True, False]).fingerprint != corpus.fingerprint


@pytest.mark.parametrize(
    ("content", "says"), [("{}", "damaged"), ("not json", "damaged"), ('{"format": 99}', "format 99")]
)
def test_a_damaged_corpus_is_refused(tmp_path: Path, content: str, says: str) -> None:
    (tmp_path / "corpus.json").write_text(content, encoding="utf-8")
    with pytest.raises(ImportFailed, match=says):
        Corpus.load(tmp_path)


def test_a_damaged_part_is_refused(tmp_path: Path) -> None:
    place = make().save(tmp_path / "c")
    (place / "posts" / "part-0000.parquet").write_bytes(b"PAR1 nothing")
    with pytest.raises(ImportFailed, match="part of the corpus"):
        Corpus.load(place).to_pandas()


def test_saving_over_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="not a folder"):
        make().save(tmp_path / "file")
    (tmp_path / "full" / "posts").mkdir(parents=True)
    with pytest.raises(InputError, match="something else"):
        make().save(tmp_path / "full")


def test_a_frame_without_texts_is_refused() -> None:
    with pytest.raises(ParameterError, match="no column 'text'"):
        Corpus.from_pandas(pd.DataFrame({"body": ["x"]}))


def test_repeated_ids_are_refused() -> None:
    with pytest.raises(ParameterError, match="rows 1 and 2"):
        Corpus.from_pandas(pd.DataFrame({"text": ["a", "b"], "post_id": ["1", "1"]}))


def test_further_columns_become_docvars_and_unknown_stays_unknown() -> None:
    frame = pd.DataFrame(
        {
            "text": ["a", "b"],
            "likes": [3, None],
            "wave": [1, 2],
            "created_at": [pd.Timestamp("2025-01-14T12:00+08:00"), pd.NaT],
            "ip_location": ["NA", None],
        }
    )
    out = Corpus.from_pandas(frame).to_pandas()
    assert out["docvars"].tolist() == ['{"wave": 1}', '{"wave": 2}']
    assert out["likes"].isna().tolist() == [False, True]
    assert out["created_at"].tolist()[0] == pd.Timestamp("2025-01-14T04:00Z")
    assert pd.isna(out["created_at"].iloc[1])
    assert out["ip_location"].tolist()[0] == "NA"  # Namibia


def test_no_author_needs_no_key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DISCOURSE_KEY_FILE", str(tmp_path / "none" / "key"))
    assert Corpus.from_pandas(pd.DataFrame({"text": ["a"]})).key_id is None
    assert not (tmp_path / "none").exists()


def test_a_local_time_without_a_zone_is_an_assumption() -> None:
    frame = pd.DataFrame({"text": ["a"], "created_at": [pd.Timestamp("2025-01-14 12:00")]})
    assumed = Corpus.from_pandas(frame).to_pandas().iloc[0]
    said = Corpus.from_pandas(frame, timezone="Asia/Shanghai").to_pandas().iloc[0]
    assert (assumed["created_at"], assumed["flags"]) == (pd.Timestamp("2025-01-14T12:00Z"), ["zone-assumed"])
    assert (said["created_at"], said["flags"]) == (pd.Timestamp("2025-01-14T04:00Z"), [])


def test_a_part_of_an_earlier_version_lacks_columns_and_is_read(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    corpus = Corpus.from_pandas(pd.DataFrame({"text": ["hello there"]}), key=b"k").save(tmp_path / "c")
    part = corpus / "posts" / "part-0000.parquet"
    pq.write_table(pq.read_table(part).drop_columns(["twin_of", "near_duplicate_of"]), part)
    posts = Corpus.load(corpus).to_pandas()
    assert list(posts.columns) == POSTS.names
    assert posts["twin_of"].isna().all()
    assert Corpus.load(corpus).to_pandas(["twin_of", "text"]).columns.tolist() == ["twin_of", "text"]
