"""What is talked about: topics and their prevalence in the groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from discourse.errors import NotMeasurable
from discourse.room import laid_in
from discourse.study.findings.groups import group_names, group_pairs
from discourse.study.findings.readable import readable_clusters

#: Posts that a fit to a sample of the authors learns from; a study of many more stays quick.
MOST_POSTS = 10_000

if TYPE_CHECKING:
    from discourse.study.material import Material
    from discourse.study.schema import Study
    from discourse.topics.model import TopicModel
    from discourse.topics.stability import Refits


def topic_tables(material: Material) -> dict[str, pd.DataFrame]:
    """Fit topics and compare their prevalence between groups.

    Parameters
    ----------
    material : Material
        Its readable posts and their words; of the study engine, number of topics, seed, minimum cell.

    Returns
    -------
    dict of str to DataFrame
        ``topics``, ``topic_words``, ``topic_rankings``, ``topic_prevalence``, ``topic_contrasts``;
        ``topic_covariates`` and ``topic_grid`` where the study names covariates and numbers of topics;
        nothing where no post has a content word.
    """
    model = material.topic_model
    if model is None:
        return {}
    with laid_in(material.mapped):
        return _tables(material, model)


def _tables(material: Material, model: TopicModel) -> dict[str, pd.DataFrame]:
    from discourse.compare.prevalence import prevalence, prevalence_contrasts, topic_shares
    from discourse.tables import TOPIC_WORDS
    from discourse.topics.halves import only
    from discourse.topics.words import topic_exclusivity, with_glosses, word_rankings

    study, posts = material.study, material.readable
    who = readable_clusters(material)
    refits, least = _refits(material, model, who["author"]), study.study.min_cell
    tested, compared, doubt = model, posts, refits
    names, pairs = group_names(study, posts), group_pairs(study, posts)
    table = model.topic_table(posts["post_id"], who["author"], min_cell=least)
    grid = _grid(material, model)
    more = {} if grid is None else {"topic_grid": grid}
    if material.discovered is not None:
        # Topics of other authors are a fixed instrument here: nothing of the tested posts is in them.
        tested, compared, doubt = only(model, ~material.discovered), posts[~material.discovered], None
        who = who[~material.discovered]
    if study.topics.covariates:
        more["topic_covariates"] = _covariates(study, tested, compared, who, doubt)
    shares = topic_shares(tested, who)
    how: Any = {"refits": doubt, "min_cell": least, "shares": shares}
    return more | {
        "topics": table.assign(
            exclusivity=topic_exclusivity(model),
            stability=float("nan") if refits is None else refits.stability,
            suggested=pd.array(model.suggested_labels(), dtype="str"),
        ),
        "topic_words": TOPIC_WORDS.conform(with_glosses(model.word_table(10))),
        "topic_rankings": word_rankings(model),
        "topic_prevalence": prevalence(tested, who, groups=names, **how),
        "topic_contrasts": prevalence_contrasts(tested, who, pairs, **how),
    }


def _covariates(
    study: Study, model: TopicModel, posts: pd.DataFrame, who: pd.DataFrame, refits: Refits | None
) -> pd.DataFrame:
    """Ask what goes with a topic: the group, and the traits that the study names."""
    from discourse.compare.topic_covariates import MADE_OF, topic_covariates, topic_terms

    groups = [name for name in group_names(study, posts) if name != "unassigned"]
    needed = dict.fromkeys(MADE_OF.get(name, name) for name in study.topics.covariates)
    if all(name in posts for name in needed):  # else it is said which columns there are
        columns = {name: posts[name] for name in needed if name not in who}
        posts = pd.DataFrame(columns | {name: who[name] for name in who}, copy=False)
    rows, terms = topic_terms(posts, groups, study.topics.covariates)
    return topic_covariates(model, rows, terms, refits=refits, min_cell=study.study.min_cell)


def _grid(material: Material, model: TopicModel) -> pd.DataFrame | None:
    """Say how good other numbers of topics are, where the study names some."""
    from discourse.topics.choose import grid_beside
    from discourse.topics.halves import only

    asked = material.study.topics
    if model.grid is not None or not asked.grid:
        return model.grid
    authors = material.readable["author"]
    if material.discovered is not None:
        model, authors = only(model, material.discovered), authors[material.discovered]
    return grid_beside(model, asked.grid, authors, languages=asked.languages)


def _refits(material: Material, model: TopicModel, authors: pd.Series) -> Refits | None:
    """Fit the model again to samples of the authors, where the study wants it and there are enough."""
    from discourse.topics.halves import only
    from discourse.topics.stability import refit

    study = material.study
    if not study.topics.fits:
        return None
    if material.discovered is not None:
        model, authors = only(model, material.discovered), authors[material.discovered]
    try:
        return refit(
            model,
            authors,
            n_fits=study.topics.fits,
            seed=study.study.seed,
            most_posts=MOST_POSTS,
        )
    except NotMeasurable:
        return None
