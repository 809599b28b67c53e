"""A word in its contexts (keyword in context)."""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from discourse.errors import ParameterError
from discourse.tables import KWIC
from discourse.text.given import refuse_one_text, refuse_table
from discourse.text.script import simplify

if TYPE_CHECKING:
    import pandas as pd

TIME_LIMIT = 10.0
"""How long a regular expression may search all texts together.  Unit: seconds."""


def kwic(
    texts: Iterable[str],
    pattern: str,
    *,
    window: int = 30,
    regex: bool = False,
    ignore_case: bool = True,
    fold_script: bool = True,
) -> pd.DataFrame:
    """Find a word in texts and show what stands around it.

    Parameters
    ----------
    texts : iterable of str
        The texts.
    pattern : str
        What to look for, taken literally: any text is safe.
    window : int
        How much to show on each side.  Unit: code points.
    regex : bool
        Take `pattern` as a regular expression instead, of the package ``regex``; it is stopped after
        :data:`TIME_LIMIT` seconds.
    ignore_case : bool
        Find ``tiktok`` in ``TikTok``.
    fold_script : bool
        Find 难民 in 難民 and the other way round.

    Returns
    -------
    DataFrame
        One row a match, in the order of texts and places: ``doc`` (number of the text), ``start``, ``stop``
        (code points), ``left``, ``node``, ``right``, all as they stand in the text.

    Raises
    ------
    ParameterError
        If the pattern is empty or no regular expression, if it takes too long, if `window` is negative, or if
        one text or a table is given instead of texts.

    Notes
    -----
    The concordance of Luhn (1960). Key word-in-context index for technical literature. *American
    Documentation* 11(4), 288-295. doi:10.1002/asi.5090110403

    Examples
    --------
    >>> kwic(["歡迎TikTok難民！", "没有"], "tiktok难民", window=2)[["doc", "left", "node", "right"]]
       doc left      node right
    0    0   歡迎  TikTok難民     ！
    """
    import pandas as pd

    if not pattern:
        raise ParameterError("the pattern is empty", expected="at least one character")
    refuse_one_text(texts)
    refuse_table(texts)
    if window < 0:
        raise ParameterError(f"the window is {window}", expected="0 or more")
    find = _regex_finder if regex else _literal_finder
    spans = find(simplify(pattern) if fold_script else pattern, ignore_case)
    rows = [
        (
            number,
            start,
            stop,
            text[max(0, start - window) : start],
            text[start:stop],
            text[stop : stop + window],
        )
        for number, text in enumerate(texts)
        for start, stop in spans(simplify(text) if fold_script else text)
    ]
    return KWIC.conform(pd.DataFrame(rows, columns=KWIC.names))


class _literal_finder:  # noqa: N801
    def __init__(self, pattern: str, ignore_case: bool) -> None:
        self.pattern = re.compile(re.escape(pattern), re.IGNORECASE if ignore_case else 0)

    def __call__(self, text: str) -> Iterator[tuple[int, int]]:
        return (match.span() for match in self.pattern.finditer(text))


class _regex_finder:  # noqa: N801
    def __init__(self, pattern: str, ignore_case: bool) -> None:
        import regex  # type: ignore[import-untyped]

        try:
            self.pattern = regex.compile(pattern, regex.IGNORECASE if ignore_case else 0)
        except regex.error as error:
            raise ParameterError(
                f"no regular expression: {error}", where=repr(pattern), hint="search for it literally"
            ) from None
        self.end = time.monotonic() + TIME_LIMIT

    def __call__(self, text: str) -> Iterator[tuple[int, int]]:
        try:
            left = max(0.001, self.end - time.monotonic())
            matches = list(self.pattern.finditer(text, timeout=left))
        except TimeoutError:
            raise ParameterError(
                f"the regular expression took longer than {TIME_LIMIT:.0f} seconds",
                where=repr(self.pattern.pattern),
                hint="make it simpler: no repetition inside a repetition",
            ) from None
        return (match.span() for match in matches if match.end() > match.start())


