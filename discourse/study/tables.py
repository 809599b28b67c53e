"""Some tables of a study by themselves, for a notebook and for the command line."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from pathlib import Path

import pandas as pd

from discourse.errors import InputError
from discourse.study.analyses import ANALYSES
from discourse.study.clock import Clock
from discourse.study.depend import dependence
from discourse.study.material import Material
from discourse.study.progress import Progress, Silent
from discourse.study.run import compute, prepare
from discourse.study.schema import Study
from discourse.study.steps import refuse_unknown_names, with_cards
from discourse.study.store import STORE, Store


def prepare_study(
    study: Study, *, workers: int = 1, progress: Progress | None = None, run: str | Path | None = None
) -> Material:
    r"""Read the posts of a study, put their authors into groups, and score them: what the functions work on.

    Parameters
    ----------
    study : Study
        A loaded study, from :func:`discourse.load_study`.
    workers : int
        Processes.  The result is the same for any number.
    progress : Progress, optional
        Told what happens; nobody by default.
    run : path, optional
        Folder of a run of this study; what it kept is used, and added to.

    Returns
    -------
    Material
        ``posts`` (one row a post, with ``group``), ``scored`` (one row a post with words and target:
        ``label``, ``score``, ``mention_kind``, ``group``, ``author``, ``thread_id``, ``lang``,
        ``created_at``), ``authors``, ``readable`` and ``tokens`` (the posts with words, and their words),
        ``codes`` (frames), ``emotions``, ``topic_model``, ``instruments``.  The last five are made when they
        are first used.

    Raises
    ------
    InputError
        If the study or its sources cannot be used.

    Examples
    --------
    >>> import tempfile
    >>> from discourse.study.load import check_study
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     posts = Path(folder) / "posts.csv"
    ...     _ = posts.write_text("post_id,author,text\n1,ann,The refugees are a joy\n", encoding="utf-8")
    ...     source = {"path": str(posts), "key": "k"}
    ...     head = {"title": "T", "question": "?", "synthetic": True}
    ...     study = check_study({"version": 1, "study": head, "sources": [source]})
    ...     material = prepare_study(study)
    >>> material.scored["label"].tolist()
    ['positive']
    """
    refuse_unknown_names(study)
    study = with_cards(study)
    return prepare(
        study, dependence(study), workers=workers, clock=Clock(progress or Silent()), store=_store_of(run)
    )


def study_tables(
    study: Study,
    names: Collection[str],
    *,
    workers: int = 1,
    progress: Progress | None = None,
    run: str | Path | None = None,
) -> dict[str, pd.DataFrame]:
    r"""Compute some tables of a study, and nothing that they do not need.

    Parameters
    ----------
    study : Study
        A loaded study, from :func:`discourse.load_study`.
    names : collection of str
        Tables of the report, such as ``"keyness"``; :func:`list_tables` names them.
    workers : int
        Processes.  The result is the same for any number.
    progress : Progress, optional
        Told what happens; nobody by default.
    run : path, optional
        Folder of a run of this study; what it kept is used, and added to.

    Returns
    -------
    dict of str to DataFrame
        As they stand in ``tables/`` of a run: with no cell below the minimum.  A table is empty if the posts
        hold nothing for it.

    Raises
    ------
    InputError
        If there is no such table, the study does not ask for it, or `run` is no folder of a run.

    Examples
    --------
    >>> import tempfile
    >>> from discourse.study.load import check_study
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     posts = Path(folder) / "posts.csv"
    ...     rows = "".join(f"{i},a{i},The refugees are a joy\n" for i in range(12))
    ...     _ = posts.write_text("post_id,author,text\n" + rows, encoding="utf-8")
    ...     source = {"path": str(posts), "key": "k"}
    ...     head = {"title": "T", "question": "?", "synthetic": True}
    ...     study = check_study({"version": 1, "study": head, "sources": [source]})
    ...     table = study_tables(study, ["flow"])["flow"]
    >>> table.set_index("step")["n"]["read"]
    np.int64(12)
    """
    from discourse.report.guard import guarded

    _refuse_unasked(study, names)
    made, _ = compute(
        study, workers=workers, clock=Clock(progress or Silent()), store=_store_of(run), tables=names
    )
    tables = guarded(made).tables
    return {name: tables[name] for name in names}


def run_tables(run: str | Path, names: Collection[str]) -> dict[str, pd.DataFrame]:
    """Give some tables of a finished run, computing nothing.

    Parameters
    ----------
    run : path
        Folder of a finished run.
    names : collection of str
        Its tables.

    Returns
    -------
    dict of str to DataFrame
        As they were written; empty where the run did not make them.

    Raises
    ------
    InputError
        If the folder holds no finished run, or there is no such table.

    Examples
    --------
    >>> import tempfile
    >>> from discourse.report.findings import Findings
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Findings({}, {"title": "A study"}).save(folder)
    ...     list(run_tables(folder, ["flow"])["flow"])
    ['step', 'n', 'note']
    """
    from discourse.report.findings import Findings

    tables = Findings.load(run).tables
    for name in names:
        _refuse_unknown(name, tables)
    return {name: tables[name] for name in names}


def list_tables(study: Study | None = None) -> pd.DataFrame:
    """List the tables that a study can make.

    Parameters
    ----------
    study : Study, optional
        Say which of them it asks for.

    Returns
    -------
    DataFrame
        ``table``, ``meaning``, ``analysis`` (that makes it first), ``key`` (what in a study file asks
        for it), ``asked`` (NA without a study), in the order of a report.

    Examples
    --------
    >>> listed = list_tables().set_index("table")
    >>> listed.loc["engagement", ["analysis", "key"]].tolist()
    ['likes', '[likes]']
    """
    from discourse.tables import REPORT_TABLES

    first = {name: a for a in reversed(ANALYSES) for name in a.tables}
    rows = []
    for table in REPORT_TABLES:
        made_by = first[table.name]
        rows.append(
            {
                "table": table.name,
                "meaning": table.meaning,
                "analysis": made_by.name,
                "key": made_by.key,
                "asked": pd.NA if study is None else made_by.asked(study),
            }
        )
    return pd.DataFrame(rows).astype({"asked": "boolean"})


def _refuse_unasked(study: Study, names: Collection[str]) -> None:
    listed = list_tables(study)
    asked = dict(zip(listed["table"], listed["asked"], strict=True))
    keys = dict(zip(listed["table"], listed["key"].astype("str"), strict=True))
    for name in names:
        _refuse_unknown(name, asked)
        if not bool(asked[name]):
            raise InputError(
                f"this study does not ask for the table {name!r}",
                hint=f"add {keys[name]} to the study file",
            )


def _refuse_unknown(name: str, known: Collection[str]) -> None:
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        raise InputError(
            f"there is no table {name!r}",
            hint=f"did you mean {near[0]!r}?" if near else "discourse table STUDY.toml lists them",
        )


def _store_of(run: str | Path | None) -> Store:
    if run is None:
        return Store()
    folder = Path(run) / STORE
    if not folder.is_dir():
        raise InputError("this folder holds no run that kept its steps", where=str(run))
    return Store(folder)
