"""The rules of the groups, in words for the methods: a reader must be able to draw the groups again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from discourse.corpus.places import place_name
from discourse.report.numerals import percent
from discourse.report.sections.context import Context
from discourse.report.widths import shortened

#: Places and phrases named one by one; of more, the first ones and how many there are.
_NAMED = 8
_OWN_CODE = {"CN-TW": "TW", "CN-HK": "HK", "CN-MO": "MO"}
#: Signs of one phrase that are printed.
_LETTERS = 40


def rules_in_words(context: Context) -> str:
    """Say for each group of the study what its rule asks of an author; nothing where there are none."""
    say = context.say
    given = [group for group in context.subject["groups"] or [] if isinstance(group, Mapping)]
    said = [
        say.note("rule_of", group=context.subject.group(str(group.get("name"))), rule=_rule(context, group))
        for group in given
        if any(group.get(part) for part in ("any", "all", "not"))
    ]
    return ("；" if context.language == "zh" else "; ").join(said)


def _rule(context: Context, group: Mapping[str, Any]) -> str:
    parts = []
    for name in ("all", "any", "not"):
        conditions = [_condition(context, c) for c in group.get(name) or () if isinstance(c, Mapping)]
        conditions = [condition for condition in conditions if condition]
        if conditions:
            joined = context.say.note(f"rule_join_{name}").join(conditions)
            parts.append(context.say.note(f"rule_{name}", conditions=joined))
    return ("，" if context.language == "zh" else ", ").join(parts)


def _condition(context: Context, condition: Mapping[str, Any]) -> str:
    """Say one condition, all keys of which must hold."""
    found = [_signal(context, str(key), value) for key, value in condition.items() if value is not None]
    return context.say.note("rule_and").join(part for part in found if part)


def _signal(context: Context, key: str, value: Any) -> str:
    say = context.say
    if key == "merchant":
        return say.note("rule_merchant" if value else "rule_no_merchant")
    if key == "lang_share" and isinstance(value, Mapping):
        shares = [
            say.note("rule_lang", language=say.term("lang", lang), share=percent(share))
            for lang, share in value.items()
            if share is not None
        ]
        return say.note("rule_and").join(shares)
    if key == "docvars" and isinstance(value, Mapping):
        return say.note("rule_and").join(
            f"{shortened(str(name), _LETTERS)} = {_listed(context, wanted, str)}"
            for name, wanted in value.items()
        )
    if key == "ip":
        return say.note("rule_ip", places=_listed(context, value, lambda code: _place(context, code)))
    if key == "phrase":
        return say.note("rule_phrase", phrases=_listed(context, value, _quoted))
    return f"{key} = {_listed(context, value, str)}"


def _place(context: Context, code: str) -> str:
    """Name a place; of a country with all its parts, the country."""
    code = code.removesuffix("-*")
    return place_name(_OWN_CODE.get(code, code), context.language)


def _quoted(text: str) -> str:
    return f"“{shortened(text, _LETTERS)}”"


def _listed(context: Context, value: Any, name: Any) -> str:
    """List values, the first ones where there are many, and how many more."""
    values = [str(value)] if isinstance(value, str) else [str(v) for v in value]
    named = list(dict.fromkeys(name(v) for v in values))
    joined = ("、" if context.language == "zh" else ", ").join(named[:_NAMED])
    left = len(named[_NAMED:])
    return joined + (context.say.note("rule_more", n=left) if left else "")
