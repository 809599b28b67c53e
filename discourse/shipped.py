"""Where the data that ship with the package lie: demo corpora and report recipes.

In a checkout they are at the top of the tree; in a wheel they are inside the package.  Both hold the same
bytes.
"""

from __future__ import annotations

from pathlib import Path

from discourse.errors import InputError

_PACKAGE = Path(__file__).resolve().parent


def shipped_path(*parts: str) -> Path:
    """Find a shipped file or folder.

    Parameters
    ----------
    *parts : str
        The path below the top of the tree, such as ``"corpora", "tiktok-refugees-demo"``.

    Returns
    -------
    pathlib.Path
        Where it lies in this installation.

    Raises
    ------
    InputError
        If it is in neither place, or would lie outside of both.

    Examples
    --------
    >>> shipped_path("corpora").is_dir()
    True
    """
    if any(part in ("", ".", "..") or Path(part).name != part for part in parts) or not parts:
        raise InputError(
            f"{'/'.join(parts)!r} leads out of what is shipped", expected="a path below it, without '..'"
        )
    for root in (_PACKAGE / "shipped", _PACKAGE.parent):
        candidate = root.joinpath(*parts)
        if candidate.exists():
            return candidate
    raise InputError(
        f"the shipped file {'/'.join(parts)} is missing from this installation",
        hint="install discourse again from its wheel or checkout",
    )
