from __future__ import annotations

import csv
import io
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.corpus import delimited, delimited_lines
from discourse.corpus.delimited import read_delimited, sniff, unique_names
from discourse.errors import ImportFailed


def records(text: str) -> list[tuple[int, dict[str, object], str | None]]:
    return [(r.line, r.values, r.broken) for r in read_delimited(io.StringIO(text, newline=""))]


def in_packs(text: str) -> list[tuple[int, dict[str, object], str | None]]:
    """Read a table as processes of an import do: in packs that go there and are taken apart there."""
    packs = delimited.packs(io.StringIO(text, newline=""), "")
    return [
        (r.line, r.values, r.broken) for pack in packs for r in pickle.loads(pickle.dumps(pack)).records()
    ]


def test_a_record_knows_the_line_where_it_begins() -> None:
    text = 'id,text\r\n1,"two\r\nlines"\r\n\r\n2,next\r\n'
    assert [line for line, _, _ in records(text)] == [2, 5]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_will_do(end: str) -> None:
    assert [v for _, v, _ in records(f"id,text{end}1,a{end}2,b{end}")] == [
        {"id": "1", "text": "a"},
        {"id": "2", "text": "b"},
    ]


def test_line_ends_may_be_mixed() -> None:
    assert [v["text"] for _, v, _ in records("id,text\r\n1,a\n2,b\r\n3,c")] == ["a", "b", "c"]


def test_a_pasted_header_is_a_reject() -> None:
    assert [b for _, _, b in records("id,text\n1,a\nid,text\n2,b\n")] == [None, "repeated header", None]


def test_a_post_that_holds_a_name_of_a_column_is_no_header() -> None:
    assert [b for _, _, b in records("id,text,author\n1,text,bo\n")] == [None]


def test_an_empty_record_is_a_reject_and_an_empty_line_is_nothing() -> None:
    assert [b for _, _, b in records("id,text\n,\n\n1,a\n")] == ["empty record", None]


def test_stray_cells_are_flagged_and_missing_ones_are_empty() -> None:
    rows = list(read_delimited(io.StringIO("id,text\n1,a,b\n2\n3,c,\n")))
    assert [r.flags for r in rows] == [("stray-cells",), (), ()]
    assert rows[1].values == {"id": "2", "text": ""}


def test_a_cell_without_end_is_a_reject_and_the_rest_is_read() -> None:
    rows = records('id,text\n1,"' + "x" * 2_100_000 + '"\n2,b\n')
    assert rows[0][2] is not None
    assert "unclosed quote" in rows[0][2]
    assert rows[-1][1] == {"id": "2", "text": "b"}


@pytest.mark.parametrize(
    ("line", "mark"),
    [("a,b,c", ","), ("a;b;c", ";"), ("a\tb", "\t"), ('"a;b;c",d', ","), ("text", ","), ("a|b", "|")],
)
def test_the_delimiter_is_seen_in_the_header_alone(line: str, mark: str) -> None:
    assert sniff(line) == mark


def test_columns_have_names_of_their_own() -> None:
    assert unique_names(["\ufeffid", "", "id"]) == ["id", "column_2", "id_3"]


@pytest.mark.parametrize("text", ["", "\n\n", ",,\n1,2,3\n"])
def test_a_table_without_a_header_is_refused(text: str) -> None:
    with pytest.raises(ImportFailed):
        records(text)


cells = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)


@given(st.lists(st.tuples(cells, cells), max_size=8))
def test_what_a_writer_wrote_is_read(rows: list[tuple[str, str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([("number", "left", "right"), *((str(i), *row) for i, row in enumerate(rows))])
    found = [(v["left"], v["right"]) for _, v, broken in records(out.getvalue()) if broken is None]
    assert found == rows


@pytest.mark.parametrize(
    "text",
    [
        'id,text\n1,a\n2,"never closed\n3,c\n4,d\n',
        'id,text\n1,a\n2,"never closed\n3,"c"\n4,d\n',
        'id,text\n1,a\n2,"never closed\n3,c\n4,d',
    ],
)
def test_an_unclosed_quote_swallows_no_neighbours(text: str) -> None:
    found = records(text)
    assert [(line, broken) for line, _, broken in found] == [
        (2, None),
        (3, "an unclosed quote"),
        (4, None),
        (5, None),
    ]
    assert [v.get("text") for _, v, broken in found if broken is None] == ["a", "c", "d"]


@pytest.mark.parametrize(
    ("line", "text"), [('1,a 5" screen', 'a 5" screen'), ('1,"a"b', "ab"), ('1,"a" ', "a ")]
)
def test_a_stray_quote_within_a_line_is_text(line: str, text: str) -> None:
    assert [v["text"] for _, v, _ in records(f"id,text\n{line}\n2,b\n")] == [text, "b"]


def test_lines_that_all_lack_a_quote_do_not_merge() -> None:
    found = records('id,text\n1,"a\n2,"b\n3,"c\n4,d\n')
    assert [broken for _, _, broken in found] == ["an unclosed quote"] * 3 + [None]


@pytest.mark.parametrize("line", ["sep=;", '"sep=;"', "SEP=;"])
def test_excels_own_line_about_the_delimiter_is_no_header(line: str) -> None:
    assert [(n, v) for n, v, _ in records(f"{line}\nid;text\n1;a, b\n")] == [(3, {"id": "1", "text": "a, b"})]


def test_a_header_of_many_columns_is_no_hang() -> None:
    names = unique_names(["x"] * 30_000)
    assert len(set(names)) == 30_000


def test_a_title_above_the_header_is_no_header() -> None:
    table = "评论导出 2025\n\n评论内容,IP属地,评论时间\n好,广东,2025-01-14\n"
    assert records(table) == [(4, {"评论内容": "好", "IP属地": "广东", "评论时间": "2025-01-14"}, None)]


def test_a_table_of_one_column_has_no_title() -> None:
    found = [values for _, values, _ in records("text\nhello, you, there\nIP, time, likes\n")]
    assert found[0]["text"] == "hello"
    assert len(found) == 2


@pytest.mark.parametrize("size", [1, 7, 64, 1 << 20])
def test_blocks_of_any_size_give_the_same_records(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    table = 'a,b\r\n1,"x\r\ny"\n\n2,"z""z"\r3,"open\n4,d\n5,"q" tail\n6,\n'
    whole = records(table)
    monkeypatch.setattr(delimited_lines, "_BLOCK", size)
    assert records(table) == whole
    assert in_packs(table) == whole


@given(
    st.lists(st.text(alphabet='ab",;\n\r é\u2028', max_size=12), min_size=1, max_size=12),
    st.sampled_from([1, 5, 40]),
)
def test_packs_hold_the_same_records_whatever_stands_in_the_file(lines: list[str], size: int) -> None:
    table = "a,b\n" + "\n".join(lines)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delimited_lines, "_BLOCK", size)
        assert in_packs(table) == records(table)


def test_a_header_cell_longer_than_the_csv_module_allows_is_read() -> None:
    csv.field_size_limit(131_072)  # as it is in a process that has read nothing yet
    found = delimited.header(io.StringIO(f"{'x' * 200_000},content\n1,2\n"))
    assert found[0][1] == "content"
