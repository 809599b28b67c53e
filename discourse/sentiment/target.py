"""Who or what a sentiment is about: names, look-alikes, literal senses and forms of address, as data.

A target is written in TOML (``discourse/sentiment/targets/`` or the researcher's own file) or made on the
spot.  Every string in it is literal: nothing is ever read as a pattern.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from discourse.errors import InputError, ParameterError

Words = Mapping[str, tuple[str, ...]]
LANGUAGES = ("en", "zh")
_FOLDER = Path(__file__).resolve().parent / "targets"
_NONE: Words = MappingProxyType({})


@dataclass(frozen=True)
class Target:
    """What a sentiment is about.

    Parameters
    ----------
    name : str
        The name under which results are listed.  It also serves as the only naming where ``names`` is empty.
    names : mapping of str to sequence of str
        Namings per language (``"en"``, ``"zh"``).  English ones match whole words in any case, with a plain
        plural or possessive; Chinese ones match anywhere unless a look-alike covers them.
    lookalikes : mapping, optional
        Strings that contain a naming but are not one (受难民众).
    general : mapping, optional
        Namings that are the target only where nothing speaks against it (foreigners): they count unless the
        post has a cue of elsewhere.
    literal : mapping, optional
        Cues of another sense (war, asylum): a post with one, and without a ``context`` cue, is absent.
    elsewhere : mapping, optional
        Weak cues of another place or sense: one outweighs a general naming, two any naming.
    context : mapping, optional
        Cues that confirm the sense meant (TikTok, app, feed).
    modifiers : mapping, optional
        Words that, directly before a naming, make it somebody else (Syrian, climate).
    address : mapping, optional
        Cues that somebody addressed in the post is the target ("welcome to rednote").
    voices : mapping, optional
        Cues that the author of a post is one of the target ("my senator", "I'm from Ohio"): whoever answers
        it with "you" speaks to the target.
    beside : mapping, optional
        Namings of others beside the target (the app, the ban): a reply that names one of them, and shows no
        attitude toward the target, is about them.
    person : bool, optional
        Whether the target is people (they, 他们) or a thing (it, 它); unknown if None.
    group : bool
        Whether the target is a group that authors may belong to ("as a TikTok refugee").

    Examples
    --------
    >>> Target("jimmy carter", names={"en": ["jimmy carter"]}).names["en"]
    ('jimmy carter',)
    """

    name: str
    names: Words = field(default_factory=lambda: _NONE)
    lookalikes: Words = field(default_factory=lambda: _NONE)
    general: Words = field(default_factory=lambda: _NONE)
    literal: Words = field(default_factory=lambda: _NONE)
    elsewhere: Words = field(default_factory=lambda: _NONE)
    context: Words = field(default_factory=lambda: _NONE)
    modifiers: Words = field(default_factory=lambda: _NONE)
    address: Words = field(default_factory=lambda: _NONE)
    voices: Words = field(default_factory=lambda: _NONE)
    beside: Words = field(default_factory=lambda: _NONE)
    person: bool | None = None
    group: bool = False

    def __post_init__(self) -> None:
        if not isinstance(self.name, str) or not self.name.strip():
            raise ParameterError("a target needs a name", expected="a string that is not blank")
        for key in _WORD_KEYS:
            object.__setattr__(self, key, _words(getattr(self, key), f"Target.{key}"))
        if not any(self.names.values()):
            language = "en" if self.name.isascii() else "zh"
            object.__setattr__(self, "names", MappingProxyType({language: (self.name,)}))

    def __hash__(self) -> int:
        return hash(self.identity())

    def identity(self) -> tuple[object, ...]:
        """Return everything the target says, as one hashable value."""
        words = tuple(tuple(sorted(getattr(self, key).items())) for key in _WORD_KEYS)
        return (self.name, self.person, self.group, *words)

    def all(self, key: str) -> tuple[str, ...]:
        """Return the strings of one key in all languages, in a stated order."""
        words: Words = getattr(self, key)
        return tuple(w for language in LANGUAGES for w in words.get(language, ()))


_WORD_KEYS = tuple(f.name for f in fields(Target) if f.name not in ("name", "person", "group"))


def _words(value: Any, where: str) -> Words:
    """Check one mapping of language to strings and freeze it."""
    expected = 'a mapping such as {"en": ["..."], "zh": ["..."]}'
    if not isinstance(value, Mapping):
        raise ParameterError(f"not a mapping: {value!r}", where=where, expected=expected)
    frozen: dict[str, tuple[str, ...]] = {}
    for language in value:
        if language not in LANGUAGES:
            raise ParameterError(f"unknown language {language!r}", where=where, expected="en, zh")
        words = value[language]
        if isinstance(words, str) or not isinstance(words, Sequence):
            raise ParameterError(f"not a list: {words!r}", where=f"{where}.{language}", expected=expected)
        bad = [w for w in words if not isinstance(w, str) or not w.strip()]
        if bad:
            raise ParameterError(f"not a name: {bad[0]!r}", where=f"{where}.{language}", expected=expected)
        frozen[language] = tuple(dict.fromkeys(words))
    return MappingProxyType(frozen)


def target_names() -> list[str]:
    """List the targets that ship with discourse.

    Examples
    --------
    >>> "refugees" in target_names()
    True
    """
    return sorted(path.stem for path in _FOLDER.glob("*.toml"))


def load_target(target: str | Path | Target) -> Target:
    """Load a target by its shipped name or from a TOML file.

    Parameters
    ----------
    target : str, pathlib.Path or Target
        A name of :func:`target_names`, a path ending in ``.toml``, or a target, which is returned as it is.

    Returns
    -------
    Target
        The target.

    Raises
    ------
    InputError
        If there is no such target, or the file cannot be read, or a key in it is wrong; the message names
        file and key.

    Examples
    --------
    >>> load_target("refugees").name
    'refugees'
    """
    if isinstance(target, Target):
        return target
    text = str(target)
    path = Path(text) if text.endswith(".toml") else _FOLDER / f"{text}.toml"
    if not text.endswith(".toml") and text not in target_names():
        raise InputError(
            f"no target is called {text!r}",
            expected=", ".join(target_names()),
            hint="give the path of a .toml file, or make one: Target(name, names={'en': [...]})",
        )
    return _read(path)


@lru_cache(maxsize=64)
def _read_bytes(path: Path, size: int, changed: int) -> Target:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"not a valid TOML file: {error}", where=str(path)) from error
    return _from_data(data, path)


def _read(path: Path) -> Target:
    try:
        stat = path.stat()
        return _read_bytes(path, stat.st_size, stat.st_mtime_ns)
    except OSError as error:
        raise InputError(f"the target file cannot be read: {error}", where=str(path)) from error


def _from_data(data: Mapping[str, Any], path: Path) -> Target:
    known = {f.name for f in fields(Target)}
    for key in data:
        if key not in known:
            raise InputError(
                f"unknown key {key!r}", where=f"{path}, key {key}", expected=", ".join(sorted(known))
            )
    if "name" not in data:
        raise InputError("a target needs a name", where=str(path), expected='name = "..."')
    for key, kind in (("name", str), ("person", bool), ("group", bool)):
        if key in data and not isinstance(data[key], kind):
            raise InputError(f"not a {kind.__name__}: {data[key]!r}", where=f"{path}, key {key}")
    try:
        return Target(**data)
    except ParameterError as error:
        raise InputError(error.message, where=f"{path}, {error.where}", expected=error.expected) from error
