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
from discourse.compare.lookup import rows_of
from discourse.compare.mentions import equals, outcome, prepared_mentions, speaks
from discourse.compare.samples import order_of_ids, taken
from discourse.compare.suppression import hide_cells
from discourse.errors import NotMeasurable
from discourse.room import looked
from discourse.stats import benjamini_hochberg
from discourse.stats.many_means import columns_inside_against_outside
from discourse.tables import TOPIC_STANCE

if TYPE_CHECKING:
    from discourse.topics.model import TopicModel

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]

METHOD = "cluster-robust t interval (author x thread_id)"
MEASURES = ("mean", "positive", "neutral", "negative")
_FIGURES = ("estimate", "low", "high", "elsewhere", "residual", "p")
_READ = ("author", "thread_id", "group", "lang", "platform", "target", "label", "score", "mention_kind")
_AT_ONCE = 50_000
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
    topic = leads(model)
    known = np.flatnonzero(topic >= 0)
    topic = topic[known].astype(np.int64)
    langs, labels = np.array(model.topic_langs, dtype=object), np.array(model.labels(), dtype=object)
    ids = np.array(list(post_ids), dtype=object)[known]
    return pd.DataFrame(
        {"post_id": ids, "lang": langs[topic], "topic": topic, "label": labels[topic]}
    ).astype({"post_id": "str", "lang": "str", "label": "str"})


def leads(model: TopicModel) -> NDArray[np.int16]:
    """Give the topic that leads in each post, -1 in one without a content word.

    Examples
    --------
    >>> from discourse.topics.fit import fit_topics
    >>> leads(fit_topics(["cats purr", "cats nap", "", "courts sue apps"], 2)).tolist()
    [0, 0, -1, 1]
    """
    out = np.full(len(model.prevalence), -1, dtype=np.int16)
    for start in range(0, len(out), _AT_ONCE):
        part = model.prevalence[start : start + _AT_ONCE]
        known = np.flatnonzero(~np.isnan(part).any(axis=1))
        out[start + known] = np.argmax(part[known], axis=1)
        looked()
    return out


def mentions_by_topic(scored: pd.DataFrame, topics: pd.DataFrame) -> pd.DataFrame:
    """Give the posts that speak of a target, with their topic, sorted by post.

    Parameters
    ----------
    scored, topics
        As for :func:`topic_stance`, where ``platform`` and the posts' ``lang`` are kept if they are there.

    Returns
    -------
    DataFrame
        What :func:`discourse.compare.mentions.prepared_mentions` gives of them, with ``topic_lang``,
        ``topic`` and ``topic_label``.

    Examples
    --------
    >>> scored = pd.DataFrame({"post_id": ["b", "a"], "author": "u", "thread_id": "s", "group": "g",
    ...     "target": "t", "label": "neutral", "score": 0.0, "mention_kind": "named"})
    >>> topics = pd.DataFrame({"post_id": ["a"], "lang": "en", "topic": [3], "label": "cats"})
    >>> mentions_by_topic(scored, topics)["topic"].tolist()
    [3]
    """
    about = rows_about(scored)
    at = rows_of(scored["post_id"].iloc[about], topics["post_id"])
    return with_topics(scored, about[at >= 0], topics.iloc[at[at >= 0]])


