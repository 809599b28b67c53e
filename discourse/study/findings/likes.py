"""What goes with likes, and who is influential."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from discourse.compare.lookup import beside
from discourse.compare.mentions import n_distinct
from discourse.compare.samples import in_text_order
from discourse.errors import NotMeasurable
from discourse.room import laid_in, parts, room
from discourse.study.findings.groups import group_names

#: Authors whom a topic must lead to be a regressor.
TOPIC_AUTHORS = 30
_AT_ONCE = 20_000

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from discourse.study.material import Material
    from discourse.study.schema import Study


def like_tables(material: Material) -> dict[str, pd.DataFrame]:
    """Regress likes, and compare authors of high and of low influence.

    Parameters
    ----------
    material : Material
        Its posts, scores, frames and topics; of the study groups, the first target, the day of collection.

    Returns
    -------
    dict of str to DataFrame
        ``engagement``, ``influence_weights``, ``influence``; nothing where no post has likes.
    """
    from discourse.compare.influence import author_influence, compare_influence

    study, posts, scored = material.study, material.numbered.posts, material.numbered.scored
    if posts["likes"].isna().all():
        return {}
    min_cell, target = study.study.min_cell, next(iter(material.instruments))
    groups = [name for name in group_names(study, posts) if name != "unassigned"]
    with laid_in(material.mapped):
        made = {"engagement": _engagement(material, target, groups)}
        material.mapped.unlook()
        try:
            authors, weights = author_influence(posts)
        except NotMeasurable:
            return made
        material.mapped.unlook()
        compared = compare_influence(posts, authors, scored, target, groups, min_cell=min_cell)
    return made | {"influence_weights": weights, "influence": compared}


def _engagement(material: Material, target: str, groups: list[str]) -> pd.DataFrame:
    from discourse.compare.engagement import engagement, like_terms

    study, min_cell = material.study, material.study.study.min_cell
    table, terms = like_terms(material.numbered.posts, material.numbered.scored, target, groups)
    if study.codes:
        table, terms = with_frames(table, terms, material.codes.assign(post_id=_readable(material).array))
    if study.likes.topics and material.topic_model is not None:
        model = material.topic_model
        leading = leading_topics(model.prevalence, model.labels())
        leading.index = pd.Index(_readable(material))
        table, terms = with_topics(table, terms, leading, min_cell=min_cell)
    material.mapped.unlook()
    return engagement(table, terms, collected=collected_at(study), min_cell=min_cell)


def _readable(material: Material) -> pd.Series:
    """Give the numbers of the readable posts, in their order."""
    from discourse.compare.lookup import rows_of, same_ids

    if same_ids(material.readable["post_id"], material.posts["post_id"]):
        return material.numbered.posts["post_id"]
    rows = rows_of(material.readable["post_id"], material.posts["post_id"])
    material.mapped.unlook()
    return material.numbered.posts["post_id"].iloc[rows]


def with_frames(
    posts: pd.DataFrame, terms: dict[str, tuple[str, ...]], codes: pd.DataFrame
) -> tuple[pd.DataFrame, dict[str, tuple[str, ...]]]:
    """Add the frames of a study to the regressors: what a post is about.

    Parameters
    ----------
    posts : DataFrame
        Posts with ``post_id``.
    terms : dict of str to tuple of str
        The regressors so far.
    codes : DataFrame
        ``post_id`` and one boolean column a frame; a post that was not coded (no words) holds none.

    Returns
    -------
    (DataFrame, dict of str to tuple of str)
        Posts with a column ``frame:NAME`` (``no`` or ``yes``) for each frame, and the terms.

    Examples
    --------
    >>> posts, codes = pd.DataFrame({"post_id": ["1"]}), pd.DataFrame({"post_id": ["1"], "protest": [True]})
    >>> with_frames(posts, {}, codes)[1]
    {'frame:protest': ('no', 'yes')}
    """
    if codes.shape[1] == 1:  # a study without frames
        return posts, terms
    held = codes.drop_duplicates("post_id").set_index("post_id")
    added = {}
    for name in held.columns:
        known = posts["post_id"].map(held[name].astype("boolean").fillna(False))
        added[f"frame:{name}"] = known.map({True: "yes", False: "no"}).fillna("no").astype("str")
    return posts.assign(**added), terms | dict.fromkeys(added, ("no", "yes"))


def leading_topics(prevalence: NDArray[np.float64], labels: Sequence[str]) -> pd.Series:
    """Name the topic that takes most of each post.

    Parameters
    ----------
    prevalence : ndarray of float, shape (n_docs, n_topics)
        NaN where no content word is known.
    labels : sequence of str
        Labels of the topics.

    Returns
    -------
    Series of str
        Labels; NA where no content word is known.

    Examples
    --------
    >>> leading_topics(np.array([[0.7, 0.3], [np.nan, np.nan]]), ["cats", "rice"]).tolist()
    ['cats', nan]
    """
    codes, names = pd.factorize(pd.Series(list(labels), dtype="str"))
    first = room(len(prevalence), np.min_scalar_type(-1 - len(names)))
    for rows in parts(len(prevalence), _AT_ONCE):
        part = prevalence[rows]
        known = np.flatnonzero(np.isfinite(part).all(axis=1))
        first[rows] = -1
        first[rows][known] = codes[part[known].argmax(axis=1)]
    return pd.Series(pd.Categorical.from_codes(first, categories=names))


def with_topics(
    posts: pd.DataFrame,
    terms: dict[str, tuple[str, ...]],
    leading: pd.Series,
    *,
    min_cell: int = 10,
) -> tuple[pd.DataFrame, dict[str, tuple[str, ...]]]:
    """Add the leading topic of a post to the regressors.

    Parameters
    ----------
    posts : DataFrame
        Posts with ``post_id``, ``parent_id``, ``author``.
    terms : dict of str to tuple of str
        The regressors so far.
    leading : Series of str
        ``post_id`` to the label of its leading topic; NA where it has none.
    min_cell : int
        A topic with fewer authors than this, or than :data:`TOPIC_AUTHORS`, is no regressor of its own among
        opening posts, or among comments: a ratio of a dozen posts is chance.

    Returns
    -------
    (DataFrame, dict of str to tuple of str)
        Posts with a column ``topic``, and the terms.  The others, and posts without a content word, are what
        topics are compared with: the value ``other``.

    Examples
    --------
    >>> ids = [str(i) for i in range(60)]
    >>> posts = pd.DataFrame({"post_id": ids, "parent_id": None, "author": ids})
    >>> with_topics(posts, {}, pd.Series("cats", index=ids[:40]))[1]
    {'topic': ('other', 'cats')}
    """
    found = beside(posts["post_id"], leading.index.to_series(), leading)
    topic: Any = found.astype("category").array
    names, codes = [str(name) for name in topic.categories], topic.codes
    opening, authors = posts["parent_id"].isna().to_numpy(dtype=bool), in_text_order(posts["author"])
    common = np.zeros(len(posts), dtype=bool)
    used: set[str] = set()
    for side in (opening, ~opening):
        for code, name in enumerate(names):
            inside = codes == code
            inside &= side
            if n_distinct(authors, inside) >= max(min_cell, TOPIC_AUTHORS):
                common |= inside
                used.add(name)
    if not used:
        return posts, terms
    if "other" not in names:
        topic, names = topic.add_categories("other"), [*names, "other"]
    shown = room(len(codes), codes.dtype)
    shown[:] = np.where(common, codes, codes.dtype.type(names.index("other")))
    column = pd.Series(pd.Categorical.from_codes(shown, categories=topic.categories), index=posts.index)
    columns = {name: posts[name] for name in posts.columns} | {"topic": column}
    return pd.DataFrame(columns, copy=False), terms | {"topic": ("other", *sorted(used))}


def collected_at(study: Study) -> dt.datetime | None:
    """Give the last day on which the study's sources were collected.

    Parameters
    ----------
    study : Study
        A study.

    Returns
    -------
    datetime or None
        In UTC; None where no source says.
    """
    days = [source.collection.collected for source in study.sources if source.collection.collected]
    moments = [
        day if isinstance(day, dt.datetime) else dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
        for day in days
    ]
    return max((m if m.tzinfo else m.replace(tzinfo=dt.UTC) for m in moments), default=None)
