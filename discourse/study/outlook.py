"""What a run would do: which steps are kept from an earlier run, which would be computed, and why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd

from discourse.study.analyses import ANALYSES
from discourse.study.depend import Dependence, dependence
from discourse.study.schema import Study
from discourse.study.scoring import part_of
from discourse.study.store import STORE, Key, Store


def outlook(study: Study, out: str | Path) -> pd.DataFrame:
    """Say step by step what a run of a study into a folder would compute.

    Parameters
    ----------
    study : Study
        A loaded study.
    out : path
        The folder of the run; nothing in it is changed.

    Returns
    -------
    DataFrame
        ``step``, ``what`` (source or target), ``state`` (``kept``, ``new``, ``changed``, ``partly kept``) and
        ``because`` (what changed since an entry of this step was made: ``code``, ``packages``, ``inputs``,
        ``settings``, ``files``, ``posts`` ...).

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
    store = Store(folder) if folder.is_dir() else Store()
    depend = dependence(study)
    rows = [_row("corpus", Path(source.path).name, store, depend.corpus(source)) for source in study.sources]
    if study.duplicates.near != "keep":
        rows.append(_row("copies", "", store, depend.copies()))
    rows += [_scores(study, number, store, depend) for number in range(len(study.targets))]
    rows += [_row(a.name, "", store, depend.analysis(a.name)) for a in ANALYSES if a.asked(study)]
    return pd.DataFrame(rows, columns=["step", "what", "state", "because"])


def _row(step: str, what: str, store: Store, key: Key) -> dict[str, Any]:
    state, because = store.state(key)
    return {"step": step, "what": what, "state": state, "because": because}


def _scores(study: Study, number: int, store: Store, depend: Dependence) -> dict[str, Any]:
    use = study.targets[number]
    what = f"toward {use.use or Path(use.file or '').name}"
    first = _row("scores", what, store, depend.scores(use, 0))
    if first["state"] != "kept":
        return first
    parts = _parts_expected(study, store, depend)
    kept = sum(store.has(depend.scores(use, part)) for part in range(parts))
    if kept < parts:
        first |= {"state": "partly kept", "because": f"{kept} of at most {parts} parts"}
    return first


def _parts_expected(study: Study, store: Store, depend: Dependence) -> int:
    """Count the parts that the posts kept of each source make at most."""
    posts = 0
    for source in study.sources:
        key = depend.corpus(source)
        if store.folder is None or not store.has(key):
            return 1
        manifest = json.loads(
            (store.folder / key.name / "corpus" / "corpus.json").read_text(encoding="utf-8")
        )
        posts += sum(part["rows"] for part in manifest["parts"])
    return max(1, -(-posts // part_of(posts)))
