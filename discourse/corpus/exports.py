"""Which files an import reads, how they are called, and which importer each one gets."""

from __future__ import annotations

import difflib
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from discourse import plugins
from discourse.corpus.importers.aliases import FIELDS, guess_mapping
from discourse.corpus.importers.base import Importer
from discourse.corpus.records import Sample, Source
from discourse.corpus.store import MANIFEST
from discourse.errors import ImportFailed, ParameterError

FIELD_NAMES = (*FIELDS,)


LEADS_OUT = "a link that leads out of the folder; name the file itself to import it"


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A file to read.

    Parameters
    ----------
    path : path
        Where it is.
    label : str
        How posts and rejects call it; never an absolute path.
    alone : bool
        True if it was named itself, so that it must be readable; False if it was found in a folder.
    problem : str
        Why it must not be read, if it must not.
    """

    path: Path
    label: str
    alone: bool
    problem: str = ""


def find_files(paths: Sequence[str | Path]) -> list[ExportFile]:
    """List the files of an import, in an order that does not depend on how they were named.

    Parameters
    ----------
    paths : sequence of path-like
        Files and folders; folders are searched through, hidden files left out.

    Returns
    -------
    list of ExportFile
        Sorted by label; labels are unique.

    Raises
    ------
    ImportFailed
        If a path is not there, or there is no file at all.
    """
    found: dict[Path, ExportFile] = {}
    for given in paths:
        path = Path(given)
        if os.path.isdir(path):  # says no to a name too long, too
            home = path.resolve()
            for file in sorted(_inside(path)):
                inner, at = file.relative_to(path), file.resolve()
                if not any(part.startswith((".", "~$")) for part in inner.parts):
                    problem = "" if at.is_relative_to(home) else LEADS_OUT
                    found.setdefault(at, ExportFile(file, inner.as_posix(), False, problem))
        elif os.path.isfile(path):
            found[path.resolve()] = ExportFile(path, path.name, True)
        else:
            shown = str(given) if len(str(given)) < 200 else f"{str(given)[:200]}..."
            raise ImportFailed("there is no such file or folder", where=shown, hint=_near_name(path))
    if not found:
        raise ImportFailed(
            "there is no file to import",
            where=", ".join(map(str, paths)),
            expected="exports: CSV, TSV, JSON, JSONL, XLSX or SQLite",
        )
    return unique_labels(list(found.values()))


def _inside(folder: Path) -> Iterator[Path]:
    """List the files of a folder, and the folders in it that cannot be listed: nothing is left out unsaid."""
    closed: list[str] = []
    for place, _, names in os.walk(folder, onerror=lambda error: closed.append(str(error.filename))):
        yield from (file for name in names if (file := Path(place, name)).is_file())
    yield from map(Path, closed)


def _near_name(path: Path) -> str | None:
    try:
        beside = os.listdir(path.parent)
    except OSError:
        return None
    near = difflib.get_close_matches(path.name, beside, n=1)
    return f"did you mean {near[0]!r}?" if near else None


def unique_labels(files: list[ExportFile], used: Collection[str] = ()) -> list[ExportFile]:
    """Give every file a label of its own.

    Parameters
    ----------
    files : list of ExportFile
        In any order.
    used : collection of str
        Labels that are taken.

    Returns
    -------
    list of ExportFile
        Sorted by label.
    """
    out: list[ExportFile] = []
    taken = set(used)
    for file in sorted(files, key=lambda f: (f.label, f.path.resolve().as_posix())):
        label, number = file.label, 1
        if label in taken:
            label = f"{file.path.resolve().parent.name}/{file.label}"
        while label in taken:
            number += 1
            label = f"{file.label} ({number})"
        taken.add(label)
        out.append(replace(file, label=label.encode("utf-8", "replace").decode("utf-8")))
    return sorted(out, key=lambda f: f.label)


def check_mapping(mapping: Mapping[str, str]) -> dict[str, str]:
    """Check the fields of a mapping.

    Parameters
    ----------
    mapping : mapping of str to str
        Our field -> their column.

    Returns
    -------
    dict of str to str
        The same.

    Raises
    ------
    ParameterError
        If a field is not ours, or ``text`` is missing.
    """
    for field in mapping:
        if field not in FIELDS:
            near = difflib.get_close_matches(field, FIELD_NAMES, n=1, cutoff=0.5)
            raise ParameterError(
                f"a mapping has no field {field!r}",
                expected=", ".join(FIELD_NAMES),
                hint=f"did you mean {near[0]!r}?" if near else None,
            )
    if "text" not in mapping:
        raise ParameterError(
            "the mapping does not say which column holds the text", hint='add "text" = "<their column>"'
        )
    return dict(mapping)


def check_columns(mapping: Mapping[str, str], columns: Sequence[str], where: str) -> None:
    """Check that the columns of a mapping are in an export.

    Raises
    ------
    ImportFailed
        If one is not; the message offers the nearest.
    """
    for field, column in mapping.items():
        if column not in columns and not any(c.startswith(f"{column}.") for c in columns):
            if "." in column and column.split(".")[0] in columns:
                continue  # a key inside of an object
            near = difflib.get_close_matches(column, columns, n=1, cutoff=0.5)
            raise ImportFailed(
                f"the export has no column {column!r} (mapped to {field!r})",
                where=f"{where}, line 1",
                expected=f"one of: {', '.join(columns)[:400]}",
                hint=f"did you mean {near[0]!r}?" if near else "name the column as the header spells it",
            )


def choose(source: Source, wanted: str, mapping: Mapping[str, str] | None) -> tuple[Importer, dict[str, str]]:
    """Choose the importer of a source by its content.

    Parameters
    ----------
    source : Source
        An opened export.
    wanted : str
        Name of an importer, or ``auto``.
    mapping : mapping or None
        The researcher's; with it, ``auto`` is ``generic``.

    Returns
    -------
    importer : Importer
        The one that is surest.
    mapping : dict
        Given or guessed; empty for importers that need none.

    Raises
    ------
    ImportFailed
        If no importer knows the export, or the wanted one does not.
    ParameterError
        If there is no importer of that name.
    """
    if mapping is not None and wanted in ("auto", "generic"):
        check_columns(mapping, source.sample.columns, source.label)
        return plugins.load("importers", "generic")(), dict(mapping)
    names = plugins.names("importers") if wanted == "auto" else [wanted]
    known = [plugins.load("importers", name)() for name in names]
    sure, best = max(
        ((float(importer.detect(source.sample)), -i) for i, importer in enumerate(known)), default=(0.0, 0)
    )
    if sure <= 0.0:
        raise _unknown(source.sample, source.label, wanted)
    importer = known[-best]
    refusal = importer.refuse(source.sample)
    if refusal is not None:
        raise ImportFailed(refusal, where=source.label, hint="leave the file out")
    return importer, guess_mapping(source.sample.columns) if importer.name == "generic" else {}


def _unknown(sample: Sample, label: str, wanted: str) -> ImportFailed:
    columns = ", ".join(sample.columns)[:400] or "(none)"
    what = "no importer knows this export" if wanted == "auto" else f"this is no export that {wanted!r} knows"
    return ImportFailed(
        f"{what}; its columns are: {columns}",
        where=f"{label}, line 1",
        expected=f"an export of one of: {', '.join(plugins.names('importers'))}",
        hint='name the columns yourself: mapping={"text": "<column>", "author": "<column>", ...}',
    )


def is_ours(file: ExportFile) -> bool:
    """Say whether a file found in a folder is one that we wrote."""
    return file.path.name in (MANIFEST, "rejects.csv", "card.toml", "forgotten.json") and not file.alone
