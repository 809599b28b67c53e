"""What changed in the findings between two runs of a study."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from discourse.report.findings import Findings
from discourse.tables import DIFF

OUTSIDE = "outside the interval"
_NO_KEY = frozenset(
    {"method", "instrument", "reason", "label", "text", "answer", "answer_by_labels", "basis", "planned"}
    | {"expect", "family"}
)
_LONG = frozenset({"daily", "keyness"})
_ORDER = ("answers", "estimates", "names", "counts", "inputs", "settings", "versions")
_HEADINGS = {
    "answers": "Answers",
    "estimates": "Estimates",
    "names": "Groups, targets and topics",
    "counts": "Counts",
    "inputs": "Inputs",
    "settings": "Settings of the study",
    "versions": "Instruments and versions",
}
_SHOWN = 30

Row = dict[str, Any]


def diff_runs(before: str | Path | Findings, after: str | Path | Findings) -> pd.DataFrame:
    """Compare two runs.

    Parameters
    ----------
    before, after : path or Findings
        Folders of finished runs, the earlier one first.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.DIFF`, one row a change, what matters most first; empty if nothing changed.
        An estimate is listed if the interval of the later run does not contain the earlier estimate, or if
        only one of the runs gives it.

    Raises
    ------
    InputError
        If a folder holds no finished run.

    Notes
    -----
    An interval that misses the earlier estimate is no test of a difference: the runs share posts.  Topics are
    numbered anew in each run, so they are compared by their labels, not by their figures.

    Examples
    --------
    >>> one = Findings({}, {"study": {"seed": 1}}, {})
    >>> two = Findings({}, {"study": {"seed": 2}}, {})
    >>> diff_runs(one, two)[["section", "what", "before", "after"]].values.tolist()
    [['settings', 'study.seed', '1', '2']]
    """
    old, new = _load(before), _load(after)
    rows = [
        *_answers(old, new),
        *_estimates(old, new),
        *_names(old, new),
        *_counts(old, new),
        *_inputs(old, new),
        *_settings(old, new),
    ]
    rows.sort(key=lambda row: _ORDER.index(row["section"]))  # stable: within a section, as found
    return DIFF.conform(pd.DataFrame(rows, columns=DIFF.names))


def diff_text(changes: pd.DataFrame, limit: int = _SHOWN) -> str:
    """Write the changes for a reader.

    Parameters
    ----------
    changes : DataFrame
        From :func:`diff_runs`.
    limit : int, default 30
        Lines of one section; the rest is counted.

    Returns
    -------
    str
        Sections with one line a change.

    Examples
    --------
    >>> print(diff_text(DIFF.empty()))
    Nothing changed.
    """
    if changes.empty:
        return "Nothing changed."
    lines = []
    for section in _ORDER:
        part = changes[changes["section"] == section]
        if part.empty:
            continue
        lines += ["", f"{_HEADINGS[section]} ({len(part):,})"]
        lines += [f"  {_line(row)}" for row in part.head(limit).to_dict(orient="records")]
        if len(part) > limit:
            lines.append(f"  ... and {len(part) - limit:,} more")
    return "\n".join(lines).lstrip("\n")


def _line(row: Mapping[Any, Any]) -> str:
    where = f"{row['table']}: " if isinstance(row["table"], str) else ""
    values = [row[name] for name in ("before", "after") if isinstance(row[name], str)]
    note = "" if row["change"] == "changed" else f"  [{row['change']}]"
    return f"{where}{row['what']}: {' -> '.join(values)}{note}" if values else f"{where}{row['what']}{note}"


def _load(run: str | Path | Findings) -> Findings:
    return run if isinstance(run, Findings) else Findings.load(run)


def _row(section: str, what: str, before: Any, after: Any, table: str | None = None, change: str = "") -> Row:
    if not change:
        change = "new" if before is None else "gone" if after is None else "changed"
    both = all(isinstance(v, int | float) and not isinstance(v, bool) for v in (before, after))
    return {
        "section": section,
        "table": table,
        "what": what,
        "change": change,
        "before": _shown(before),
        "after": _shown(after),
        "difference": after - before if both else float("nan"),
    }


def _shown(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, float):
        return f"{value:.4g}"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def _compare(section: str, pair: Sequence[Mapping[str, Any]], table: str | None = None) -> Iterator[Row]:
    old, new = pair
    for what in dict.fromkeys([*old, *new]):
        if old.get(what) != new.get(what):
            yield _row(section, what, old.get(what), new.get(what), table)


def _answers(old: Findings, new: Findings) -> Iterator[Row]:
    tables = [findings.table("questions") for findings in (old, new)]
    told = [dict(zip(table["id"], table["answer"], strict=True)) for table in tables]
    yield from _compare("answers", told, "questions")


def _estimates(old: Findings, new: Findings) -> Iterator[Row]:
    for name, table in new.tables.items():
        if _is_comparable(table) and name in old.tables and _is_comparable(old.tables[name]):
            yield from _table(name, old.tables[name], table)


def _is_comparable(table: pd.DataFrame) -> bool:
    return {"estimate", "low", "high"} <= set(table.columns) and "topic" not in table.columns


def _table(name: str, old: pd.DataFrame, new: pd.DataFrame) -> Iterator[Row]:
    before, after = _keyed(old), _keyed(new)
    both = [key for key in after if key in before]
    for key in both:
        change = _changed(before[key], after[key])
        if change:
            yield _row("estimates", key, *_figures(before[key], after[key]), table=name, change=change)
    for change, keys in (
        ("gone", [key for key in before if key not in after]),
        ("new", [key for key in after if key not in before]),
    ):
        if name in _LONG and keys:
            yield _row("estimates", f"{len(keys):,} rows", None, None, table=name, change=change)
        elif name not in _LONG:
            yield from (_only_one(name, key, before, after, change) for key in keys)


def _only_one(name: str, key: str, before: dict[str, Row], after: dict[str, Row], change: str) -> Row:
    old, new = before.get(key), after.get(key)
    return _row("estimates", key, old and _number(old), new and _number(new), table=name, change=change)


def _keyed(table: pd.DataFrame) -> dict[str, Row]:
    """Name each row by what it is an estimate of."""
    texts = ("str", "object", "string")
    keys = [str(c) for c in table.columns if str(table[c].dtype) in texts and c not in _NO_KEY]
    rows: list[Row] = [
        {str(name): value for name, value in row.items()} for row in table.to_dict(orient="records")
    ]
    named = {", ".join(row[key] for key in keys if isinstance(row[key], str)): row for row in rows}
    return {name: row for name, row in named.items() if "topic:" not in name}


def _number(row: Row) -> float | None:
    value = row["estimate"]
    return None if value is None or value is pd.NA or value != value else float(value)


def _changed(before: Row, after: Row) -> str:
    old, new = _number(before), _number(after)
    if old is None or new is None:
        return "" if old is new else "now given" if old is None else "no longer given"
    low, high = after["low"], after["high"]
    if low is pd.NA or high is pd.NA or low != low or high != high:
        return "" if old == new else "changed"
    return "" if low <= old <= high else OUTSIDE


def _figures(before: Row, after: Row) -> tuple[float | str | None, float | str | None]:
    figures = _number(before), _number(after)
    if None not in figures:
        return figures
    reasons = [row.get("reason") for row in (before, after)]
    told = [r if isinstance(r, str) else "not given" for r in reasons]
    return (
        told[0] if figures[0] is None else _shown(figures[0]),
        told[1] if figures[1] is None else _shown(figures[1]),
    )


def _names(old: Findings, new: Findings) -> Iterator[Row]:
    for what, name, column in (
        ("group", "group_sentiment", "group"),
        ("target", "group_sentiment", "target"),
        ("topic", "topics", "label"),
    ):
        before, after = (list(dict.fromkeys(f.table(name)[column].dropna())) for f in (old, new))
        yield from (_row("names", f"{what} {v}", v, None, name) for v in before if v not in after)
        yield from (_row("names", f"{what} {v}", None, v, name) for v in after if v not in before)


def _counts(old: Findings, new: Findings) -> Iterator[Row]:
    flows = [_column(f.table("flow"), "step", "n") for f in (old, new)]
    yield from _compare("counts", flows, "flow")
    for column in ("n_posts", "n_comments", "n_authors", "n_threads"):
        sizes = [_column(f.table("corpus_description"), "group", column) for f in (old, new)]
        for row in _compare("counts", sizes, "corpus_description"):
            yield row | {"what": f"{row['what']}, {column}"}


def _column(table: pd.DataFrame, key: str, value: str) -> dict[str, Any]:
    return {k: int(v) for k, v in zip(table[key], table[value], strict=True) if not pd.isna(v)}


def _inputs(old: Findings, new: Findings) -> Iterator[Row]:
    before, after = ({str(entry.get("file")): entry for entry in _files(f)} for f in (old, new))
    for file in dict.fromkeys([*before, *after]):
        one, two = before.get(file), after.get(file)
        if one is None or two is None:
            yield _row("inputs", file, one and _size(one), two and _size(two),
                       change="new" if one is None else "gone")  # fmt: skip
        elif one.get("sha256") != two.get("sha256"):
            yield _row("inputs", f"{file}, content", str(one.get("sha256"))[:12], str(two.get("sha256"))[:12])
        else:
            counts = [{n: e[n] for n in ("read", "kept", "duplicates", "rejected", "importer") if n in e}
                      for e in (one, two)]  # fmt: skip
            for row in _compare("inputs", counts):
                yield row | {"what": f"{file}, {row['what']}"}


def _files(run: Findings) -> list[Mapping[str, Any]]:
    """List what a run read: exports, and files of codes."""
    checked = run.provenance.get("validation")
    codes = checked.get("files", []) if isinstance(checked, Mapping) else []
    return [*run.provenance.get("inputs", []), *codes]


def _size(entry: Mapping[str, Any]) -> Any:
    return entry.get("read", entry.get("codes", entry.get("sha256")))


def _settings(old: Findings, new: Findings) -> Iterator[Row]:
    yield from _compare("settings", [dict(_flat(old.study)), dict(_flat(new.study))])
    for name in ("instruments", "seed", "key_id", "corpus", "validation", "stale"):
        before, after = (_without_files(f.provenance.get(name)) for f in (old, new))
        if before != after:
            yield _row("versions", name, before, after)
    versions = [f.provenance.get("versions", {}) for f in (old, new)]
    yield from _compare("versions", versions)


def _without_files(value: Any) -> Any:
    """Leave out what stands among the inputs."""
    return {k: v for k, v in value.items() if k != "files"} if isinstance(value, Mapping) else value


def _flat(values: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(values, Mapping):
        for name, value in values.items():
            yield from _flat(value, f"{path}.{name}" if path else str(name))
    elif isinstance(values, list) and any(isinstance(v, Mapping) for v in values):
        for i, value in enumerate(values):
            named = value.get("name") or value.get("id") if isinstance(value, Mapping) else None
            yield from _flat(value, f"{path}[{named if isinstance(named, str) else i}]")
    else:
        yield path, values
