"""Which rules judge: one hash over the source of every module that takes part in a judgment.

Lexicons are data and rules are code, and a judgment comes of both.  An instrument whose hash covered the data
alone would bear the same name after a rule was changed, and hand codes drawn before would seem to be of it.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from importlib.util import find_spec
from typing import Any

from discourse.compiled import MODULES
from discourse.compiled import source_of as compiled_from
from discourse.errors import DiscourseError

_IMPORT = re.compile(r"^from (discourse\.(?:sentiment|text)\.\w+) import ", re.MULTILINE)


def rule_modules(first: str) -> dict[str, str]:
    """Collect a module and what it imports of discourse, directly or not, with their source.

    Parameters
    ----------
    first : str
        The name of the module to begin with.

    Returns
    -------
    dict of str to str
        From name to source, in the order of names.  The imports are followed, so that no list is kept by hand
        that a new module of rules could be missing from.

    Examples
    --------
    >>> list(rule_modules("discourse.sentiment.cues"))
    ['discourse.sentiment.cues']
    """
    found: dict[str, str] = {}
    waiting = [first]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = source_of(name)
            waiting += _IMPORT.findall(found[name])
    return dict(sorted(found.items()))


def source_of(name: str) -> str:
    """Read the source of a module through what loads it: a folder, a wheel or a zip file.

    The ends of lines are made alike: a checkout on Windows is the same instrument.
    """
    spec = find_spec(name)
    loader: Any = spec.loader if spec is not None else None
    source = loader.get_source(name) if hasattr(loader, "get_source") else None
    if source is None and name in MODULES and loader is not None:  # compiled: its source stands beside
        source = compiled_from(name).read_text(encoding="utf-8")
    if source is None:
        raise DiscourseError(
            f"the source of {name} cannot be read",
            expected="discourse installed with its .py files",
            hint="the name of the instrument tells by which rules posts were judged",
        )
    return str(source).replace("\r\n", "\n").replace("\r", "\n")


@cache
def rules_digest(first: str) -> str:
    """Hash the source of a module and of all it imports of discourse; read once a process."""
    digest = hashlib.sha256()
    for name, source in rule_modules(first).items():
        digest.update(f"{name}\n{source}\n".encode())
    return digest.hexdigest()
