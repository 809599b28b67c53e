"""The ordered steps of a study, from exports to a folder with a report.

This is the only place that knows the order.  Results are made in a folder of their own and moved into place
when all is done: a run that fails leaves what was there before.
"""

from __future__ import annotations

import datetime as dt
import errno
import os
import shutil
import tempfile
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from discourse.corpus.urls import refuse_url
from discourse.errors import InputError
from discourse.processes import meanwhile
from discourse.report.numerals import Edition
from discourse.report.render import FORMATS, Format, chosen_formats
from discourse.study import steps
from discourse.study.analyse import analyse
from discourse.study.analyses import ANALYSES, analyses_behind
from discourse.study.clock import Clock
from discourse.study.depend import Dependence, dependence
from discourse.study.fetching import sources_here
from discourse.study.findings.groups import group_posts
from discourse.study.load import notices
from discourse.study.mapped import Mapped
from discourse.study.material import Material
from discourse.study.planning import note_run, plan_provenance, refuse_missing_plan, runs_so_far
from discourse.study.progress import Progress, Silent
from discourse.study.provenance import (
    hash_inputs,
    package_versions,
    portable_study,
    run_log,
    study_hash,
    without_few,
)
from discourse.study.schema import Study
from discourse.study.spread import on_cluster
from discourse.study.store import STORE, Store, making
from discourse.study.validation import code_files, refuse_missing_codes, status_of
from discourse.study.written import write_scores
from discourse.text.dictionaries import let_go_of_dictionaries

if TYPE_CHECKING:
    from discourse.corpus.corpus import Corpus
    from discourse.report.findings import Findings

#: What a run leaves in its folder, in the order in which it is moved there.
RESULTS = (
    "tables",
    "figures",
    "data",
    "report.pdf",
    "report.html",
    "report.docx",
    "tables.xlsx",
    "references.bib",
    "run.json",
    "run-log.json",
)

#: By when a run has moved its results, surely.  Unit: seconds.
_MOVED_BY = 20.0
#: Analyses that read the words of posts.
_READ_WORDS = ("topics", "words", "nearby")


def run_study(
    study: Study,
    out: str | Path,
    *,
    workers: int = 1,
    progress: Progress | None = None,
    scheduler: str | None = None,
    fresh: bool = False,
    keep: bool = True,
    formats: Sequence[str] = FORMATS,
) -> dict[str, Any]:
    """Run a study: read, group, score, model, compare, and write the report.

    Parameters
    ----------
    study : Study
        A loaded study, from :func:`discourse.load_study`.
    out : path
        Folder for ``report.pdf``, ``report.html``, ``report.docx``, ``tables/`` (CSV, LaTeX and Markdown),
        ``tables.xlsx``, ``figures/`` (SVG, PDF and PNG), ``data/scores.parquet``, ``run.json`` and
        ``run-log.json``.  Results of an earlier run in it are replaced when all is done.
    workers : int
        Processes.  The result is the same for any number.
    progress : Progress
        Told what happens; nobody by default.
    scheduler : str, optional
        Address of a Dask scheduler that gives the parts to its workers, or ``"local"``.
    fresh : bool
        Make everything anew, whatever the store holds.
    keep : bool
        Keep what each step made in ``store/``, so that a run that was killed goes on where it was and a
        changed study computes only what changed.
    formats : sequence of {"pdf", "html", "docx"}
        The formats of the report.

    Returns
    -------
    dict
        ``report`` (path of the report in the first of the formats), ``out``, ``posts``, ``authors``,
        ``threads`` (each None below the smallest cell), ``seconds``, ``notices`` and ``answers`` (question id
        to answer).

    Raises
    ------
    InputError
        If the study or its sources cannot be used, a format is not known, or `out` is a url.  Nothing is
        written then.

    Examples
    --------
    Run the shipped demo (about half a minute)::

        study = discourse.load_study("reports/tiktok-refugees/study.toml")
        discourse.run_study(study, "demo-report")["report"]
    """
    refuse_url(out)
    out, wanted = Path(out), chosen_formats(formats)
    _refuse_unusable(out)
    started = dt.datetime.now(dt.UTC)
    clock = Clock(progress or Silent())
    with (
        _store_in(out, keep, fresh) as store,
        sources_here(study, store, clock.progress) as here,
        on_cluster(scheduler, workers),
    ):
        study = here.study
        findings, material = _computed(study, workers, clock, store, None)
        if here.urls:
            findings.provenance["urls"] = list(here.urls)
        scored, mapped = material.scored, material.mapped
        del material
        sha256 = str(findings.provenance["study_sha256"])
        so_far = runs_so_far(out / "run-log.json", sha256)
        # how many studies, and not how many runs: the same study run again gives the same report
        findings.provenance["studies_tried"] = len(so_far["studies"])
        with _making_folder(out, store) as fresh_results:
            with clock.step("report", "writing tables, figures and the report"):
                write_scores(scored, fresh_results / "data" / "scores.parquet", mapped)
                mapped.let_go()
                del scored, mapped  # typesetting and drawing need what they hold
                _write(findings, fresh_results, _language(study), wanted)
            log = run_log(study, out, started, clock.seconds, workers) | so_far
            log["sources"] = list(here.places)
            steps.write_json(fresh_results / "run-log.json", log)
            _move_into_place(fresh_results, out)
    if study.study.plan is not None:
        with suppress(OSError):  # a plan in a folder of others can be cited, not counted
            note_run(study.study.plan, sha256, started)
    return _summary(findings, out / f"report.{wanted[0]}", clock)


