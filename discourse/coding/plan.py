"""A plan of analysis, made before anybody looks, and what a study does otherwise.

A plan is made from a study file alone: no post is read for it.  It says what is asked of which groups by
which instrument, what is left out, and how errors are controlled, and carries a SHA-256 over all that.
Register it (a registry gives it a date); name it in the study, and the report cites the hash and marks what
is not in it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discourse.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

FORMAT = 1
#: Outcomes that every pair of groups is compared in, toward every target.
COMPARED = ("mean", "positive", "negative")
#: Keys of a study that decide about all its figures, and what of them.
_SETTINGS = {
    "analysis": ("timezone", "seed", "min_cell", "interval"),
    "duplicates": None,
    "scorer": None,
    "topics": None,
    "codes": None,
    "events": None,
    "phases": None,
    "claims": None,
    "sources": None,
}
_QUESTION = ("outcome", "groups", "expect", "equivalence")


def make_plan(study: Mapping[str, Any], instruments: Mapping[str, str], version: str) -> dict[str, Any]:
    """Turn a study into a plan.

    Parameters
    ----------
    study : mapping
        The effective study as plain values, without folders of this machine.
    instruments : mapping of str to str
        Target to scorer, version and hash.
    version : str
        Version of this package.

    Returns
    -------
    dict
        ``questions``, ``comparisons`` (one family a target), ``groups``, ``targets``, ``instruments``,
        ``exclusions``, ``corrections``, ``settings``, and ``sha256`` over all of them.

    Examples
    --------
    >>> study = {"study": {"title": "T", "question": "Q?"}, "groups": [{"name": "a"}, {"name": "b"}],
    ...     "targets": [{"name": "refugees"}], "questions": []}
    >>> plan = make_plan(study, {"refugees": "lexicon 1"}, "0.1")
    >>> plan["comparisons"][0]["pairs"], len(plan["sha256"])
    ([['a', 'b']], 64)
    """
    head = study.get("study", {})
    groups = [dict(group) for group in study.get("groups", [])]
    plan: dict[str, Any] = {
        "format": FORMAT,
        "made_by": f"discourse {version}",
        "title": head.get("title"),
        "question": head.get("question"),
        "questions": [dict(question) for question in study.get("questions", [])],
        "groups": groups,
        "targets": [_without(target, "label") for target in study.get("targets", [])],
        "instruments": dict(sorted(instruments.items())),
        "comparisons": [_family(name, groups) for name in instruments],
        "exclusions": {
            "duplicates": study.get("duplicates", {}),
            "posts": "posts without words; posts that speak of their own author alone (out of means)",
            "figures": "fewer than 100 authors or 20 threads in a group; groups that hardly share a language "
            "or platform, unless people have coded both",
            "min_cell": head.get("min_cell", 10),
        },
        "corrections": {
            "comparisons": "Holm within each target",
            "dependence": "variance clustered by author and by thread",
            "interval": head.get("interval", "analytic"),
            "level": 0.95,
            "measurement": _measurement(study.get("validation")),
        },
        "settings": {name: _setting(study, name, keys) for name, keys in _SETTINGS.items()},
    }
    return plan | {"sha256": plan_hash(plan)}


def _family(target: str, groups: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    names = [str(group["name"]) for group in groups]
    return {
        "family": f"stance toward {target}",
        "target": target,
        "pairs": [list(pair) for pair in combinations(names, 2)],
        "outcomes": list(COMPARED),
        "languages": "within each language first, then over all",
    }


def _measurement(validation: Mapping[str, Any] | None) -> str:
    if not validation:
        return "none: figures are those of the instrument, uncorrected and exploratory"
    return f"by human codes of a random sample ({validation.get('method', 'ppi++')})"


def _setting(study: Mapping[str, Any], name: str, keys: Sequence[str] | None) -> Any:
    if name == "sources":
        return _collected(study.get(name, []))
    if keys is None:
        return study.get(name)
    head = study.get("study", {})
    return {key: head.get(key) for key in keys}


def _collected(sources: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Say how posts are to be found, without the name of any file."""
    return [_without(source, "path", "key") for source in sources]


def _without(entry: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key not in keys}


