"""The plan of a study: made from its file, compared with it at each run, and how often it was run."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pandas as pd

from discourse import __version__
from discourse.coding.plan import compare_plan, make_plan, read_plan
from discourse.study.provenance import portable_study
from discourse.study.schema import Study
from discourse.study.steps import load_targets


def plan_of(study: Study) -> dict[str, Any]:
    """Make the plan of a study, without reading a post.

    Parameters
    ----------
    study : Study
        A loaded study.

    Returns
    -------
    dict
        As :func:`discourse.coding.plan.make_plan` gives it.
    """
    from discourse.sentiment.instruments.resolve import make_scorer

    plain = portable_study(study)
    targets = load_targets(study)
    plain["targets"] = [
        {"name": target.name} | entry for entry, (_, target) in zip(plain["targets"], targets, strict=True)
    ]
    instruments = {
        target.name: make_scorer(study.scorer.name, target, study.scorer.neutral).instrument
        for _, target in targets
    }
    return make_plan(plain, instruments, __version__)


def planned(study: Study) -> pd.DataFrame:
    """Compare a study with the plan that it names.

    Parameters
    ----------
    study : Study
        A loaded study with a plan.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.PLANNED`.

    Raises
    ------
    InputError
        If the plan cannot be read, or was changed after it was made.
    """
    return compare_plan(read_plan(str(study.study.plan)), plan_of(study))


def refuse_missing_plan(study: Study) -> None:
    """Refuse a study whose plan cannot be read or was changed, before anything is read.

    Parameters
    ----------
    study : Study
        A loaded study.

    Raises
    ------
    InputError
        If there is no such plan, or its content does not have the hash that it carries.
    """
    if study.study.plan is not None:
        read_plan(study.study.plan)


def registry_path(plan: str | Path) -> Path:
    """Say where the runs under a plan are counted: beside it, as ``NAME.runs.jsonl``.

    Examples
    --------
    >>> registry_path("plans/plan.json").as_posix()
    'plans/plan.runs.jsonl'
    """
    return Path(plan).with_suffix(".runs.jsonl")


def tried_studies(plan: str | Path) -> list[str]:
    """List the hashes of the different studies that were run under a plan.

    Parameters
    ----------
    plan : path
        The plan.

    Returns
    -------
    list of str
        Each once, sorted; none where nothing was run yet.  A line that is damaged is passed over.
    """
    try:
        lines = registry_path(plan).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
    found = {_hash_in(line) for line in lines}
    return sorted(found - {""})


def _hash_in(line: str) -> str:
    try:
        entry = json.loads(line)
    except ValueError:
        return ""
    return str(entry.get("study_sha256", "")) if isinstance(entry, dict) else ""


def note_run(plan: str | Path, study_sha256: str, started: dt.datetime) -> None:
    """Add a finished run to those under a plan: the hash of the study and when, nothing else.

    Parameters
    ----------
    plan : path
        The plan.
    study_sha256 : str
        Hash of the effective study.
    started : datetime
        When it was run, aware.

    Notes
    -----
    The report prints how many *different* studies were run, which repeating a run does not change: so the
    same study gives the same bytes.  The number of runs stands in ``run-log.json``, outside that promise.
    """
    line = {"at": started.isoformat(timespec="seconds"), "study_sha256": study_sha256}
    with registry_path(plan).open("a", encoding="utf-8", newline="\n") as handle:
        handle.write(json.dumps(line, sort_keys=True) + "\n")


def plan_provenance(study: Study, study_sha256: str) -> dict[str, Any]:
    """Say for the provenance which plan a run cites, and how many studies were tried under it.

    Parameters
    ----------
    study : Study
        A loaded study.
    study_sha256 : str
        Hash of the effective study.

    Returns
    -------
    dict
        ``file``, ``sha256`` and ``tried`` (different studies so far, this one included); empty without a
        plan.
    """
    if study.study.plan is None:
        return {}
    tried = {*tried_studies(study.study.plan), study_sha256}
    plan = read_plan(study.study.plan)
    return {"file": Path(study.study.plan).name, "sha256": plan["sha256"], "tried": len(tried)}


def runs_so_far(log: Path, study_sha256: str) -> dict[str, Any]:
    """Count the runs into a folder, and the different studies among them.

    Parameters
    ----------
    log : path
        ``run-log.json`` of the run before, if there was one.
    study_sha256 : str
        Hash of the effective study of this run.

    Returns
    -------
    dict
        ``runs`` and ``studies`` (their hashes, sorted), with this run.
    """
    try:
        before = json.loads(log.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        before = {}
    earlier = before if isinstance(before, dict) else {}
    studies = {str(name) for name in earlier.get("studies", [])} | {study_sha256}
    return {"runs": int(earlier.get("runs", 0)) + 1, "studies": sorted(studies)}
