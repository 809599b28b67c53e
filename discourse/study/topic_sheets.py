"""Sheets for people about the topics of a study: labels, and the checks of word and topic intrusion."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from discourse.errors import InputError, NotMeasurable, StudyError
from discourse.study.schema import Study

#: Sheets to be filled in, and the key to each.
CHECKS = {"word_intrusion.csv": "word_intrusion_key.csv", "topic_intrusion.csv": "topic_intrusion_key.csv"}
LABELS = "labels.csv"
# A spreadsheet would take a text that begins so for a formula.
_FORMULA = tuple("=+-@\t\r")


def write_sheets(study: Study, out: Path, *, workers: int = 1) -> dict[str, Any]:
    """Fit the topics of a study and write the sheets about them.

    Parameters
    ----------
    study : Study
        A loaded study.
    out : Path
        A folder that does not hold such sheets yet.
    workers : int
        Processes.

    Returns
    -------
    dict
        ``topics`` (how many), ``files`` (paths).

    Raises
    ------
    StudyError
        If there are such sheets, which people may have filled in.
    NotMeasurable
        If no post has a content word.
    """
    from discourse.study.depend import dependence
    from discourse.study.run import prepare
    from discourse.study.steps import full_texts
    from discourse.topics.labels import label_sheet
    from discourse.topics.sheets import topic_intrusion, word_intrusion

    there = [name for name in (LABELS, *CHECKS) if (out / name).exists()]
    if there:
        raise StudyError(f"{out / there[0]} is there already", hint="name another folder, or move it away")
    material = prepare(study, dependence(study), workers=workers)
    model, posts, seed = material.topic_model, material.readable, study.study.seed
    if model is None:
        raise NotMeasurable("no post has a content word", hint="are the texts in Chinese or English?")
    out.mkdir(parents=True, exist_ok=True)
    words, words_key = word_intrusion(model, seed)
    drawn, drawn_key = topic_intrusion(model, posts["post_id"], full_texts(posts), posts["author"], seed=seed)
    sheets = {
        LABELS: label_sheet(model, posts["post_id"], posts["author"]),
        "word_intrusion.csv": words,
        "word_intrusion_key.csv": words_key,
        "topic_intrusion.csv": drawn,
        "topic_intrusion_key.csv": drawn_key,
    }
    for name, sheet in sheets.items():
        if len(sheet):
            _write(out / name, sheet)
    return {"topics": model.n_topics, "files": [str(out / name) for name in sheets if len(sheets[name])]}


def _write(path: Path, sheet: pd.DataFrame) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(sheet.columns)
        writer.writerows([_harmless(value) for value in row] for row in sheet.itertuples(index=False))


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def check_sheets(folder: Path, answers: Sequence[Path] = ()) -> pd.DataFrame:
    """Count how often people met the intruders.

    Parameters
    ----------
    folder : Path
        Where the sheets and their keys are.
    answers : sequence of Path
        Sheets of several people, named like the ones written, in folders of their own; those of `folder` by
        default.

    Returns
    -------
    DataFrame
        ``check`` (word_intrusion | topic_intrusion), ``topic`` (NA for all), ``n``, ``found``.

    Raises
    ------
    InputError
        If there is no sheet with its key.
    """
    from discourse.topics.sheets import intruders_found

    parts = []
    for sheet, key in CHECKS.items():
        filled = [place / sheet for place in (answers or [folder]) if (place / sheet).exists()]
        if filled and (folder / key).exists():
            given = pd.concat([_read(path, ("item", "answer")) for path in filled], ignore_index=True)
            found = intruders_found(given, _read(folder / key, ("item", "topic", "intruder")))
            parts.append(found.assign(check=sheet.removesuffix(".csv")))
    if not parts:
        raise InputError(
            f"no filled-in sheet with its key in {folder}", hint="write them with: discourse topics sheet"
        )
    return pd.concat(parts, ignore_index=True)[["check", "topic", "n", "found"]]


def _read(path: Path, needed: Sequence[str]) -> pd.DataFrame:
    try:
        table = pd.read_csv(path, dtype="str", encoding="utf-8-sig", keep_default_na=False)
    except (OSError, ValueError) as error:
        raise InputError(f"the sheet cannot be read: {error}", where=str(path)) from None
    missing = [name for name in needed if name not in table.columns]
    if missing:
        raise InputError(f"the sheet lacks {', '.join(missing)}", where=str(path), expected=", ".join(needed))
    strange = table.loc[~table["item"].str.fullmatch(r"[0-9]+"), "item"]
    if len(strange):
        raise InputError(f"{strange.iloc[0]!r} is no item", where=str(path), expected="a whole number")
    return table
