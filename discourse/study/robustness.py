"""An answer under other choices: every combination of what could as well have been decided.

Scores are made once an instrument and target; cut-offs only change labels, group rules only change who is in
which group.  Each combination is kept as soon as it is known, so that a run that was killed goes on.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from discourse.compare.claims import answer_claims
from discourse.compare.questions import answer_questions
from discourse.study import steps
from discourse.study.questions import parse_expectation
from discourse.study.schema import Study, in_language
from discourse.study.specification import CHOICES, Variants, is_topical, specifications
from discourse.study.store import Store, code_version, hash_of
from discourse.tables import ROBUSTNESS, SPECIFICATIONS

if TYPE_CHECKING:
    from discourse.compare.questions import Asked
    from discourse.report.numerals import Language
    from discourse.study.depend import Dependence
    from discourse.study.material import Material
    from discourse.study.progress import Progress

_FIGURES = ("estimate", "low", "high", "n", "n_authors", "n_threads", "answer", "reason")
#: Where specifications are kept that are known already.
KEPT = "specifications.jsonl"


class Kept:
    """Specifications that are known already, one line each in a file that is only added to."""

    def __init__(self, path: Path | None, fresh: bool = False) -> None:
        self.path = path
        self.known: dict[str, dict[str, Any]] = {}
        if path is None:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        if fresh:
            path.unlink(missing_ok=True)
        self.known = dict(_lines(path))

    def add(self, key: str, row: Mapping[str, Any]) -> None:
        """Keep one row."""
        self.known[key] = dict(row)
        if self.path is not None:
            with self.path.open("a", encoding="utf-8", newline="\n") as file:
                file.write(json.dumps({"key": key} | dict(row), ensure_ascii=False) + "\n")


def _lines(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Read what is whole: a run that was killed may have left half a line."""
    if not path.exists():
        return
    text = path.read_text(encoding="utf-8")
    for line in text.splitlines():
        try:
            row = json.loads(line)
        except ValueError:
            continue
        if isinstance(row, dict) and "key" in row and set(_FIGURES) <= set(row):
            yield row.pop("key"), row
    if text and not text.endswith("\n"):
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write("\n")


