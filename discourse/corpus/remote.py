"""Exports and corpora at a url: what lies there is copied whole, and read as files of this machine.

Urls are those of fsspec: ``s3://``, ``gs://``, ``abfs://``, ``sftp://``, ``https://``, ``memory://``, and
chains such as ``zip://posts.csv::s3://bucket/export.zip``.  The password and the query of a url are never
shown or written.
"""

from __future__ import annotations

import errno
import hashlib
import json
import re
import shutil
import socket
import tempfile
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from discourse.corpus.urls import is_url, origin, path_of, secrets_of, shown, without_user
from discourse.errors import DiscourseError, InputError, MissingExtra

T = TypeVar("T")

#: Kinds of fsspec that are no place of files, but templates and calls.
_NO_FILES = frozenset(("reference", "dask", "generic", "asyncwrapper", "async_wrapper"))
_PACKAGES = {
    **dict.fromkeys(("s3", "s3a"), "s3fs"),
    **dict.fromkeys(("gs", "gcs"), "gcsfs"),
    **dict.fromkeys(("abfs", "abfss", "az", "adl"), "adlfs"),
    **dict.fromkeys(("sftp", "ssh"), "paramiko"),
    **dict.fromkeys(("http", "https"), "aiohttp"),
    **{"smb": "smbprotocol", "oss": "ossfs", "hf": "huggingface_hub"},
}
#: What tells a version of an object from another, as the filesystems call it, lower-case letters alone.
_VERSIONS = frozenset(
    (
        *("etag", "contentmd", "md", "mdhash", "digest", "crc", "crcc", "checksum", "sha", "contenthash"),
        *("generation", "versionid", "blobid", "lastmodified", "modified", "modifiedat", "modificationtime"),
        *("mtime", "modify", "updated", "created", "datetime"),
    )
)
_MANIFEST = "corpus.json"
#: Seconds until a host that does not answer is given up.
_PATIENCE = 30
_FULL = frozenset((errno.ENOSPC, errno.EROFS, getattr(errno, "EDQUOT", errno.ENOSPC)))
_FEW_LETTERS = 4


@dataclass(frozen=True)
class Remote:
    """What lies at a url.

    Parameters
    ----------
    url : str
        The url.
    name : str
        Its last part, by which the copy is called.
    folder : bool
        True for a folder of files.
    files : tuple of (str, str, int or None)
        Place in the folder, place in the filesystem, and size in bytes of each file.
    version : str or None
        Hash of sizes, times and checksums; None where the filesystem tells nothing but sizes.
    """

    url: str
    name: str
    folder: bool
    files: tuple[tuple[str, str, int | None], ...]
    version: str | None
    system: Any

    @property
    def is_corpus(self) -> bool:
        """Whether it is an imported corpus."""
        return self.folder and any(inner == _MANIFEST for inner, _, _ in self.files)

    @property
    def key(self) -> str:
        """Hash of the url, without user and password; a query can tell one object from another."""
        named = without_user(self.url).encode("utf-8", "backslashreplace")
        return hashlib.sha256(named).hexdigest()[:32]

    def copy(self, folder: Path) -> Path:
        """Copy it into a folder.

        Parameters
        ----------
        folder : path
            A folder that is there; if copying fails, what is in it is to be cleared away.

        Returns
        -------
        pathlib.Path
            The copy: whole, and of one version.

        Raises
        ------
        InputError
            If it cannot be read to its end, or changes meanwhile.
        """
        place = folder / self.name
        self._refuse_too_large(folder)
        with _told(self.url):
            for inner, remote, size in self.files:
                target = place / inner if self.folder else place
                target.parent.mkdir(parents=True, exist_ok=True)
                self.system.get_file(remote, str(target))
                if size is not None and target.stat().st_size < size:
                    raise InputError("a file at the url ended early", where=shown(self.url), hint=_AGAIN)
        if self.version is not None and look(self.url).version != self.version:
            raise InputError("what lies at the url changed while it was copied", where=shown(self.url),
                             hint=_AGAIN)  # fmt: skip
        return place

    def _refuse_too_large(self, folder: Path) -> None:
        need, free = sum(size or 0 for _, _, size in self.files), shutil.disk_usage(folder).free
        if need > free:
            raise InputError(
                f"the disk has no room for a copy of {need:,} bytes", where=shown(self.url), hint="make room"
            )


