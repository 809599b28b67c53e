"""Where every number of a run comes from: inputs, parameters, versions, seed, instruments."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import platform
import socket
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from discourse import __version__
from discourse.study.schema import Study

_PACKAGES = (
    "gensim",
    "jieba",
    "matplotlib",
    "nltk",
    "numpy",
    "opencc",
    "pandas",
    "pyarrow",
    "rjieba",
    "scikit-learn",
    "scipy",
    "seaborn",
    "spacy",
    "statsmodels",
    "typst",
    "vaderSentiment",
)


def portable_study(study: Study) -> dict[str, Any]:
    """Give the effective study without the folders of this machine.

    Parameters
    ----------
    study : Study
        A loaded study, with resolved paths.

    Returns
    -------
    dict
        Plain values; each path is reduced to its last part, so that the same study in another folder gives
        the same bytes.

    Examples
    --------
    >>> raw = {"version": 1, "study": {"title": "T", "question": "?"}, "sources": [{"path": "/a/b.csv"}]}
    >>> portable_study(Study.model_validate(raw))["sources"][0]["path"]
    'b.csv'
    """
    plain: dict[str, Any] = study.as_dict()
    for table, key, value in named_paths(plain):
        table[key] = [Path(path).name for path in value] if isinstance(value, list) else Path(value).name
    for source in plain["sources"]:
        source.pop("key", None)
    kind, colon, argument = plain["scorer"]["name"].partition(":")
    plain["scorer"]["name"] = f"{kind}{colon}{Path(argument).name}"
    return plain


#: Where a study names files and folders: part and key.  A title may begin with a stroke, and is no path.
_PATHS = (
    *(
        ("sources", "path"),
        ("targets", "file"),
        ("codes", "lexicon"),
        ("codes", "trained"),
        ("series", "path"),
    ),
    *(("", "group_overrides"), ("topics", "labels"), ("places", "boundaries"), ("study", "plan")),
    *(("quotes", "sheet"), ("validation", "codes"), ("validation", "twins"), ("validation", "groups")),
)


def named_paths(plain: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str, Any]]:
    """Find the values of a study that are paths.

    Parameters
    ----------
    plain : dict
        A study as plain values.

    Yields
    ------
    (dict, str, str or list of str)
        The table of the study that holds it, its key, and the path or paths.

    Examples
    --------
    >>> [value for _, _, value in named_paths({"study": {"title": "/r/x", "plan": "/a/plan.json"}})]
    ['/a/plan.json']
    """
    for part, key in _PATHS:
        found = plain.get(part) if part else plain
        for table in found if isinstance(found, list | tuple) else (found,):
            if isinstance(table, dict) and table.get(key):
                yield table, key, table[key]


def study_hash(plain: dict[str, Any]) -> str:
    """Hash an effective study.

    Parameters
    ----------
    plain : dict
        As :func:`portable_study` gives it.

    Returns
    -------
    str
        SHA-256 over its canonical JSON, 64 hexadecimal digits.

    Examples
    --------
    >>> len(study_hash({"version": 1}))
    64
    """
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def package_versions() -> dict[str, str]:
    """List the versions of the packages that compute.

    Returns
    -------
    dict of str to str
        Package to version, in alphabetical order; packages that are not installed are left out.

    Examples
    --------
    >>> "pandas" in package_versions()
    True
    """
    return dict(_installed())


@cache  # looked up once: every step of a run names them in its key
def _installed() -> tuple[tuple[str, str], ...]:
    found = {"discourse": __version__, "python": platform.python_version()}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return tuple(found.items())


def hash_inputs(study: Study, files: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Hash the files of a study's sources.

    Parameters
    ----------
    study : Study
        A loaded study.
    files : sequence of mapping
        What was read of each file, with its name in ``file``.

    Returns
    -------
    list of dict
        The same entries with ``sha256``, in the same order, keys in alphabetical order; a file that is not
        found again has none.

    Examples
    --------
    >>> raw = {"version": 1, "study": {"title": "T", "question": "?"}, "sources": [{"path": "none"}]}
    >>> hash_inputs(Study.model_validate(raw), [{"file": "a.csv"}])
    [{'file': 'a.csv'}]
    """
    hashed = [dict(entry) | _hash_of(study, str(entry.get("file", ""))) for entry in files]
    return [dict(sorted(entry.items())) for entry in hashed]


def _hash_of(study: Study, name: str) -> dict[str, str]:
    for source in study.sources:
        path = Path(source.path)
        for candidate in (path, path / name):
            if candidate.is_file() and candidate.name == Path(name).name:
                with candidate.open("rb") as handle:
                    return {"sha256": hashlib.file_digest(handle, "sha256").hexdigest()}
    return {}


def run_log(
    study: Study, out: Path, started: dt.datetime, seconds: dict[str, float], workers: int
) -> dict[str, Any]:
    """Describe this one run: time, host, paths.  Kept apart, since it differs from run to run.

    Parameters
    ----------
    study : Study
        The study that ran.
    out : path
        Where its results are.
    started : datetime
        When it started, aware.
    seconds : dict of str to float
        Seconds by step.
    workers : int
        Processes used.

    Returns
    -------
    dict
        Plain values for ``run-log.json``.
    """
    return {
        "started": started.isoformat(timespec="seconds"),
        "seconds": {name: round(value, 3) for name, value in seconds.items()},
        "host": socket.gethostname(),
        "platform": platform.platform(),
        "python": sys.version.split()[0],
        "workers": workers,
        "out": str(out),
        "sources": [source.path for source in study.sources],
    }