def sort_kwic(lines: pd.DataFrame, by: str = "right") -> pd.DataFrame:
    """Put the lines of a concordance in an order in which patterns show.

    Parameters
    ----------
    lines : DataFrame
        From :func:`kwic`.
    by : {"right", "left", "node", "text"}
        By what follows the node; by what stands before it, read from the node backwards; by the node itself,
        then by what follows; or in the order of the texts.  Case and script do not count.

    Returns
    -------
    DataFrame
        The same lines with a fresh index.

    Raises
    ------
    ParameterError
        If the order is unknown.

    Examples
    --------
    >>> lines = kwic(["kind refugees left", "loud refugees came"], "refugees")
    >>> sort_kwic(lines, "right")["right"].tolist(), sort_kwic(lines, "left")["left"].tolist()
    ([' came', ' left'], ['kind ', 'loud '])
    """
    orders = {
        "right": ("right", "left"),
        "left": ("left", "right"),
        "node": ("node", "right"),
        "text": (),
    }
    if by not in orders:
        raise ParameterError(f"no order is called {by!r}", expected=", ".join(orders))
    keys = {f"_{name}": lines[name].map(_backwards if name == "left" else _folded) for name in orders[by]}
    sorted_lines = lines.assign(**keys).sort_values([*keys, "doc", "start"], kind="stable", ignore_index=True)
    return sorted_lines.drop(columns=list(keys))


def _folded(text: str) -> str:
    return simplify(text).casefold().strip()


def _backwards(text: str) -> str:
    """Turn around words where there are spaces, characters where there are none."""
    folded = _folded(text)
    return " ".join(word[::-1] if not word.isascii() else word for word in reversed(folded.split()))


def sample_kwic(lines: pd.DataFrame, n: int, *, seed: int = 0, by: pd.Series | None = None) -> pd.DataFrame:
    """Draw lines at random, so that nobody chooses what is read.

    Parameters
    ----------
    lines : DataFrame
        From :func:`kwic`.
    n : int
        How many lines; all if there are no more.  With `by`: how many of each stratum.
    seed : int
        Seed: the same lines for the same seed.
    by : Series, optional
        Stratum of each line (group, stance), in the order of lines.

    Returns
    -------
    DataFrame
        The lines drawn, in the order of the texts, with a fresh index.

    Raises
    ------
    ParameterError
        If `n` is below 1, or `by` has another length.

    Examples
    --------
    >>> lines = kwic([f"refugee {i}" for i in range(9)], "refugee")
    >>> len(sample_kwic(lines, 3)), sample_kwic(lines, 3).equals(sample_kwic(lines, 3))
    (3, True)
    """
    import numpy as np

    if n < 1:
        raise ParameterError(f"{n} lines cannot be drawn", expected="1 or more")
    if by is not None and len(by) != len(lines):
        raise ParameterError(f"{len(by)} strata for {len(lines)} lines", expected="one a line")
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(lines))
    strata = ["" for _ in order] if by is None else by.astype("str").tolist()
    kept, met = [], dict.fromkeys(strata, 0)
    for place in order:
        if met[strata[place]] < n:
            met[strata[place]] += 1
            kept.append(int(place))
    return lines.iloc[sorted(kept)].reset_index(drop=True)


def display_width(text: str) -> int:
    """Count the columns that a text takes on a terminal.

    Parameters
    ----------
    text : str
        Any text of one line.

    Returns
    -------
    int
        Wide characters (Unicode TR11) count two, combining ones none.

    Examples
    --------
    >>> display_width("ab难民")
    6
    """
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    none = sum(unicodedata.category(character) in ("Mn", "Me", "Cf") for character in text)
    return len(text) + wide - none


def pad_left(text: str, width: int) -> str:
    """Put spaces before a text, so that texts of both scripts end in one column.

    Parameters
    ----------
    text : str
        Any text of one line.
    width : int
        Columns to fill; a longer text stays as it is.

    Returns
    -------
    str

    Examples
    --------
    >>> [pad_left(text, 5) for text in ("难民", "ab", "too long")]
    [' 难民', '   ab', 'too long']
    """
    return " " * (width - display_width(text)) + text
