"""Office files are ZIP archives; ours hold the same bytes on every day."""

from __future__ import annotations

import io
import zipfile

# the earliest date that an archive can hold
_DATE = (1980, 1, 1, 0, 0, 0)
_FIRST = "[Content_Types].xml"


def fixed(archive: bytes, replaced: dict[str, bytes] | None = None) -> bytes:
    """Pack an archive anew: sorted, without dates, for no system in particular.

    Parameters
    ----------
    archive : bytes
        A ZIP archive, such as a DOCX or XLSX.
    replaced : dict of str to bytes, optional
        Members whose content is to be another.

    Returns
    -------
    bytes
        The same for the same members.

    Examples
    --------
    >>> with zipfile.ZipFile(buffer := io.BytesIO(), "w") as made:
    ...     made.writestr("b", "2")
    ...     made.writestr("a", "1")
    >>> [member.filename for member in zipfile.ZipFile(io.BytesIO(fixed(buffer.getvalue()))).infolist()]
    ['a', 'b']
    """
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as before,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as after,
    ):
        for name in sorted(before.namelist(), key=lambda name: (name != _FIRST, name)):
            member = zipfile.ZipInfo(name, _DATE)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o600 << 16
            member.create_system = 0
            after.writestr(member, (replaced or {}).get(name, before.read(name)))
    return buffer.getvalue()
