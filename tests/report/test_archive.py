from __future__ import annotations

import io
import zipfile

from discourse.report.archive import fixed


def _archive(members: list[tuple[str, str]], date: tuple[int, ...]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in members:
            archive.writestr(zipfile.ZipInfo(name, date), text)  # type: ignore[arg-type]
    return buffer.getvalue()


def test_neither_order_nor_date_matters():
    one = _archive([("a", "1"), ("b", "2")], (2020, 5, 1, 3, 2, 0))
    other = _archive([("b", "2"), ("a", "1")], (2026, 1, 1, 0, 0, 0))
    assert fixed(one) == fixed(other)


def test_the_list_of_contents_comes_first():
    made = fixed(_archive([("a", ""), ("[Content_Types].xml", "")], (2020, 1, 1, 0, 0, 0)))
    assert zipfile.ZipFile(io.BytesIO(made)).namelist()[0] == "[Content_Types].xml"


def test_a_member_can_be_given_another_content():
    made = fixed(_archive([("a", "1"), ("b", "2")], (2020, 1, 1, 0, 0, 0)), {"b": b"3"})
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert (archive.read("a"), archive.read("b")) == (b"1", b"3")
