"""The fixed texts of one section in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields


@dataclass(frozen=True)
class Chapter:
    """What a section of the report says in fixed words, in one language.

    Parameters
    ----------
    words : mapping of str to str
        Headings, columns and axes; a code of our tables as ``"<kind>.<code>"`` (see
        :func:`discourse.report.words.term`).
    notes : mapping of str to str
        Captions and notes with ``{places}``, for ``say.note(key, ...)``.
    how : mapping of str to str
        How the figures of a section were computed, in two lines, for ``say.how(section)``.
    claims : mapping of str to str
        What must not be claimed, by the flag that calls for it.
    glossary : mapping of str to (str, str)
        Terms with their meanings, by key.
    methods : mapping of str to (str, str)
        Heading and paragraph of the methods section, by key.
    tables : mapping of str to str
        What a table holds; only in Chinese, in English the declaration says it.
    meanings : mapping of str to str
        What a column means, by ``"column"`` or ``"table.column"``; only in Chinese.
    units : mapping of str to str
        Units; only in Chinese.

    Examples
    --------
    >>> Chapter(words={"share": "Share"}).words["share"]
    'Share'
    """

    words: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    how: Mapping[str, str] = field(default_factory=dict)
    claims: Mapping[str, str] = field(default_factory=dict)
    glossary: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    methods: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    tables: Mapping[str, str] = field(default_factory=dict)
    meanings: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)


def merged(chapters: list[Chapter]) -> Chapter:
    """Put chapters together; a key may be said twice only in the same words.

    Parameters
    ----------
    chapters : list of Chapter
        In one language.

    Returns
    -------
    Chapter

    Raises
    ------
    ValueError
        If two chapters give one key different texts.

    Examples
    --------
    >>> merged([Chapter(words={"a": "A"}), Chapter(words={"b": "B"})]).words
    {'a': 'A', 'b': 'B'}
    """
    parts: dict[str, dict[str, object]] = {f.name: {} for f in fields(Chapter)}
    for chapter in chapters:
        for name, known in parts.items():
            for key, text in getattr(chapter, name).items():
                if known.setdefault(key, text) != text:
                    raise ValueError(f"two sections give {name} {key!r} different texts")
    return Chapter(**parts)  # type: ignore[arg-type]
