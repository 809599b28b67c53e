"""The sheet in which a person paraphrases the lines that a report would quote, and back."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pandas as pd

from discourse.errors import InputError, StudyError
from discourse.study.schema import Study

COLUMNS: Final = (
    "quote",
    "group",
    "stance",
    "text",
    "gloss",
    "authors",
    "a search would find",
    "paraphrase",
)
_ENDINGS = (".xlsx", ".csv")
# A spreadsheet would take a text that begins so for a formula.
_FORMULA = tuple("=+-@\t\r")


def write_quote_sheet(study: Study, path: Path, *, workers: int = 1) -> dict[str, Any]:
    """Draw the lines of a study and write them for somebody to paraphrase.

    Parameters
    ----------
    study : Study
        A loaded study, under any policy of quotes.
    path : Path
        The sheet, ``.xlsx`` or ``.csv``; it must not be there yet.  It holds text of posts: keep it as
        carefully as the corpus.
    workers : int
        Processes.

    Returns
    -------
    dict
        ``lines`` (how many), ``findable`` (how many of them a search would find), ``file``.

    Raises
    ------
    StudyError
        If the sheet is there already, which somebody may have filled in.
    InputError
        If it is neither a workbook nor CSV.
    """
    from discourse.study.depend import dependence
    from discourse.study.findings.nearby import stance_toward_first
    from discourse.study.findings.quotes import quote_lines
    from discourse.study.run import prepare

    if path.suffix.lower() not in _ENDINGS:
        raise InputError(f"{path} is no sheet", expected="a name that ends in .xlsx or .csv")
    if path.exists():
        raise StudyError(f"{path} is there already", hint="name another file, or move it away")
    material = prepare(study, dependence(study), workers=workers)
    lines = quote_lines(material, *stance_toward_first(material))
    sheet = lines.assign(
        text=lines["left"] + lines["node"] + lines["right"],
        authors=lines["n_authors"],
        paraphrase="",
        **{"a search would find": lines["findable"]},
    )[list(COLUMNS)]
    path.parent.mkdir(parents=True, exist_ok=True)
    _write(path, sheet.astype("object").where(sheet.notna(), ""))
    return {"lines": len(lines), "findable": int(lines["findable"].notna().sum()), "file": str(path)}


def read_paraphrases(path: str | Path) -> dict[str, str]:
    """Read a sheet that a person filled in.

    Parameters
    ----------
    path : str or Path
        The sheet, as :func:`write_quote_sheet` made it.

    Returns
    -------
    dict of str to str
        Paraphrase by the name of the line; lines without one are left out.

    Raises
    ------
    InputError
        If the sheet cannot be read, lacks a column, or a paraphrase is the line itself.
    """
    path = Path(path)
    found: dict[str, str] = {}
    for number, row in enumerate(_rows(path), start=2):
        said = (row.get("paraphrase") or "").strip()
        if not said:
            continue
        if _letters(said) == _letters(row.get("text") or ""):
            raise InputError(
                f"the paraphrase of {row['quote']} is the line itself",
                where=f"{path}, row {number}",
                hint="say it in other words, or leave it empty: an empty one is not printed",
            )
        found[str(row["quote"])] = said
    return found


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _write(path: Path, sheet: pd.DataFrame) -> None:
    if path.suffix.lower() == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(sheet.columns)
            for row in sheet.itertuples(index=False):
                writer.writerow([f"'{v}" if str(v).startswith(_FORMULA) else v for v in row])
        return
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    page = book.active
    page.title = "quotes"
    page.append(list(sheet.columns))
    for r, row in enumerate(sheet.itertuples(index=False), start=2):
        for c, value in enumerate(row, start=1):
            cell = page.cell(r, c)
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", str(value))
            # text stays text, whatever it begins with
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for letter, width in zip("ABCDEFGH", (13, 14, 11, 60, 60, 9, 40, 60), strict=True):
        page.column_dimensions[letter].width = width
        page[f"{letter}1"].font = Font(bold=True)
    page.freeze_panes = "A2"
    book.save(path)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    try:
        table = _read(path)
    except (OSError, ValueError, KeyError, csv.Error) as error:
        raise InputError(
            f"the sheet of quotes cannot be read: {error}", where=str(path), hint="save it as XLSX or CSV"
        ) from None
    missing = [name for name in ("quote", "text", "paraphrase") if name not in table.columns]
    if missing:
        raise InputError(
            f"the sheet of quotes lacks {', '.join(missing)}",
            where=str(path),
            expected=", ".join(COLUMNS),
        )
    for row in table.to_dict("records"):
        yield {str(name): str(value) for name, value in row.items()}


def _read(path: Path) -> pd.DataFrame:
    if path.suffix.lower() == ".csv":
        return pd.read_csv(path, dtype="str", encoding="utf-8-sig", keep_default_na=False)
    return pd.read_excel(path, dtype="str", keep_default_na=False)
