"""What a run would do: which steps are kept from an earlier run, which would be computed, and why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from discourse.study.analyses import ANALYSES
from discourse.study.depend import Dependence, dependence
from discourse.study.fetching import sources_here
from discourse.study.progress import Silent
from discourse.study.reading import with_cards
from discourse.study.schema import Study
from discourse.study.sources import Source
from discourse.study.store import STORE, Key, Store

#: Why a corpus is not read again that was imported before: a run reads it where it lies.
_IMPORTED = "imported"


def outlook(study: Study, out: str | Path, *, fresh: bool = False, keep: bool = True) -> pd.DataFrame:
    """Say step by step what a run of a study into a folder would compute.

    Parameters
    ----------
    study : Study
        A loaded study; what lies at its urls is copied to say what depends on it, and taken away again.
    out : path
        The folder of the run; nothing in it is changed.
    fresh, keep : bool
        As :func:`discourse.study.run.run_study` is told: with ``fresh``, or without a store, nothing is kept.

    Returns
    -------
    DataFrame
        ``step``, ``what`` (source or target), ``state`` (``kept``, ``new``, ``changed``, ``partly kept``) and
        ``because`` (what changed since an entry of this step was made: ``code``, ``packages``, ``inputs``,
        ``settings``, ``files``, ``posts`` ...; ``--fresh`` or ``--no-store`` where these alone are why).

    Examples
    --------
    >>> import tempfile
    >>> from discourse.study.load import check_study
    >>> head = {"title": "T", "question": "?", "synthetic": True}
    >>> sources = [{"path": "posts.csv", "key": "k"}]
    >>> study = check_study({"version": 1, "study": head, "sources": sources})
    >>> outlook(study, tempfile.mkdtemp())["state"].unique().tolist()
    ['new']
    """
    folder = Path(out) / STORE
    store = Store(folder, looks=True) if folder.is_dir() else Store()
    with sources_here(study, store, Silent()) as here:
        return _outlook(here.study, store, fresh=fresh, keep=keep)


def _outlook(study: Study, store: Store, *, fresh: bool, keep: bool) -> pd.DataFrame:
    study = with_cards(study)
    depend = dependence(study)
    rows = [_source(source, store, depend) for source in study.sources]
    if study.duplicates.near != "keep":
        rows.append(_row("copies", "", store, depend.copies()))
    rows += [_scores(study, number, store, depend) for number in range(len(study.targets))]
    rows += [_row(a.name, "", store, depend.analysis(a.name)) for a in ANALYSES if a.asked(study)]
    if fresh or not keep:
        why = "--fresh" if keep else "--no-store"
        rows = [row | _passed_over(row, why) for row in rows]
    return pd.DataFrame(rows, columns=["step", "what", "state", "because"])


def _passed_over(row: dict[str, Any], why: str) -> dict[str, Any]:
    """Say that what is kept would be passed over; a corpus that was imported before is read as it is."""
    held = row["state"] in ("kept", "partly kept") and row["because"] != _IMPORTED
    return {"state": "new", "because": why} if held else {}


def _source(source: Source, store: Store, depend: Dependence) -> dict[str, Any]:
    name = Path(source.path).name
    if (Path(source.path) / "corpus.json").is_file():
        return {"step": "corpus", "what": name, "state": "kept", "because": _IMPORTED}
    return _row("corpus", name, store, depend.corpus(source))


def _row(step: str, what: str, store: Store, key: Key) -> dict[str, Any]:
    state, because = store.state(key)
    return {"step": step, "what": what, "state": state, "because": because}


def _scores(study: Study, number: int, store: Store, depend: Dependence) -> dict[str, Any]:
    use = study.targets[number]
    what = f"toward {use.use or Path(use.file or '').name}"
    first = _row("scores", what, store, depend.scores(use, 0))
    parts = max(1, store.noted(depend.parts()))
    kept = sum(store.has(depend.scores(use, part)) for part in range(parts))
    if 0 < kept < parts:
        first |= {"state": "partly kept", "because": f"{kept} of {parts} parts"}
    return first
