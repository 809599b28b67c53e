from __future__ import annotations

import io
from pathlib import Path

import pytest

from discourse.corpus import markup
from discourse.corpus.markup import looks_like_markup, rows
from discourse.corpus.read import read_posts

PAGE = """<html><head><meta charset="utf-8"></head><body><p>导出</p><table border=1>
<tr><td colspan=3>评论</td></tr>
<tr><th>评论内容</th><th>IP属地</th><th>用户ID</th></tr>
<tr><td>欢迎 &amp; 你好<br>朋友</td><td>广东</td><td>u1</td></tr>
<tr><th>评论内容</th><th>IP属地</th><th>用户ID</th></tr>
<tr><td>a &lt;3</td><td></td><td>u2</td></tr></table></body></html>"""
OLD_EXCEL = """<?xml version="1.0"?><Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="s"><Table><Row><Cell><Data ss:Type="String">评论内容</Data></Cell>
<Cell><Data>IP属地</Data></Cell><Cell><Data>用户ID</Data></Cell></Row>
<Row><Cell><Data>你好</Data></Cell><Cell ss:Index="3"><Data>u1</Data></Cell></Row></Table></Worksheet></Workbook>"""


def test_a_page_saved_as_a_workbook_is_read(tmp_path: Path) -> None:
    file = tmp_path / "comments.xls"
    file.write_text(PAGE, encoding="utf-8")
    corpus = read_posts(file, key=b"k")
    posts = corpus.to_pandas()
    assert posts["text"].tolist() == ["欢迎 & 你好\n朋友", "a <3"]
    assert posts["ip_location"].fillna("-").tolist() == ["CN-GD", "-"]
    assert corpus.counts["reasons"] == {"repeated header": 1}


@pytest.mark.parametrize("size", [1, 13, 1 << 18])
def test_cells_that_are_left_out_are_empty(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup, "_CHUNK", size)
    (record,) = rows(io.StringIO(OLD_EXCEL))
    assert record.values == {"评论内容": "你好", "IP属地": "", "用户ID": "u1"}


@pytest.mark.parametrize(
    ("text", "known"),
    [
        (PAGE, True),
        (OLD_EXCEL, True),
        ("<html>no rows</html>", False),
        ("text,<table>\n", False),
        ("", False),
    ],
)
def test_markup_is_told_from_a_table_of_text(text: str, known: bool) -> None:
    assert looks_like_markup(io.StringIO(text)) is known
