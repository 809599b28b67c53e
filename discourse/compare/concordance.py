"""Masked lines around the target, drawn at random by group and stance."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from discourse.compare.samples import require_columns
from discourse.errors import ParameterError
from discourse.sentiment.mentions import find_names, matcher_for
from discourse.sentiment.scan import fold
from discourse.sentiment.target import load_target
from discourse.tables import CONCORDANCE
from discourse.text.kwic import sample_kwic, sort_kwic

# a script with spaces between its words
_LETTER = re.compile(r"[^\W_\u2e80-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]")


def concordance(
    texts: Sequence[str],
    posts: pd.DataFrame,
    target: str,
    *,
    n: int = 3,
    seed: int = 0,
    window: int = 24,
    sort: str = "right",
) -> pd.DataFrame:
    """Draw lines around the namings of a target, as many from each group and stance.

    Parameters
    ----------
    texts : sequence of str
        The posts, masked at the door.
    posts : DataFrame
        The same posts: ``author``, ``group``, ``stance``.
    target : str
        Name of a shipped target, or the path of a target file.
    n : int
        Lines a group and stance, each by another author.
    seed : int
        Seed of the draw.
    window : int
        What stands on each side.  Unit: code points.
    sort : {"right", "left", "node", "text"}
        Order of the lines, see :func:`discourse.text.kwic.sort_kwic`.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.CONCORDANCE`.  Masked is not anonymous: a line can be found by searching for
        it, so a study prints them only where its policy of quotes says so.

    Raises
    ------
    ParameterError
        If there is not one row a post.

    Notes
    -----
    Why a policy: Reagle (2022) doi:10.1007/s10676-022-09663-w found most verbatim quotes by a search.

    Examples
    --------
    >>> posts = pd.DataFrame({"author": ["a"], "group": "hosts", "stance": "positive"})
    >>> lines = concordance(["welcome, tiktok refugees!"], posts, "refugees")
    >>> lines[["left", "node", "right"]].values.tolist()
    [['welcome, ', 'tiktok refugees', '!']]
    """
    return CONCORDANCE.conform(draw_lines(texts, posts, target, n=n, seed=seed, window=window, sort=sort))


def draw_lines(
    texts: Sequence[str],
    posts: pd.DataFrame,
    target: str,
    *,
    n: int = 3,
    seed: int = 0,
    window: int = 24,
    sort: str = "right",
    shared_by: int = 0,
) -> pd.DataFrame:
    """Draw the lines of :func:`concordance` with the places where they stand.

    Parameters
    ----------
    texts, posts, target, n, seed, window, sort
        As for :func:`concordance`.
    shared_by : int
        Lines that so many authors write, letter by letter, are drawn before others; 0 draws from all alike.

    Returns
    -------
    DataFrame
        ``group``, ``stance``, ``left``, ``node``, ``right``; ``doc`` and ``start``: the post by its place in
        `texts`, and where the naming begins.

    Raises
    ------
    ParameterError
        If there is not one row a post.
    """
    require_columns(posts, ["author", "group", "stance"])
    if len(texts) != len(posts):
        raise ParameterError(f"{len(texts)} texts for {len(posts)} posts", expected="the same posts")
    matcher = matcher_for(load_target(target))
    rows = [
        (i, a, b, text[_whole(text, a - window, 1) : a], text[a:b], text[b : _whole(text, b + window, -1)])
        for i, text in enumerate(texts)
        for a, b in find_names(fold(text), matcher)[:1]
    ]
    lines = pd.DataFrame(rows, columns=["doc", "start", "stop", "left", "node", "right"])
    for name in ("author", "group", "stance"):
        lines[name] = posts[name].to_numpy()[lines["doc"].to_numpy(dtype="int64")] if len(lines) else []
    lines = lines[lines["author"].notna() & lines["stance"].isin(["positive", "neutral", "negative"])]
    lines = lines.drop_duplicates("author").reset_index(drop=True)
    drawn = sort_kwic(_drawn(lines, n, seed, shared_by), sort) if len(lines) else lines
    return drawn[["group", "stance", "left", "node", "right", "doc", "start"]].reset_index(drop=True)


def _whole(text: str, place: int, step: int) -> int:
    """Move a cut off the middle of a word of letters, towards the middle of the line."""
    place = min(max(place, 0), len(text))
    while 0 < place < len(text) and _LETTER.match(text[place]) and _LETTER.match(text[place - 1]):
        place += step
    return place


def _drawn(lines: pd.DataFrame, n: int, seed: int, shared_by: int) -> pd.DataFrame:
    """Draw from each stratum, first from the lines that are shared."""
    strata = lines["group"].astype("str") + "\n" + lines["stance"].astype("str")
    whole = lines["left"] + lines["node"] + lines["right"]
    shared = lines["author"].groupby(whole).transform("nunique") >= shared_by
    if not shared_by or not shared.any():
        return sample_kwic(lines, n, seed=seed, by=strata)
    # of several authors of one line, one stands for it
    once = shared & ~whole.duplicated()
    first = sample_kwic(lines[once], n, seed=seed, by=strata[once])
    left = (n - strata.map(strata[first.index].value_counts()).fillna(0)).clip(lower=0)
    rest = lines[~shared]
    parts = [first]
    for stratum in sorted(set(strata[~shared])):
        wanted = int(left[strata == stratum].iloc[0])
        if wanted:
            parts.append(sample_kwic(rest[strata[~shared] == stratum], wanted, seed=seed))
    return pd.concat(parts)
