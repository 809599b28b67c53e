"""What the tables of a run and their columns mean, in the language of the report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from discourse.report.catalogue import chapter_of
from discourse.report.dictionary_zh import MEANINGS, TABLES, UNITS
from discourse.report.numerals import Language
from discourse.tables import REPORT_TABLES, Table
from discourse.tables.table import Column


@dataclass(frozen=True)
class Meaning:
    """What one column means.

    Parameters
    ----------
    table, column : str
        Their names.
    dtype : str
        What kind of value it holds.
    unit : str
        In which unit; empty where it has none.
    text : str
        Its meaning.
    """

    table: str
    column: str
    dtype: str
    unit: str
    text: str


def meanings(table: Table, language: Language) -> Iterator[Meaning]:
    """Say what the columns of a table mean.

    Parameters
    ----------
    table : Table
        A declared table.
    language : {"en", "zh"}
        The language of the report.

    Yields
    ------
    Meaning
        One a column, in order.

    Examples
    --------
    >>> from discourse.tables import FLOW
    >>> [meaning.text for meaning in meanings(FLOW, "zh")][:2]
    ['发生了什么', '记录或帖子数']
    """
    for column in table.columns:
        unit, text = column.unit, column.meaning
        if language == "zh":
            unit, text = {**chapter_of("zh").units, **UNITS}.get(unit, unit), _chinese(table, column)
        yield Meaning(table.name, column.name, column.dtype, unit, text)


def _chinese(table: Table, column: Column) -> str:
    known = {**chapter_of("zh").meanings, **MEANINGS}
    return known.get(f"{table.name}.{column.name}") or known.get(column.name) or column.meaning


def table_meaning(name: str, language: Language) -> str:
    """Say what a table holds; nothing for one that is not declared.

    Examples
    --------
    >>> table_meaning("flow", "en")
    'From records read to posts analysed; the counts add up.'
    """
    declared = {table.name: table.meaning for table in REPORT_TABLES}
    if language == "zh":
        declared |= {**chapter_of("zh").tables, **TABLES}
    return declared.get(name, "")
