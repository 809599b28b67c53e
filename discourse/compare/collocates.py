"""Words that stand near the target, by group and by stance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.compare.keyness import keyness
from discourse.compare.mention_windows import Windows
from discourse.compare.samples import require_columns
from discourse.compare.sentiment import MIN_AUTHORS
from discourse.errors import ParameterError
from discourse.stats import g2, log_dice
from discourse.stats.distinct import distinct_owners
from discourse.tables import COLLOCATES
from discourse.text.glosses import gloss_other
from discourse.text.token_lists import WordLists


def collocates(
    windows: Windows,
    posts: pd.DataFrame,
    by: str,
    pairs: Sequence[tuple[str, str]],
    *,
    target: str,
    seed: int = 0,
    min_cell: int = 10,
    top: int = 15,
    n_permutations: int = 10_000,
) -> pd.DataFrame:
    """Find the words that stand near the target more than elsewhere, and more on one side than on the other.

    Parameters
    ----------
    windows : Windows
        From :func:`discourse.compare.mention_windows.mention_windows`.
    posts : DataFrame
        The same posts: ``author`` and the column of sides.
    by : str
        Column with the sides: ``group`` or ``stance``.
    pairs : sequence of (str, str)
        Sides compared.
    target : str
        Name of the target.
    seed : int
        Seed of the permutations of authors.
    min_cell : int
        Words that fewer authors use near the target are in no table.
    top : int
        Words a side.
    n_permutations : int
        Permutations of authors.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.COLLOCATES`, for each language, pair and side the words with the highest
        log-odds against the other side among those that attract the target (log-likelihood above 3.84).

    Raises
    ------
    ParameterError
        If there is not one row a post.

    Notes
    -----
    ``log_dice``: Rychly (2008), word and naming together over all occurrences of both, on this side.  ``g2``:
    Dunning (1993), word near and elsewhere against all other words, on this side.  ``log_odds_z`` against the
    other side with p from permutations of whole authors, see :func:`discourse.compare.keyness.keyness`;
    sides with fewer than 100 authors are not compared.

    Examples
    --------
    >>> windows = Windows({"zh": [], "en": []}, {"zh": [], "en": []}, [])
    >>> posts = pd.DataFrame({"author": [], "group": []})
    >>> collocates(windows, posts, "group", [("a", "b")], target="t").shape[0]
    0
    """
    require_columns(posts, ["author", by])
    if len(posts) != len(windows.namings):
        raise ParameterError(f"{len(posts)} posts for {len(windows.namings)} windows", expected="the same")
    sides, tables = posts[by].astype("object"), []
    for lang, near in windows.near.items():
        lists = WordLists.of(near)
        spoken = lists.lengths > 0
        for pair in pairs:
            places = [np.flatnonzero(spoken & (sides == side).to_numpy(dtype=bool)) for side in pair]
            if any(posts["author"].iloc[place].nunique() < MIN_AUTHORS for place in places):
                continue
            docs = [lists.take(place) for place in places]
            authors = [posts["author"].iloc[place] for place in places]
            odds = keyness(
                docs[0],
                docs[1],
                authors[0],
                authors[1],
                seed,
                min_authors=min_cell,
                n_permutations=n_permutations,
            )
            for k in (0, 1):
                own = np.flatnonzero((sides == pair[k]).to_numpy(dtype=bool))
                found = _side(odds, windows, lang, own, posts["author"], 1 - 2 * k, min_cell, top)
                tables.append(found.assign(lang=lang, side=pair[k], other=pair[1 - k]))
    if not tables or all(table.empty for table in tables):
        return COLLOCATES.empty()
    out = pd.concat([table for table in tables if len(table)]).assign(target=target, by=by)
    out["gloss"] = [gloss_other([w], str(v))[0] for w, v in zip(out["word"], out["lang"], strict=True)]
    return COLLOCATES.conform(out)


def _side(
    odds: pd.DataFrame,
    windows: Windows,
    lang: str,
    own: NDArray[np.int64],
    authors: pd.Series,
    sign: int,
    min_cell: int,
    top: int,
) -> pd.DataFrame:
    """Describe the words of one side: how they hold to the target, and how they differ from the other."""
    rows = odds[odds["p"].notna()]
    size_near, found_near = _found(windows.near[lang], own, rows["word"])
    size_far, found_far = _found(windows.elsewhere[lang], own, rows["word"])
    near, far = (np.bincount(found.words, minlength=len(rows)) for found in (found_near, found_far))
    who = pd.factorize(authors.iloc[own].astype("str"))[0]
    users = distinct_owners(who[found_near.texts], found_near.words, len(rows))
    rows = rows.assign(n=near, n_authors=users)
    namings = int(np.asarray(windows.namings, dtype=np.int64)[own].sum())
    usual = users >= min_cell
    rows = rows[usual].drop(columns="g2")
    if rows.empty:
        return rows
    n = near[usual]
    whole = n + far[usual]
    together = np.minimum(n, namings)
    rows["log_dice"] = log_dice(together, whole, np.full(len(n), max(namings, 1)))
    rows["g2"] = g2(n, whole - n, size_near, size_far).statistic if size_far else np.nan
    attracted = (rows["g2"].isna() | (rows["g2"] > 3.84)) & (n / size_near >= (whole - n) / max(size_far, 1))
    rows["log_odds_z"] = sign * rows["log_odds_z"]
    kept: pd.DataFrame = rows[attracted & (rows["log_odds_z"] > 0)]
    return kept.sort_values(["log_odds_z", "word"], ascending=[False, True], kind="stable").head(top)


class _Found(NamedTuple):
    """Occurrences of some words: the place of each in their list, and the post that it stands in."""

    words: NDArray[np.int64]
    texts: NDArray[np.int64]


def _found(docs: Sequence[Sequence[str]], own: NDArray[np.int64], words: pd.Series) -> tuple[int, _Found]:
    """Find some words in some posts: the number of all tokens, and where these words stand."""
    lists = WordLists.of(docs).take(own)
    place = {word: i for i, word in enumerate(words)}
    column = np.array([place.get(word, -1) for word in lists.types], dtype=np.int64)
    found = column[lists.numbers] if len(column) else np.zeros(0, dtype=np.int64)
    kept = found >= 0
    return len(lists.numbers), _Found(found[kept], lists.texts[kept])
