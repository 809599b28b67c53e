"""Zip archives of exports, unpacked into a working folder with limits."""

from __future__ import annotations

import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from discourse.corpus.exports import ExportFile
from discourse.errors import ImportFailed

MAX_RATIO = 200
"""An archive that unpacks to more than this many times its size is an attack, not an export."""
MAX_MEMBERS = 10_000
BROKEN = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError, ValueError)
"""What a damaged, encrypted or unknown archive raises."""


def is_archive(file: Path) -> bool:
    """Say whether a file is a zip archive that is no workbook.

    Parameters
    ----------
    file : path
        The file.

    Returns
    -------
    bool
        False for .xlsx files, which are zip archives too.
    """
    try:
        with file.open("rb") as handle:
            if handle.read(4) != b"PK\x03\x04":
                return False
        with zipfile.ZipFile(file) as archive:
            return "[Content_Types].xml" not in archive.namelist()
    except BROKEN:
        return False


def unpacked(file: ExportFile, work: Path, *, limit: int | None = None) -> Iterator[ExportFile]:
    """Unpack an archive.

    Parameters
    ----------
    file : ExportFile
        The archive.
    work : path
        A folder of ours; members get names of ours in it, so that none can lead outside.
    limit : int, optional
        Bytes to which an archive that lay in another may unpack; those in it are not unpacked.

    Yields
    ------
    ExportFile
        The members that are no folders and not hidden, labelled ``archive.zip/name``.

    Raises
    ------
    ImportFailed
        If it is damaged, encrypted, or unpacks to too much.
    """
    try:
        with zipfile.ZipFile(file.path) as archive:
            members = sorted((m for m in archive.infolist() if m.filename and not m.is_dir()), key=_name)
            most = limit or MAX_RATIO * max(file.path.stat().st_size, 1 << 20)
            _check(file, members, most)
            place = Path(tempfile.mkdtemp(dir=work))  # two archives may have one name
            for number, member in enumerate(members):
                name = PurePosixPath(*(p for p in PurePosixPath(_name(member)).parts if p not in ("/", "..")))
                if any(part.startswith((".", "__MACOSX", "~$")) for part in name.parts):
                    continue
                target = place / f"{number}{name.suffix[:20]}"
                with archive.open(member) as source, target.open("wb") as out:
                    while chunk := source.read(1 << 20):
                        out.write(chunk)
                member_file = ExportFile(target, f"{file.label}/{name.as_posix()}", False)
                if limit or not is_archive(target):
                    yield member_file
                else:
                    yield from unpacked(member_file, work, limit=most)
    except BROKEN as error:
        raise ImportFailed(
            f"the archive cannot be unpacked ({error})",
            where=file.label,
            hint="unpack it and import the folder",
        ) from error


def _check(file: ExportFile, members: list[zipfile.ZipInfo], most: int) -> None:
    size = sum(member.file_size for member in members)
    if len(members) > MAX_MEMBERS or size > most:
        raise ImportFailed(
            f"the archive unpacks to more than {MAX_RATIO} times its size or {MAX_MEMBERS:,} files",
            where=file.label,
            hint="unpack it yourself if you trust it, and import the folder",
        )


def _name(member: zipfile.ZipInfo) -> str:
    """Chinese Windows writes names in GBK without saying so."""
    if member.flag_bits & 0x800 or member.filename.isascii():
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return member.filename
