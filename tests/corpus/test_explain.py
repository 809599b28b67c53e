"""An import can be explained before it is done."""

from __future__ import annotations

import pytest

from discourse.corpus.explain import explain_import
from discourse.errors import ImportFailed


def test_names_the_importer_of_a_known_export(tmp_path):
    header = "comment_id,create_time,ip_location,note_id,content,user_id,nickname,avatar,sub_comment_count"
    rest = ",pictures,parent_comment_id,last_modify_ts,like_count"
    (tmp_path / "renamed by hand.csv").write_text(f"{header}{rest}\n", encoding="utf-8-sig")
    row = "6784566e4957a7ec8188a6a9,1736700000000,美国,6784566e4957a7ec8188a6a8,hi,u,n,,0,,0,0,3\n"
    with (tmp_path / "renamed by hand.csv").open("a", encoding="utf-8") as file:
        file.write(row)
    (entry,) = explain_import([tmp_path])
    assert entry["importer"] == "mediacrawler"
    assert next(iter(entry["sure"])) == "mediacrawler"


def test_explains_a_guessed_mapping_and_what_is_left(tmp_path):
    (tmp_path / "a.csv").write_text(
        "评论内容,发布时间,IP属地,心情\n好,2025-01-13 10:00,广东,开心\n", encoding="gb18030"
    )
    (entry,) = explain_import([tmp_path])
    assert entry["importer"] == "generic"
    assert entry["mapping"] == {"text": "评论内容", "created_at": "发布时间", "ip_location": "IP属地"}
    assert entry["left"] == ["心情"]
    assert "author" in entry["note"]


def test_says_what_it_cannot_read_and_goes_on(tmp_path):
    (tmp_path / "a.csv").write_text("text\nhello\n", encoding="utf-8")
    (tmp_path / "b.csv").write_bytes(b"")
    entries = {entry["file"]: entry for entry in explain_import([tmp_path])}
    assert entries["a.csv"]["importer"] == "generic"
    assert entries["b.csv"]["importer"] is None
    assert entries["b.csv"]["note"]


def test_imports_nothing(tmp_path):
    (tmp_path / "a.csv").write_text("text\nhello\n", encoding="utf-8")
    explain_import([tmp_path])
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_a_path_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(ImportFailed):
        explain_import([tmp_path / "none"])