def with_topics(scored: pd.DataFrame, rows: Codes, topics: pd.DataFrame) -> pd.DataFrame:
    """Give some scored posts as :func:`mentions_by_topic` does.

    Parameters
    ----------
    scored : DataFrame
        As for :func:`topic_stance`.
    rows : ndarray of int64, shape (n,)
        Places of posts that speak of a target.
    topics : DataFrame
        ``lang``, ``topic`` and ``label`` of these, one row each.

    Examples
    --------
    >>> scored = pd.DataFrame({"post_id": ["b", "a"], "author": "u", "thread_id": "s", "group": "g",
    ...     "target": "t", "label": "neutral", "score": 0.0, "mention_kind": "named"})
    >>> topics = pd.DataFrame({"lang": "en", "topic": [3, 4], "label": "cats"})
    >>> with_topics(scored, np.array([0, 1]), topics)["topic"].tolist()
    [4, 3]
    """
    order = order_of_ids(scored["post_id"].iloc[rows])
    rows = rows[order]
    read = [name for name in _READ if name in scored]
    posts = prepared_mentions(taken(scored[read], rows))
    for name, of in (("topic_lang", "lang"), ("topic", "topic"), ("topic_label", "label")):
        column = topics[of].iloc[order].reset_index(drop=True)
        posts[name] = column.astype("category") if pd.api.types.is_string_dtype(column) else column
    return posts


def rows_about(scored: pd.DataFrame) -> Codes:
    """Find the rows that speak of a target, and not only of their own author as one of the group."""
    found = [np.zeros(0, dtype=np.int64)]
    for start in range(0, len(scored), _AT_ONCE):
        part = scored[["label", "mention_kind"]].iloc[start : start + _AT_ONCE]
        found.append(start + np.flatnonzero(speaks(part["label"]) & ~equals(part["mention_kind"], "self")))
        looked()
    return np.concatenate(found)


