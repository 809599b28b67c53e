"""The seconds of each step of a run."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from discourse.study.progress import Progress


@dataclass
class Clock:
    """Says what is done and notes how long it takes, for the log.

    Parameters
    ----------
    progress : Progress
        Told of each step.
    seconds : dict of str to float
        By step.

    Examples
    --------
    >>> from discourse.study.progress import Silent
    >>> clock = Clock(Silent())
    >>> with clock.step("read", "reading the exports"):
    ...     pass
    >>> list(clock.seconds)
    ['read']
    """

    progress: Progress
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str, message: str) -> Iterator[None]:
        """Note the seconds of a block."""
        self.progress.say(f"== {message}")
        start = time.perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start
