"""Tasks that a fork of this process does while it goes on with others.

The analyses of a study read the same posts, scores and words.  A fork sees all of them as they lie in memory:
nothing is copied, sent or read again, as it would have to be for a process that is started anew.  What comes
back are tables.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from discourse.processes import can_fork

Task = TypeVar("Task")
Result = TypeVar("Result")


class Fork(Generic[Task, Result]):
    """A fork that does tasks in their order, and gives all results when it is asked for them.

    Parameters
    ----------
    function : callable
        Does one task; its results must bear being sent to another process.
    tasks : sequence
        Its tasks; for none of them nothing is started.

    Notes
    -----
    What the fork could not do (it was killed, or a task failed) is done by :meth:`results` itself, which then
    fails with its own message if it must.  Leaving the block ends the fork.

    Examples
    --------
    >>> with Fork(abs, [-1, 2]) as fork:
    ...     fork.results()
    [1, 2]
    """

    def __init__(self, function: Callable[[Task], Result], tasks: Sequence[Task]) -> None:
        self._function = function
        self._tasks = tuple(tasks)
        self._found: list[Result] | None = None if self._tasks and can_fork() else []
        self._process: Any = None

    def __enter__(self) -> Self:
        """Start the fork."""
        if self._found is None:
            context: Any = multiprocessing.get_context("fork")
            self._receiver, sender = context.Pipe(duplex=False)
            # Pages are shared until somebody writes to them; the collector of cycles writes to every object.
            gc.freeze()
            self._process = context.Process(target=self._work, args=(sender, os.getpid()), daemon=True)
            self._process.start()
            sender.close()  # so that the end of the fork is the end of what it sends
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the fork."""
        if self._process is not None:
            self._process.terminate()
            self._end()

    def results(self) -> list[Result]:
        """Wait for the fork; one result a task, in their order."""
        if self._found is None:
            try:
                self._found = self._receiver.recv()
            except (EOFError, OSError):
                self._found = []
            self._end()
        for task in self._tasks[len(self._found) :]:
            self._found.append(self._function(task))
        return self._found

    def _end(self) -> None:
        self._process.join()
        self._process.close()
        self._receiver.close()
        self._process = None
        gc.unfreeze()

    def _work(self, sender: Connection, parent: int) -> None:
        """Do the tasks, in the fork: silently, because what fails is done again by who waits for it."""
        found = []
        with suppress(Exception, KeyboardInterrupt):
            for task in self._tasks:
                if os.getppid() != parent:  # nobody waits any longer
                    return
                found.append(self._function(task))
        with suppress(OSError):
            sender.send(found)
