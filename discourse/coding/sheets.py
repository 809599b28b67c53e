"""Coding sheets: a workbook or a CSV a coder, posts in that coder's order, lists to choose from."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from discourse.coding.cells import shown
from discourse.coding.codebook import Codebook, Variable, in_words
from discourse.coding.codes import ADJUDICATED
from discourse.coding.words import EVIDENCE, HEADERS, HOW, SHEETS, word
from discourse.coding.workbook import save_workbook
from discourse.corpus.cells import pieces, quoted
from discourse.errors import ParameterError

if TYPE_CHECKING:
    import pandas as pd

    from discourse.coding.sample import Sample

Format = Literal["xlsx", "csv", "label-studio"]
FORMATS: tuple[Format, ...] = ("xlsx", "csv", "label-studio")


@dataclass(frozen=True)
class Column:
    """A column: ``key`` as programs know it (``text_2``, a variable's name), ``header`` as people see it."""

    key: str
    header: str
    variable: Variable | None = None


def write_sheets(
    sample: Sample,
    folder: str | Path,
    *,
    format: Format = "xlsx",
    language: Literal["en", "zh"] | None = None,
    coders: Sequence[str] | None = None,
) -> list[Path]:
    """Write what every coder has to code into a file of its own.

    Parameters
    ----------
    sample : Sample
        What was drawn.
    folder : path
        Where the files go; made if it is not there.
    format : {"xlsx", "csv", "label-studio"}
        A workbook with a codebook and lists to choose from; a CSV (UTF-8 with BOM); or tasks for Label
        Studio (JSON) beside one labelling configuration (``label-studio.xml``).
    language : {"en", "zh"}, optional
        Language of headers, answers and codebook; by default that of the sample.
    coders : sequence of str, optional
        For whom; by default all coders of the sample.

    Returns
    -------
    list of pathlib.Path
        One file a coder.

    Raises
    ------
    ParameterError
        If the format or a coder is unknown.

    Notes
    -----
    Coders see neither prediction nor group nor stratum, each in an order of her own.  Every cell is a text,
    so that no program takes an id for a number or a post for a formula.  A text that is too long for a cell
    goes on in the next column; line ends of any kind are line ends.  The same sample gives the same bytes.

    Examples
    --------
    >>> import pandas as pd, tempfile
    >>> from discourse.coding.draw import draw_sample
    >>> frame = pd.DataFrame({"post_id": ["1", "2"], "group": "a", "lang": "en", "label": "absent",
    ...     "text": ["=1+1", "欢迎"]})
    >>> [file.name for file in write_sheets(draw_sample(frame, 2, coders=["anna"]), tempfile.mkdtemp())]
    ['anna.xlsx']
    """
    if format not in FORMATS:
        raise ParameterError(f"sheets cannot be written as {format!r}", expected=", ".join(FORMATS))
    folder = Path(folder)
    who = tuple(coders) if coders is not None else sample.design.coders
    decks = {coder: sample.assigned(coder) for coder in who}
    folder.mkdir(parents=True, exist_ok=True)
    return [write_deck(sample, deck, folder, coder, format, language) for coder, deck in decks.items()]


def write_deck(
    sample: Sample,
    deck: pd.DataFrame,
    folder: Path,
    coder: str,
    format: Format = "xlsx",
    language: str | None = None,
    *,
    said: dict[str, dict[str, str]] | None = None,
) -> Path:
    """Write one file for one coder.

    Parameters
    ----------
    sample : Sample
        For its codebook and design.
    deck : DataFrame
        :data:`discourse.tables.SAMPLE_TEXTS`, in the order of coding.
    folder : pathlib.Path
        Where the file goes.
    coder : str
        Whose codes they will be.
    format, language
        As for :func:`write_sheets`.
    said : dict, optional
        For adjudication: post_id to what each coder said, shown in a column a coder.

    Returns
    -------
    pathlib.Path
        The file.
    """
    spoken = language or sample.design.language
    if format == "label-studio":
        from discourse.coding.label_studio import write_tasks

        return write_tasks(sample, deck, folder, coder, spoken)
    names = sorted({name for values in (said or {}).values() for name in values})
    columns = _columns(sample, deck, spoken, names)
    rows = _rows(sample.codebook, deck, coder, said or {})
    path = folder / f"{coder}.{format}"
    if format == "csv":
        _write_csv(path, columns, rows)
    else:
        _write_xlsx(path, columns, rows, sample.codebook, spoken)
    return path


def write_disagreements(
    sample: Sample,
    codes: pd.DataFrame,
    folder: str | Path,
    *,
    format: Format = "xlsx",
    language: str | None = None,
) -> Path | None:
    """Write a sheet of what coders disagree about, for somebody to settle.

    Parameters
    ----------
    sample : Sample
        What was drawn.
    codes : DataFrame
        :data:`discourse.tables.CODES`.
    folder : path
        Where ``adjudicated.xlsx`` goes; imported again, its answers are final.
    format, language
        As for :func:`write_sheets`.

    Returns
    -------
    pathlib.Path or None
        The file; None where nothing is open.
    """
    from discourse.coding.final import KEYS, disagreements

    open_ = disagreements(codes)
    if open_.empty:
        return None
    deck = sample.texts[sample.texts["post_id"].isin(open_["post_id"])].reset_index(drop=True)
    coders = [name for name in open_.columns if name not in KEYS]
    said: dict[str, dict[str, str]] = {}
    for row in open_.to_dict("records"):
        asked = sample.codebook.variable(row["variable"])
        for coder in coders:
            if isinstance(row[coder], str):
                answer = _shown(asked, row[coder], language or sample.design.language)
                before = said.setdefault(row["post_id"], {}).get(coder)
                said[row["post_id"]][coder] = f"{before}; {answer}" if before else answer
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    return write_deck(sample, deck, folder, ADJUDICATED, format, language, said=said)


def _shown(variable: Variable, value: str, language: str) -> str:
    return next((c.shown(language) for c in variable.categories if c.name == value), value)


def _columns(sample: Sample, deck: pd.DataFrame, language: str, coders: Sequence[str]) -> list[Column]:
    width = {
        key: max([1, *(len(pieces(shown(text))) for text in deck[key].dropna())])
        for key in ("parent", "text")
    }
    author = sample.design.unit == "author"

    def fixed(key: str, number: int = 1) -> Column:
        header = word(EVIDENCE if author and key == "text" else HEADERS[key], language)
        return Column(key, header) if number == 1 else Column(f"{key}_{number}", f"{header} {number}")

    texts = [fixed(key, n) for key in ("parent", "text") for n in range(1, width[key] + 1)]
    if author or deck["parent"].isna().all():
        texts = [column for column in texts if not column.key.startswith("parent")]
    answers = [Column(v.name, v.shown(language), v) for v in sample.codebook.variables]
    before = [Column(f"said {name}", name) for name in coders]
    tail = [fixed(key) for key in ("note", "post_id", "target", "coder", "codebook")]
    return [fixed("number"), *texts, *before, *answers, *tail]


def _rows(
    codebook: Codebook, deck: pd.DataFrame, coder: str, said: dict[str, dict[str, str]]
) -> Iterator[dict[str, str]]:
    for number, row in enumerate(deck.to_dict("records"), start=1):
        cells = {"number": str(number), "coder": coder, "codebook": codebook.stamp, "post_id": row["post_id"]}
        cells["target"] = row["target"] if isinstance(row["target"], str) else ""
        for key in ("parent", "text"):
            if isinstance(row[key], str):
                for n, piece in enumerate(pieces(shown(row[key])), start=1):
                    cells[key if n == 1 else f"{key}_{n}"] = piece
        cells |= {f"said {name}": value for name, value in said.get(row["post_id"], {}).items()}
        yield cells


def _write_csv(path: Path, columns: list[Column], rows: Iterator[dict[str, str]]) -> None:
    """Write a CSV; texts are in pieces and escaped as in a workbook, so that both read back alike."""
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out, quoting=csv.QUOTE_ALL)
        writer.writerow([column.header for column in columns])
        for row in rows:
            writer.writerow([quoted(row.get(column.key, "")) for column in columns])


def _write_xlsx(
    path: Path, columns: list[Column], rows: Iterator[dict[str, str]], codebook: Codebook, language: str
) -> None:
    from openpyxl import Workbook

    from discourse.coding.look import codebook_page, dress

    book = Workbook()
    sheet: Any = book.active
    sheet.title = word(SHEETS["codes"], language)
    for n, values in enumerate([{c.key: c.header for c in columns}, *rows], start=1):
        for k, column in enumerate(columns, start=1):
            cell = sheet.cell(n, k)
            cell.value = values.get(column.key, "") or None
            cell.data_type = "s" if cell.value is not None else "n"
    page: Any = book.create_sheet(word(SHEETS["codebook"], language))
    dress(sheet, columns, language)
    codebook_page(page, codebook, [word(HOW, language), in_words(codebook.instructions, language)], language)
    save_workbook(book, path)