_AGAIN = "give the same command again"


def look(url: str) -> Remote:
    """Look at what lies at a url; nothing is copied.

    Parameters
    ----------
    url : str
        A url that fsspec reads.

    Returns
    -------
    Remote
        What is there.

    Raises
    ------
    MissingExtra
        If the package that reads such urls is not installed.
    InputError
        If nothing is there, nobody answers, or it may not be read.

    Examples
    --------
    >>> import fsspec
    >>> with fsspec.open("memory://example/posts.csv", "wb") as file:
    ...     _ = file.write(b"id,text")
    >>> look("memory://example/posts.csv").files[0][2]
    7
    """
    with _told(url):
        system, path = _open(url)
        info = system.info(path)
        folder = info["type"] == "directory"
        found = system.find(path, detail=True) if folder else {path: info}
    root = len(str(path).rstrip("/")) if folder else 0
    listed = []
    for place in sorted(found):
        inner = place[root:].lstrip("/") if folder else ""
        if folder and not inner:
            continue
        if any(part.startswith((".", "~$")) for part in inner.split("/")) and ".." not in inner.split("/"):
            continue  # hidden: an import would leave it out
        _refuse_unsafe(inner, url)
        listed.append((inner, place, found[place]))
    if not listed:
        raise InputError("there is no file at the url", where=shown(url))
    versions = [[inner, info.get("size"), _version(info)] for inner, _, info in listed]
    known = all(version for _, _, version in versions)
    return Remote(
        url,
        _name(url),
        folder,
        tuple((inner, place, info.get("size")) for inner, place, info in listed),
        hashlib.sha256(json.dumps(versions, default=str).encode()).hexdigest()[:32] if known else None,
        system,
    )


def _version(info: Mapping[str, Any]) -> list[list[str]]:
    told = {re.sub(r"[^a-z]", "", str(key).lower()): value for key, value in info.items()}
    return sorted([key, str(value)] for key, value in told.items() if key in _VERSIONS and value is not None)


def _refuse_unsafe(inner: str, url: str) -> None:
    """Refuse names of an archive or a bucket that would be written outside of the copy."""
    if ".." in inner.split("/") or re.search(r"[\\:\x00]", inner):
        raise InputError(
            f"a file at the url has a name that is not safe here, {inner[:200]!r}",
            where=shown(url),
            expected="names without '..', backslashes and colons",
        )


def _name(url: str) -> str:
    links = [link.partition("://")[2] for link in shown(url).split("::")]
    names = [PurePosixPath(rest.rstrip("/")).name for rest in links]
    name = names[0] or next((PurePosixPath(name).stem for name in names[1:] if name), "")
    name = re.sub(r'[\\:*?"<>|\x00-\x1f]', "_", name)[:100]
    return "posts" if name in ("", ".", "..") else name


def _open(url: str) -> tuple[Any, Any]:
    from fsspec.core import url_to_fs

    options: dict[str, Any] = {"skip_instance_cache": True}  # what was listed before may have changed
    for link in url.split("::"):
        scheme = link.partition("://")[0].lower()
        _refuse_unknown(scheme, url)
        if scheme in ("sftp", "ssh", "ftp"):
            options[scheme] = {"timeout": _PATIENCE}
        if scheme in ("http", "https"):
            import aiohttp

            waits = aiohttp.ClientTimeout(total=None, sock_connect=_PATIENCE, sock_read=2 * _PATIENCE)
            options[scheme] = {"client_kwargs": {"timeout": waits}}
    found: tuple[Any, Any] = url_to_fs(url, **options)
    return found


def _refuse_unknown(scheme: str, url: str) -> None:
    from fsspec import get_filesystem_class

    try:
        get_filesystem_class(scheme)
        known = scheme not in _NO_FILES
    except ValueError:
        known = False
    except ImportError:
        package = _PACKAGES.get(scheme)
        raise MissingExtra(
            f"reading {scheme}:// needs a package that is not installed",
            where=shown(url),
            hint=f"pip install {package}" if package else f"install what fsspec reads {scheme}:// with",
        ) from None
    if not known:
        raise InputError(
            f"nothing here reads {scheme}://",
            where=shown(url),
            expected="file, https, s3, gs, abfs, sftp, zip, or another of fsspec's",
        )


