"""Words that stand near the target, by group and by stance."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from discourse.compare.keyness import keyness
from discourse.compare.mention_windows import Windows
from discourse.compare.samples import require_columns
from discourse.compare.sentiment import MIN_AUTHORS
from discourse.errors import ParameterError
from discourse.stats import g2, log_dice
from discourse.tables import COLLOCATES
from discourse.text.glosses import gloss_other


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
        spoken = np.array([len(words) > 0 for words in near], dtype=bool)
        for pair in pairs:
            places = [np.flatnonzero(spoken & (sides == side).to_numpy(dtype=bool)) for side in pair]
            if any(posts["author"].iloc[place].nunique() < MIN_AUTHORS for place in places):
                continue
            docs = [[near[i] for i in place] for place in places]
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
    own: Any,
    authors: pd.Series,
    sign: int,
    min_cell: int,
    top: int,
) -> pd.DataFrame:
    """Describe the words of one side: how they hold to the target, and how they differ from the other."""
    near, users = _count(windows.near[lang], own, authors)
    far, _ = _count(windows.elsewhere[lang], own, authors)
    namings = sum(windows.namings[i] for i in own)
    rows = odds[odds["p"].notna()].assign(
        n=[near[w] for w in odds.loc[odds["p"].notna(), "word"]],
        n_authors=[len(users.get(w, ())) for w in odds.loc[odds["p"].notna(), "word"]],
    )
    rows = rows[rows["n_authors"] >= min_cell].drop(columns="g2")
    if rows.empty:
        return rows
    n = rows["n"].to_numpy(np.int64)
    whole = n + np.array([far[w] for w in rows["word"]], dtype=np.int64)
    size_near, size_far = sum(near.values()), sum(far.values())
    together = np.minimum(n, namings)
    rows["log_dice"] = log_dice(together, whole, np.full(len(n), max(namings, 1)))
    rows["g2"] = g2(n, whole - n, size_near, size_far).statistic if size_far else np.nan
    attracted = (rows["g2"].isna() | (rows["g2"] > 3.84)) & (n / size_near >= (whole - n) / max(size_far, 1))
    rows["log_odds_z"] = sign * rows["log_odds_z"]
    kept: pd.DataFrame = rows[attracted & (rows["log_odds_z"] > 0)]
    return kept.sort_values(["log_odds_z", "word"], ascending=[False, True], kind="stable").head(top)


def _count(
    docs: Sequence[Sequence[str]], own: Any, authors: pd.Series
) -> tuple[Counter[str], dict[str, set[str]]]:
    counted: Counter[str] = Counter()
    users: dict[str, set[str]] = defaultdict(set)
    names = authors.astype(object).to_numpy()
    for i in own:
        doc, author = docs[i], str(names[i])
        counted.update(doc)
        for word in doc:
            users[word].add(author)
    return counted, users
