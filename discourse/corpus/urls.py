"""How urls are told from paths, and written without what is secret in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from discourse.errors import InputError

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:(?://|:[A-Za-z0-9+.-]+:)")
_AS_A_PATH = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:[/\\]")  # pathlib makes one stroke of two
_QUERY = re.compile(r"[?#].*", re.DOTALL)
_HERE = frozenset(("file", "local"))


def is_url(given: object) -> bool:
    """Say whether something names a url, and not a file of this machine.

    Parameters
    ----------
    given : object
        What was given where files are named; a :class:`pathlib.Path` is none.

    Returns
    -------
    bool
        True for ``s3://bucket/posts.csv`` and for chains.

    Examples
    --------
    >>> is_url("s3://bucket/posts.csv"), is_url("zip://a.csv::file:///x.zip"), is_url("C:/posts.csv")
    (True, True, False)
    """
    return isinstance(given, str) and _URL.match(given) is not None


def shown(url: str) -> str:
    """Write a url without the user, password and query in it.

    Parameters
    ----------
    url : str
        A url, or a chain of them.

    Returns
    -------
    str
        What may be printed and written.

    Examples
    --------
    >>> shown("sftp://ann:secret@host/posts.csv"), shown("zip://a.csv::https://host/x.zip?sig=secret")
    ('sftp://host/posts.csv', 'zip://a.csv::https://host/x.zip')
    """
    return "::".join(_link_shown(link) for link in url.split("::"))


def _link_shown(link: str) -> str:
    scheme, sign, rest = link.partition("://")
    return scheme + sign + _QUERY.sub("", rest[len(_user_of(rest)) :])


def _user_of(rest: str) -> str:
    """Give ``user:password@``; a password may hold a stroke or an at that nobody wrote as %2F and %40."""
    host = rest.partition("/")[0]
    if "@" in host:
        return host[: host.rindex("@") + 1]
    _, colon, port = host.partition(":")
    return rest[: rest.rindex("@") + 1] if colon and not port.isdigit() and "@" in rest else ""


def origin(url: str) -> str:
    """Write a url for what others read: as :func:`shown`, and without folders of this machine.

    Examples
    --------
    >>> origin("zip://a.csv::file:///home/ann/x.zip")
    'zip://a.csv::file://x.zip'
    """
    links = [link.partition("://") for link in shown(url).split("::")]
    return "::".join(a + s + (b.rpartition("/")[2] if a in _HERE else b) for a, s, b in links)


def refuse_url(out: str | Path, where: str = "--out") -> None:
    """Refuse a url where results are written.

    Parameters
    ----------
    out : path-like
        Where they are to go.
    where : str
        The option or parameter.

    Raises
    ------
    InputError
        If that is a url: results are written on this machine, where a half-written one can be taken back.

    Examples
    --------
    >>> refuse_url("results")
    """
    if is_url(str(out)) or _AS_A_PATH.match(str(out)):
        raise InputError(
            "results are written on this machine, and not at a url",
            where=f"{where} {shown(str(out))}" if is_url(str(out)) else where,
            expected="a folder",
            hint="write to a folder, and copy it to the url yourself",
        )


def without_user(url: str) -> str:
    """Write a url without user and password, its query left in it.

    Examples
    --------
    >>> without_user("https://ann:secret@host/x?version=2")
    'https://host/x?version=2'
    """
    links = [link.partition("://") for link in url.split("::")]
    return "::".join(scheme + sign + rest[len(_user_of(rest)) :] for scheme, sign, rest in links)


def secrets_of(url: str) -> Iterator[str]:
    """List what no message may hold: user, password and the values of the query.

    Examples
    --------
    >>> sorted(set(secrets_of("sftp://ann:secret@host/posts.csv?sig=xyz")))
    ['ann', 'secret', 'xyz']
    """
    for link in url.split("::"):
        rest = link.partition("://")[2]
        user = _user_of(rest)
        query = (_QUERY.search(rest[len(user) :]) or [""])[0]
        for piece in (*user.rstrip("@").split(":", 1), *re.split(r"[?&#]", query)):
            value = piece.partition("=")[2] or piece
            yield from {value, unquote(value)} - {""}


def path_of(url: str) -> Path | None:
    """Give the path that a ``file://`` url names; None for every other.

    Examples
    --------
    >>> path_of("s3://bucket/posts.csv") is None
    True
    """
    if "::" in url or url.partition("://")[0].lower() not in _HERE:
        return None
    from fsspec.implementations.local import LocalFileSystem

    return Path(LocalFileSystem._strip_protocol(url))
