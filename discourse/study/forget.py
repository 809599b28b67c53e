"""Removing one person from finished runs: post-level data, ids in tables, and the rendered report.

The figures of a run are aggregates over everybody; taking one person out of them means running the study
again.  The run is marked as stale until that is done.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from discourse.corpus.corpus import Corpus
from discourse.corpus.forget import NobodyThere, forget_author
from discourse.corpus.store import is_corpus
from discourse.errors import InputError
from discourse.report.findings import RUN_FILE, Findings
from discourse.study.store import STORE

if TYPE_CHECKING:
    from discourse.corpus.forget import Forgotten

STALE = "a person was removed after this run; run the study again to take them out of its figures"
# what is made from the findings alone, and can be made again
_RENDERED = re.compile(r"report\.(?:pdf|html|docx|odt|typ)|tables\.xlsx|table-.*\.(?:tex|md)")


def forget(
    author: str,
    corpus: str | Path | None = None,
    runs: Sequence[str | Path] = (),
    *,
    codes: Sequence[str | Path] = (),
    key: bytes | None = None,
    render: bool = True,
) -> dict[str, Any]:
    """Remove one person from a corpus, from finished runs and from samples that people coded.

    Parameters
    ----------
    author : str
        Pseudonym, or id of the account (with the project key).
    corpus : path, optional
        The corpus folder.  Without it, the corpora that the runs keep of their exports.
    runs : sequence of path
        Folders of finished runs over that corpus.
    codes : sequence of path
        Folders of samples (``discourse code sample``) drawn from these posts; one of the runs must hold the
        posts of the draw, so that the strata can be counted anew.
    key : bytes, optional
        The project key; default: the user's key file.
    render : bool, default True
        Render the reports of the runs again; without it they are removed.

    Returns
    -------
    dict
        ``removed``, ``detached``, ``rejects_blanked``, ``blocked``, ``exports`` (raw files that still hold
        the person: remove them yourself), ``runs`` (folder, rows removed, tables changed, stale) and
        ``codes`` (folder, units removed, files that may still show the person).

    Raises
    ------
    InputError
        If a folder is no corpus, no run or no sample, if no run holds the posts of a sample, or nobody of
        that id is in the corpus.  All this is checked first, so that nothing is then removed.
    """
    from discourse.coding.forget import find_frame, forget_in_sample

    for run in runs:
        if not (Path(run) / RUN_FILE).is_file():
            raise InputError("this folder holds no finished run", where=str(run), expected=RUN_FILE)
    corpora = [Path(corpus)] if corpus is not None else _kept_corpora(runs)
    scores = [
        pd.read_parquet(file) for run in runs if (file := Path(run) / "data" / "scores.parquet").is_file()
    ]
    drawn = [find_frame(folder, scores) for folder in codes]
    answered = _answered(corpora) if drawn else {}
    gone = _forget_in_corpora(author, corpora, key)
    return gone.as_dict() | {
        "runs": [forget_in_run(run, gone, render=render) for run in runs],
        "codes": [forget_in_sample(one, gone.pseudonyms, gone.post_ids, answered) for one in drawn],
    }


#: Where a store keeps corpora: made of exports, and copied from urls.
_MADE = ("corpus-*/corpus", "copy-*/*")


def _kept_corpora(runs: Sequence[str | Path]) -> list[Path]:
    """List the corpora that runs made of their exports and keep, the newest first."""
    kept = [Path(run) / STORE for run in runs]
    places = [path for store in kept for made in _MADE for path in store.glob(made)]
    found = [path for path in places if is_corpus(path)]
    if not found:
        raise InputError(
            "there is no corpus to remove the person from",
            where=", ".join(map(str, runs)) or "--run",
            expected="--corpus FOLDER, or a run that keeps what its steps made",
            hint="make one of the exports: discourse import EXPORTS --out corpus",
        )
    return sorted(found, key=lambda path: (-path.stat().st_mtime_ns, str(path)))


def _forget_in_corpora(author: str, corpora: Sequence[Path], key: bytes | None) -> Forgotten:
    """Remove the person from every corpus; not being in one of several is no error."""
    done: list[Forgotten] = []
    absent: InputError | None = None
    for folder in corpora:
        try:
            done.append(forget_author(author, folder, key=key))
        except NobodyThere as error:
            absent = error
    if not done:
        raise absent or InputError("nobody of that id is in the corpus")
    # corpora of one run are states of the same posts: counts of the newest, ids of all
    return replace(done[0], post_ids=frozenset().union(*(one.post_ids for one in done)))


def _answered(corpora: Sequence[Path]) -> dict[str, str]:
    """Say which post each post answers."""
    out: dict[str, str] = {}
    for folder in corpora:
        posts = Corpus.load(folder).to_pandas(["post_id", "parent_id"])
        known = posts[posts["parent_id"].notna()]
        out |= dict(zip(known["post_id"], known["parent_id"], strict=True))
    return out


def forget_in_run(run: str | Path, gone: Forgotten, *, render: bool = True) -> dict[str, Any]:
    """Remove what a finished run holds of one person.

    Parameters
    ----------
    run : path
        The folder of the run.
    gone : Forgotten
        From :func:`discourse.corpus.forget.forget_author`.
    render : bool, default True
        Render the report again; without it, it is removed.

    Returns
    -------
    dict
        ``run``, ``rows`` removed from post-level data, ``tables`` changed, ``stale``.

    Raises
    ------
    InputError
        If the folder holds no finished run.
    """
    place = Path(run)
    findings = Findings.load(place)
    # what the steps made is made again from the corpus, which holds the person no longer
    shutil.rmtree(place / STORE, ignore_errors=True)
    gone = replace(gone, post_ids=gone.post_ids | _their_posts(place, gone.pseudonyms))
    changed = {name: _without(table, gone) for name, table in findings.tables.items()}
    tables = [name for name, table in changed.items() if not table.equals(findings.tables[name])]
    with tempfile.TemporaryDirectory(prefix=".discourse-", dir=place.parent) as folder:
        fresh = Path(folder)
        rows = _clean_data(place, fresh, gone)
        stale = rows > 0 or bool(tables) or not (place / "data").is_dir()
        if stale:
            provenance = {**findings.provenance, "stale": STALE}
            clean = Findings(changed, findings.study, provenance)
            clean.save(fresh)
            _render(clean, fresh, place, render)
            _replace(fresh, place)
    return {"run": str(place), "rows": rows, "tables": tables, "stale": stale or _is_stale(place)}


def _their_posts(place: Path, pseudonyms: Sequence[str]) -> frozenset[str]:
    """Find the person's posts in the data of a run; the corpus may have forgotten them earlier."""
    found: set[str] = set()
    for file in sorted(place.rglob("*.parquet")):
        table = pd.read_parquet(file)
        if {"author", "post_id"} <= set(table.columns):
            found |= set(table.loc[table["author"].isin(list(pseudonyms)), "post_id"].dropna())
    return frozenset(found)