@contextmanager
def _store_in(out: Path, keep: bool, fresh: bool) -> Iterator[Store]:
    """Open the store of a run; what is left empty by a failure is taken away again."""
    if not keep:
        yield Store()
        return
    try:
        yield Store(out / STORE, fresh)
    except BaseException:
        for folder in (out / STORE, out):
            with suppress(OSError):
                folder.rmdir()
        raise


@contextmanager
def _making_folder(out: Path, store: Store) -> Iterator[Path]:
    """Give a folder on the disk of the results, which is cleared away whatever happens."""
    out.parent.mkdir(parents=True, exist_ok=True)
    where = store.folder or out.parent
    with tempfile.TemporaryDirectory(prefix=making(), dir=where) as folder:
        try:
            yield Path(folder)
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            raise InputError(
                f"the store cannot be written ({error.strerror})",
                where=str(where),
                hint="make room, then give the same command again: it goes on from here",
            ) from error


def compute(
    study: Study,
    *,
    workers: int = 1,
    clock: Clock | None = None,
    store: Store | None = None,
    tables: Collection[str] | None = None,
) -> tuple[Findings, pd.DataFrame]:
    """Compute the findings of a study without writing anything.

    Parameters
    ----------
    study : Study
        A loaded study.
    workers : int
        Processes.
    clock : object, optional
        Notes the seconds of each step and says what happens.
    store : Store, optional
        What steps have made before.
    tables : collection of str, optional
        Compute what these tables need, and nothing else; all that the study asks by default.

    Returns
    -------
    (Findings, DataFrame)
        The tables with study and provenance, and the scored posts (one row a post and target, no texts).
    """
    findings, material = _computed(study, workers, clock or Clock(Silent()), store or Store(), tables)
    return findings, material.scored


def _computed(
    study: Study, workers: int, clock: Clock, store: Store, tables: Collection[str] | None
) -> tuple[Findings, Material]:
    """Compute the findings of a study, and give what they were made of."""
    from discourse.report.findings import Findings

    steps.refuse_unknown_names(study)
    refuse_missing_codes(study)
    refuse_missing_plan(study)
    study = steps.with_cards(study)
    for sentence in notices(study):
        clock.progress.say(f"   note: {sentence}")
    depend = dependence(study)
    material = prepare(study, depend, workers=workers, clock=clock, store=store)
    chosen = [a for a in ANALYSES if a.asked(study)] if tables is None else analyses_behind(study, tables)
    if any(not store.has(depend.analysis(a.name)) for a in chosen if a.name in _READ_WORDS):
        with clock.step("tokens", "cutting the posts into words"):
            _ = material.tokens  # while there are workers that know the words
            if material.mapped.used:
                let_go_of_dictionaries()
            material.mapped.let_go()
    analyse(material, chosen, depend, clock)
    findings = Findings(material.tables, _study_of_report(study), _provenance(study, material))
    return findings, material


def prepare(
    study: Study,
    depend: Dependence,
    *,
    workers: int = 1,
    clock: Clock | None = None,
    store: Store | None = None,
) -> Material:
    """Read the posts of a study, find copies and groups, and score the posts toward the targets.

    Parameters
    ----------
    study : Study
        A loaded study.
    depend : Dependence
        What its steps depend on.
    workers : int
        Processes.
    clock : object, optional
        Notes the seconds of each step and says what happens.
    store : Store, optional
        What steps have made before.

    Returns
    -------
    Material
        What the analyses work on.
    """
    clock, store = clock or Clock(Silent()), store or Store()
    with clock.step("read", "reading the exports"):
        with meanwhile(partial(steps.learn_to_score, study, workers)):
            corpus = steps.read_corpus(study, store, depend, workers=workers)
        mapped = Mapped(store.folder, len(corpus))
        whole = mapped.posts(corpus, steps.NEEDED)
        marked = steps.mark_duplicates(whole, study, store, depend.copies())
        posts, left_out = steps.drop_or_keep_duplicates(marked, study)
        steps.refuse_empty(posts)
        posts = mapped.frame(posts)
        mapped.let_go()
        clock.progress.say("   " + _counts_line(corpus))
    with clock.step("groups", "assigning authors to groups"):
        authors, posts, doubts = group_posts(posts, study, mapped)
        mapped.let_go()
        for doubt in doubts:
            clock.progress.say(f"   note: {doubt}")
    with clock.step("sentiment", "scoring sentiment toward the targets"):
        readable = mapped.chosen(posts, steps.has_words(posts, mapped.unlook))
        how: Any = {"workers": workers, "progress": clock.progress, "store": store, "depend": depend}
        scored, instruments = steps.score_targets(readable, study, mapped=mapped, **how)
        scored = mapped.frame(scored)
        mapped.let_go()
    return Material(
        study,
        corpus,
        marked.drop(columns=steps.SPOKEN, errors="ignore"),
        posts,
        authors,
        readable,
        scored,
        instruments,
        left_out=left_out,
        workers=workers,
        progress=clock.progress,
        store=store,
        mapped=mapped,
    )


