"""Where the records lie that a run could not read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from discourse.study.store import STORE


def rejects_of_run(out: Path) -> list[tuple[int, Path]]:
    """Find the lists of what a run could not read, with the number of records in each.

    Parameters
    ----------
    out : Path
        The folder of a finished run.

    Returns
    -------
    list of (int, Path)
        One a corpus that the run made of its exports and that has rejects, by path; a source imported
        before keeps its own in the folder of its corpus, and a run that keeps nothing has none.

    Examples
    --------
    >>> rejects_of_run(Path("no such run"))
    []
    """
    run = out / "run.json"
    if not run.is_file():
        return []
    provenance = json.loads(run.read_text(encoding="utf-8")).get("provenance", {})
    read = {entry["sha256"] for entry in provenance.get("inputs", []) if entry.get("sha256")}
    found: dict[str, tuple[float, int, Path]] = {}
    for about in sorted((out / STORE).glob("corpus-*/corpus/corpus.json")):
        corpus: dict[str, Any] = json.loads(about.read_text(encoding="utf-8"))
        inputs, rejects = json.dumps(corpus["inputs"], sort_keys=True), about.with_name("rejects.csv")
        if not any(sha256 in inputs for sha256 in read):
            continue  # of an earlier run, into the same folder, of other exports
        entry = (about.stat().st_mtime, int(corpus["counts"]["rejected"]), rejects)
        found[inputs] = max(
            entry, found.get(inputs, entry)
        )  # read again under another key: the last one counts
    return sorted(((n, path) for _, n, path in found.values() if n), key=lambda pair: str(pair[1]))
