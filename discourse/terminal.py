"""What a person at a terminal sees while a program works: lines and bars on stderr, never on stdout."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


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
