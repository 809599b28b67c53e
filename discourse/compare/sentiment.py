"""What groups show toward a target: means, shares and contrasts, among the posts that mention it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.compare.confounding import confounded_with, language_class
from discourse.compare.contrasts import contrast, group_estimate
from discourse.compare.resampling import Interval
from discourse.compare.samples import in_text_order, numbers
from discourse.compare.suppression import sums_of, suppressed
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
    known = label.notna().to_numpy(dtype=bool)
    named = known & ~_equal(label, "absent")
    about = named & ~_equal(frame["mention_kind"], "self")
    out["mention"] = np.where(known, named, np.nan).astype(width)
    out["about"] = about
    for name in ("positive", "neutral", "negative"):
        out[name] = np.where(about, _equal(label, name), np.nan).astype(width)
    out["balance"] = out["positive"] - out["negative"]
    out["mean"] = np.where(about, numbers(frame["score"], "score"), np.nan)
    return out


def _equal(values: pd.Series, name: str) -> NDArray[np.bool_]:
    """Say where a value is the one that is named; the unknown is not."""
    if isinstance(values.dtype, pd.CategoricalDtype):
        place = values.cat.categories.get_indexer(pd.Index([name]))[0]
        return np.asarray(values.cat.codes == place) & values.notna().to_numpy(dtype=bool)
    return (values == name).fillna(False).to_numpy(dtype=bool)


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
    rows = [
        _estimate(part, cell, measure, _of(instrument, cell["target"]), min_cell, asked)
        for cell, part in _cells(prepared_mentions(frame))
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
    out["reason"] = out["reason"].mask(hidden, f"fewer than {min_cell} authors")
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
    names = sorted(set(prepared["group"]) - {"unassigned"})
    pairs = list(pairs) if pairs is not None else list(combinations(names, 2))
    rows = []
    for target, of_target in prepared.groupby("target", sort=False):
        for pair in pairs:
            for lang, part in _by_language(of_target[of_target["group"].isin(pair)]):
                if lang != "all" and part["group"].nunique() < 2:
                    continue  # one of the two does not write in this language
                for outcome in outcomes:
                    cell = {"target": target, "lang": lang, "outcome": outcome}
                    named = {"instrument": _of(instrument, target)}
                    rows.append(cell | named | _compare(part, pair, outcome, asked))
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
    authors, threads = frame["author"].nunique(), frame["thread_id"].nunique()
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


def prepared_mentions(frame: pd.DataFrame) -> pd.DataFrame:
    """Keep what is read, in forms that are cheap to slice: each cell copies every column that is here."""
    kept = [name for name in (*_NEEDED, "platform") if name in frame.columns]
    out = frame[kept].astype({"lang": "category"})
    for name in CLUSTER:
        out[name] = in_text_order(out[name])
    out = small_outcomes(out).drop(columns=["label", "score"])
    few = [name for name in ("target", "group", "mention_kind", "platform") if name in out.columns]
    return out.astype(dict.fromkeys(few, "category"))


def _by_language(frame: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    yield "all", frame
    classes = language_class(frame["lang"])
    for lang in ("zh", "en", "mixed"):
        if (classes == lang).any():
            yield lang, frame[classes == lang]


def _cells(frame: pd.DataFrame) -> Iterator[tuple[dict[str, Any], pd.DataFrame]]:
    """Walk over target, group, and then language or kind of mention, in a stable order."""
    for target, of_target in frame.groupby("target", sort=False):
        for group, part in of_target.groupby("group", sort=True):
            cell = {"target": target, "group": group, "lang": "all", "mention_kind": "all"}
            for lang, in_language in _by_language(part):
                yield cell | {"lang": lang}, in_language
            kinds = part.loc[part["mention"] == 1.0, "mention_kind"]
            for kind in sorted(kinds.dropna().unique()):
                yield cell | {"mention_kind": kind}, part[part["mention_kind"] == kind]


def _measures(cell: dict[str, Any]) -> tuple[str, ...]:
    if cell["mention_kind"] == "self":
        return ()
    return (*MEASURES, "coverage") if cell["mention_kind"] == "all" else MEASURES


def _estimate(
    part: pd.DataFrame,
    cell: dict[str, Any],
    measure: str,
    instrument: str,
    min_cell: int,
    asked: Mapping[str, Any],
) -> dict[str, Any]:
    rows = part[part["mention"].notna()] if measure == "coverage" else part[part["about"]]
    if measure == "mean":
        rows = rows[rows["mean"].notna()]
    column = "mention" if measure == "coverage" else measure
    row = cell | {"measure": measure, "level": asked["level"], "instrument": instrument, "method": pd.NA}
    counts = {
        "n": len(rows),
        "n_authors": rows["author"].nunique(),
        "n_threads": rows["thread_id"].nunique(),
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
    part: pd.DataFrame, pair: tuple[str, str], outcome: str, asked: Mapping[str, Any]
) -> dict[str, Any]:
    column = "mention" if outcome == "coverage" else outcome
    rows = part if outcome == "coverage" else part[part["about"]]
    rows = rows[rows[column].notna()]
    sides = [rows[rows["group"] == name] for name in pair]
    target = str(part["target"].iloc[0]) if len(part) else ""
    row: dict[str, Any] = {
        "group_a": pair[0],
        "group_b": pair[1],
        "family": f"stance toward {target}",
        "level": 0.95,
        "method": pd.NA,
        "reason": pd.NA,
    }
    for letter, side in zip("ab", sides, strict=True):
        row |= {
            f"n_{letter}": len(side),
            f"authors_{letter}": side["author"].nunique(),
            f"threads_{letter}": side["thread_id"].nunique(),
        }
    figures = dict.fromkeys(("estimate", "low", "high", "effect", "p", "p_adjusted"), float("nan"))
    reason = _refusal(rows, sides, pair, outcome)
    if reason is not None:
        return row | figures | {"reason": reason}
    try:
        found = contrast(rows, outcome=column, group="group", groups=pair, cluster=CLUSTER, **asked).iloc[0]
    except DiscourseError as error:
        return row | figures | {"reason": error.message}
    return row | figures | {name: found[name] for name in (*figures, "method") if name in found.index}


def _refusal(
    rows: pd.DataFrame, sides: list[pd.DataFrame], pair: tuple[str, str], outcome: str
) -> str | None:
    """Give the reason why two groups are not compared, or None."""
    for minimum, column, word in ((MIN_AUTHORS, "author", "authors"), (MIN_THREADS, "thread_id", "threads")):
        counts = {name: side[column].nunique() for name, side in zip(pair, sides, strict=True)}
        small = [name for name, count in counts.items() if count < minimum]
        if small:
            return f"fewer than {minimum} {word} in {' and '.join(small)}"
    trait = confounded_with(rows, pair) if outcome != "coverage" else None
    if trait is not None:
        return f"the groups differ in {trait}, and nobody has checked the instrument in both"
    return None