def _language(study: Study) -> Edition:
    return study.study.language


def _refuse_unusable(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise InputError(f"{out} is a file", expected="a folder for the results", hint="name another --out")
    existing = next((p for p in [out, *out.parents] if p.exists()), Path())
    if not os.access(existing, os.W_OK):
        raise InputError(f"{existing} cannot be written", hint="name a folder of your own with --out")


def _counts_line(corpus: Corpus) -> str:
    names = ("read", "kept", "duplicates", "rejected", "forgotten")
    return ", ".join(f"{name} {corpus.counts[name]:,}" for name in names if name in corpus.counts)


def _study_of_report(study: Study) -> dict[str, Any]:
    """Give the study with labels for groups and targets, as the report reads them."""
    plain = portable_study(study)
    plain["targets"] = [
        entry | {"name": target.name}
        for entry, (_, target) in zip(plain["targets"], steps.load_targets(study), strict=True)
    ]
    return plain


def _provenance(study: Study, material: Material) -> dict[str, Any]:
    plain, corpus, instruments = portable_study(study), material.corpus, material.instruments
    return {
        "study_sha256": study_hash(plain),
        "inputs": hash_inputs(study, without_few(corpus.counts.get("files", []), study.study.min_cell)),
        "corpus": corpus.fingerprint,
        "key_id": corpus.key_id,
        "instruments": [f"{name} toward {target}" for target, name in instruments.items()],
        "seed": study.study.seed,
        "versions": package_versions(),
        "plan": plan_provenance(study, study_hash(plain)),
        "validation": status_of(material.tables.get("validation"), list(instruments), code_files(study)),
    }


def _write(
    findings: Findings,
    folder: Path,
    language: Edition,
    formats: Sequence[Format],
) -> None:
    from discourse.report.guard import guarded, hidden_rows
    from discourse.report.render import render

    # The tables are published as the report is: no cell below the minimum.
    safe = guarded(findings)
    safe.provenance = safe.provenance | {"hidden_rows": hidden_rows(findings, safe)}
    safe.save(folder)
    render(safe, folder, language=language, formats=formats)


def _move_into_place(fresh: Path, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    with _alone(out / "moving"):
        for name in RESULTS:
            source, place = fresh / name, out / name
            if place.is_dir():
                shutil.rmtree(place)
            if source.exists():
                os.replace(source, place)
            else:
                # what this run did not write must not be taken for its result
                place.unlink(missing_ok=True)


@contextmanager
def _alone(mark: Path) -> Iterator[None]:
    """Wait while another run moves its results into the same folder: those of two would lie side by side."""
    while True:
        try:
            mark.touch(exist_ok=False)
            break
        except FileExistsError:
            with suppress(FileNotFoundError):
                if time.time() - mark.stat().st_mtime > _MOVED_BY:  # it was killed amid
                    mark.unlink()
            time.sleep(0.05)
    try:
        yield
    finally:
        mark.unlink(missing_ok=True)


def _shown(number: Any) -> int | None:
    """Give a number as the report shows it: None where it is below the smallest cell."""
    return None if pd.isna(number) else int(number)


def _summary(findings: Findings, report: Path, clock: Clock) -> dict[str, Any]:
    described = findings.table("corpus_description")
    everybody = described[described["group"] == "all"].iloc[0]
    questions = findings.table("questions")
    return {
        "report": str(report),
        "out": str(report.parent),
        "posts": _shown(everybody["n_posts"] + everybody["n_comments"]),
        "authors": _shown(everybody["n_authors"]),
        "threads": _shown(everybody["n_threads"]),
        "seconds": {name: round(value, 1) for name, value in clock.seconds.items()},
        "answers": dict(zip(questions["id"], questions["answer"], strict=True)),
    }
