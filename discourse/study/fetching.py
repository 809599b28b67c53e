"""Sources of a study that lie at urls: copied here before anything reads them.

An imported corpus holds pseudonyms and masked texts; its copy is kept in the store, by its url and version.
Raw exports hold names: their copy is taken away when the run ends, and the corpus made of them is what stays.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from discourse.corpus.remote import Remote, look
from discourse.corpus.urls import is_url, origin, shown
from discourse.study.made_up import with_made_up
from discourse.study.progress import Progress
from discourse.study.schema import Study
from discourse.study.store import Key, Store, making


@dataclass(frozen=True)
class Here:
    """A study whose sources are all on this machine.

    Parameters
    ----------
    study : Study
        The study, with copies in the place of urls.
    urls : tuple of str
        The urls that were copied, as they may be written.
    places : tuple of str
        Where each source can be found when the run is over: a path, or the url.
    """

    study: Study
    urls: tuple[str, ...]
    places: tuple[str, ...]


@contextmanager
def sources_here(study: Study, store: Store, progress: Progress) -> Iterator[Here]:
    """Copy the sources of a study that lie at urls, for as long as the block runs.

    Parameters
    ----------
    study : Study
        A loaded study; whoever loaded it allowed its urls.
    store : Store
        Where copies of imported corpora are kept; one that only looks is not written to.
    progress : Progress
        Told what is copied.

    Yields
    ------
    Here
        The study to run.

    Raises
    ------
    InputError
        If a url cannot be read.
    """
    if not any(is_url(source.path) for source in study.sources):
        yield Here(study, (), tuple(source.path for source in study.sources))
        return
    with ExitStack() as copies:
        sources, urls, places = [], [], []
        for source in study.sources:
            path = place = source.path
            if is_url(source.path):
                progress.say(f"   copying {shown(source.path)}")
                remote = look(source.path)
                stays = _stays(remote, store)
                path = str(_kept(remote, store) if stays else _lent(remote, store, copies))
                urls.append(origin(source.path))
                place = path if stays else urls[-1]
            sources.append(source.model_copy(update={"path": path}))
            places.append(place)
        local = with_made_up(study.model_copy(update={"sources": tuple(sources)}))
        yield Here(local, tuple(urls), tuple(places))


def _key(remote: Remote) -> Key:
    return Key("copy", {"url": remote.key, "version": str(remote.version)})


def _stays(remote: Remote, store: Store) -> bool:
    """Say whether a copy is kept: of what tells its version, and holds nobody's name."""
    if not remote.is_corpus or remote.version is None or store.folder is None:
        return False
    return not store.looks or store.has(_key(remote))


def _kept(remote: Remote, store: Store) -> Path:
    return store.entry(_key(remote), lambda folder: _drop(remote.copy(folder))) / remote.name


def _drop(_: Path) -> None:
    """Take a result that is not needed."""


def _lent(remote: Remote, store: Store, copies: ExitStack) -> Path:
    """Copy for the length of a run; what a killed run leaves in the store is cleared away by the next."""
    where = None if store.looks else store.folder
    folder = tempfile.TemporaryDirectory(prefix=making() if where else "discourse-", dir=where)
    return remote.copy(Path(copies.enter_context(folder)))
