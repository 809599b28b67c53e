"""What a person at a terminal sees: lines and bars on stderr while a program works, and nothing that acts.

A post, a column or the name of a file can hold signs that a terminal obeys: colours, moves of the cursor,
titles of windows, directions of writing.  They are printed as JSON writes them, so that they can be seen.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from typing import Any, TextIO, TypeVar

T = TypeVar("T")
_OBEYED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|(?<!^)\r(?!\n|$)"  # bars begin with \r
)


def visible(text: str) -> str:
    r"""Write the signs that a terminal would obey as JSON writes them.

    Parameters
    ----------
    text : str
        What is to be printed.

    Returns
    -------
    str
        The same, with ``\u001b`` for an escape; JSON means what it meant before.

    Examples
    --------
    >>> print(visible("a\x1b[31mred"), visible("\u202egnp.exe"), visible("难民\n"))
    a\u001b[31mred \u202egnp.exe 难民
    <BLANKLINE>
    """
    return _OBEYED.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


class Seen:
    """A stream to which text goes as :func:`visible` writes it; all else is the stream's.

    Parameters
    ----------
    stream : text file
        Where it goes.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.rich_proxied_file = stream  # help is coloured by rich, and holds words of ours

    def write(self, text: str) -> int:
        """Write a text."""
        return self._stream.write(visible(text))

    def writelines(self, lines: Iterable[str]) -> None:
        """Write several."""
        self._stream.writelines(map(visible, lines))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


class Terminal:
    """Say what happens, line by line; draw bars where stderr is a terminal.

    A log file or a pipe gets the lines and no bars.

    Examples
    --------
    >>> list(Terminal().track([1, 2], total=2, what="posts"))
    [1, 2]
    """

    def say(self, message: str) -> None:
        """Print one line, by one write: two processes may say something at once."""
        sys.stderr.write(f"{message}\n")
        sys.stderr.flush()

    def track(self, items: Iterable[T], *, total: int, what: str) -> Iterator[T]:
        """Pass items through while a bar shows how many have gone."""
        from tqdm import tqdm

        # disable=None: no bar unless stderr is a terminal.
        yield from tqdm(items, total=total, desc=f"   {what}", file=sys.stderr, disable=None, leave=False)

    def imported(self, label: str, records: int) -> None:
        """Show how far the import of a file is, on a terminal only."""
        if sys.stderr.isatty():
            print(f"\r   {label}: {records:,} records", end="", file=sys.stderr, flush=True)
