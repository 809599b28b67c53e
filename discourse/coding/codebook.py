"""What coders are asked: instructions, variables and categories, in English and Chinese, with a version."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from discourse.coding.words import HEADERS
from discourse.errors import InputError

Language = Literal["en", "zh"]
Words = Mapping[str, str]
STANCE = "label"
"""The variable that is compared with the label of the instrument."""
GROUP = "group"
"""The variable that is compared with the group of the rules."""


def in_words(words: Words, language: str, default: str = "") -> str:
    """Take a text in the reader's language, else in the other one.

    Examples
    --------
    >>> in_words({"en": "positive", "zh": "正面"}, "zh"), in_words({"en": "positive"}, "zh")
    ('正面', 'positive')
    """
    return words.get(language) or next(iter(words.values()), default)


@dataclass(frozen=True)
class Category:
    """One answer: ``name`` is stored, ``label`` is shown; definitions and examples in ``en`` and ``zh``."""

    name: str
    label: Words = field(default_factory=dict)
    definition: Words = field(default_factory=dict)
    examples: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def shown(self, language: str) -> str:
        """Give the label in a language; the name where there is none."""
        return in_words(self.label, language, self.name)


@dataclass(frozen=True)
class Variable:
    """One question with its answers."""

    name: str
    categories: tuple[Category, ...]
    label: Words = field(default_factory=dict)
    question: Words = field(default_factory=dict)

    @property
    def values(self) -> tuple[str, ...]:
        """The names of the categories, in order."""
        return tuple(category.name for category in self.categories)

    def shown(self, language: str) -> str:
        """Give the label in a language; the name where there is none."""
        return in_words(self.label, language, self.name)


@dataclass(frozen=True)
class Codebook:
    """What coders are asked.

    Parameters
    ----------
    version : str
        The researcher's own count; raise it whenever a definition changes.
    variables : tuple of Variable
        Questions, the first being the main one.
    title, instructions : mapping of str to str
        Texts in ``en`` and ``zh``.

    Examples
    --------
    >>> book = stance_codebook({"en": "the refugees", "zh": "难民"})
    >>> book.variable("label").values
    ('positive', 'neutral', 'negative', 'absent')
    >>> book.stamp == stance_codebook({"en": "the refugees", "zh": "难民"}).stamp
    True
    """

    version: str
    variables: tuple[Variable, ...]
    title: Words = field(default_factory=dict)
    instructions: Words = field(default_factory=dict)

    @property
    def stamp(self) -> str:
        """Version and hash of the content: what travels with each code."""
        text = json.dumps(as_plain(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return f"{self.version}-{hashlib.sha256(text.encode('utf-8')).hexdigest()[:8]}"

    def variable(self, name: str) -> Variable:
        """Find a variable by its name.

        Raises
        ------
        InputError
            If the codebook has none of that name.
        """
        for variable in self.variables:
            if variable.name == name:
                return variable
        raise InputError(
            f"the codebook has no variable {name!r}", expected=", ".join(v.name for v in self.variables)
        )


def stance_codebook(target: Words) -> Codebook:
    """Make the shipped codebook of sentiment toward a target.

    Parameters
    ----------
    target : mapping of str to str
        What people read for the target, in ``en`` and ``zh``.

    Returns
    -------
    Codebook
        One variable ``label``: positive, neutral, negative, absent.

    Examples
    --------
    >>> stance_codebook({"en": "the refugees", "zh": "难民"}).title["zh"]
    '对“难民”的态度'
    """
    return _read(_filled(_shipped("stance.toml"), target), "stance.toml")


def group_codebook(groups: Mapping[str, Words]) -> Codebook:
    """Make the shipped codebook of the groups that authors belong to.

    Parameters
    ----------
    groups : mapping of str to mapping
        Name of each group to its label in ``en`` and ``zh``.

    Returns
    -------
    Codebook
        One variable ``group``: the groups, then ``unassigned`` and ``unclear``.

    Examples
    --------
    >>> group_codebook({"hosts": {"en": "Hosts", "zh": "原住民"}}).variables[0].values
    ('hosts', 'unassigned', 'unclear')
    """
    book = _read(_shipped("groups.toml"), "groups.toml")
    none = Category(
        "unassigned",
        {"en": "none of these", "zh": "都不是"},
        {"en": "The evidence speaks for another group.", "zh": "证据表明属于其他群体。"},
    )
    named = tuple(Category(name, dict(label)) for name, label in groups.items())
    variable = book.variables[0]
    asked = Variable(variable.name, (*named, none, *variable.categories), variable.label, variable.question)
    return Codebook(book.version, (asked,), book.title, book.instructions)


def read_codebook(path: str | Path) -> Codebook:
    """Read a codebook (TOML).

    Parameters
    ----------
    path : path
        A file such as ``codebook.toml`` of a sample.

    Returns
    -------
    Codebook

    Raises
    ------
    InputError
        If the file is missing, is not TOML, or lacks what a codebook needs.
    """
    path = Path(path)
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError("the codebook cannot be read", where=str(path), hint=error.strerror) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"the codebook is not TOML in UTF-8: {error}", where=str(path)) from error
    return _read(raw, str(path))


def _read(raw: dict[str, Any], where: str) -> Codebook:
    try:
        variables = tuple(_variable(entry) for entry in raw["variables"])
        book = Codebook(str(raw["version"]), variables, raw.get("title", {}), raw.get("instructions", {}))
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"the codebook lacks {error}", where=where, expected="version and [[variables]] with categories"
        ) from error
    _refuse_twice([v.name for v in book.variables], "variable", where)
    for variable in book.variables:
        _refuse_twice(list(variable.values), f"category of {variable.name!r}", where)
        _refuse_ambiguous(variable, where)
    return book


def _variable(raw: dict[str, Any]) -> Variable:
    categories = tuple(
        Category(str(c["name"]), c.get("label", {}), c.get("definition", {}), c.get("examples", {}))
        for c in raw["categories"]
    )
    return Variable(str(raw["name"]), categories, raw.get("label", {}), raw.get("question", {}))


def _refuse_twice(names: list[str], what: str, where: str) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice or not names:
        raise InputError(f"{what} {twice[0]!r} occurs twice" if twice else f"there is no {what}", where=where)


def _refuse_ambiguous(variable: Variable, where: str) -> None:
    """Refuse words that a sheet could not tell apart: a question named like a column, two answers alike."""
    fixed = {text.casefold() for key, words in HEADERS.items() for text in (key, *words.values())}
    for text in (variable.name, *variable.label.values()):
        if text.casefold() in fixed:
            raise InputError(f"no variable can be called {text!r}: a column of sheets is", where=where)
    meant: dict[str, str] = {}
    for category in variable.categories:
        for text in (category.name, *category.label.values()):
            if meant.setdefault(text.strip().casefold(), category.name) != category.name:
                raise InputError(f"two answers to {variable.name!r} are called {text!r}", where=where)


def _shipped(name: str) -> dict[str, Any]:
    return tomllib.loads(files("discourse.coding").joinpath("codebooks", name).read_text(encoding="utf-8"))


def _filled(value: Any, target: Words, language: str = "en") -> Any:
    """Put the name of the target into every text, each in its own language."""
    if isinstance(value, str):
        return value.replace("{target}", in_words(target, language, "the target"))
    if isinstance(value, list):
        return [_filled(item, target, language) for item in value]
    if isinstance(value, dict):
        return {k: _filled(v, target, k if k in ("en", "zh") else language) for k, v in value.items()}
    return value


def as_plain(book: Codebook) -> dict[str, Any]:
    """Give a codebook as plain values, as its file holds them."""
    return {
        "version": book.version,
        "title": dict(book.title),
        "instructions": dict(book.instructions),
        "variables": [
            {
                "name": variable.name,
                "label": dict(variable.label),
                "question": dict(variable.question),
                "categories": [
                    {
                        "name": category.name,
                        "label": dict(category.label),
                        "definition": dict(category.definition),
                        "examples": {k: list(v) for k, v in category.examples.items()},
                    }
                    for category in variable.categories
                ],
            }
            for variable in book.variables
        ],
    }


def write_codebook(book: Codebook, path: str | Path) -> Path:
    """Write a codebook as TOML that people can edit.

    Parameters
    ----------
    book : Codebook
        What coders are asked.
    path : path
        The file.

    Returns
    -------
    pathlib.Path
        The file.

    Examples
    --------
    >>> import tempfile
    >>> book = stance_codebook({"en": "the refugees", "zh": "难民"})
    >>> file = write_codebook(book, Path(tempfile.mkdtemp(), "codebook.toml"))
    >>> read_codebook(file) == book
    True
    """
    plain = as_plain(book)
    lines = ["# What coders are asked.  Raise `version` whenever a definition changes."]
    lines += [f"{key} = {_toml(plain[key])}" for key in ("version", "title", "instructions")]
    for variable in plain["variables"]:
        lines += ["", "[[variables]]"]
        lines += [f"{key} = {_toml(variable[key])}" for key in ("name", "label", "question")]
        for category in variable["categories"]:
            lines += ["", "[[variables.categories]]"]
            lines += [f"{key} = {_toml(value)}" for key, value in category.items()]
    path = Path(path)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return path


def _toml(value: Any) -> str:
    """Write a value on one line, as an inline table where it has keys."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
