from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.corpus.encodings import Encoding, decode, find_encoding, open_text
from discourse.errors import ImportFailed

TEXT = "标题,正文\n你好,欢迎来到这里\n"


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("gbk", "gb18030"),
        ("gb18030", "gb18030"),
        ("utf-16", "utf-16"),
        ("utf-32", "utf-32"),
    ],
)
def test_an_encoding_is_found_from_the_bytes(tmp_path: Path, codec: str, name: str) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(TEXT.encode(codec))
    encoding = find_encoding(file)
    assert encoding == Encoding(name)
    with open_text(file, encoding) as handle:
        assert handle.read() == TEXT


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_found_in_ascii(codec: str) -> None:
    assert decode("id,text\n1,hello there\n".encode(codec)) == "id,text\n1,hello there\n"


def test_a_few_broken_bytes_do_not_make_utf_8_chinese(tmp_path: Path) -> None:
    file = tmp_path / "cut.csv"
    file.write_bytes((TEXT * 50).encode("utf-8")[:-2])
    assert find_encoding(file) == Encoding("utf-8", broken=True)


def test_western_accents_are_not_read_as_chinese(tmp_path: Path) -> None:
    file = tmp_path / "west.csv"
    file.write_bytes("id,text\n1,the café is très nice and naïve\n".encode("cp1252"))
    assert find_encoding(file).name == "cp1252"


def test_only_encodings_without_emoji_lose_them() -> None:
    assert Encoding("gb18030").loses_emoji
    assert not Encoding("utf-8-sig").loses_emoji


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Excel"),
        (bytes(range(0, 9)) * 50, "binary"),
    ],
)
def test_what_is_no_text_is_refused_in_words(tmp_path: Path, data: bytes, says: str) -> None:
    file = tmp_path / "x.csv"
    file.write_bytes(data)
    with pytest.raises(ImportFailed, match=says):
        find_encoding(file)


@given(st.text(min_size=1))
def test_utf_8_comes_back_as_it_was(text: str) -> None:
    text = "text\n" + text.encode("utf-8", "replace").decode("utf-8")
    if "\x00" not in text and sum(ord(c) < 32 for c in text) < 0.1 * len(text):
        assert decode(text.encode("utf-8")) == text


@pytest.mark.parametrize("encoding", ["gb18030", "big5hkscs"])
@pytest.mark.parametrize("text", ["留言內容,IP\n歡迎來到這裡，你們好\n", "内容,时间\n我们都很喜欢你的猫\n"])
def test_the_two_chinese_encodings_are_told_apart_by_everyday_characters(encoding: str, text: str) -> None:
    try:
        data = text.encode(encoding)
    except UnicodeEncodeError:
        pytest.skip("this script is not in this encoding")
    assert decode(data * 20) == text * 20


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_emoji_written_as_two_halves_are_put_together(tmp_path: Path, bom: bytes) -> None:
    file = tmp_path / "cesu.csv"
    line = b"1,\xed\xa0\xbd\xed\xb8\x80 ok\n"
    file.write_bytes(bom + b"id,text\n" + line * 20_000)  # pieces end within an emoji somewhere
    found = find_encoding(file)
    assert found.name in ("utf-8", "utf-8-sig")
    with open_text(file, found) as handle:
        text = handle.read()
    assert text.count("\ud83d\ude00 ok") == 20_000
    assert "\ufffd" not in text


def test_many_lone_halves_are_not_taken_for_chinese_windows(tmp_path: Path) -> None:
    file = tmp_path / "wtf.csv"
    file.write_bytes(b"id,text\n" + "好".encode() + b"\xed\xa0\xbd,x\n" * 50)
    assert find_encoding(file) == Encoding("utf-8", broken=True)
    with open_text(file, Encoding("utf-8", broken=True)) as handle:
        assert handle.read().count("\ud83d") == 50
