"""Main topics in three versions, where people have coded them, and how far the model errs, topic by topic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from discourse.errors import NotMeasurable
from discourse.study.findings.groups import group_names, group_pairs

if TYPE_CHECKING:
    from discourse.compare.code_versions import CodedAnswers
    from discourse.compare.questions import Asked
    from discourse.compare.three_estimates import Settings
    from discourse.study.material import Material
    from discourse.study.validation import Coded

ALL = "all"


def topic_versions(
    coded: Coded, material: Material, main: pd.Series, asked: list[Asked], settings: Settings
) -> tuple[list[pd.DataFrame], pd.DataFrame]:
    """Correct the shares of posts that each topic leads, and measure the model.

    Parameters
    ----------
    coded : Coded
        The codes of one sample.
    material : Material
        Its posts and topics.
    main : Series of str
        The topic that leads each readable post, as sheets name it.
    asked : list of Asked
        The questions of the study.
    settings : Settings
        Correction, level, seed, minimum cell.

    Returns
    -------
    (list of DataFrame, DataFrame)
        Parts of :data:`discourse.tables.CODE_ESTIMATES`, and :data:`discourse.tables.CODE_ACCURACY`.

    Notes
    -----
    Where a study learns topics from one half of the authors, shares are those of the other half, as
    everywhere.
    """
    from discourse.coding.further import TOPIC, further_units
    from discourse.compare import code_versions as of
    from discourse.compare.topic_versions import topic_answers

    study, posts = material.study, material.readable
    units = further_units(coded.sample, coded.further, TOPIC)
    if material.discovered is not None:
        posts, main = posts[~material.discovered], main[~material.discovered]
    codes = units.rename(columns={"code": "value"})[["post_id", "value", "pi"]]
    answers = coded.sample.codebook.variable(TOPIC).values
    groups = [name for name in group_names(study, posts) if name != "unassigned"]
    estimates = []
    for one in topic_answers(posts.reset_index(drop=True), main, codes, answers):
        estimates += [
            of.code_group_versions(one, groups, settings),
            of.code_pair_versions(one, group_pairs(study, posts), settings),
            of.code_question_versions(one, _questions(one, material, asked), settings),
        ]
    return estimates, topic_accuracy(coded, settings)


def _questions(one: CodedAnswers, material: Material, asked: list[Asked]) -> list[Asked]:
    """Choose the questions about this topic, by its number or what it is called."""
    from discourse.compare.claims import ClaimData, topic_named

    assert material.topic_model is not None
    labels = {str(topic): label for topic, label in enumerate(material.topic_model.labels())}
    data = ClaimData(pd.DataFrame(), labels=labels)
    found = []
    for question in asked:
        kind, _, name = question.outcome.partition(":")
        if kind == "topic" and [f"{int(n):03d}" for n in topic_named(name, data)] == [one.name]:
            found.append(question)
    return found


def topic_accuracy(coded: Coded, settings: Settings) -> pd.DataFrame:
    """Lay out precision, recall and F1 of each topic, accuracy over all, and the alpha of the coders.

    Parameters
    ----------
    coded : Coded
        The codes of one sample.
    settings : Settings
        Seed and minimum cell.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.CODE_ACCURACY`; ``name`` is ``all`` for figures over all topics.  By group and
        language only over all topics, and no figure of fewer posts than the minimum cell.
    """
    from discourse.coding.further import TOPIC, further_units
    from discourse.coding.measure import accuracy, class_accuracy
    from discourse.compare.topic_versions import topic_name
    from discourse.study.findings.validation import without_small
    from discourse.tables import CODE_ACCURACY

    units = further_units(coded.sample, coded.further, TOPIC)
    each = class_accuracy(units)
    each = each[(each["group"] == ALL) & (each["lang"] == ALL)]
    right = accuracy(units)
    right = right[right["measure"].isin(["accuracy", "macro_f1"])].assign(name=ALL)
    right = without_small(right, units, settings.min_cell)
    found = [right, each.assign(name=each["label"].map(topic_name)), _alphas(coded, settings.seed)]
    table = pd.concat([part for part in found if len(part)], ignore_index=True)
    table = table[table["n"] >= settings.min_cell]
    place = coded.sample.design.variables.index(TOPIC)
    head: dict[str, Any] = {
        "kind": TOPIC,
        "target": pd.NA,
        "instrument": coded.sample.design.instruments[place],
    }
    return CODE_ACCURACY.conform(table.assign(**head)[CODE_ACCURACY.names].reset_index(drop=True))


def _alphas(coded: Coded, seed: int) -> pd.DataFrame:
    """Give the agreement of the coders over all topics, and on each against all others."""
    from discourse.coding.agreement import agreement
    from discourse.coding.further import TOPIC
    from discourse.compare.topic_versions import topic_name

    mine = coded.further[coded.further["variable"] == TOPIC]
    try:
        table = agreement(mine, coded.sample, seed=seed, draws=500)
    except NotMeasurable:
        return pd.DataFrame()
    table = table[table["scope"].isin([ALL, "category"])]
    names = [ALL if scope == ALL else topic_name(str(v)) for scope, v in table[["scope", "value"]].to_numpy()]
    figures = table.rename(columns={"alpha": "estimate", "n_units": "n"})
    figures = figures[["estimate", "low", "high", "level", "n"]]
    return figures.assign(name=names, group=ALL, lang=ALL, measure="alpha")
