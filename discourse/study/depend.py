"""What each step of a study depends on: the keys of its entries in the store."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from discourse.study.measures import TargetUse
from discourse.study.provenance import named_paths, package_versions, portable_study
from discourse.study.schema import Study
from discourse.study.sources import Source
from discourse.study.store import Key, code_version, hash_of


def hash_path(path: Path) -> str:
    """Hash a file, or all files of a folder with their places in it.

    Parameters
    ----------
    path : path
        A file or a folder; one that is not there has a hash too.

    Returns
    -------
    str
        32 hexadecimal digits.
    """
    if path.is_file():
        at = path.stat()
        return _hash_file(path, at.st_mtime_ns, at.st_size)
    if not path.is_dir():
        return hash_of(None)
    files = sorted(p for p in path.rglob("*") if p.is_file())
    return hash_of([[p.relative_to(path).as_posix(), hash_path(p)] for p in files])


@lru_cache(maxsize=10_000)
def _hash_file(path: Path, changed: int, size: int) -> str:
    """Hash a file once while it stays as it is."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()[:32]


def named_files(study: Study) -> Iterator[Path]:
    """Find the files and folders that a study names beside its sources, absolute since it was loaded."""
    plain = study.as_dict()
    for _, _, value in named_paths(plain | {"sources": []}):
        yield from filter(os.path.exists, map(Path, value if isinstance(value, list) else [value]))
    for scorer in (study.scorer.name, *(study.robustness.scorers if study.robustness else ())):
        yield from named_by_scorer(scorer)


def named_by_scorer(name: str) -> Iterator[Path]:
    """Find the file or folder that a scorer names, as in ``trained:FOLDER``."""
    _, _, argument = name.partition(":")
    if argument and Path(argument).is_absolute() and os.path.exists(argument):
        yield Path(argument)


@dataclass(frozen=True)
class Dependence:
    """The keys of a study's steps, each built on those before it.

    Parameters
    ----------
    study : Study
        A loaded study.
    secret : str
        Name of the project key (never the key): other pseudonyms are other authors.
    """

    study: Study
    secret: str

    def _base(self, step: str) -> Key:
        return Key(step, {"code": code_version(), "packages": hash_of(package_versions())})

    def corpus(self, source: Source) -> Key:
        """What the posts of one source depend on."""
        settings = source.model_dump(mode="json", exclude={"path", "key", "collection"})
        settings["name"] = Path(source.path).name
        settings["collected"] = str(source.collection.collected)  # times such as 3天前 are told from it
        return self._base("corpus").also(
            inputs=hash_path(Path(source.path)), settings=hash_of(settings), project_key=self.secret
        )

    @property
    def posts(self) -> str:
        """What the posts that are analysed depend on, beside the code, which every key names for itself."""
        sources = [dict(self.corpus(source).parts) for source in self.study.sources]
        for parts in sources:
            del parts["code"], parts["packages"]
        return hash_of([sources, self.study.duplicates.model_dump(mode="json")])

    def copies(self) -> Key:
        """What the marks of near-duplicates depend on."""
        return self._base("copies").also(posts=self.posts)

    def parts(self) -> Key:
        """What the number of parts depends on in which posts are scored."""
        return self._base("parts").also(posts=self.posts)

    def scores(self, use: TargetUse, part: int) -> Key:
        """What the scores of one part toward one target depend on."""
        scorer = self.study.scorer
        target = [use.use, hash_path(Path(use.file)) if use.file else None, use.replies]
        folder = hash_of([hash_path(path) for path in named_by_scorer(scorer.name)])
        return self._base("scores").also(
            posts=self.posts,
            target=hash_of(target),
            scorer=hash_of([scorer.model_dump(mode="json"), folder]),
            part=str(part),
        )

    def analysis(self, name: str) -> Key:
        """What the tables of an analysis depend on: all settings, and all files that the study names."""
        files = [hash_path(path) for path in named_files(self.study)]
        return self._base(name).also(
            posts=self.posts, settings=hash_of(portable_study(self.study)), files=hash_of(files)
        )


def dependence(study: Study) -> Dependence:
    """Say what the steps of a study depend on.

    Parameters
    ----------
    study : Study
        A loaded study.

    Returns
    -------
    Dependence
        With the name of the project key of this machine, or of the keys that the study states.
    """
    from discourse.corpus.keys import key_id, project_key

    secrets = [source.key.encode("utf-8") if source.key else project_key() for source in study.sources]
    return Dependence(study, " ".join(key_id(secret) for secret in secrets))
