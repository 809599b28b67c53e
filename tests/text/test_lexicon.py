from __future__ import annotations

from pathlib import Path

import pytest

from discourse.errors import InputError
from discourse.text.lexicon import COLUMNS, read_lexicon

HEADER = "\t".join(COLUMNS)
GOOD = "zh\t可爱\t0.6\tquality\tperson\t\tdiscourse authors"


def write(path: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path.write_text("\n".join((HEADER, *lines)) + "\n", encoding=encoding)
    return path


def test_reads_entries_in_order_with_their_source(tmp_path: Path) -> None:
    path = write(
        tmp_path / "词典.tsv",
        GOOD,
        "# a remark",
        "",
        "zh\t不\tNA\tnegator\t\t\tours",
        "en\tkind\t1\tquality\t\t\tours",
    )
    lexicon = read_lexicon(path)
    assert [entry.form for entry in lexicon.entries] == ["可爱", "不", "kind"]
    assert lexicon.entries[1].valence is None
    assert lexicon.valences == {("zh", "可爱"): 0.6, ("en", "kind"): 1.0}
    assert lexicon.forms("zh") == ["可爱", "不"]
    assert lexicon.forms("zh", "negator") == ["不"]
    assert {entry.source for entry in lexicon.entries} == {"discourse authors", "ours"}


def test_reads_files_with_a_byte_order_mark_and_windows_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_bytes(("\ufeff" + HEADER + "\r\n" + GOOD + "\r\n").encode())
    assert len(read_lexicon(path)) == 1


def test_the_digest_names_the_bytes(tmp_path: Path) -> None:
    one = read_lexicon(write(tmp_path / "a.tsv", GOOD))
    same = read_lexicon(write(tmp_path / "b.tsv", GOOD))
    other = read_lexicon(write(tmp_path / "c.tsv", GOOD.replace("0.6", "0.7")))
    assert one.digest == same.digest != other.digest


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("zh\t坏\t-0.6\tquality\tperson\t\t", "without a source"),
        ("zh\t\t-0.6\tquality\tperson\t\tours", "without a form"),
        ("\t坏\t-0.6\tquality\tperson\t\tours", "without a language"),
        ("zh\t坏\t-1.1\tquality\tperson\t\tours", "'-1.1' is no valence"),
        ("zh\t坏\tbad\tquality\tperson\t\tours", "'bad' is no valence"),
        ("zh\t坏\tnan\tquality\tperson\t\tours", "'nan' is no valence"),
        ("zh\t坏\t-0.5\tquality", "4 cells"),
        (GOOD, "stands twice"),
    ],
)
def test_says_which_line_is_wrong(tmp_path: Path, line: str, message: str) -> None:
    path = write(tmp_path / "a.tsv", GOOD, "# a remark", line)
    with pytest.raises(InputError, match=message) as error:
        read_lexicon(path)
    assert "line 4" in str(error.value)


def test_a_form_may_not_stand_in_two_files(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"b\.tsv, line 2"):
        read_lexicon(write(tmp_path / "a.tsv", GOOD), write(tmp_path / "b.tsv", GOOD))


def test_refuses_missing_columns_and_other_encodings(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("form\tvalence\n", encoding="utf-8")
    with pytest.raises(InputError, match="lacks language"):
        read_lexicon(path)
    with pytest.raises(InputError, match="line 2"):
        read_lexicon(write(tmp_path / "gbk.tsv", "zh\t难民\t0\ta\tb\tc\td", encoding="gb18030"))
