"""The project key, and the pseudonyms that authors get at the door.

A pseudonym is an HMAC-SHA256 under a key that lies outside of the corpus and of all outputs.  Whoever holds
the key can link a handle to its pseudonym; nobody else can.  Pseudonymised is not anonymous.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import sys
import warnings
from pathlib import Path

from discourse.errors import InputError

KEY_BYTES = 32
KEY_VARIABLE = "DISCOURSE_KEY_FILE"


def pseudonym(author: str, key: bytes, *, platform: str = "", hashed: bool = False) -> str:
    """Turn an author's id into a keyed pseudonym.

    Parameters
    ----------
    author : str
        The id of the account on its platform.
    key : bytes
        The project key.
    platform : str, default ""
        The platform; the same id on two platforms is two people.
    hashed : bool, default False
        True if `author` is the collector's own unsalted hash (the first 16 hexadecimal digits of the
        SHA-256 of the id, as newer MediaCrawler exports have it).  Both forms of one id give one pseudonym.

    Returns
    -------
    str
        ``a-`` and 16 hexadecimal digits.

    Notes
    -----
    HMAC as in RFC 2104 (Krawczyk, Bellare and Canetti 1997), cut to 64 bits: among a million authors, two
    share a pseudonym with a chance of 3 in 100 million.

    Examples
    --------
    >>> pseudonym("5f1e", b"key") == pseudonym("5f1e", b"key")
    True
    >>> pseudonym("5f1e", b"key") == pseudonym("5f1e", b"another key")
    False
    """
    digest = author if hashed else hashlib.sha256(author.encode("utf-8", "replace")).hexdigest()[:16]
    message = f"{platform}\x00{digest}".encode("utf-8", "replace")
    return "a-" + hmac.digest(key, message, "sha256").hex()[:16]


def key_id(key: bytes) -> str:
    """Name a key without telling it.

    Parameters
    ----------
    key : bytes
        The project key.

    Returns
    -------
    str
        ``k-`` and 8 hexadecimal digits; corpora with different ids cannot be joined by author.

    Examples
    --------
    >>> len(key_id(b"key"))
    10
    """
    return "k-" + hmac.new(key, b"discourse key id", hashlib.sha256).hexdigest()[:8]


def project_key(path: str | Path | None = None) -> bytes:
    """Read the project key; make one where there is none yet.

    Parameters
    ----------
    path : path-like, optional
        The key file.  Default: the file named by the environment variable ``DISCOURSE_KEY_FILE``, else
        ``project.key`` in the user's configuration folder.

    Returns
    -------
    bytes
        32 bytes.

    Raises
    ------
    InputError
        If the file cannot be read or written, or does not hold a key.

    Warns
    -----
    UserWarning
        When a key was made: a lost key means new pseudonyms, so it wants a backup.
    """
    place = Path(path) if path is not None else key_path()
    try:
        if place.exists():
            return _parse(place)
        return _create(place)
    except OSError as error:
        raise InputError(
            "the project key cannot be read or made",
            where=str(place),
            expected="a file that this user may read and write, outside of corpus and outputs",
            hint=f"set {KEY_VARIABLE} to such a file ({error.strerror})",
        ) from error


def key_path() -> Path:
    """Say where the project key lies.

    Returns
    -------
    pathlib.Path
        ``$DISCOURSE_KEY_FILE``, or ``project.key`` in the user's configuration folder.

    Examples
    --------
    >>> key_path().suffix != ""
    True
    """
    named = os.environ.get(KEY_VARIABLE)
    if named:
        return Path(named).expanduser()
    if sys.platform == "win32":
        root = Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming")
    elif sys.platform == "darwin":
        root = Path.home() / "Library" / "Application Support"
    else:
        root = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return root / "discourse" / "project.key"


def _parse(place: Path) -> bytes:
    text = place.read_text(encoding="ascii", errors="replace").strip()
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) < 16:
        raise InputError(
            "the key file does not hold a key",
            where=str(place),
            expected="at least 32 hexadecimal digits",
            hint="restore it from its backup; a new key would give every author a new pseudonym",
        )
    return key


def _create(place: Path) -> bytes:
    key = secrets.token_bytes(KEY_BYTES)
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process was first
        return _parse(place)
    with os.fdopen(handle, "w", encoding="ascii", newline="\n") as file:
        file.write(key.hex() + "\n")
    warnings.warn(
        f"a new project key was made: {place}. Authors are pseudonyms under it; keep a backup apart from the "
        "data, for a lost key means new pseudonyms.",
        stacklevel=4,
    )
    return key