def _is_stale(place: Path) -> bool:
    content = json.loads((place / RUN_FILE).read_text(encoding="utf-8"))
    return "stale" in content.get("provenance", {})


def _without(table: pd.DataFrame, gone: Forgotten) -> pd.DataFrame:
    """Drop the person's rows; take their post ids out of columns that list ids."""
    keep = pd.Series(True, index=table.index)
    for name in table.columns.intersection(["author", "post_id"]):
        keep &= ~table[name].isin([*gone.pseudonyms, *gone.post_ids])
    out = table[keep].reset_index(drop=True)
    for name in [n for n in out.columns if str(n).endswith("_ids")]:
        out[name] = out[name].map(lambda ids: _fewer(ids, gone.post_ids)).astype(out[name].dtype)
    for name in out.columns.intersection(["parent_id", "thread_id"]):
        out[name] = out[name].mask(out[name].isin(list(gone.post_ids)))
    return out


def _fewer(ids: Any, gone: Collection[str]) -> Any:
    if not isinstance(ids, str):
        return ids
    return " ".join(one for one in ids.split() if one not in gone)


def _clean_data(place: Path, fresh: Path, gone: Forgotten) -> int:
    """Write the post-level files of a run without the person; give the number of rows left out."""
    removed = 0
    for file in sorted(place.rglob("*.parquet")):
        table = pd.read_parquet(file)
        left = _without(table, gone)
        removed += len(table) - len(left)
        target = fresh / file.relative_to(place)
        target.parent.mkdir(parents=True, exist_ok=True)
        left.to_parquet(target, index=False)
    named = {*gone.pseudonyms, *(i for i in gone.post_ids if len(i) >= 10)}
    for file in sorted(p for p in place.rglob("*.csv") if p.parent != place / "tables"):
        cells = pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8-sig")
        hit = cells.isin(named).any(axis=1)
        removed += int(hit.sum())
        if hit.any():
            target = fresh / file.relative_to(place)
            target.parent.mkdir(parents=True, exist_ok=True)
            cells[~hit].to_csv(target, index=False, encoding="utf-8-sig", lineterminator="\r\n")
    return removed


def _render(findings: Findings, fresh: Path, place: Path, render: bool) -> None:
    from discourse.report.render import FORMATS
    from discourse.report.render import render as render_report

    formats = [name for name in FORMATS if (place / f"report.{name}").is_file()]
    if not render or not formats:
        return
    head = findings.study.get("study", {})
    render_report(findings, fresh, language="zh" if head.get("language") == "zh" else "en", formats=formats)


def _replace(fresh: Path, place: Path) -> None:
    """Put the new files into place; what was made from the findings and not made again is removed."""
    made = [*place.glob("report.*"), *place.glob("tables.xlsx"), *place.glob("tables/*/table-*")]
    for old in made:
        if _RENDERED.fullmatch(old.name) and not (fresh / old.relative_to(place)).exists():
            old.unlink()
    for file in sorted(p for p in fresh.rglob("*") if p.is_file()):
        target = place / file.relative_to(fresh)
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(file, target)
