"""What an import would do with each file, before it does it."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from discourse import plugins
from discourse.corpus.archives import is_archive, unpacked
from discourse.corpus.exports import ExportFile, choose, find_files, is_ours, unique_labels
from discourse.corpus.importers.aliases import FIELDS, author_columns, guess_mapping
from discourse.corpus.records import Source
from discourse.corpus.remote import at_hand
from discourse.corpus.sources import open_sources
from discourse.errors import ImportFailed


def explain_import(
    paths: Sequence[str | Path], source: str = "auto", mapping: Mapping[str, str] | None = None
) -> list[dict[str, Any]]:
    r"""Say for each file which importer would read it, and which column would become which field.

    Parameters
    ----------
    paths : sequence of path-like
        Exports: files, folders, or urls of them.
    source : str
        Name of an importer, or ``auto``.
    mapping : mapping, optional
        Our field to their column, as given.

    Returns
    -------
    list of dict
        One a table in a file: ``file``; ``importer`` (None if none knows it); ``sure`` (how sure each
        importer is, from 0 to 1); ``encoding``; ``columns``; ``mapping`` (our field to their column, where no
        special importer knows the table); ``left`` (columns kept as further variables); ``authors`` (columns
        that become pseudonyms or are dropped); ``note``.

    Raises
    ------
    ImportFailed
        If a path is not there.

    Examples
    --------
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "a.csv").write_text("评论内容,昵称,点赞数\n好,小明,3\n", encoding="utf-8")
    >>> entry = explain_import([folder])[0]
    >>> entry["importer"], entry["mapping"]["text"], entry["authors"]
    ('generic', '评论内容', ['昵称'])
    """
    found: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory(prefix="discourse-") as work, at_hand(paths) as (local, _):
        for file in _files(local, Path(work)):
            if file.problem:
                found.append(_unreadable(file.label, file.problem))
                continue
            try:
                sources = open_sources(file.path, file.label, Path(work))
            except ImportFailed as error:
                found.append(_unreadable(file.label, error.message))
                continue
            found += [_explained(entry, source, mapping) for entry in sources]
    return found


def _files(paths: Sequence[str | Path], work: Path) -> list[ExportFile]:
    files: list[ExportFile] = []
    for file in find_files(paths):
        if is_ours(file):
            continue
        packed = not file.problem and is_archive(file.path)
        files += list(unpacked(file, work)) if packed else [file]
    return unique_labels(files)


def _unreadable(label: str, reason: str) -> dict[str, Any]:
    return {"file": label, "importer": None, "sure": {}, "encoding": None, "columns": [], "note": reason} | {
        "mapping": {},
        "left": [],
        "authors": [],
    }


def _explained(source: Source, wanted: str, mapping: Mapping[str, str] | None) -> dict[str, Any]:
    entry = _unreadable(source.label, "") | {
        "encoding": source.encoding,
        "columns": list(source.sample.columns),
        "sure": _sure(source),
        "authors": sorted(author_columns(source.sample.columns)),
    }
    try:
        importer, used = choose(source, wanted, mapping)
    except ImportFailed as error:
        return entry | {"note": error.message, "mapping": guess_mapping(source.sample.columns)}
    taken = {*used.values(), *entry["authors"]}
    left = [column for column in source.sample.columns if column not in taken] if used else []
    missing = [name for name in FIELDS if name not in used] if used else []
    note = f"no column was found for: {', '.join(missing)}" if missing else ""
    return entry | {"importer": importer.name, "mapping": used, "left": left, "note": note}


def _sure(source: Source) -> dict[str, float]:
    """Ask every importer; only those that see something are listed, the surest first."""
    asked = {
        name: float(plugins.load("importers", name)().detect(source.sample))
        for name in plugins.names("importers")
    }
    ranked = sorted(asked.items(), key=lambda item: -item[1])
    return {name: round(value, 2) for name, value in ranked if value > 0.0}