def topic_stance(
    scored: pd.DataFrame,
    topics: pd.DataFrame,
    *,
    instrument: str | Mapping[str, str],
    groups: Sequence[str] | None = None,
    min_cell: int = 10,
    level: float = 0.95,
    mentions: pd.DataFrame | None = None,
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
    mentions : DataFrame, optional
        From :func:`mentions_by_topic`, where several tables are made of it.

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
    posts = mentions_by_topic(scored, topics) if mentions is None else mentions
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


def _cells(
    posts: pd.DataFrame, names: Sequence[str], min_cell: int, level: float
) -> Iterator[dict[str, Any]]:
    for target, lang, part in target_and_language(posts):
        topics = posts["topic"].to_numpy()
        first = {int(topic): int(np.argmax(part & (topics == topic))) for topic in pd.unique(topics[part])}
        labels = {topic: posts["topic_label"].iloc[row] for topic, row in first.items()}
        for name in names:
            rows = np.flatnonzero(part & equals(posts["group"], name))
            if not len(rows):
                continue
            asked = _Measured.of(posts, rows, level)
            for topic in sorted(labels):
                head = {"lang": lang, "topic": topic, "label": labels[topic], "target": target, "group": name}
                family = {"family": f"topics by stance toward {target}", "level": level}
                for measure in MEASURES:
                    found = asked[measure].figures(topic, min_cell, level)
                    yield head | {"measure": measure} | family | found


def target_and_language(posts: pd.DataFrame) -> Iterator[tuple[str, str, NDArray[np.bool_]]]:
    """Walk over targets and languages of topics, as they come, with the posts of each.

    Parameters
    ----------
    posts : DataFrame
        From :func:`mentions_by_topic`.

    Yields
    ------
    (str, str, ndarray of bool)
        Target, language, and which posts are of them.

    Examples
    --------
    >>> posts = pd.DataFrame({"target": ["t", "t"], "topic_lang": ["zh", "en"]}, dtype="category")
    >>> [(target, lang, part.tolist()) for target, lang, part in target_and_language(posts)]
    [('t', 'zh', [True, False]), ('t', 'en', [False, True])]
    """
    targets, langs = posts["target"].cat, posts["topic_lang"].cat
    cells = targets.codes.to_numpy().astype(np.int32) * len(langs.categories) + langs.codes.to_numpy()
    for cell in pd.unique(cells):
        target, lang = divmod(int(cell), len(langs.categories))
        yield str(targets.categories[target]), str(langs.categories[lang]), cells == cell


@dataclass(frozen=True)
class _Measured:
    """One measure of the posts of a group, each topic compared with the others at once."""

    values: Floats
    topics: NDArray[np.integer]
    authors: NDArray[np.int32]
    threads: NDArray[np.int32]
    beside: dict[int, dict[str, float]]

    @classmethod
    def of(cls, posts: pd.DataFrame, rows: Codes, level: float) -> dict[str, Self]:
        """Take the measures of some posts; those of the same posts together."""
        known = rows[~np.isnan(outcome(posts, rows, "mean"))]
        if len(known) == len(rows):
            return cls._together(posts, rows, MEASURES, level)
        return cls._together(posts, known, MEASURES[:1], level) | cls._together(
            posts, rows, MEASURES[1:], level
        )

    @classmethod
    def _together(
        cls, posts: pd.DataFrame, rows: Codes, measures: Sequence[str], level: float
    ) -> dict[str, Self]:
        topics = posts["topic"].to_numpy()[rows]
        authors, threads = (
            posts[name].cat.codes.to_numpy()[rows].astype(np.int32) for name in ("author", "thread_id")
        )
        values = [outcome(posts, rows, measure) for measure in measures]
        beside = _beside(values, topics, authors, threads, level)
        return {
            measure: cls(column, topics, authors, threads, found)
            for measure, column, found in zip(measures, values, beside, strict=True)
        }

    def figures(self, topic: int, min_cell: int, level: float) -> dict[str, Any]:
        """Estimate the measure in one topic, with what sets it apart."""
        inside = self.topics == topic
        found = _estimate(self, inside, min_cell, level)
        return found if found["method"] is pd.NA else found | self.beside.get(topic, {})


def _estimate(posts: _Measured, inside: NDArray[np.bool_], min_cell: int, level: float) -> dict[str, Any]:
    counts = {
        "n": int(inside.sum()),
        "n_authors": _n_known(posts.authors[inside]),
        "n_threads": _n_known(posts.threads[inside]),
    }
    blank: dict[str, Any] = dict.fromkeys((*_FIGURES, "p_adjusted"), float("nan"))
    blank |= {"method": pd.NA, "reason": pd.NA}
    if counts["n_authors"] < min_cell:
        none = (
            "no post of this group mentions the target"
            if not counts["n"]
            else f"fewer than {min_cell} authors"
        )
        return counts | blank | {"reason": none}
    try:
        found = estimate_mean(posts.values[inside], posts.authors[inside], posts.threads[inside], level=level)
    except NotMeasurable as error:
        return counts | blank | {"reason": error.message}
    figures = {"estimate": found.estimate, "low": found.low, "high": found.high, "method": METHOD}
    return counts | blank | figures


def _n_known(codes: NDArray[np.int32]) -> int:
    return len(np.unique(codes[codes >= 0]))


def _beside(
    measures: Sequence[Floats],
    topics: NDArray[np.integer],
    authors: NDArray[np.int32],
    threads: NDArray[np.int32],
    level: float,
) -> list[dict[int, dict[str, float]]]:
    """Compare each topic with the group's other topics; nothing where that cannot be done."""
    out: list[dict[int, dict[str, float]]] = [{} for _ in measures]
    if not len(topics):
        return out
    sizes = np.bincount(topics)
    sums = [np.bincount(topics, weights=values) for values in measures]
    compared = columns_inside_against_outside(measures, topics, authors, threads, level=level)
    for topic, estimates in enumerate(compared):
        if not 0 < sizes[topic] < len(topics):
            continue
        for found, total, apart in zip(out, sums, estimates, strict=True):
            found[topic] = {"elsewhere": float((total.sum() - total[topic]) / (len(topics) - sizes[topic]))}
            if apart is not None and apart.se > 0.0:
                found[topic] |= {"residual": apart.estimate / apart.se, "p": apart.p}
    return out


def _adjusted(table: pd.DataFrame) -> pd.DataFrame:
    out = table.copy()
    for _, index in out[out["p"].notna()].groupby("family", sort=False).groups.items():
        out.loc[index, "p_adjusted"] = benjamini_hochberg(out.loc[index, "p"].to_numpy(dtype="float64"))
    return out
