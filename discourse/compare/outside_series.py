"""Series from outside of the posts: hashtag views, an app's rank, daily users, as others counted them."""

from __future__ import annotations

import datetime as dt
import math
import re
from pathlib import Path

import pandas as pd

from discourse.corpus.delimited import read_delimited
from discourse.errors import InputError
from discourse.tables import OUTSIDE_SERIES

_UNITS = {"": 1.0, "%": 0.01, "k": 1e3, "K": 1e3, "m": 1e6, "M": 1e6, "万": 1e4, "亿": 1e8}
_NUMBER = re.compile(r"(?P<number>[-+]?\d[\d,，]*(?:\.\d+)?|[-+]?\.\d+)\s*(?P<unit>%|[kKmM]|万|亿)?")
_DAY = re.compile(r"(?P<year>\d{4})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?(?:[T ].*)?")


def read_outside(path: str | Path, date: str, value: str, label: str) -> pd.DataFrame:
    r"""Read an outside daily series from a delimited file.

    Parameters
    ----------
    path : path
        A CSV or TSV file with a header.
    date, value : str
        Columns with the day (``2025-01-13``, ``2025/1/13``, ``2025年1月13日``; a time behind it is not read)
        and with the number (``1,234``, ``1.2万``, ``3.4M``, ``12%``).  An empty value is unknown.
    label : str
        What was counted.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.OUTSIDE_SERIES`, in the order of days.

    Raises
    ------
    InputError
        If the file or a column is missing, a day or a number cannot be read, or a day stands there twice;
        with the line.

    Notes
    -----
    The numbers are somebody else's and are printed as they are, without an interval.  They stand beside the
    posts for the eye; two series that rise in the same week share the week, and nothing is computed from it.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "views.csv"
    ...     _ = path.write_text("day,views\n2025-01-14,1.2万\n2025-01-13,900\n", encoding="utf-8")
    ...     read_outside(path, "day", "views", "Views")[["day", "value"]].values.tolist()
    [['2025-01-13', 900.0], ['2025-01-14', 12000.0]]
    """
    found: dict[str, float] = {}
    for record in read_delimited(Path(path)):
        where = f"{Path(path).name}, line {record.line}"
        values = record.values
        if not any(str(cell).strip() for cell in values.values()):
            continue  # an empty row
        if record.broken is not None:
            raise InputError(f"a row of the series cannot be read: {record.broken}", where=where)
        for column in (date, value):
            if column not in values:
                raise InputError(
                    f"the series has no column {column!r}",
                    where=where,
                    expected=", ".join(str(name) for name in values),
                )
        day = _day(str(values[date]), where)
        if day in found:
            raise InputError(f"the day {day} stands there twice", where=where, expected="one row a day")
        found[day] = _number(str(values[value]), where)
    if not found:
        raise InputError("the series is empty", where=str(path), expected="a header and one row a day")
    table = pd.DataFrame({"label": label, "day": list(found), "value": list(found.values())})
    return OUTSIDE_SERIES.conform(table.sort_values("day", kind="stable"))


def _day(text: str, where: str) -> str:
    match = _DAY.fullmatch(text.strip())
    try:
        if match is None:
            raise ValueError
        return dt.date(int(match["year"]), int(match["month"]), int(match["day"])).isoformat()
    except ValueError:
        raise InputError(f"{text!r} is no day", where=where, expected="such as 2025-01-13") from None


def _number(text: str, where: str) -> float:
    plain = text.strip()
    if not plain:
        return math.nan
    match = _NUMBER.fullmatch(plain)
    if match is None:
        raise InputError(f"{text!r} is no number", where=where, expected="such as 1234, 1,234 or 1.2万")
    return float(re.sub("[,，]", "", match["number"])) * _UNITS[match["unit"] or ""]
