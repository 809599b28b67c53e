"""Published values: every entry of a file of reference values, computed anew by our functions and judged."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from discourse.errors import InputError


@dataclass(frozen=True)
class Entry:
    """One published value: what goes in, what must come out, how near, and who says so."""

    id: str
    input: Any
    expected: Any
    tolerance: float
    source: str = ""
    note: str = ""


@dataclass(frozen=True)
class Judged:
    """What an adapter returns where more than a number is to be judged.

    ``ok`` is None where the value is to be compared with the expected one; ``note`` is printed.
    """

    value: Any
    ok: bool | None = None
    note: str = ""


@dataclass(frozen=True)
class Outcome:
    """What came out of one entry; ``reason`` says why it is not ok, ``note`` what a reader must know."""

    id: str
    value: Any
    expected: Any
    ok: bool
    reason: str = ""
    note: str = ""


class NotCovered(Exception):  # it says what happened, not that something went wrong
    """No function of ours is named for what an entry asks."""


Adapter = Callable[[Entry], Any]


def load_entries(path: str | Path) -> list[Entry]:
    """Read a file of reference values.

    Parameters
    ----------
    path : str or Path
        A JSON list of objects with ``id``, ``input``, ``expected``, ``tolerance`` (absolute, 0 or more) and,
        if there are any, ``source`` and ``note``.

    Returns
    -------
    list of Entry
        In the order of the file.

    Raises
    ------
    InputError
        If the file is not there, not JSON, or an entry lacks something.

    Examples
    --------
    >>> load_entries("no-such-file.json")
    Traceback (most recent call last):
    ...
    discourse.errors.InputError: there is no file of reference values
      where:    no-such-file.json
    """
    name = str(path)
    try:
        data = json.loads(Path(path).read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise InputError("there is no file of reference values", where=name) from error
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=name) from error
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"this is no JSON: {error}", where=name, expected="a JSON list of entries"
        ) from error
    if not isinstance(data, list) or not data:
        raise InputError("this file holds no entries", where=name, expected="a JSON list of entries")
    return [_entry(item, f"{name}, entry {number}") for number, item in enumerate(data, start=1)]


def _entry(item: object, where: str) -> Entry:
    if not isinstance(item, dict) or not isinstance(item.get("id"), str):
        raise InputError("an entry has no id", where=where, expected="an object with a text id")
    where = f"{where} ({item['id']})"
    for key in ("input", "expected"):
        if key not in item:
            raise InputError(f"the entry has no {key!r}", where=where)
    tolerance = item.get("tolerance", 0)
    if not _is_number(tolerance) or not 0 <= tolerance < math.inf:
        raise InputError("the tolerance is not a number of 0 or more", where=where)
    texts = {key: str(item.get(key) or "") for key in ("source", "note")}
    return Entry(item["id"], item["input"], item["expected"], float(tolerance), **texts)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def agrees(value: Any, expected: Any, tolerance: float) -> bool:
    """Say whether a value is what was expected: same shape, numbers within the tolerance, the rest equal.

    Parameters
    ----------
    value, expected : number, text, list or dict
        What came out, and what should have.
    tolerance : float
        Largest absolute difference of numbers.

    Returns
    -------
    bool
        NaN agrees with NaN only.

    Examples
    --------
    >>> agrees({"p": 0.05}, {"p": 0.0501}, 1e-3), agrees([1.0], [1.0, 2.0], 1e-3), agrees("a", "b", 9)
    (True, False, False)
    """
    if isinstance(expected, Mapping):
        return (
            isinstance(value, Mapping)
            and value.keys() == expected.keys()
            and all(agrees(value[key], expected[key], tolerance) for key in expected)
        )
    if isinstance(expected, list):
        return (
            isinstance(value, list)
            and len(value) == len(expected)
            and all(agrees(one, other, tolerance) for one, other in zip(value, expected, strict=True))
        )
    if _is_number(expected):
        if not _is_number(value):
            return False
        return abs(value - expected) <= tolerance or (math.isnan(value) and math.isnan(expected))
    return type(value) is type(expected) and bool(value == expected)


def judge(entry: Entry, adapters: Mapping[str, Adapter] | None = None) -> Outcome:
    """Compute one entry with our functions and compare.

    Parameters
    ----------
    entry : Entry
        The published value.
    adapters : mapping of str to callable, optional
        Entry id -> function that computes it; all of ours if left out.

    Returns
    -------
    Outcome
        Not ok where the value is off, the computation fails, or no function is named for the entry.

    Examples
    --------
    >>> judge(Entry("cohen.2x2", [[20, 5], [10, 15]], 0.4, 1e-12)).ok
    True
    >>> judge(Entry("no.such.entry", 0, 0, 0)).reason
    'not covered: no function of ours is named for this id'
    """
    if adapters is None:
        from discourse.testing.adapters import ADAPTERS

        adapters = ADAPTERS
    adapter = adapters.get(entry.id)
    if adapter is None:
        return _off(entry, "not covered: no function of ours is named for this id")
    try:
        found = adapter(entry)
    except NotCovered as error:
        return _off(entry, f"not covered: {error}")
    except Exception as error:  # one broken entry must not hide the others
        return _off(entry, f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}")
    judged = found if isinstance(found, Judged) else Judged(found)
    value = plain(judged.value)
    ok = judged.ok if judged.ok is not None else agrees(value, entry.expected, entry.tolerance)
    return Outcome(entry.id, value, entry.expected, ok, "" if ok else "off", judged.note)


def _off(entry: Entry, reason: str) -> Outcome:
    return Outcome(entry.id, None, entry.expected, False, reason)


def plain(value: Any) -> Any:
    """Turn arrays, tuples and numpy numbers into lists and Python numbers.

    Parameters
    ----------
    value : object
        What an adapter found.

    Returns
    -------
    object
        The same in types that JSON knows.

    Examples
    --------
    >>> import numpy as np
    >>> plain({"interval": (np.float64(0.5), np.arange(2))})
    {'interval': [0.5, [0, 1]]}
    """
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if hasattr(value, "tolist"):
        return value.tolist()
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


def run_entries(path: str | Path) -> list[Outcome]:
    """Judge every entry of a file of reference values.

    Parameters
    ----------
    path : str or Path
        The file, see :func:`load_entries`.

    Returns
    -------
    list of Outcome
        One an entry, in order.

    Raises
    ------
    InputError
        If the file cannot be used.

    Examples
    --------
    >>> run_entries("no-such-file.json")
    Traceback (most recent call last):
    ...
    discourse.errors.InputError: there is no file of reference values
      where:    no-such-file.json
    """
    return [judge(entry) for entry in load_entries(path)]
