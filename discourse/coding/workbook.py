"""Workbooks whose bytes depend on nothing but their content: no clock, no order of files."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl import Workbook

_EPOCH = (1980, 1, 1, 0, 0, 0)
_CLOCK = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")


def save_workbook(book: Workbook, path: str | Path) -> Path:
    """Save a workbook without the time at which it was saved.

    Parameters
    ----------
    book : openpyxl.Workbook
        What to save.
    path : path
        The file.

    Returns
    -------
    pathlib.Path
        The file.

    Examples
    --------
    >>> import tempfile
    >>> from openpyxl import Workbook
    >>> files = [save_workbook(Workbook(), Path(tempfile.mkdtemp(), "a.xlsx")) for _ in range(2)]
    >>> files[0].read_bytes() == files[1].read_bytes()
    True
    """
    buffer = io.BytesIO()
    book.save(buffer)
    path = Path(path)
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = _CLOCK.sub(rb"\g<1>2000-01-01T00:00:00Z\g<3>", old.read(name))
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            info.create_system = 3
            new.writestr(info, data)
    return path