def specification_curve(
    variants: Variants,
    asked: Sequence[Asked],
    base: str,
    *,
    kept: Kept | None = None,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Answer questions under every combination of choices.

    Parameters
    ----------
    variants : Variants
        Scored posts under any combination.
    asked : sequence of Asked
        The questions of the study.
    base : str
        Hash of all that the figures rest on beside the choices.
    kept : Kept, optional
        What is known already.
    progress : Progress, optional
        Told how far it is.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.SPECIFICATIONS`, by question and estimate.

    Notes
    -----
    Simonsohn, Simmons and Nelson (2020) doi:10.1038/s41562-020-0912-z, the descriptive curve.  The figures
    rest on the same posts: their share on one side is no p-value.
    """
    study, kept = variants.study, kept or Kept(None)
    head = study.study
    by_id = {question.id: question for question in asked}
    wanted = specifications(study)
    rows = []
    for specification in (
        progress.track(wanted, total=len(wanted), what="specifications") if progress else wanted
    ):
        key = hash_of([base, asdict(specification)])
        if key not in kept.known:
            question = by_id[specification.question]
            kind, _, name = question.outcome.partition(":")
            given: dict[str, Any] = {"seed": head.seed, "min_cell": head.min_cell}
            if kind == "topic":
                found = answer_claims([question], variants.topics(specification, name), **given)
            else:
                frame = variants.frame(specification, name, question.groups)
                found = answer_questions([question], frame, interval=head.interval, **given)
            kept.add(key, _plain(found.iloc[0]))
        rows.append(asdict(specification) | kept.known[key] | {"key": key})
    return _ranked(pd.DataFrame(rows), study)


def _plain(row: pd.Series) -> dict[str, Any]:
    return {
        name: None if pd.isna(row[name]) else getattr(row[name], "item", lambda v=row[name]: v)()
        for name in _FIGURES
    }


def _ranked(table: pd.DataFrame, study: Study) -> pd.DataFrame:
    declared = table["neutral"].eq(study.scorer.neutral) & table["scorer"].eq(study.scorer.name)
    for name, usual in (
        ("groups", "declared"),
        ("duplicates", "declared"),
        ("mentions", "all"),
        ("languages", "all"),
    ):
        declared &= table[name].eq(usual)
    declared &= table["k"].isna()
    topical = {question.id: is_topical(study, question.id) for question in study.questions}
    known = study.topics.n_topics if isinstance(study.topics.n_topics, int) else pd.NA
    table = table.assign(k=table["k"].astype("Int64").mask(declared_k(table, topical), known))
    rank = table.groupby("question", sort=False)["estimate"].rank(method="first")
    table = table.assign(declared=declared, rank=rank.astype("Int64"), level=0.95)
    order = {name: i for i, name in enumerate(dict.fromkeys(table["question"]))}
    table = table.assign(_place=table["question"].map(order)).sort_values(
        ["_place", "rank"], kind="stable", na_position="last"
    )
    return SPECIFICATIONS.conform(table.drop(columns="_place"))


def declared_k(table: pd.DataFrame, topical: Mapping[str, bool]) -> pd.Series:
    """Say which rows are of a question on a topic under the declared number of topics."""
    return table["k"].isna() & table["question"].map(topical).astype(bool)


def summarise(table: pd.DataFrame, bounds: Mapping[str, float]) -> pd.DataFrame:
    """Say how far each answer depends on the choices.

    Parameters
    ----------
    table : DataFrame
        :data:`discourse.tables.SPECIFICATIONS`.
    bounds : mapping of str to float
        Question to the value that its figure is compared with.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.ROBUSTNESS`.

    Examples
    --------
    >>> summarise(SPECIFICATIONS.empty(), {}).shape[0]
    0
    """
    rows = [
        _summary(str(name), part, bounds[str(name)]) for name, part in table.groupby("question", sort=False)
    ]
    return ROBUSTNESS.conform(pd.DataFrame(rows)) if rows else ROBUSTNESS.empty()


def _summary(question: str, part: pd.DataFrame, bound: float) -> dict[str, Any]:
    known = part[part["estimate"].notna()]
    declared = known.loc[known["declared"], "estimate"]
    centre = float(declared.iloc[0]) if len(declared) else float(known["estimate"].median())
    above = centre > bound
    same = (known["estimate"] > bound) == above
    apart = (known["low"] > bound) if above else (known["high"] < bound)
    widest, by = _widest(known)
    return {
        "question": question,
        "n_specifications": len(part),
        "n_estimated": len(known),
        "declared": float(declared.iloc[0]) if len(declared) else float("nan"),
        "median": known["estimate"].median(),
        "lowest": known["estimate"].min(),
        "highest": known["estimate"].max(),
        "share_same_side": float(same.mean()) if len(known) else float("nan"),
        "share_excluding": float(apart.mean()) if len(known) else float("nan"),
        "widest": widest,
        "widest_by": by,
    }


def _widest(known: pd.DataFrame) -> tuple[Any, float]:
    """Find the choice whose options differ most in their median figure."""
    spans = {}
    for name in (choice for choice in CHOICES if choice in known.columns):
        medians = known.groupby(name)["estimate"].median()
        if len(medians) > 1:
            spans[name] = float(medians.max() - medians.min())
    if not spans:
        return pd.NA, float("nan")
    name = max(spans, key=lambda choice: (spans[choice], -CHOICES.index(choice)))
    return name, spans[name]


def scored_by(
    material: Material, names: Sequence[str], depend: Dependence, store: Store
) -> dict[str, pd.DataFrame]:
    """Score the posts with each instrument, once.

    Parameters
    ----------
    material : Material
        What a run has read and scored with the declared instrument.
    names : sequence of str
        Instruments.
    depend : Dependence
        What the steps of the study depend on.
    store : Store
        What steps have made before.

    Returns
    -------
    dict of str to DataFrame
        Instrument to scored posts.
    """
    found = {}
    for name in names:
        if name == material.study.scorer.name:
            found[name] = material.scored
            continue
        scorer = material.study.scorer.model_copy(update={"name": name})
        study = material.study.model_copy(update={"scorer": scorer})
        found[name], _ = steps.score_targets(
            material.readable,
            study,
            workers=material.workers,
            progress=material.progress,
            store=store,
            depend=replace(depend, study=study),
        )
    return found


def robustness_tables(
    material: Material, *, kept: Path | None = None, fresh: bool = False
) -> dict[str, pd.DataFrame]:
    """Answer the questions of a study under every combination of its choices.

    Parameters
    ----------
    material : Material
        What a run has read and scored.
    kept : path, optional
        File with the specifications that are known already, which is added to.
    fresh : bool
        Begin anew, whatever is known.

    Returns
    -------
    dict of str to DataFrame
        ``specifications`` and ``robustness``.

    Raises
    ------
    StudyError
        If the study asks no question about a target or a topic.
    """
    from discourse.study.depend import dependence

    study, depend = material.study, dependence(material.study)
    wanted = specifications(study)
    names = list(dict.fromkeys(specification.scorer for specification in wanted))
    variants = Variants(material, scored_by(material, names, depend, material.store))
    language = "zh" if study.study.language == "zh" else "en"
    asked = [steps.asked(question, language) for question in study.questions]
    base = hash_of([code_version(), depend.posts, _rests_on(study)])
    table = specification_curve(variants, asked, base, kept=Kept(kept, fresh), progress=material.progress)
    bounds = {question.id: parse_expectation(question.expect)[1] for question in study.questions}
    return {"specifications": table, "robustness": summarise(table, bounds)}


def _rests_on(study: Study) -> dict[str, Any]:
    """What a specification rests on beside its choices: wording and layout change nothing."""
    from discourse.study.provenance import portable_study

    plain = portable_study(study)
    head = {name: plain["study"].get(name) for name in ("seed", "min_cell", "interval")}
    parts = ("sources", "duplicates", "groups", "group_overrides", "targets", "scorer", "questions", "topics")
    return {name: plain.get(name) for name in parts} | {"study": head}


def run_robustness(
    study: Study,
    out: str | Path,
    *,
    workers: int = 1,
    progress: Progress | None = None,
    fresh: bool = False,
) -> dict[str, Any]:
    """Draw the specification curve of a study: read and score once, then answer under every combination.

    Parameters
    ----------
    study : Study
        A loaded study.
    out : path
        Folder for ``tables/specifications.csv``, ``tables/robustness.csv`` and, for each question,
        ``figures/specifications-ID.svg``; ``store/`` keeps what is known, so that the same command goes on.
    workers : int
        Processes for scoring; no result depends on them.
    progress : Progress
        Told what happens; nobody by default.
    fresh : bool
        Begin anew, whatever the store holds.

    Returns
    -------
    dict
        ``out``, ``specifications`` (how many), ``figures`` (paths) and ``questions`` (id to its row of
        :data:`discourse.tables.ROBUSTNESS` as plain values).

    Raises
    ------
    StudyError
        If the study asks no question about a target or a topic.

    Notes
    -----
    Simonsohn, Simmons and Nelson (2020) doi:10.1038/s41562-020-0912-z.

    Examples
    --------
    Over the shipped demo (under a minute)::

        study = discourse.load_study("reports/tiktok-refugees/study.toml")
        discourse.run_robustness(study, "robustness")["questions"]
    """
    from discourse.report.cells import write_csv
    from discourse.study.depend import dependence
    from discourse.study.progress import Silent
    from discourse.study.run import prepare
    from discourse.study.store import STORE

    out, progress = Path(out), progress or Silent()
    specifications(study)  # refuses before anything is read
    steps.refuse_unknown_names(study)
    study = steps.with_cards(study)
    store = Store(out / STORE, fresh)
    material = prepare(study, dependence(study), workers=workers, store=store)
    material.progress = progress
    tables = robustness_tables(material, kept=out / STORE / KEPT, fresh=fresh)
    (out / "tables").mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        write_csv(table, out / "tables" / f"{name}.csv")
    figures = _write_figures(study, tables, out)
    rows = tables["robustness"].set_index("question").to_dict("index")
    return {
        "out": str(out),
        "specifications": len(tables["specifications"]),
        "figures": [str(path) for path in figures],
        "questions": {str(name): _readable(row) for name, row in rows.items()},
    }


def _readable(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(k): None if pd.isna(v) else getattr(v, "item", lambda v=v: v)() for k, v in row.items()}


def _write_figures(study: Study, tables: Mapping[str, pd.DataFrame], out: Path) -> list[Path]:
    from discourse.report.figures.specifications import specification_figure
    from discourse.report.figures.style import svg_of, write_svg

    language: Language = "zh" if study.study.language == "zh" else "en"
    (out / "figures").mkdir(parents=True, exist_ok=True)
    paths = []
    for question in study.questions:
        table = tables["specifications"]
        part = table[(table["question"] == question.id) & table["estimate"].notna()]
        if part.empty:
            continue
        title = f"{question.id}: {in_language(question.text, language)}"
        figure = specification_figure(
            part, parse_expectation(question.expect)[1], language, title, question.outcome
        )
        paths.append(write_svg(svg_of(figure), out / "figures" / f"specifications-{question.id}.svg"))
    return paths
