"""What spreadsheets and collectors do to cells, and what is left."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.corpus.damage import clean_text, parse_count, parse_time, read_table, repair_id

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("csv", "expected"),
    [
        ("note_id\n67e10\n68123e15\n", ["67e10", "68123e15"]),
        (
            "id\n1876543210987654321\n\n1876543210987654322\n",
            ["1876543210987654321", "", "1876543210987654322"],
        ),
        ("user\nNA\nnull\nnan\nNone\nTrue\n", ["NA", "null", "nan", "None", "True"]),
    ],
    ids=["import.ids", "import.ids.blank", "import.null_names"],
)
def test_a_cell_stays_the_text_it_is(csv: str, expected: list[str]) -> None:
    (column,) = read_table(io.StringIO(csv))[0]
    assert [row[column] for row in read_table(io.StringIO(csv))] == expected
    assert [row[column] for row in read_table(io.BytesIO(csv.encode("utf-16")))] == expected


@pytest.mark.parametrize(
    "value", ["67e10", "68123e15", "67E10", "6785e35000000000200254ab", "1876543210987654321", "rd-1"]
)
def test_an_id_that_looks_like_a_float_is_text(value: str) -> None:
    assert repair_id(value) == (value, None)


@pytest.mark.parametrize(
    "value", ["6.86E+23", "6.13E+293", "6E+23", "6.8123e+19", "187654321098765440.0", 6.86e23, 1.5]
)
def test_an_id_that_became_a_float_is_lost(value: object) -> None:
    assert repair_id(value) == (None, "damaged")


@pytest.mark.parametrize(
    ("value", "kept"), [("12345.0", "12345"), (12345.0, "12345"), (" 7 ", "7"), (7, "7")]
)
def test_a_short_number_survives_a_spreadsheet(value: object, kept: str) -> None:
    assert repair_id(value) == (kept, None)


@pytest.mark.parametrize("value", ["", None, "nan", "None", float("nan"), "\ufeff"])
def test_no_id_is_no_id(value: object) -> None:
    assert repair_id(value) == (None, None)


TIMES = [
    ("1736827728000", "2025-01-14T04:08:48"),
    (1736827728, "2025-01-14T04:08:48"),
    ("1736827728.0", "2025-01-14T04:08:48"),
    ("1/14/2025 12:08", "2025-01-14T04:08:00"),
    ("1/14/2025 1:08:09 PM", "2025-01-14T05:08:09"),
    ("14/1/2025 12:08", "2025-01-14T04:08:00"),
    ("2025-01-14 12:08", "2025-01-14T04:08:00"),
    ("2025/1/14 12:08:09", "2025-01-14T04:08:09"),
    ("2025年1月14日 12:08", "2025-01-14T04:08:00"),
    ("2025-01-14T12:08:00+08:00", "2025-01-14T04:08:00"),
    ("2025-01-14 04:08:00+00:00", "2025-01-14T04:08:00"),
    ("2025-01-14T04:08:00.250Z", "2025-01-14T04:08:00.250000"),
    ("Tue Jan 14 04:08:00 +0000 2025", "2025-01-14T04:08:00"),
    (datetime(2025, 1, 14, 12, 8), "2025-01-14T04:08:00"),
]


@pytest.mark.parametrize(("value", "utc"), TIMES)
def test_every_spelling_of_a_time_is_the_same_moment(value: object, utc: str) -> None:
    assert parse_time(value, SHANGHAI).at == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@pytest.mark.parametrize("value", ["", None, "0", 0, "nan", "-1"])
def test_no_time_is_unknown_without_a_flag(value: object) -> None:
    assert parse_time(value, UTC) == parse_time(None, UTC)


@pytest.mark.parametrize(
    "value", ["3天前", "昨天 12:00", "2025-02-31", "12345678901234567890123", "99999999999999", "soon"]
)
def test_what_is_no_time_is_unknown_with_a_flag(value: str) -> None:
    found = parse_time(value, UTC)
    assert found.at is None
    assert found.flags == ("time-unread",)


def test_three_digits_of_a_time_are_no_date() -> None:
    found = parse_time("1.75E+12", UTC)
    assert found.at is None
    assert found.flags == ("time-lost",)
    assert found.doubt == pytest.approx(0.5e10 / 3.6e6)  # half of 10^10 ms, in hours: 58 days


def test_six_digits_of_a_time_are_a_time_in_doubt() -> None:
    found = parse_time("1.74869E+12", UTC)
    assert found.at == datetime(2025, 5, 31, 11, 13, 20, tzinfo=UTC)
    assert found.doubt == pytest.approx(2.7777 / 2, rel=1e-3)
    assert found.flags == ("time-rounded",)


def test_an_assumed_zone_is_said() -> None:
    assert parse_time("1/14/2025 12:08", SHANGHAI, zone_known=False).flags == ("zone-assumed",)
    assert parse_time("2025-01-14T12:08+08:00", UTC, zone_known=False).flags == ()
    assert parse_time("1736827728", UTC, zone_known=False).flags == ()


def test_the_day_comes_first_where_the_table_says_so() -> None:
    assert parse_time("2/1/2025 00:00", UTC, day_first=True).at == datetime(2025, 1, 2, tzinfo=UTC)
    assert parse_time("2/1/2025 00:00", UTC).at == datetime(2025, 2, 1, tzinfo=UTC)


@given(st.integers(min_value=10**9, max_value=4 * 10**9))
def test_seconds_and_milliseconds_agree(second: int) -> None:
    assert parse_time(str(second), UTC) == parse_time(second * 1000, UTC)


COUNTS = [
    ("3496", 3496, False), ("1.3万", 13000, False), ("10+", 10, True), ("1千+", 1000, True), ("1万+", 10000, True),
    ("2亿", 200_000_000, False), ("3.4w", 34000, False), ("1.2K", 1200, False), ("1,204", 1204, False),
    ("１２", 12, False), (0, 0, False), ("0", 0, False), (12.0, 12, False), ("", None, False), (None, None, False),
    ("-1", None, False), ("赞", None, False), (True, None, False), ("nan", None, False), ("1e99", None, False),
]  # fmt: skip


@pytest.mark.parametrize(("value", "count", "at_least"), COUNTS)
def test_a_count_is_what_is_shown_and_unknown_is_not_zero(
    value: object, count: int | None, at_least: bool
) -> None:
    found = parse_count(value)
    assert (found.value, found.at_least) == (count, at_least)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("a\x00b", "a\ufffdb"),
        ("half \ud83d", "half \ufffd"),
        ("\ude00 half", "\ufffd half"),
        ("\ufffd", "\ufffd"),
    ],
)
def test_what_no_file_can_hold_is_replaced_and_flagged(raw: str, text: str) -> None:
    assert clean_text(raw) == (text, ("text-replaced",))


def test_two_halves_of_an_emoji_are_one() -> None:
    assert clean_text("\ud83d\ude00") == ("😀", ())


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufffd")))
def test_any_other_text_is_left_alone(text: str) -> None:
    assert clean_text(text) == (text, ())


@given(st.text())
def test_nothing_makes_the_readers_of_cells_fail(text: str) -> None:
    repair_id(text)
    parse_count(text)
    parse_time(text, UTC)
    clean_text(text)[0].encode("utf-8")


@pytest.mark.parametrize(
    "value", ["2025-01-01" + " " * 200_000 + "x", "1" * 200_000, "1." * 100_000, "万" * 200_000]
)
def test_a_cell_without_end_is_no_hang(value: str) -> None:
    assert parse_time(value, UTC).at is None
    assert parse_count(value).value is None