@contextmanager
def _told(url: str) -> Iterator[None]:
    """Say in one message whatever a driver raises; each has errors of its own."""
    try:
        yield
    except (DiscourseError, MemoryError):
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _FULL:
            raise
        raise _failure(error, url) from None


def _failure(error: BaseException, url: str) -> InputError:
    where, causes = shown(url), list(_causes(error))
    # what is not there comes last: drivers say it of hosts that they do not reach, too
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return InputError("the host of the url is not found", where=where, hint=_NETWORK)
    if any(isinstance(cause, TimeoutError) or "Timeout" in type(cause).__name__ for cause in causes):
        return InputError("the host of the url does not answer in time", where=where, hint=_NETWORK)
    if any(isinstance(cause, PermissionError) or _status(cause) in (401, 403) for cause in causes):
        return InputError(
            "the url may not be read", where=where, hint="look at your keys for it: they are the driver's own"
        )
    if any(isinstance(cause, ConnectionError) for cause in causes):
        return InputError("the host of the url cannot be reached", where=where, hint=_NETWORK)
    if any(isinstance(cause, FileNotFoundError) for cause in causes):
        return InputError("there is no such file or folder", where=where)
    return InputError(f"the url cannot be read ({_words_of(error, url)})", where=where, hint=_NETWORK)


def _status(error: BaseException) -> Any:
    return getattr(error, "status", None)


_NETWORK = "look whether the name is right and the network is there, then give the same command again"


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _words_of(error: BaseException, url: str) -> str:
    """Give the first line of what a driver says, if no secret of the url can be in it."""
    said = next(iter(str(error).splitlines()), "")[:200]
    secrets = set(secrets_of(url))
    told = any(s in said or (len(s) < _FEW_LETTERS and secrets) for s in secrets) or "://" in said
    return type(error).__name__ if told or not said else f"{type(error).__name__}: {said}"


def with_copies(paths: Sequence[str | Path], read: Callable[[list[str | Path]], T]) -> T:
    """Read what is named by url; the copy of a corpus stays for as long as what was read of it is there.

    Parameters
    ----------
    paths : sequence of path-like
        Files, folders and urls.
    read : callable
        Takes paths of this machine, gives an object that may open them later.

    Returns
    -------
    object
        What `read` gives.

    Raises
    ------
    InputError
        If a url cannot be read.
    """
    with ExitStack() as copies:
        local, _ = copies.enter_context(at_hand(paths))
        made = read(local)
        if any((Path(path) / _MANIFEST).is_file() for path in local):  # raw exports are read by now
            weakref.finalize(made, copies.pop_all().close)
    return made


@contextmanager
def at_hand(paths: Sequence[str | Path]) -> Iterator[tuple[list[str | Path], dict[Path, str]]]:
    """Copy what is named by url, for as long as it is read.

    Parameters
    ----------
    paths : sequence of path-like
        Files, folders and urls.

    Yields
    ------
    paths : list of path-like
        The same, with copies in the place of urls; ``file://`` is a path itself.
    origins : dict of path to str
        The url of each copy, as it may be written.

    Raises
    ------
    InputError
        If a url cannot be read.

    Examples
    --------
    >>> with at_hand(["posts.csv"]) as (paths, origins):
    ...     paths, origins
    (['posts.csv'], {})
    """
    if not any(map(is_url, paths)):
        yield list(paths), {}
        return
    with tempfile.TemporaryDirectory(prefix="discourse-") as folder:
        local: list[str | Path] = []
        urls: dict[Path, str] = {}
        for path in paths:
            here = path_of(str(path)) if is_url(path) else Path(path)
            if here is None:
                remote = look(str(path))
                inside = Path(folder) / remote.key[:8]
                inside.mkdir(exist_ok=True)
                here = remote.copy(inside)
                urls[here] = str(path)
            local.append(here)
        try:
            yield local, {here: origin(url) for here, url in urls.items()}
        except DiscourseError as error:
            for here, url in urls.items():
                error.where = error.where and error.where.replace(str(here), shown(url))
            raise
