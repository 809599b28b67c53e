"""Reading exports: the one door through which posts come in."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discourse.corpus import store
from discourse.corpus.additions import previous_corpus
from discourse.corpus.card import read_card
from discourse.corpus.corpus import Corpus
from discourse.corpus.damage import zone_of
from discourse.corpus.exports import check_mapping
from discourse.corpus.ingest import Ingest, Settings
from discourse.corpus.keys import key_id, project_key
from discourse.corpus.remote import at_hand, with_copies
from discourse.corpus.tombstones import project_tombstones, read_tombstones
from discourse.corpus.urls import is_url, refuse_url
from discourse.errors import ImportFailed, ParameterError
from discourse.processes import can_fork

if TYPE_CHECKING:
    pass

PathLike = str | Path


def read_posts(
    path: PathLike | Sequence[PathLike],
    source: str = "auto",
    *,
    mapping: Mapping[str, str] | None = None,
    timezone: str | None = None,
    docvars: Mapping[str, Any] | None = None,
    key: bytes | None = None,
    card: Mapping[str, Any] | None = None,
    times_from_ids: bool = False,
    workers: int = 1,
) -> Corpus:
    r"""Read exports, or open an imported corpus.

    Parameters
    ----------
    path : path-like, or sequence of them
        An export file, a folder of exports (one import: posts and comments joined into threads), a list of
        these, or the folder of an imported corpus; each may be a url that fsspec reads, such as
        ``s3://bucket/posts.csv``, and is copied whole before it is read.
    source : str, default "auto"
        Name of an importer; ``auto`` recognises each file by its content.
    mapping : mapping of str to str, optional
        Our field -> their column, for tables that no importer knows.  Fields: text, post_id, thread_id,
        parent_id, kind, author, title, created_at, platform, ip_location, likes, comments, collects, shares,
        hashtags.
    timezone : str, optional
        IANA name of the zone of times that state none.  Default: the platform's, flagged ``zone-assumed``.
    docvars : mapping, optional
        Constants for every post; ``platform`` sets that column.
    key : bytes, optional
        The project key for pseudonyms.  Default: :func:`discourse.corpus.keys.project_key`.
    card : mapping, optional
        How the posts were found.  With ``collected`` (and ``collected_until``), times such as ``3天前`` and
        ``01-15`` are told from those days, where the records do not say when they were collected.
    times_from_ids : bool, default False
        Read a time that a spreadsheet lost from the id, where the platform writes it there (Xiaohongshu: the
        first 8 hexadecimal digits are the second); flagged ``time-from-id``.
    workers : int, default 1
        Processes that read a large export; the corpus is the same whatever their number.

    Returns
    -------
    Corpus
        In memory, or on disk if `path` is an imported corpus.  ``.counts`` adds up: read = kept + duplicates
        + rejected.

    Raises
    ------
    ImportFailed
        If a named file cannot be read at all.
    InputError
        If a url cannot be read.
    MissingExtra
        If the package that reads a url is not installed.
    ParameterError
        If a mapping, an importer or a zone is unknown, or `workers` is below 1.

    Notes
    -----
    Records with one id are one post: the least damaged and richest is kept.  Equal *texts* are marked in
    ``duplicate_of``, not dropped.  Memory holds the posts; ``discourse import`` streams them to disk.

    Whoever was forgotten under the project key (``discourse forget``) stays out, and ``.counts["forgotten"]``
    says how many posts that were; a `key` given here knows only the corpus to which an import adds.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "export.csv"
    >>> _ = file.write_text("id,评论内容,IP属地\n1,欢迎你们,广东\n", encoding="utf-8")
    >>> corpus = read_posts(file, key=b"a key for examples")
    >>> corpus.to_pandas(["text", "ip_location", "kind"]).values.tolist()
    [['欢迎你们', 'CN-GD', 'comment']]
    """
    paths = _listed(path)
    if any(map(is_url, paths)):
        options: dict[str, Any] = {"mapping": mapping, "timezone": timezone, "docvars": docvars, "key": key}
        options |= {"card": card, "times_from_ids": times_from_ids, "workers": workers}
        return with_copies(paths, lambda local: read_posts(local, source, **options))
    if len(paths) == 1 and store.is_corpus(Path(paths[0])):
        return Corpus.load(paths[0])
    settings = _settings(source, mapping, timezone, docvars, key, times_from_ids, dict(card or {}))
    with tempfile.TemporaryDirectory(prefix="discourse-") as work:
        stones = project_tombstones(settings.key) if key is None else None
        ingest = Ingest(settings, Path(work), tombstones=stones, workers=workers)
        try:
            ingest.read(paths)
            parts = [store.frame_of(part) for part in ingest.parts()]
            return Corpus(
                parts,
                [len(part) for part in parts],
                card=dict(card or {}),
                counts=ingest.counts(),
                rejects=list(ingest.rejects()),
                key_id=key_id(settings.key),
            )
        finally:
            ingest.close()


def import_exports(
    paths: PathLike | Sequence[PathLike],
    out: PathLike,
    *,
    source: str = "auto",
    mapping: Mapping[str, str] | None = None,
    timezone: str | None = None,
    docvars: Mapping[str, Any] | None = None,
    key: bytes | None = None,
    card: Mapping[str, Any] | None = None,
    times_from_ids: bool = False,
    workers: int = 1,
    progress: Callable[[str, int], None] | None = None,
) -> dict[str, Any]:
    """Read exports into a corpus folder, in flat memory.

    Parameters
    ----------
    paths, source, mapping, timezone, docvars, key, card, times_from_ids, workers
        As in :func:`read_posts`.
    out : path-like
        The corpus folder: ``posts/*.parquet``, ``corpus.json``, ``rejects.csv``.  To a corpus that is there,
        files are added; a file that it holds already, read in the same way, adds nothing.
    progress : callable, optional
        Called now and then with the file's label and the records read from it.

    Returns
    -------
    dict
        ``read``, ``kept``, ``duplicates``, ``rejected``, ``files``, ``skipped``, ``unknown_places``,
        ``unread``, ``flags``, ``new_files`` and more, ready for JSON.

    Raises
    ------
    InputError
        If something cannot be read or written, or `out` is a url; nothing is then left behind.
    """
    refuse_url(out)
    days = dict(card or {})
    if not days.get("collected") and Path(out).is_dir():
        days |= read_card(out).collection.model_dump(include={"collected", "collected_until"})
    settings = _settings(source, mapping, timezone, docvars, key, times_from_ids, days)
    settings = replace(settings, collected_said=bool((card or {}).get("collected")))
    with (
        tempfile.TemporaryDirectory(prefix="discourse-") as work,
        at_hand(_listed(paths)) as (local, origins),
    ):
        previous = previous_corpus(Path(out), settings.key)
        stones = read_tombstones(Path(out), settings.key)
        if key is None:
            stones = stones.joined(project_tombstones(settings.key))
        ingest = Ingest(
            settings,
            Path(work),
            on_disk=True,
            progress=progress,
            previous=previous,
            tombstones=stones,
            workers=workers,
            origins=origins,
        )
        said = {**(previous.manifest["card"] if previous else {}), **(card or {})}
        try:
            if not ingest.read(local) and previous is not None:
                return _summary(previous.manifest) | {"new_files": 0}
            with store.replacing(Path(out)) as folder:
                old = len(previous.inputs) if previous is not None else 0
                return _write(ingest, folder, said) | {"new_files": max(0, len(ingest.inputs) - old)}
        finally:
            ingest.close()


def _write(ingest: Ingest, folder: Path, card: dict[str, Any]) -> dict[str, Any]:
    # forks find what waits as it lies, other processes are sent whole parts
    here = ingest.workers.n == 1 or can_fork()
    manifest = store.write_corpus(
        folder,
        ingest.planned() if here else ingest.parts(),
        card=card,
        counts=ingest.counts,
        rejects=ingest.rejects(),
        key_id=key_id(ingest.settings.key),
        inputs=ingest.inputs,
        spread=ingest.workers.in_order,
        made=ingest.part if here else None,
        told=ingest.count if here else None,
    )
    return _summary(manifest)


def _summary(manifest: dict[str, Any]) -> dict[str, Any]:
    return {**manifest["counts"], "key_id": manifest["key_id"], "fingerprint": manifest["fingerprint"]}


def _listed(path: PathLike | Sequence[PathLike]) -> list[PathLike]:
    if hasattr(path, "columns"):
        raise ParameterError(
            "a table is no file",
            expected="a path, or several",
            hint="for a DataFrame: discourse.Corpus.from_pandas(frame)",
        )
    paths = [path] if isinstance(path, str | Path) else list(path)
    if not paths:
        raise ImportFailed("no file or folder was named", hint="name an export or a folder of exports")
    return paths


def _settings(
    source: str,
    mapping: Mapping[str, str] | None,
    timezone: str | None,
    docvars: Mapping[str, Any] | None,
    key: bytes | None,
    times_from_ids: bool,
    card: Mapping[str, Any],
) -> Settings:
    return Settings(
        source=source,
        mapping=check_mapping(mapping) if mapping is not None else None,
        zone=zone_of(timezone) if timezone is not None else None,
        docvars=dict(docvars or {}),
        key=key if key is not None else project_key(),
        times_from_ids=times_from_ids,
        collected=(card.get("collected"), card.get("collected_until")),
    )
