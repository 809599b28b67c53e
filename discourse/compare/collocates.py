"""Words that stand near the target, by group and by stance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.compare.keyness import keyness_of, numbered_authors
from discourse.compare.mention_windows import Windows
from discourse.compare.reply_pairs import group_places
from discourse.compare.samples import in_text_order, require_columns
from discourse.compare.sentiment import MIN_AUTHORS
from discourse.errors import ParameterError
from discourse.room import laid, parts, places, room
from discourse.stats import g2, log_dice
from discourse.stats.distinct import counted, distinct_owners
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
    names = sorted({side for pair in pairs for side in pair})
    sides, tables = group_places(posts[by], names), []
    who = np.asarray(in_text_order(posts["author"]).cat.codes, dtype=np.int32)
    for lang in windows.near:
        lists = WordLists.of(windows.near[lang])
        spoken = _spoken(lists)
        counts = _Counted(windows, lang, sides, who)
        for pair in pairs:
            codes = [names.index(side) for side in pair]
            of_sides = [places(spoken & (sides == code)) for code in codes]
            authors = [laid(who, of_side) for of_side in of_sides]
            if any(
                np.count_nonzero(counted(of, int(who.max(initial=0)) + 1)) < MIN_AUTHORS for of in authors
            ):
                continue
            odds = keyness_of(
                [lists.take(of_side) for of_side in of_sides],
                *numbered_authors(authors),
                seed,
                min_authors=min_cell,
                n_permutations=n_permutations,
            )
            for k in (0, 1):
                found = _side(odds, counts.of(codes[k]), 1 - 2 * k, min_cell, top)
                tables.append(found.assign(lang=lang, side=pair[k], other=pair[1 - k]))
    if not tables or all(table.empty for table in tables):
        return COLLOCATES.empty()
    out = pd.concat([table for table in tables if len(table)]).assign(target=target, by=by)
    out["gloss"] = [gloss_other([w], str(v))[0] for w, v in zip(out["word"], out["lang"], strict=True)]
    return COLLOCATES.conform(out)


def _people(authors: NDArray[np.int32]) -> int:
    return int(np.count_nonzero(counted(authors, int(authors.max(initial=0)) + 1)))


def _spoken(lists: WordLists) -> NDArray[np.bool_]:
    """Say which posts have a word."""
    out = np.empty(len(lists), dtype=bool)
    for rows in parts(len(lists)):
        out[rows] = np.diff(lists.offsets[rows.start : rows.stop + 1]) > 0
    return out


class _OfSide(NamedTuple):
    """How often each type stands near the target and elsewhere, and who uses it near, on one side."""

    place: dict[str, int]
    near: NDArray[np.int64]
    far: NDArray[np.int64]
    users: NDArray[np.int64]
    namings: int


class _Counted:
    """The words of the posts of each side in one language, counted once for all pairs."""

    def __init__(
        self, windows: Windows, lang: str, sides: NDArray[np.integer], who: NDArray[np.int32]
    ) -> None:
        self.near, self.far = (WordLists.of(docs[lang]) for docs in (windows.near, windows.elsewhere))
        self.place = {word: i for i, word in enumerate(self.near.types)}
        # the place of each word that stands elsewhere among those near
        self.column = np.array([self.place.get(word, -1) for word in self.far.types], dtype=np.int64)
        self.sides, self.who = sides, who
        self.namings = np.asarray(windows.namings, dtype=np.int64)
        self.known: dict[int, _OfSide] = {}

    def of(self, side: int) -> _OfSide:
        """Count the words of one side."""
        if side not in self.known:
            own = self.sides == side
            of_side = places(own)
            lists = self.near.take(of_side)
            self.known[side] = _OfSide(
                self.place,
                counted(lists.numbers, len(self.place)),
                self._elsewhere(own),
                users(lists, laid(self.who, of_side)),
                sum(int(self.namings[rows][own[rows]].sum()) for rows in parts(len(own))),
            )
        return self.known[side]

    def _elsewhere(self, own: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Count the types near the target where they stand elsewhere; last, all other types."""
        counts, text = np.zeros(len(self.place) + 1, dtype=np.int64), 0
        for part in self.far.parts():
            kept = np.repeat(own[text : text + len(part)], part.lengths)
            found = self.column[part.numbers[kept]] if len(self.column) else np.zeros(0, dtype=np.int64)
            counts += np.bincount(np.where(found < 0, len(self.place), found), minlength=len(counts))
            text += len(part)
        return counts


def users(lists: WordLists, who: NDArray[np.int32]) -> NDArray[np.int64]:
    """Count who uses each type; those without a name are one.

    Examples
    --------
    >>> users(WordLists.of([["cat", "tax"], ["cat"], ["cat"]]), np.array([-1, 0, 0], dtype=np.int32)).tolist()
    [2, 1]
    """
    owners, at, text = room(len(lists.numbers), np.int32), 0, 0
    for part in lists.parts():
        owners[at : at + len(part.numbers)] = np.repeat(who[text : text + len(part)] + 1, part.lengths)
        at, text = at + len(part.numbers), text + len(part)
    return distinct_owners(owners, lists.numbers, len(lists.types))


def _side(odds: pd.DataFrame, counted: _OfSide, sign: int, min_cell: int, top: int) -> pd.DataFrame:
    """Describe the words of one side: how they hold to the target, and how they differ from the other."""
    rows = odds[odds["p"].notna()]
    at = np.array([counted.place[word] for word in rows["word"]], dtype=np.int64)
    size_near, size_far, namings = int(counted.near.sum()), int(counted.far.sum()), counted.namings
    near, far, users = counted.near[at], counted.far[at], counted.users[at]
    rows = rows.assign(n=near, n_authors=users)
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
