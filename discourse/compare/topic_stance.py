"""Topics against stance: of what each group speaks how, and where it departs from how it speaks elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from discourse.compare.contrasts import estimate_mean
from discourse.compare.description import group_order
from discourse.compare.samples import cluster_codes, in_text_order
from discourse.compare.sentiment import mention_outcomes
from discourse.compare.suppression import hide_cells
from discourse.errors import NotMeasurable
from discourse.stats import benjamini_hochberg, inside_against_outside
from discourse.tables import TOPIC_STANCE

if TYPE_CHECKING:
    from discourse.topics.model import TopicModel

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]

METHOD = "cluster-robust t interval (author x thread_id)"
MEASURES = ("mean", "positive", "neutral", "negative")
_FIGURES = ("estimate", "low", "high", "elsewhere", "residual", "p")
_COUNTS = ("n", "n_authors", "n_threads")


def leading_topics(model: TopicModel, post_ids: Sequence[str]) -> pd.DataFrame:
    """Say which topic leads in each post.

    Parameters
    ----------
    model : TopicModel
        The fitted model.
    post_ids : sequence of str
        The posts that were fitted, in the same order.

    Returns
    -------
    DataFrame
        ``post_id``, ``lang`` (of the topic), ``topic``, ``label``; posts without a content word are left out.
        Of topics with the same share the first one leads.

    Examples
    --------
    >>> from discourse.topics.fit import fit_topics
    >>> model = fit_topics(["cats purr", "cats nap", "courts ban apps", "courts sue apps"], 2)
    >>> leading_topics(model, list("abcd")).shape
    (4, 4)
    """
    known = np.flatnonzero(~np.isnan(model.prevalence).any(axis=1))
    topic = np.argmax(np.nan_to_num(model.prevalence), axis=1)[known]
    langs, labels = np.array(model.topic_langs, dtype=object), np.array(model.labels(), dtype=object)
    ids = np.array(list(post_ids), dtype=object)[known]
    return pd.DataFrame(
        {"post_id": ids, "lang": langs[topic], "topic": topic, "label": labels[topic]}
    ).astype({"post_id": "str", "lang": "str", "label": "str"})


def topic_stance(
    scored: pd.DataFrame,
    topics: pd.DataFrame,
    *,
    instrument: str | Mapping[str, str],
    groups: Sequence[str] | None = None,
    min_cell: int = 10,
    level: float = 0.95,
) -> pd.DataFrame:
    """Estimate stance by topic and group, and how far a topic departs from the group's other topics.

    Parameters
    ----------
    scored : DataFrame
        One row a post and target: ``post_id``, ``author``, ``thread_id``, ``group``, ``target``, ``label``,
        ``score``, ``mention_kind``.
    topics : DataFrame
        One row a post, from :func:`leading_topics`.
    instrument : str or mapping
        The scorer and its version; one for all targets, or target to instrument.
    groups : sequence of str, optional
        Groups in the order of the table; those that occur, without the unassigned, by default.
    min_cell : int, default 10
        Cells with fewer authors are hidden, with others that would give them away.
    level : float, default 0.95
        Confidence level.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.TOPIC_STANCE`.  ``residual`` is what an adjusted residual of a contingency
        table is, with a standard error clustered by author and thread: beyond 2 either way a cell departs
        from the group's other topics by more than chance would have it in one cell of twenty.

    Notes
    -----
    Artefacts P4 and P7; adjusted residuals: Haberman (1973) doi:10.2307/2529686.  The cells of one target are
    one family, adjusted by Benjamini and Hochberg (1995) doi:10.1111/j.2517-6161.1995.tb02031.x, since a
    heatmap is looked over for what stands out.  Intervals hold for each cell alone.

    Examples
    --------
    >>> scored = pd.DataFrame({"post_id": list("abcd"), "author": list("uvwx"), "thread_id": list("stst"),
    ...     "group": "g", "target": "t", "label": ["positive", "negative"] * 2,
    ...     "score": [0.5, -0.5] * 2, "mention_kind": "named"})
    >>> topics = pd.DataFrame({"post_id": list("abcd"), "lang": "en", "topic": [0, 0, 1, 1], "label": "cats"})
    >>> table = topic_stance(scored, topics, instrument="lexicon", min_cell=1)
    >>> table.loc[table["measure"] == "positive", "estimate"].tolist()
    [0.5, 0.5]
    """
    posts = _prepared(scored, topics)
    names = groups if groups is not None else [g for g in group_order(posts["group"]) if g != "unassigned"]
    with threadpool_limits(1):  # sums so small that threads would only wait for each other
        rows = [
            {"instrument": instrument if isinstance(instrument, str) else instrument[row["target"]]} | row
            for row in _cells(posts, names, min_cell, level)
        ]
    if not rows:
        return TOPIC_STANCE.empty()
    table = _adjusted(TOPIC_STANCE.conform(pd.DataFrame(rows)))
    sums = [["lang", "target", "group", "measure"]]
    return hide_cells(table, sums, min_cell, figures=(*_FIGURES, "p_adjusted", *_COUNTS))


def _prepared(scored: pd.DataFrame, topics: pd.DataFrame) -> pd.DataFrame:
    about = mention_outcomes(scored)
    about = about[about["about"]].drop(columns=["lang", "label", "topic"], errors="ignore")
    posts = about.merge(topics, on="post_id").sort_values("post_id", kind="stable", ignore_index=True)
    for name in ("author", "thread_id"):
        posts[name] = in_text_order(posts[name])
    return posts


def _cells(
    posts: pd.DataFrame, names: Sequence[str], min_cell: int, level: float
) -> Iterator[dict[str, Any]]:
    for (target, lang), part in posts.groupby(["target", "lang"], sort=False):
        labels = dict(zip(part["topic"], part["label"], strict=True))
        for name in names:
            of_group = part[part["group"] == name]
            if of_group.empty:
                continue
            asked = {m: _Measured.of(of_group, m, level) for m in MEASURES}
            for topic in sorted(labels):
                head = {"lang": lang, "topic": topic, "label": labels[topic], "target": target, "group": name}
                family = {"family": f"topics by stance toward {target}", "level": level}
                for measure in MEASURES:
                    found = asked[measure].figures(topic, min_cell, level)
                    yield head | {"measure": measure} | family | found


@dataclass(frozen=True)
class _Measured:
    """One measure of the posts of a group, each topic compared with the others at once."""

    rows: pd.DataFrame
    values: Floats
    authors: Codes
    threads: Codes
    beside: dict[int, dict[str, float]]

    @classmethod
    def of(cls, posts: pd.DataFrame, measure: str, level: float) -> Self:
        rows = posts[posts[measure].notna()]
        values = rows[measure].to_numpy(dtype=np.float64)
        authors, threads = cluster_codes(rows["author"]), cluster_codes(rows["thread_id"])
        beside = _beside(values, rows["topic"].to_numpy(dtype=np.int64), authors, threads, level)
        return cls(rows, values, authors, threads, beside)

    def figures(self, topic: int, min_cell: int, level: float) -> dict[str, Any]:
        """Estimate the measure in one topic, with what sets it apart."""
        inside = (self.rows["topic"] == topic).to_numpy()
        found = _estimate(self, inside, min_cell, level)
        return found if found["method"] is pd.NA else found | self.beside.get(topic, {})


def _estimate(posts: _Measured, inside: NDArray[np.bool_], min_cell: int, level: float) -> dict[str, Any]:
    here = posts.rows[inside]
    counts = {
        "n": len(here),
        "n_authors": here["author"].nunique(),
        "n_threads": here["thread_id"].nunique(),
    }
    blank: dict[str, Any] = dict.fromkeys((*_FIGURES, "p_adjusted"), float("nan"))
    blank |= {"method": pd.NA, "reason": pd.NA}
    if counts["n_authors"] < min_cell:
        none = "no post of this group mentions the target" if here.empty else f"fewer than {min_cell} authors"
        return counts | blank | {"reason": none}
    try:
        found = estimate_mean(posts.values[inside], posts.authors[inside], posts.threads[inside], level=level)
    except NotMeasurable as error:
        return counts | blank | {"reason": error.message}
    figures = {"estimate": found.estimate, "low": found.low, "high": found.high, "method": METHOD}
    return counts | blank | figures


def _beside(
    values: Floats, topics: Codes, authors: Codes, threads: Codes, level: float
) -> dict[int, dict[str, float]]:
    """Compare each topic with the group's other topics; nothing where that cannot be done."""
    out: dict[int, dict[str, float]] = {}
    sums, sizes = np.bincount(topics, weights=values), np.bincount(topics)
    compared = inside_against_outside(values, topics, authors, threads, level=level)
    for topic, apart in enumerate(compared):
        if 0 < sizes[topic] < len(values):
            rest = float((sums.sum() - sums[topic]) / (len(values) - sizes[topic]))
            out[topic] = {"elsewhere": rest}
            if apart is not None and apart.se > 0.0:
                out[topic] |= {"residual": apart.estimate / apart.se, "p": apart.p}
    return out


def _adjusted(table: pd.DataFrame) -> pd.DataFrame:
    out = table.copy()
    for _, index in out[out["p"].notna()].groupby("family", sort=False).groups.items():
        out.loc[index, "p_adjusted"] = benjamini_hochberg(out.loc[index, "p"].to_numpy(dtype="float64"))
    return out
