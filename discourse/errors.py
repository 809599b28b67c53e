"""The errors that a user can meet.

Each message says what is wrong, where (file, line, column), what was expected and what to do.  Everything
that a user can cause ends in a :class:`DiscourseError`; anything else is a fault of ours.
"""

from __future__ import annotations

_MOST = 1_500
"""Characters of one part of a message."""


class DiscourseError(Exception):
    """The root of all errors raised on purpose.

    Parameters
    ----------
    message : str
        What is wrong, in one sentence.
    where : str, optional
        File and line, column or key.
    expected : str, optional
        What was expected instead.
    hint : str, optional
        What to do now.

    Examples
    --------
    >>> print(InputError("no text column", where="posts.csv, line 1", hint="name one with --text-column"))
    no text column
      where:    posts.csv, line 1
      to do:    name one with --text-column
    """

    exit_code = 1

    def __init__(
        self,
        message: str,
        *,
        where: str | None = None,
        expected: str | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(_brief(message))
        self.message = _brief(message)
        self.where = where and _brief(where)
        self.expected = expected and _brief(expected)
        self.hint = hint and _brief(hint)

    def __str__(self) -> str:
        parts = [("where:    ", self.where), ("expected: ", self.expected), ("to do:    ", self.hint)]
        lines = [self.message, *(f"  {label}{value}" for label, value in parts if value)]
        return "\n".join(lines)


def _brief(text: str) -> str:
    """Cut what quotes a value of a hundred thousand characters."""
    return text if len(text) <= _MOST else f"{text[:_MOST]} ..."


class InputError(DiscourseError):
    """A file or a value that somebody gave cannot be used; the command line exits with 2."""

    exit_code = 2


class StudyError(InputError):
    """The study file says something that cannot be done."""


class ImportFailed(InputError):
    """An export could not be read at all (single bad records go to the rejects instead)."""


class ParameterError(InputError, ValueError):
    """A function was called with a parameter outside its range or of the wrong shape."""


class NotMeasurable(DiscourseError):
    """The data do not allow an honest answer; the message is the reason that the report prints."""


class MissingExtra(DiscourseError):
    """An optional package is needed for what was asked."""

    exit_code = 2
