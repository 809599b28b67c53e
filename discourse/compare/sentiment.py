"""What groups show toward a target: means, shares and contrasts, among the posts that mention it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from discourse.compare.confounding import confounded_with
from discourse.compare.contrasts import contrast, group_estimate
from discourse.compare.mentions import Which, equals, measured, n_distinct, prepared_mentions, speaks
from discourse.compare.resampling import Interval
from discourse.compare.samples import numbers
from discourse.compare.suppression import said_why, sums_of, suppressed
from discourse.errors import DiscourseError, NotMeasurable, ParameterError
from discourse.stats import holm
from discourse.tables import CONTRASTS, GROUP_SENTIMENT

CLUSTER = ("author", "thread_id")
MIN_AUTHORS = 100
MIN_THREADS = 20
MEASURES = ("mean", "positive", "neutral", "negative", "balance")
COMPARED = ("mean", "positive", "negative")
_NEEDED = ("target", "group", "lang", "label", "score", "mention_kind", "author", "thread_id")


def mention_outcomes(frame: pd.DataFrame) -> pd.DataFrame:
    """Turn labels and scores into one number a post and measure.

    Parameters
    ----------
    frame : DataFrame
        Scored posts with ``label``, ``score`` and ``mention_kind``.

    Returns
    -------
    DataFrame
        The same rows with ``mention`` (it speaks of the target: 0 or 1), ``about`` (it speaks of the target
        and not only of its own author as one of them), and ``mean``, ``positive``, ``neutral``,
        ``negative``, ``balance``, all NaN where ``about`` is false.  ``balance`` is +1, 0 or -1.

    Notes
    -----
    A post that only refers to its own author as one of the group says nothing about the group; it counts for
    coverage and stays out of means and shares.  A post that the instrument gave no label (an endpoint that
    did not answer) is unknown in everything.

    Examples
    --------
    >>> posts = pd.DataFrame({"label": ["positive", "absent"], "score": [0.5, float("nan")],
    ...                       "mention_kind": ["named", None]})
    >>> mention_outcomes(posts)[["mention", "balance"]].values.tolist()
    [[1.0, 1.0], [0.0, nan]]
    """
    return _with_outcomes(frame, np.float64)


def small_outcomes(frame: pd.DataFrame) -> pd.DataFrame:
    """Give what :func:`mention_outcomes` gives, with shares and balances (-1, 0, 1) in half the room.

    Examples
    --------
    >>> posts = pd.DataFrame({"label": ["positive"], "score": [0.5], "mention_kind": ["named"]})
    >>> str(small_outcomes(posts)["balance"].dtype)
    'float32'
    """
    return _with_outcomes(frame, np.float32)


def _with_outcomes(frame: pd.DataFrame, width: type[np.floating[Any]]) -> pd.DataFrame:
    out = frame.copy(deep=False)
    label = frame["label"]
    known, named = label.notna().to_numpy(dtype=bool), speaks(label)
    about = named & ~equals(frame["mention_kind"], "self")
    out["mention"] = np.where(known, named, np.nan).astype(width)
    out["about"] = about
    for name in ("positive", "neutral", "negative"):
        out[name] = np.where(about, equals(label, name), np.nan).astype(width)
    out["balance"] = out["positive"] - out["negative"]
    out["mean"] = np.where(about, numbers(frame["score"], "score"), np.nan)
    return out


def group_sentiment(
    frame: pd.DataFrame,
    *,
    instrument: str | Mapping[str, str],
    min_cell: int = 10,
    level: float = 0.95,
    interval: Interval = "analytic",
    seed: int = 0,
) -> pd.DataFrame:
    """Estimate the stance of each group toward each target.

    Parameters
    ----------
    frame : DataFrame
        One row a post and target: ``target``, ``group``, ``lang``, ``label``, ``score``, ``mention_kind``,
        ``author``, ``thread_id``.
    instrument : str or mapping
        The scorer and its version; one for all targets, or target to instrument.
    min_cell : int
        Cells with fewer authors print no count at all, and neither does another language or kind of mention
        from which the total would give them away.
    level : float
        Confidence level of the intervals.
    interval : {"analytic", "bootstrap"}
        Kind of interval, see :func:`discourse.compare.contrasts.group_estimate`.
    seed : int
        Seed of the bootstrap.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.GROUP_SENTIMENT`: for each target and group the mean score, the shares
        positive, neutral and negative, their balance, and the coverage; for all mentions and by kind of
        mention, for all languages and by language.  A figure that cannot honestly be given is NA with its
        reason: under 100 authors or 20 threads.

    Raises
    ------
    ParameterError
        If a column is missing.

    Notes
    -----
    Intervals are clustered by author and thread; see :func:`discourse.compare.contrasts.group_estimate`.

    Examples
    --------
    >>> scored = pd.DataFrame({"target": "t", "group": "g", "lang": "en", "label": "neutral", "score": 0.0,
    ...     "mention_kind": "named", "author": ["a", "b"], "thread_id": ["1", "2"]})
    >>> table = group_sentiment(scored, instrument="lexicon")
    >>> table.loc[0, "reason"]
    'fewer than 10 authors'
    """
    _need(frame, _NEEDED)
    asked: dict[str, Any] = {"level": level, "interval": interval, "seed": seed}
    posts = prepared_mentions(frame)
    rows = [
        _estimate(posts, which, cell, measure, _of(instrument, cell["target"]), min_cell, asked)
        for cell, which in _cells(posts)
        for measure in _measures(cell)
    ]
    if not rows:
        return GROUP_SENTIMENT.empty()
    return _hide_cells(GROUP_SENTIMENT.conform(pd.DataFrame(rows)), min_cell)


def _hide_cells(table: pd.DataFrame, min_cell: int) -> pd.DataFrame:
    """Hide small cells; languages add up to all languages, and kinds of mention to all kinds."""
    sums = []
    for other in ("mention_kind", "lang"):
        places = np.flatnonzero(table[other] == "all")
        parts = sums_of(table.iloc[places], [["target", "group", "measure"]])
        sums += [places[part].tolist() for part in parts]
    whole = (table["mention_kind"] == "all") & (table["lang"] == "all")
    counts = table["n_authors"].to_numpy(dtype="int64")
    hidden = suppressed(counts, sums, min_cell, rank=whole.to_numpy(dtype="int64"))
    out = table.copy()
    for name in ("estimate", "low", "high", "n", "n_authors", "n_threads"):
        out[name] = out[name].mask(hidden)
    out["reason"] = said_why(out["reason"], hidden, counts, min_cell)
    return out


def sentiment_contrasts(
    frame: pd.DataFrame,
    pairs: Sequence[tuple[str, str]] | None = None,
    *,
    instrument: str | Mapping[str, str],
    seed: int,
    min_cell: int = 10,
    outcomes: Sequence[str] = COMPARED,
    interval: Interval = "analytic",
) -> pd.DataFrame:
    """Compare the stance of each pair of groups toward each target.

    Parameters
    ----------
    frame : DataFrame
        As for :func:`group_sentiment`; ``platform`` is read where it is there.
    pairs : sequence of (str, str), optional
        Which groups to compare; all pairs but the unassigned by default.
    instrument : str or mapping
        The scorer and its version; one for all targets, or target to instrument.
    seed : int
        Seed of what is drawn at random.
    min_cell : int
        A side with fewer authors prints no count.
    outcomes : sequence of str
        Among ``mean``, ``positive``, ``negative``, ``balance``, ``coverage``.
    interval : {"analytic", "bootstrap"}
        Kind of interval and p-value, see :func:`discourse.compare.contrasts.contrast`.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.CONTRASTS`, for all languages and within each.  Where two groups hardly share
        a language or platform no difference is given: the instrument has not been checked in both.

    Notes
    -----
    All tests on one target are one family; p-values are adjusted by Holm (1979) within it.

    Examples
    --------
    >>> scored = pd.DataFrame({"target": "t", "group": ["g", "h"], "lang": "en", "label": "neutral",
    ...     "score": 0.0, "mention_kind": "named", "author": ["a", "b"], "thread_id": ["1", "2"]})
    >>> table = sentiment_contrasts(scored, instrument="lexicon", seed=0)
    >>> table.loc[0, "reason"]
    'fewer than 100 authors in g and h'
    """
    _need(frame, _NEEDED)
    prepared = prepared_mentions(frame)
    asked: dict[str, Any] = {"seed": seed, "interval": interval}
    names = sorted(set(prepared["group"].dropna().unique()) - {"unassigned"})
    pairs = list(pairs) if pairs is not None else list(combinations(names, 2))
    rows = []
    for target, of_target in _by_target(prepared):
        for pair in pairs:
            both = (of_target & equals(prepared["group"], name) for name in pair)
            for lang, which in _by_language(prepared, np.logical_or(*both)):
                if lang != "all" and prepared["group"][which].nunique() < 2:
                    continue  # one of the two does not write in this language
                for outcome in outcomes:
                    cell = {"target": target, "lang": lang, "outcome": outcome}
                    named = {"instrument": _of(instrument, target)}
                    rows.append(cell | named | _compare(prepared, which, pair, target, outcome, asked))
    if not rows:
        return CONTRASTS.empty()
    return _hide_small_sides(adjust(CONTRASTS.conform(pd.DataFrame(rows))), min_cell)


def adjust(table: pd.DataFrame) -> pd.DataFrame:
    """Adjust the p-values of contrasts within each family.

    Parameters
    ----------
    table : DataFrame
        Contrasts with ``family`` and ``p``.

    Returns
    -------
    DataFrame
        The same rows with ``p_adjusted`` by Holm; NA where p is NA.

    References
    ----------
    .. [1] Holm (1979). A simple sequentially rejective multiple test procedure. *Scandinavian Journal of
       Statistics* 6(2), 65-70.

    Examples
    --------
    >>> t = CONTRASTS.empty().reindex([0, 1]).assign(family="f", p=[0.01, 0.04])
    >>> adjust(t)["p_adjusted"].tolist()
    [0.02, 0.04]
    """
    out = table.copy()
    out["p_adjusted"] = float("nan")
    known = out["p"].notna()
    for _, index in out[known].groupby("family", sort=False).groups.items():
        out.loc[index, "p_adjusted"] = holm(out.loc[index, "p"].to_numpy(dtype="float64"))
    return out


def too_small(frame: pd.DataFrame) -> str | None:
    """Say why a group is too small for a figure.

    Parameters
    ----------
    frame : DataFrame
        The posts behind the figure, with ``author`` and ``thread_id``.

    Returns
    -------
    str or None
        The reason, or None if there are at least 100 authors and 20 threads.

    Examples
    --------
    >>> too_small(pd.DataFrame({"author": ["a"], "thread_id": ["1"]}))
    'fewer than 100 authors'
    """
    authors, threads = n_distinct(frame["author"]), n_distinct(frame["thread_id"])
    if frame.empty:
        return "no post of this group mentions the target"
    if authors < MIN_AUTHORS:
        return f"fewer than {MIN_AUTHORS} authors"
    if threads < MIN_THREADS:
        return f"fewer than {MIN_THREADS} threads"
    return None


def _of(instrument: str | Mapping[str, str], target: Any) -> str:
    return instrument if isinstance(instrument, str) else instrument[str(target)]


def _hide_small_sides(table: pd.DataFrame, min_cell: int) -> pd.DataFrame:
    out = table.copy()
    for letter in "ab":
        small = (out[f"authors_{letter}"] > 0) & (out[f"authors_{letter}"] < min_cell)
        for count in (f"n_{letter}", f"authors_{letter}", f"threads_{letter}"):
            out[count] = out[count].mask(small)
    return out


def _need(frame: pd.DataFrame, columns: Sequence[str]) -> None:
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        raise ParameterError(f"the scored posts lack {', '.join(missing)}", expected=", ".join(columns))


def _by_target(posts: pd.DataFrame) -> Iterator[tuple[str, Which]]:
    """Walk over the targets in the order in which they come."""
    for target in posts["target"].dropna().unique():
        yield target, equals(posts["target"], target)


def _by_language(posts: pd.DataFrame, which: Which) -> Iterator[tuple[str, Which]]:
    yield "all", which
    for lang in ("zh", "en", "mixed"):
        inside = which & equals(posts["lang"], lang)
        if inside.any():
            yield lang, inside


def _cells(posts: pd.DataFrame) -> Iterator[tuple[dict[str, Any], Which]]:
    """Walk over target, group, and then language or kind of mention, in a stable order."""
    named = speaks(posts["label"])
    for target, of_target in _by_target(posts):
        for group in sorted(posts["group"][of_target].dropna().unique()):
            which = of_target & equals(posts["group"], group)
            cell = {"target": target, "group": group, "lang": "all", "mention_kind": "all"}
            for lang, in_language in _by_language(posts, which):
                yield cell | {"lang": lang}, in_language
            for kind in sorted(posts["mention_kind"][which & named].dropna().unique()):
                yield cell | {"mention_kind": kind}, which & equals(posts["mention_kind"], kind)


def _measures(cell: dict[str, Any]) -> tuple[str, ...]:
    if cell["mention_kind"] == "self":
        return ()
    return (*MEASURES, "coverage") if cell["mention_kind"] == "all" else MEASURES


def _estimate(
    posts: pd.DataFrame,
    which: Which,
    cell: dict[str, Any],
    measure: str,
    instrument: str,
    min_cell: int,
    asked: Mapping[str, Any],
) -> dict[str, Any]:
    column = "mention" if measure == "coverage" else measure
    rows = measured(posts, which, measure, name=column)
    row = cell | {"measure": measure, "level": asked["level"], "instrument": instrument, "method": pd.NA}
    counts = {
        "n": len(rows),
        "n_authors": n_distinct(rows["author"]),
        "n_threads": n_distinct(rows["thread_id"]),
    }
    blank = {"estimate": float("nan"), "low": float("nan"), "high": float("nan")}
    if 0 < counts["n_authors"] < min_cell:
        return row | counts | blank | {"reason": f"fewer than {min_cell} authors"}  # counts go later
    reason = too_small(rows)
    if reason is not None:
        return row | counts | blank | {"reason": reason}
    try:
        found = group_estimate(rows, column, cluster=CLUSTER, **asked).iloc[0]
    except NotMeasurable as error:
        return row | counts | blank | {"reason": error.message}
    figures = {name: float(found[name]) for name in ("estimate", "low", "high")}
    return row | counts | figures | {"method": found["method"], "reason": pd.NA}


def _compare(
    posts: pd.DataFrame,
    which: Which,
    pair: tuple[str, str],
    target: str,
    outcome: str,
    asked: Mapping[str, Any],
) -> dict[str, Any]:
    column = "mention" if outcome == "coverage" else outcome
    rows = measured(posts, which, outcome, name=column)
    row: dict[str, Any] = {
        "group_a": pair[0],
        "group_b": pair[1],
        "family": f"stance toward {target}",
        "level": 0.95,
        "method": pd.NA,
        "reason": pd.NA,
    }
    for letter, name in zip("ab", pair, strict=True):
        side = equals(rows["group"], name)
        row |= {
            f"n_{letter}": int(side.sum()),
            f"authors_{letter}": n_distinct(rows["author"], side),
            f"threads_{letter}": n_distinct(rows["thread_id"], side),
        }
    figures = dict.fromkeys(("estimate", "low", "high", "effect", "p", "p_adjusted"), float("nan"))
    reason = _refusal(rows, row, pair, outcome)
    if reason is not None:
        return row | figures | {"reason": reason}
    try:
        found = contrast(rows, outcome=column, group="group", groups=pair, cluster=CLUSTER, **asked).iloc[0]
    except DiscourseError as error:
        return row | figures | {"reason": error.message}
    return row | figures | {name: found[name] for name in (*figures, "method") if name in found.index}


def _refusal(
    rows: pd.DataFrame, counts: Mapping[str, Any], pair: tuple[str, str], outcome: str
) -> str | None:
    """Give the reason why two groups are not compared, or None."""
    for minimum, word in ((MIN_AUTHORS, "authors"), (MIN_THREADS, "threads")):
        small = [name for name, side in zip(pair, "ab", strict=True) if counts[f"{word}_{side}"] < minimum]
        if small:
            return f"fewer than {minimum} {word} in {' and '.join(small)}"
    trait = confounded_with(rows, pair) if outcome != "coverage" else None
    if trait is not None:
        return f"the groups differ in {trait}, and nobody has checked the instrument in both"
    return None
