"""What people said of a sample: how good the instrument is, and every figure corrected for its errors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from discourse.study.findings.groups import group_names, group_pairs
from discourse.study.findings.time import study_phases
from discourse.study.schema import in_language
from discourse.study.steps import asked
from discourse.study.validation import Coded, describe_coded, read_coded

if TYPE_CHECKING:
    from discourse.compare.questions import Asked
    from discourse.compare.three_estimates import Settings
    from discourse.study.material import Material
    from discourse.study.schema import Study

#: Outcomes of questions that codes can correct.
CORRECTED = ("stance", "balance", "positive", "negative", "coverage")
#: Those and others that rest on what an instrument says of posts.
LABELLED = (*CORRECTED, "frame", "emotion", "topic")


def validation_tables(material: Material) -> dict[str, pd.DataFrame]:
    """Measure the instrument against human codes, and correct the figures of the study by them.

    Parameters
    ----------
    material : Material
        Its scores; of the study the folders of codes, groups, events and questions.

    Returns
    -------
    dict of str to DataFrame
        ``validation`` (what was coded), ``accuracy``, ``class_accuracy``, ``confusion``, ``calibration``,
        ``differential``, ``agreement`` (how good instrument and coders are), ``three_estimates``,
        ``code_estimates`` and ``code_accuracy`` where frames, emotions or topics were coded,
        ``coefficients``, ``part_estimates`` where a gap or change can be split, and ``questions`` answered on
        the corrected figures; nothing where the study names no codes.

    Raises
    ------
    StudyError
        If the codes belong to another instrument, other posts or another codebook.
    """
    from discourse.compare.questions import adjust_answers
    from discourse.study.findings.code_versions import code_version_tables
    from discourse.study.findings.coefficients import coefficient_versions
    from discourse.study.findings.group_rules import group_rule_tables
    from discourse.study.findings.split_versions import split_version_tables
    from discourse.tables import COEFFICIENTS, QUESTIONS, THREE_ESTIMATES, VALIDATION

    given = material.study.validation
    if given is None:
        return {}
    all_coded = [read_coded(folder, material.scored, material.instruments) for folder in given.folders]
    seed = material.study.study.seed
    parts = [three_estimates(coded, material) for coded in all_coded]
    estimated = pd.concat(parts, ignore_index=True)
    described = [
        describe_coded(coded, given.method, seed, given.twins) | changed_figures(part)
        for coded, part in zip(all_coded, parts, strict=True)
    ]
    made = {
        "validation": VALIDATION.conform(pd.DataFrame(described)),
        "three_estimates": THREE_ESTIMATES.conform(estimated),
        "coefficients": COEFFICIENTS.conform(
            pd.concat([coefficient_versions(coded, material) for coded in all_coded], ignore_index=True)
        ),
        "contrasts": explained_contrasts(material.tables["contrasts"], [c.target for c in all_coded]),
    }
    for coded in all_coded:
        for name, table in measured(coded, material.study).items():
            named = table.assign(target=coded.target) if len(all_coded) > 1 else table
            made[name] = pd.concat([made[name], named], ignore_index=True) if name in made else named
    answered = material.tables["questions"]
    made |= group_rule_tables(material) | split_version_tables(all_coded, material)
    asked_for = questions_of(material.study)
    for coded in all_coded:
        for name, table in code_version_tables(
            coded, material, asked_for, settings_of(material.study)
        ).items():
            made[name] = pd.concat([made[name], table], ignore_index=True) if name in made else table
    shared = ["id", "figure", "version", "estimate", "low", "high", "reason"]
    behind = [estimated, *([made["code_estimates"]] if "code_estimates" in made else [])]
    answers = corrected_answers(
        answered, pd.concat([table[shared] for table in behind], ignore_index=True), asked_for
    )
    answers = adjust_answers(answers, material.study.study.adjustment)
    return made | {"questions": QUESTIONS.conform(answers)}


def questions_of(study: Study) -> list[Asked]:
    """List the questions of a study."""
    language = "zh" if study.study.language == "zh" else "en"
    return [asked(question, language) for question in study.questions]


def three_estimates(coded: Coded, material: Material) -> pd.DataFrame:
    """Estimate the figures toward one target in three versions.

    Parameters
    ----------
    coded : Coded
        The codes.
    material : Material
        Its scores and study.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.THREE_ESTIMATES`.
    """
    from discourse.compare import three_estimates as three
    from discourse.study.findings.part_versions import stance_part_versions

    study = material.study
    toward = material.scored[material.scored["target"] == coded.target]
    codes = coded.units.rename(columns={"code": "value"})[["post_id", "value", "pi"]]
    posts = three.coded_outcomes(toward, codes)
    settings = settings_of(study)
    phases = study_phases(study)
    groups = [name for name in group_names(study, toward) if name != "unassigned"]
    language = "zh" if study.study.language == "zh" else "en"
    events = [(in_language(event.name, language), event.at) for event in study.events]
    about = [q for q in questions_of(study) if _is_about(q, coded.target)]
    parts = [
        three.group_versions(posts, groups, settings),
        three.pair_versions(posts, group_pairs(study, toward), settings),
        three.event_versions(posts, groups, events, settings),
        *([three.phase_versions(posts, groups, phases, settings)] if len(phases) > 1 else []),
        three.question_versions(posts, about, settings),
        stance_part_versions(posts, groups, material, settings),
        *_regrouped(posts, groups, about, material),
    ]
    return pd.concat([part for part in parts if len(part)], ignore_index=True)


def _regrouped(
    posts: pd.DataFrame, groups: list[str], about: list[Asked], material: Material
) -> list[pd.DataFrame]:
    """Correct the figures of groups for errors of the group rules, where people have coded authors."""
    from discourse.compare.regrouped import regrouped_versions
    from discourse.study.findings.group_rules import known_authors

    known, study = known_authors(material), material.study
    if known is None:
        return []
    pairs = group_pairs(study, posts)
    return [regrouped_versions(posts, known, groups, pairs, settings_of(study), about)]


def settings_of(study: Study) -> Settings:
    """Give the settings with which a study corrects its figures.

    Parameters
    ----------
    study : Study
        A study.

    Returns
    -------
    Settings
    """
    from discourse.compare.three_estimates import Settings

    method = study.validation.method if study.validation else "ppi++"
    return Settings(method=method, seed=study.study.seed, min_cell=study.study.min_cell)


def _is_about(question: Asked, target: str) -> bool:
    kind, _, name = question.outcome.partition(":")
    return name == target and kind in CORRECTED


def corrected_answers(answers: pd.DataFrame, estimated: pd.DataFrame, questions: list[Asked]) -> pd.DataFrame:
    """Answer the questions on the corrected figures, where there are any.

    Parameters
    ----------
    answers : DataFrame
        :data:`discourse.tables.QUESTIONS`, answered on the labels of the instrument.
    estimated : DataFrame
        :data:`discourse.tables.THREE_ESTIMATES`.
    questions : list of Asked
        The questions, with their expectations.

    Returns
    -------
    DataFrame
        The same table; ``basis`` is ``corrected`` where the answer rests on human codes, else
        ``uncorrected``.  A question that was not measurable because nobody had checked the instrument in two
        languages is answered where people have.
    """
    from discourse.tables import QUESTIONS

    found = estimated[(estimated["figure"] == "question") & (estimated["version"] == "corrected")]
    by_id = {str(row["id"]): row for row in found.to_dict("records")}
    asked_by_id = {question.id: question for question in questions}
    rows = [
        _corrected(row, by_id.get(str(row["id"])), asked_by_id[str(row["id"])])
        for row in answers.to_dict("records")
    ]
    return QUESTIONS.conform(pd.DataFrame(rows)) if rows else answers


def _corrected(row: dict[Any, Any], found: dict[Any, Any] | None, question: Asked) -> dict[Any, Any]:
    from discourse.compare.questions import verdict

    measurable = row["answer"] != "not measurable"
    row = row | {"answer_by_labels": row["answer"]}
    by_labels = question.outcome.partition(":")[0] in LABELLED
    basis = "uncorrected" if measurable and by_labels else pd.NA
    if found is None:
        return row | {"basis": basis}
    if pd.isna(found["estimate"]):
        said = f"{row['reason']}; not corrected: {found['reason']}" if measurable else row["reason"]
        return row | {"basis": basis, "reason": said}
    figures = {name: float(found[name]) for name in ("estimate", "low", "high")}
    judged = verdict(figures, question)
    if question.outcome.startswith("topic:"):  # labels alone answer by the mean proportion of the topic
        judged["reason"] += "; counted by main topic"
    return row | figures | judged | {"basis": "corrected"}


def explained_contrasts(contrasts: pd.DataFrame, targets: list[str]) -> pd.DataFrame:
    """Say where groups that write different languages are compared now that people have coded both.

    Parameters
    ----------
    contrasts : DataFrame
        :data:`discourse.tables.CONTRASTS`, of labels alone.
    targets : list of str
        The targets with codes.

    Returns
    -------
    DataFrame
        The same rows; labels alone still give no difference there, and the reason says where one is.
    """
    reason = contrasts["reason"].astype("object")
    withheld = reason.fillna("").str.contains("nobody has checked the instrument in both")
    withheld &= contrasts["target"].isin(targets)
    traits = reason.fillna("").str.extract(r"differ in (\w+)", expand=False)
    said = "the groups differ in " + traits + "; labels alone do not compare them, see three_estimates"
    return contrasts.assign(reason=reason.mask(withheld, said).astype(contrasts["reason"].dtype))


def changed_figures(estimated: pd.DataFrame) -> dict[str, Any]:
    """Count how far the correction changes the figures of groups and their differences.

    Parameters
    ----------
    estimated : DataFrame
        :data:`discourse.tables.THREE_ESTIMATES` toward one target.

    Returns
    -------
    dict
        The last columns of :data:`discourse.tables.VALIDATION`.
    """
    shown = estimated[estimated["figure"].isin(["group", "difference"]) & (estimated["outcome"] != "mean")]
    keys = ["figure", "outcome", "group", "lang"]
    sides = {
        name: part.set_index(keys)[["estimate", "low", "high"]].add_prefix(f"{name}_")
        for name in ("human", "naive", "corrected")
        for part in [shown[shown["version"] == name]]
    }
    known = pd.concat(list(sides.values()), axis=1).dropna()
    if known.empty:
        return {"n_figures": 0, "n_outside": 0}
    width = {name: known[f"{name}_high"] - known[f"{name}_low"] for name in sides}
    inside = known["naive_estimate"].between(known["corrected_low"], known["corrected_high"])
    return {
        "n_figures": len(known),
        "n_outside": int((~inside).sum()),
        "width_to_naive": float((width["corrected"] / width["naive"]).median()),
        "width_to_human": float((width["corrected"] / width["human"]).median()),
    }


def measured(coded: Coded, study: Study) -> dict[str, pd.DataFrame]:
    """Measure instrument and coders on the coded posts of one target.

    Parameters
    ----------
    coded : Coded
        The codes.
    study : Study
        Seed and minimum cell.

    Returns
    -------
    dict of str to DataFrame
        The tables of :func:`discourse.coding.measure.measure`, and ``agreement`` where two people coded.
        Groups and languages with fewer coded authors than the minimum cell are left out.
    """
    from discourse.coding.agreement import agreement
    from discourse.coding.measure import measure
    from discourse.errors import NotMeasurable

    tables = measure(coded.sample, coded.codes)
    least = study.study.min_cell
    for name in ("accuracy", "class_accuracy", "confusion"):
        tables[name] = without_small(tables[name], coded.units, least)
    counts = tables["confusion"]["n"]
    tables["confusion"]["n"] = counts.mask((counts > 0) & (counts < least))
    try:
        tables["agreement"] = agreement(coded.codes, coded.sample, seed=study.study.seed)
    except NotMeasurable:
        return tables
    return tables


def without_small(table: pd.DataFrame, units: pd.DataFrame, least: int) -> pd.DataFrame:
    """Leave out the groups and languages that too few coded authors stand for.

    Parameters
    ----------
    table : DataFrame
        With ``group`` and ``lang``.
    units : DataFrame
        The coded units.
    least : int
        Authors that a cell needs.

    Returns
    -------
    DataFrame
    """
    small = {
        column: {name for name, n in units.groupby(column)["author"].nunique().items() if n < least}
        for column in ("group", "lang")
    }
    hidden = table["group"].isin(small["group"]) | table["lang"].isin(small["lang"])
    return table[~hidden].reset_index(drop=True)
