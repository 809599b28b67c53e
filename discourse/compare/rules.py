"""Group rules as data: what a study says about who belongs where, checked before anything runs."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from discourse.corpus.places import place_code
from discourse.errors import StudyError

UNASSIGNED = "unassigned"
RESERVED = (UNASSIGNED, "all")
LANGUAGES = ("zh", "en", "mixed", "other")
KINDS = ("post", "comment", "reply")
_PLACE = re.compile(r"[A-Z*?]{1,3}(-[A-Z0-9*?]{1,3})?")


@dataclass(frozen=True)
class Condition:
    """One bundle of signals; every signal that is given must hold.

    Attributes
    ----------
    ip : tuple of str
        Patterns of place codes, such as ``US`` or ``CN-*``; the author's most frequent known place must
        match one of them.
    lang_share : tuple of (str, float)
        Least share of the author's posts in a language (zh, en, mixed, other); a mixed post counts half
        for zh and half for en.
    phrase : tuple of str
        The author wrote one of these literally, in whatever case.
    merchant : bool or None
        Whether the author gave contact details (masked at the door).
    docvars : tuple of (str, tuple of str)
        A post of the author has one of these values in the named column or docvar.
    kind : tuple of str
        The author wrote at least one of these kinds of post.
    platform : tuple of str
        The author wrote on one of these platforms.
    """

    ip: tuple[str, ...] = ()
    lang_share: tuple[tuple[str, float], ...] = ()
    phrase: tuple[str, ...] = ()
    merchant: bool | None = None
    docvars: tuple[tuple[str, tuple[str, ...]], ...] = ()
    kind: tuple[str, ...] = ()
    platform: tuple[str, ...] = ()

    @property
    def signals(self) -> frozenset[str]:
        """Names of the signals that this condition reads."""
        given = {name: getattr(self, name) for name in SIGNALS}
        return frozenset(name for name, value in given.items() if value is not None and value != ())


SIGNALS = ("ip", "lang_share", "phrase", "merchant", "docvars", "kind", "platform")


@dataclass(frozen=True)
class GroupRule:
    """Who belongs to one group: some of ``any``, all of ``all``, none of ``none`` (``not`` in the study).

    Examples
    --------
    >>> rule = GroupRule("hosts", all=(Condition(ip=("CN-*",)),), none=(Condition(merchant=True),))
    >>> sorted(rule.signals)
    ['ip', 'merchant']
    """

    name: str
    label: Mapping[str, str] = field(default_factory=dict)
    any: tuple[Condition, ...] = ()
    all: tuple[Condition, ...] = ()
    none: tuple[Condition, ...] = ()

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """All conditions, in the order any, all, not."""
        return (*self.any, *self.all, *self.none)

    @property
    def signals(self) -> frozenset[str]:
        """Names of the signals that this rule reads."""
        return frozenset[str]().union(*(condition.signals for condition in self.conditions))


def parse_rules(groups: Iterable[Mapping[str, Any] | GroupRule], where: str = "study") -> list[GroupRule]:
    """Read the ``[[groups]]`` of a study into rules, in their order.

    Parameters
    ----------
    groups : iterable of mapping or GroupRule
        Tables with the keys name, label, any, all, not.
    where : str, optional
        Name of the study file, for messages.

    Returns
    -------
    list of GroupRule
        The rules; their order decides, as the first match wins.

    Raises
    ------
    StudyError
        If a key, a language, a place or a kind is unknown, or a name is used twice or reserved.

    Examples
    --------
    >>> parse_rules([{"name": "hosts", "all": [{"ip": ["CN-*"]}]}])[0].all[0].ip
    ('CN-*',)
    >>> parse_rules([{"name": "hosts", "all": [{"ipp": ["CN-*"]}]}])
    Traceback (most recent call last):
    ...
    discourse.errors.StudyError: unknown key 'ipp' in a group rule
      where:    study, groups[0] (hosts), all[0]
      expected: ip, lang_share, phrase, merchant, docvars, kind, platform
      to do:    did you mean 'ip'?
    """
    rules = [
        group if isinstance(group, GroupRule) else _parse_rule(group, f"{where}, groups[{i}]")
        for i, group in enumerate(groups)
    ]
    _check_names(rules, where)
    return rules


def _check_names(rules: Sequence[GroupRule], where: str) -> None:
    seen: set[str] = set()
    for i, rule in enumerate(rules):
        at = f"{where}, groups[{i}]"
        if rule.name in RESERVED:
            raise StudyError(
                f"the group name {rule.name!r} is reserved", where=at, hint="choose another name"
            )
        if rule.name in seen:
            raise StudyError(f"two groups are called {rule.name!r}", where=at, hint="rename one of them")
        if not rule.conditions:
            raise StudyError(
                f"group {rule.name!r} has no condition",
                where=at,
                expected="at least one of any, all, not",
                hint='for example all = [{ ip = ["CN-*"] }]',
            )
        seen.add(rule.name)


def _parse_rule(group: Mapping[str, Any], where: str) -> GroupRule:
    _known(group, ("name", "label", "any", "all", "not"), where, "a group")
    name = group.get("name")
    if not isinstance(name, str) or not name:
        raise StudyError("a group has no name", where=where, expected='name = "..."')
    label = group.get("label") or {}
    where = f"{where} ({name})"
    parts = {key: _conditions(group, key, where) for key in ("any", "all", "not")}
    label = {"en": label} if isinstance(label, str) else dict(label)
    return GroupRule(name, label, parts["any"], parts["all"], parts["not"])


def _conditions(group: Mapping[str, Any], key: str, where: str) -> tuple[Condition, ...]:
    tables = _tables(group, key, where)
    return tuple(_parse_condition(table, f"{where}, {key}[{i}]") for i, table in enumerate(tables))


def _tables(group: Mapping[str, Any], key: str, where: str) -> Sequence[Any]:
    value = group.get(key) or ()
    if isinstance(value, Mapping):
        return (value,)
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise StudyError(f"{key} must be a list of tables", where=where, expected=f"{key} = [{{ ... }}]")
    return value


def _parse_condition(data: Mapping[str, Any] | Condition, where: str) -> Condition:
    if isinstance(data, Condition):
        return data
    if isinstance(data, Mapping):
        data = {key: value for key, value in data.items() if value is not None}
    if not isinstance(data, Mapping) or not data:
        raise StudyError("a condition must be a table with at least one key", where=where)
    _known(data, SIGNALS, where, "a group rule")
    merchant = data.get("merchant")
    if merchant is not None and not isinstance(merchant, bool):
        raise StudyError("merchant must be true or false", where=where)
    return Condition(
        ip=_places(data.get("ip"), where),
        lang_share=_shares(data.get("lang_share"), where),
        phrase=_strings(data.get("phrase"), "phrase", where),
        merchant=merchant,
        docvars=_docvars(data.get("docvars"), where),
        kind=_choices(data.get("kind"), KINDS, "kind", where),
        platform=_strings(data.get("platform"), "platform", where),
    )


def _strings(value: Any, key: str, where: str) -> tuple[str, ...]:
    if value is None:
        return ()
    values = [value] if isinstance(value, str) else list(value)
    if not values or not all(isinstance(v, str) and v.strip() for v in values):
        raise StudyError(f"{key} must be a list of strings, none of them empty", where=where)
    return tuple(values)


def _choices(value: Any, known: tuple[str, ...], key: str, where: str) -> tuple[str, ...]:
    chosen = _strings(value, key, where)
    for one in chosen:
        _known((one,), known, where, key)
    return chosen


def _places(value: Any, where: str) -> tuple[str, ...]:
    places = _strings(value, "ip", where)
    for place in places:
        if not _PLACE.fullmatch(place):
            raise StudyError(
                f"{place!r} is no place code",
                where=where,
                expected="ISO codes of countries, CN- and two letters for provinces; * stands for anything",
                hint='for example "US" or "CN-*"',
            )
        code = place_code(place)
        if code is not None and code != place:
            raise StudyError(f"{place!r} is no place code", where=where, hint=f"did you mean {code!r}?")
    return places


def _shares(value: Any, where: str) -> tuple[tuple[str, float], ...]:
    if value is None:
        return ()
    if not isinstance(value, Mapping):
        raise StudyError("lang_share must be a table", where=where, expected="lang_share = { en = 0.5 }")
    _known(value, LANGUAGES, where, "lang_share")
    for lang, share in value.items():
        if isinstance(share, bool) or not isinstance(share, int | float) or not 0 < share <= 1:
            raise StudyError(
                f"lang_share of {lang} is {share!r}", where=where, expected="a share above 0, up to 1"
            )
    return tuple((lang, float(share)) for lang, share in value.items())


def _docvars(value: Any, where: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if value is None:
        return ()
    if not isinstance(value, Mapping) or not value:
        raise StudyError("docvars must be a table", where=where, expected='docvars = { platform = "reddit" }')
    return tuple((name, _as_text(wanted)) for name, wanted in value.items())


def _as_text(wanted: Any) -> tuple[str, ...]:
    values = wanted if isinstance(wanted, list | tuple) else [wanted]
    return tuple(docvar_text(v) for v in values)


def docvar_text(value: Any) -> str:
    """Write a docvar as text, so that ``true`` and ``1`` in a study meet those of a corpus.

    Parameters
    ----------
    value : object
        A value out of TOML or JSON.

    Returns
    -------
    str
        ``true`` and ``false`` for truth values, else ``str(value)``.

    Examples
    --------
    >>> docvar_text(True), docvar_text(3), docvar_text("reddit")
    ('true', '3', 'reddit')
    """
    return str(value).lower() if isinstance(value, bool) else str(value)


def _known(names: Iterable[str], known: Sequence[str], where: str, what: str) -> None:
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(str(name), known, n=1, cutoff=0.4)
            raise StudyError(
                f"unknown key {name!r} in {what}",
                where=where,
                expected=", ".join(known),
                hint=f"did you mean {near[0]!r}?" if near else None,
            )