def plan_hash(plan: Mapping[str, Any]) -> str:
    """Hash a plan.

    Parameters
    ----------
    plan : mapping
        With or without ``sha256``.

    Returns
    -------
    str
        SHA-256 over its canonical JSON without that key, 64 hexadecimal digits.

    Examples
    --------
    >>> plan_hash({"a": 1, "sha256": "x"}) == plan_hash({"a": 1})
    True
    """
    text = json.dumps(
        _without(plan, "sha256"), ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str
    )
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def write_plan(plan: Mapping[str, Any], path: str | Path) -> Path:
    """Write a plan as JSON, and beside it the same to be read by people (Markdown).

    Parameters
    ----------
    plan : mapping
        From :func:`make_plan`.
    path : path
        The JSON file; the Markdown file has the same name with ``.md``.

    Returns
    -------
    pathlib.Path
        The JSON file.

    Raises
    ------
    InputError
        If another plan is in that file: a plan that was registered must not be lost.

    Examples
    --------
    >>> import tempfile
    >>> plan = make_plan({"study": {"title": "T", "question": "Q?"}}, {}, "0.1")
    >>> path = write_plan(plan, Path(tempfile.mkdtemp(), "plan.json"))
    >>> read_plan(path) == plan
    True
    """
    path = Path(path)
    if path.exists() and read_plan(path) != plan:
        raise InputError(
            "another plan is in this file",
            where=str(path),
            hint="name another --out; what was registered should stay as it is",
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(plan, ensure_ascii=False, indent=2, default=str)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
    path.with_suffix(".md").write_text(plan_text(plan), encoding="utf-8", newline="\n")
    return path


def read_plan(path: str | Path) -> dict[str, Any]:
    """Read a plan, and see that nobody has changed it.

    Parameters
    ----------
    path : path
        A file of :func:`write_plan`.

    Returns
    -------
    dict

    Raises
    ------
    InputError
        If the file is missing or no plan, or its content does not have the hash that it carries.
    """
    path = Path(path)
    try:
        plan = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(
            "the plan cannot be read", where=str(path), hint="make one with: discourse plan study.toml"
        ) from error
    except ValueError as error:
        raise InputError(f"the plan is not JSON: {error}", where=str(path)) from None
    if not isinstance(plan, dict) or plan.get("format") != FORMAT or "sha256" not in plan:
        raise InputError("this file is no plan of analysis", where=str(path), expected=f"format {FORMAT}")
    if plan_hash(plan) != plan["sha256"]:
        raise InputError(
            "the plan was changed after it was made",
            where=str(path),
            expected=f"content with the hash {plan['sha256'][:12]}...; it has {plan_hash(plan)[:12]}...",
            hint="take the plan as it was registered, or make a new one with: discourse plan",
        )
    return plan


def compare_plan(plan: Mapping[str, Any], now: Mapping[str, Any]) -> pd.DataFrame:
    """Say of each question, comparison and setting whether it was planned.

    Parameters
    ----------
    plan : mapping
        The plan, as it was registered.
    now : mapping
        The plan that the study of today would give.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.PLANNED`.  A question is ``planned`` if it stands in the plan with the same
        outcome, groups and expectation, and groups, targets, instruments and exclusions are the plan's.

    Notes
    -----
    Nosek, Ebersole, DeHaven and Mellor (2018) doi:10.1073/pnas.1708274114: what is decided after looking is
    exploration, and worth having as such.

    Examples
    --------
    >>> study = {"study": {"title": "T", "question": "?"}, "questions": [{"id": "H1", "outcome": "stance:t"}]}
    >>> plan = make_plan(study, {}, "0.1")
    >>> more = study | {"questions": [*study["questions"], {"id": "H2", "outcome": "balance:t"}]}
    >>> found = compare_plan(plan, make_plan(more, {}, "0.1"))
    >>> found[found["kind"] == "question"][["name", "status"]].values.tolist()
    [['H1', 'planned'], ['H2', 'exploratory']]
    """
    import pandas as pd

    from discourse.tables import PLANNED

    settings = list(_settings(plan, now))
    moved = [row["name"] for row in settings if row["status"] == "changed"]
    rows = [*_questions(plan, now, moved), *_comparisons(plan, now, moved), *settings]
    return PLANNED.conform(pd.DataFrame(rows, columns=PLANNED.names))


def _row(kind: str, name: str, status: str, note: str | None = None) -> dict[str, Any]:
    return {"kind": kind, "name": name, "status": status, "note": note}


def _settings(plan: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for name in ("groups", "targets", "instruments", "exclusions", "corrections"):
        yield _setting_row(name, plan.get(name), now.get(name))
    before, after = plan.get("settings", {}), now.get("settings", {})
    for name in sorted(set(before) | set(after)):
        yield _setting_row(name, before.get(name), after.get(name))


def _setting_row(name: str, before: Any, after: Any) -> dict[str, Any]:
    same = _plain(before) == _plain(after)
    return _row("setting", name, "planned" if same else "changed", None if same else _changes(before, after))


def _plain(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


def _changes(before: Any, after: Any) -> str:
    """Name the parts that differ; long values are not repeated."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        keys = [k for k in sorted({*before, *after}) if _plain(before.get(k)) != _plain(after.get(k))]
        return ", ".join(map(str, keys))
    if isinstance(before, list) and isinstance(after, list):
        named = [str(e.get("name", "")) for e in [*before, *after] if isinstance(e, Mapping)]
        old, new = [_plain(e) for e in before], [_plain(e) for e in after]
        kept = {str(e.get("name", "")) for e in before if isinstance(e, Mapping) and _plain(e) in new}
        kept &= {str(e.get("name", "")) for e in after if isinstance(e, Mapping) and _plain(e) in old}
        return ", ".join(name for name in dict.fromkeys(named) if name not in kept) or "order"
    return "added" if before in (None, []) else "taken out" if after in (None, []) else "value"


#: Settings that no question and no comparison depends on.
_ASIDE = ("topics", "codes", "events", "phases", "claims", "sources")


def _questions(
    plan: Mapping[str, Any], now: Mapping[str, Any], moved: Sequence[str]
) -> Iterator[dict[str, Any]]:
    before = {str(question["id"]): question for question in plan.get("questions", [])}
    decisive = [name for name in moved if name not in _ASIDE]
    for question in now.get("questions", []):
        name = str(question["id"])
        if name not in before:
            yield _row("question", name, "exploratory")
            continue
        parts = [key for key in _QUESTION if question.get(key) != before[name].get(key)]
        note = ", ".join([*parts, *decisive])
        yield _row("question", name, "changed" if note else "planned", note or None)
    kept = {str(question["id"]) for question in now.get("questions", [])}
    yield from (_row("question", name, "left out") for name in before if name not in kept)


def _comparisons(
    plan: Mapping[str, Any], now: Mapping[str, Any], moved: Sequence[str]
) -> Iterator[dict[str, Any]]:
    decisive = [name for name in moved if name not in _ASIDE]
    before, after = (_pairs(each) for each in (plan, now))
    for name in after:
        if name not in before:
            yield _row("comparison", name, "exploratory")
        else:
            yield _row("comparison", name, "changed" if decisive else "planned", ", ".join(decisive) or None)
    yield from (_row("comparison", name, "left out") for name in before if name not in after)


def _pairs(plan: Mapping[str, Any]) -> list[str]:
    return [
        f"{a} vs {b}, {family['target']}"
        for family in plan.get("comparisons", [])
        for a, b in family["pairs"]
    ]


def plan_text(plan: Mapping[str, Any]) -> str:
    """Write a plan to be read, registered or printed.

    Parameters
    ----------
    plan : mapping
        From :func:`make_plan`.

    Returns
    -------
    str
        Markdown, in English with the study's own wording in its languages.

    Examples
    --------
    >>> plan_text(make_plan({"study": {"title": "T", "question": "Q?"}}, {}, "0.1")).splitlines()[0]
    '# Plan of analysis: T'
    """
    lines = [f"# Plan of analysis: {_worded(plan['title'])}", "", _worded(plan["question"]), ""]
    lines += [f"SHA-256 of this plan: `{plan['sha256']}`", "", "## Questions", ""]
    for question in plan["questions"]:
        lines.append(f"- **{question['id']}** {_worded(question.get('text', ''))}  ")
        bounds = f", equivalence ±{question['equivalence']}" if question.get("equivalence") else ""
        groups = " minus ".join(question.get("groups", []))
        lines.append(f"  `{question['outcome']}` of {groups}, expected {question.get('expect', '')}{bounds}")
    lines += ["", "## Groups, in this order, the first rule that holds", ""]
    lines += [f"- {group['name']}: `{_plain(_without(group, 'name', 'label'))}`" for group in plan["groups"]]
    lines += ["", "## Instruments", ""]
    lines += [f"- toward {target}: {name}" for target, name in plan["instruments"].items()]
    lines += ["", "## Comparisons", ""]
    lines += [
        f"- {family['family']}: {', '.join(' vs '.join(pair) for pair in family['pairs'])}; "
        f"{', '.join(family['outcomes'])}; {family['languages']}"
        for family in plan["comparisons"]
    ]
    for head in ("exclusions", "corrections", "settings"):
        lines += ["", f"## {head.capitalize()}", ""]
        lines += [f"- {key}: {_shown(value)}" for key, value in plan[head].items() if value not in (None, [])]
    return "\n".join(lines) + "\n"


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else f"`{_plain(value)}`"


def _worded(value: Any) -> str:
    return " / ".join(map(str, value.values())) if isinstance(value, Mapping) else str(value or "")
