"""Plain values as TOML; the standard library reads TOML and does not write it."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from discourse.errors import ParameterError

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def to_toml(values: Mapping[str, Any]) -> str:
    r"""Write plain values as TOML 1.0.

    Parameters
    ----------
    values : mapping
        Strings, numbers, booleans, dates, times, lists of these, and tables of all that.  None is left out:
        TOML has no word for it.

    Returns
    -------
    str
        Values first, then tables, in the order given; ends with a line end.

    Raises
    ------
    ParameterError
        If a value has no form in TOML.

    Notes
    -----
    What cannot be written in UTF-8 (an unpaired surrogate) becomes U+FFFD.

    Examples
    --------
    >>> print(to_toml({"title": 'say "hi"', "collection": {"keywords": ["猫税"], "cap": 220}}))
    title = "say \"hi\""
    <BLANKLINE>
    [collection]
    keywords = ["猫税"]
    cap = 220
    <BLANKLINE>
    """
    return "\n".join(_lines(values, ())).strip("\n") + "\n"


def _lines(values: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    plain = {k: v for k, v in values.items() if v is not None and not isinstance(v, Mapping)}
    tables = {k: v for k, v in values.items() if isinstance(v, Mapping)}
    if path and (plain or not tables):
        yield ""
        yield f"[{'.'.join(map(_key, path))}]"
    for name, value in plain.items():
        yield f"{_key(name)} = {_value(value)}"
    for name, table in tables.items():
        yield from _lines(table, (*path, name))


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _string(name)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return "nan" if value != value else repr(value)
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    if isinstance(value, Mapping):
        inner = (f"{_key(k)} = {_value(v)}" for k, v in value.items() if v is not None)
        return "{ " + ", ".join(inner) + " }" if value else "{}"
    raise ParameterError(f"TOML has no form for {value!r}", expected="text, number, boolean, date or list")


def _string(text: str) -> str:
    sound = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return json.dumps(sound, ensure_ascii=False).replace("\x7f", "\\u007f")
