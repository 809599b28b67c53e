"""Reading a value deep inside of an object that may lack any level of it."""

from __future__ import annotations

from typing import Any


def dig(value: Any, *paths: str) -> Any:
    """Take the first value that is there, by dotted paths.

    Parameters
    ----------
    value : object
        Dicts and lists in each other.
    *paths : str
        Keys and list positions joined by dots, in order of preference.

    Returns
    -------
    object
        None if no path leads to a value that is neither None nor an empty text.

    Examples
    --------
    >>> dig({"user": {"names": ["ann"]}}, "user.nick", "user.names.0")
    'ann'
    """
    for path in paths:
        found = value
        for step in path.split("."):
            if isinstance(found, dict):
                found = found.get(step)
            elif isinstance(found, list) and step.isdigit() and int(step) < len(found):
                found = found[int(step)]
            else:
                found = None
                break
        if found is not None and found != "":
            return found
    return None


def items(value: Any) -> list[dict[str, Any]]:
    """Give the dicts of a list; nothing for anything else.

    Examples
    --------
    >>> items([{"a": 1}, None]), items(None)
    ([{'a': 1}], [])
    """
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
