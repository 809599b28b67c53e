"""Power before: what difference these numbers of posts, authors and threads could show."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from discourse.compare.sentiment import MIN_AUTHORS, MIN_THREADS
from discourse.errors import ParameterError
from discourse.tables import POWER

#: Likeness assumed where nothing is known: of posts by one author, of posts in one thread.
ICC_AUTHOR, ICC_THREAD = 0.2, 0.05
#: Standard deviation of the outcomes: a share near one half, and a mean in its own standard deviations.
SD = {"share": 0.5, "mean": 1.0}


@dataclass(frozen=True)
class Sizes:
    """Posts of a group, and how many of them each author and each thread has.

    Parameters
    ----------
    by_author, by_thread : ndarray of int
        Posts of each author and of each thread; both add up to the posts.
    """

    by_author: np.ndarray[Any, np.dtype[np.int64]]
    by_thread: np.ndarray[Any, np.dtype[np.int64]]

    @classmethod
    def even(cls, authors: int, threads: int, posts_per_author: float) -> Sizes:
        """Spread posts evenly over authors and over threads.

        Examples
        --------
        >>> Sizes.even(100, 20, 2.5).by_thread.sum()
        np.int64(250)
        """
        n = round(authors * posts_per_author)
        return cls(_spread(n, authors), _spread(n, threads))

    @classmethod
    def of(cls, posts: pd.DataFrame) -> Sizes:
        """Count the posts of each author and thread; a post without an author is an author of its own.

        Examples
        --------
        >>> Sizes.of(pd.DataFrame({"author": ["a", "a", None], "thread_id": ["1", "2", "2"]})).by_author
        array([2, 1])
        """
        named = posts["author"].value_counts().sort_index().to_numpy(dtype=np.int64)
        alone = np.ones(int(posts["author"].isna().sum()), dtype=np.int64)
        threads = posts["thread_id"].value_counts().sort_index().to_numpy(dtype=np.int64)
        return cls(np.concatenate([named, alone]).astype(np.int64), threads.astype(np.int64))

    @property
    def n(self) -> int:
        """Posts."""
        return int(self.by_author.sum())


def _spread(n: int, clusters: int) -> np.ndarray[Any, np.dtype[np.int64]]:
    sizes = np.full(clusters, n // clusters, dtype=np.int64)
    sizes[: n % clusters] += 1
    return sizes[sizes > 0]


def design_effect(
    by_author: ArrayLike,
    by_thread: ArrayLike,
    icc_author: float = ICC_AUTHOR,
    icc_thread: float = ICC_THREAD,
    *,
    mentions: float = 1.0,
) -> float:
    r"""Say how many posts count for one independent post, where authors are crossed with threads.

    .. math:: 1 + (m_a - 1) \rho_a + (m_t - 1) \rho_t, \qquad m = 1 + q \Big( \frac{\sum m_i^2}{\sum m_i} - 1
              \Big)

    Parameters
    ----------
    by_author, by_thread : array_like of int
        Posts of each author, and of each thread.
    icc_author, icc_thread : float
        Intraclass correlations: likeness of two posts by one author, and in one thread, in [0, 1].
    mentions : float
        q, share of posts that count (that mention the target), drawn as if by lot.

    Returns
    -------
    float
        At least 1.

    Raises
    ------
    ParameterError
        If a correlation or the share lies outside its range.

    Notes
    -----
    Kish (1965), *Survey Sampling*; with uneven clusters the mean size counts posts, not clusters (Killip,
    Mahfoud and Pearce 2004, doi:10.1370/afm.141).

    Examples
    --------
    >>> design_effect([3] * 100, [30] * 10, 0.2, 0.05)
    2.85
    """
    for name, value in (("icc_author", icc_author), ("icc_thread", icc_thread)):
        if not 0.0 <= value <= 1.0:
            raise ParameterError(f"{name} is {value}", expected="0 to 1")
    if not 0.0 < mentions <= 1.0:
        raise ParameterError(f"mentions is {mentions}", expected="a share above 0, at most 1")
    sizes = [np.asarray(given, dtype=np.float64) for given in (by_author, by_thread)]
    if any(not size.sum() > 0 for size in sizes):
        return 1.0
    alike = [mentions * (float((size**2).sum() / size.sum()) - 1.0) for size in sizes]
    return float(1.0 + alike[0] * icc_author + alike[1] * icc_thread)


def detectable(
    first: Sizes,
    second: Sizes | None = None,
    *,
    sd: float = SD["share"],
    icc_author: float = ICC_AUTHOR,
    icc_thread: float = ICC_THREAD,
    mentions: float = 1.0,
    power: float = 0.8,
    level: float = 0.95,
) -> float:
    r"""Find the least difference that would be found with the power asked for.

    .. math:: \delta = (t_{1-\alpha/2} + t_{1-\beta}) \sqrt{\sum_g \sigma^2 d_g / (q n_g)}

    Parameters
    ----------
    first, second : Sizes
        The groups; without a second one the first is compared with a fixed bound.
    sd : float
        Standard deviation of the outcome: .5 for a share near one half (the worst case).
    icc_author, icc_thread, mentions : float
        As for :func:`design_effect`.
    power : float
        How often a difference that large is to be found.
    level : float
        Confidence level of the interval that must not hold zero.

    Returns
    -------
    float
        In the unit of `sd`; NaN if a group has fewer than two authors or threads.

    Raises
    ------
    ParameterError
        If a value lies outside its range.

    Notes
    -----
    Student's t with the clusters of the scarcer way less one as degrees of freedom.  Threads in which both
    groups write make a difference of the two more precise than this; the figure is then on the safe side.
    Checked by simulation in the tests.

    Examples
    --------
    >>> group = Sizes.even(300, 100, 2)
    >>> round(detectable(group, group, icc_author=0.0, icc_thread=0.0), 3)
    0.082
    """
    from scipy import special

    if not 0.0 < power < 1.0 or not 0.0 < level < 1.0 or not sd > 0.0:
        raise ParameterError(
            "power, level or sd is out of range", expected="shares between 0 and 1, sd above 0"
        )
    groups = [group for group in (first, second) if group is not None]
    variance, df = 0.0, float("inf")
    for group in groups:
        effect = design_effect(group.by_author, group.by_thread, icc_author, icc_thread, mentions=mentions)
        if min(len(group.by_author), len(group.by_thread)) < 2:
            return float("nan")
        variance += sd**2 * effect / (mentions * group.n)
        df = min(df, len(group.by_author) - 1.0, len(group.by_thread) - 1.0)
    quantiles = special.stdtrit(df, 0.5 + level / 2.0) + special.stdtrit(df, power)
    return float(quantiles * np.sqrt(variance))


def power_table(
    groups: dict[str, Sizes],
    pairs: Sequence[tuple[str, str]] | None = None,
    *,
    icc_author: float = ICC_AUTHOR,
    icc_thread: float = ICC_THREAD,
    mentions: float = 1.0,
    power: float = 0.8,
    level: float = 0.95,
    min_cell: int = 10,
) -> pd.DataFrame:
    """Say for each group, and each pair of groups, what difference could be found.

    Parameters
    ----------
    groups : dict of str to Sizes
        Posts by author and thread of each group.
    pairs : sequence of (str, str), optional
        Which pairs; all by default.
    icc_author, icc_thread, mentions, power, level : float
        As for :func:`detectable`.
    min_cell : int
        A group with fewer authors has no counts and no figure.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.POWER`: for a share near one half (in points of 1) and for a mean (in its
        standard deviations), first each group against a fixed bound, then each pair.

    Examples
    --------
    >>> table = power_table({"hosts": Sizes.even(300, 100, 2), "newcomers": Sizes.even(200, 80, 2)})
    >>> table.loc[table["outcome"] == "share", ["group_a", "detectable"]].round(2).values.tolist()
    [['hosts', 0.07], ['newcomers', 0.08], ['hosts', 0.11]]
    """
    chosen = list(pairs) if pairs is not None else list(combinations(groups, 2))
    wanted: list[tuple[str, str | None]] = [(name, None) for name in groups]
    wanted += [(a, b) for a, b in chosen]
    asked = {"icc_author": icc_author, "icc_thread": icc_thread, "mentions": mentions}
    rows = [
        {"outcome": outcome, "power": power, "level": level}
        | asked
        | _row(groups, pair, {"sd": sd, "power": power, "level": level} | asked, min_cell)
        for outcome, sd in SD.items()
        for pair in wanted
    ]
    return POWER.conform(pd.DataFrame(rows)) if rows else POWER.empty()


def _row(
    groups: dict[str, Sizes], pair: tuple[str, str | None], asked: dict[str, float], min_cell: int
) -> dict[str, Any]:
    row: dict[str, Any] = {"group_a": pair[0], "group_b": pair[1] or pd.NA, "reason": pd.NA}
    sides = [groups[name] for name in pair if name is not None]
    for letter, side in zip("ab", sides, strict=False):
        hidden = 0 < len(side.by_author) < min_cell
        row |= {
            f"n_{letter}": pd.NA if hidden else round(asked["mentions"] * side.n),
            f"authors_{letter}": pd.NA if hidden else len(side.by_author),
            f"threads_{letter}": pd.NA if hidden else len(side.by_thread),
            f"design_effect_{letter}": float("nan")
            if hidden
            else design_effect(
                side.by_author,
                side.by_thread,
                asked["icc_author"],
                asked["icc_thread"],
                mentions=asked["mentions"],
            ),
        }
    if any(len(side.by_author) < min_cell for side in sides):
        return row | {"detectable": float("nan"), "reason": f"fewer than {min_cell} authors"}
    found = detectable(sides[0], sides[1] if len(sides) > 1 else None, **asked)
    reason: Any = pd.NA if np.isfinite(found) else "fewer than 2 threads"
    return row | {"detectable": found, "reason": reason}


def power_sentence(row: dict[str, Any], language: str = "en") -> str:
    """Say one row of the table in a sentence.

    Parameters
    ----------
    row : dict
        A row of :data:`discourse.tables.POWER`.
    language : {"en", "zh"}
        Language of the sentence.

    Returns
    -------
    str

    Examples
    --------
    >>> table = power_table({"hosts": Sizes.even(300, 100, 2), "newcomers": Sizes.even(200, 80, 2)})
    >>> power_sentence(table.iloc[2].to_dict())[:58]
    'hosts and newcomers: a difference of 11 percentage points '
    """
    zh = language == "zh"
    pair = [str(row[f"group_{letter}"]) for letter in "ab" if not pd.isna(row[f"group_{letter}"])]
    who = ("与" if zh else " and ").join(pair)
    if pd.isna(row["detectable"]):
        return f"{who}：无法给出。" if zh else f"{who}: no figure can be given."
    share = row["outcome"] == "share"
    size = f"{100 * row['detectable']:.0f}" if share else f"{row['detectable']:.2f}"
    often = f"{100 * row['power']:.0f}"
    if zh:
        unit = " 个百分点" if share else " 个标准差"
        what = "之间的差异" if len(pair) == 2 else "与固定界限的差距"
        return f"{who}{what}若不小于 {size}{unit}，一百次这样的研究中约有 {often} 次会发现。"
    unit = "percentage points" if share else "standard deviations"
    what = "a difference of" if len(pair) == 2 else "a distance from a fixed bound of"
    return f"{who}: {what} {size} {unit} or more would be found in {often} of 100 such studies."


_HEADS = {
    "en": (
        "The smallest difference that {often} of 100 such studies would find (two-sided, level {level} %),",
        "if {mentions} % of the posts speak of the target, and two posts are alike by {author} (one author) "
        "and {thread} (one thread).",
        ("", "authors", "threads", "of shares", "of means"),
        ("{0}, from a bound", "{0} and {1}", "{0} points", "{0} SD"),
        "* fewer than {authors} authors or {threads} threads in a group: a report gives no figure",
    ),
    "zh": (
        "一百次这样的研究中约有 {often} 次会发现的最小差异（双侧，显著性水平 {level} %），",
        "假定 {mentions} % 的帖子谈到目标；同一作者的两条帖子相似度为 {author}，同一讨论串的为 {thread}。",
        ("", "作者", "讨论串", "占比之差", "均值之差"),
        ("{0}（对固定界限）", "{0}与{1}", "{0} 个百分点", "{0} 个标准差"),
        "* 群体的作者少于 {authors} 位或讨论串少于 {threads} 个：报告不给出数字",
    ),
}


def power_lines(table: pd.DataFrame, language: str = "en") -> list[list[str]]:
    """Lay the table out for a reader: what was taken for granted, then one line a group or pair.

    Parameters
    ----------
    table : DataFrame
        :data:`discourse.tables.POWER`.
    language : {"en", "zh"}
        Language of the words.

    Returns
    -------
    list of list of str
        Two lines of one cell, the heads of the columns, one line a group or pair of groups, and one of one
        cell where a group is smaller than a report allows.

    Examples
    --------
    >>> table = power_table({"hosts": Sizes.even(300, 100, 2), "newcomers": Sizes.even(200, 80, 2)})
    >>> power_lines(table)[-1]
    ['hosts and newcomers', '300, 200', '100, 80', '11 points', '0.22 SD']
    """
    found, given, heads, (alone, pair, points, deviations), few = _HEADS["zh" if language == "zh" else "en"]
    first = table.iloc[0]
    values = {"often": f"{100 * first['power']:.0f}", "level": f"{100 * (1 - first['level']):.0f}"}
    values |= {"mentions": f"{100 * first['mentions']:.0f}"}
    values |= {"author": f"{first['icc_author']:.2f}", "thread": f"{first['icc_thread']:.2f}"}
    lines = [[found.format(**values)], [given.format(**values)], list(heads)]
    means = table[table["outcome"] == "mean"].to_dict("records")
    for share, mean in zip(table[table["outcome"] == "share"].to_dict("records"), means, strict=True):
        names = [str(share[f"group_{x}"]) for x in "ab" if not pd.isna(share[f"group_{x}"])]
        counts = [
            ", ".join(
                "–" if pd.isna(share[f"{what}_{x}"]) else f"{share[f'{what}_{x}']:,}"
                for x in "ab"[: len(names)]
            )
            for what in ("authors", "threads")
        ]
        sizes = [
            "–" if pd.isna(share["detectable"]) else points.format(f"{100 * share['detectable']:.0f}"),
            "–" if pd.isna(mean["detectable"]) else deviations.format(f"{mean['detectable']:.2f}"),
        ]
        star = " *" if _too_few(share) else ""
        lines.append([(pair if len(names) == 2 else alone).format(*names) + star, *counts, *sizes])
    if any(line[0].endswith(" *") for line in lines):
        lines.append([few.format(authors=MIN_AUTHORS, threads=MIN_THREADS)])
    return lines


def _too_few(row: Mapping[Hashable, Any]) -> bool:
    """Say whether a group is so small that no report would compare it."""
    least = (("authors", MIN_AUTHORS), ("threads", MIN_THREADS))
    counts = [(row[f"{what}_{x}"], minimum) for what, minimum in least for x in "ab"]
    return any(not pd.isna(count) and count < minimum for count, minimum in counts)
