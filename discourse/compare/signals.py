"""What is known of each author that a group rule can read: place, languages, phrases, contact details."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from functools import reduce
from operator import and_, or_
from typing import Any

import numpy as np
import pandas as pd

from discourse.compare.rules import LANGUAGES, Condition, GroupRule, docvar_text
from discourse.text.script import simplify

# Flags and placeholders that the door leaves where it masked a contact.
CONTACT = ("email", "phone", "wechat")
_CONTACT_TEXT = r"\[(?:" + "|".join(CONTACT) + r")\]"


def author_signals(posts: pd.DataFrame, rules: Sequence[GroupRule]) -> pd.DataFrame:
    """Collect, for each author, the signals that the rules read.

    Parameters
    ----------
    posts : DataFrame
        Posts as in :data:`discourse.tables.POSTS`; those without an author are passed over.
    rules : sequence of GroupRule
        The rules; what they do not read is not computed.

    Returns
    -------
    DataFrame
        One row an author, sorted by author, which is the index.  ``place`` (most frequent known place, the
        first in the alphabet where two are as frequent; NA if none is known), ``share_zh``, ``share_en``,
        ``share_mixed``, ``share_other`` (of the posts with a language; a mixed post counts half for zh and
        half for en; NaN if no post has one), ``merchant``, and a boolean column for each
        ``phrase:...``, ``kind:...``, ``platform:...`` and ``docvars:name:value`` that a rule names.

    Examples
    --------
    >>> from discourse.compare.rules import parse_rules
    >>> posts = pd.DataFrame({"author": ["a", "a"], "lang": ["en", "mixed"], "ip_location": ["US", None]})
    >>> rules = parse_rules([{"name": "newcomers", "all": [{"ip": "US", "lang_share": {"en": 0.5}}]}])
    >>> author_signals(posts, rules)[["place", "share_en"]].values.tolist()
    [['US', 0.75]]
    """
    known = posts[posts["author"].notna()].reset_index(drop=True)
    authors = pd.Index(sorted(known["author"].unique()), name="author", dtype="str")
    read = frozenset[str]().union(*(rule.signals for rule in rules))
    columns: dict[str, Any] = {}
    if "ip" in read:
        columns["place"] = _places(known).reindex(authors)
    if "lang_share" in read:
        columns |= {name: share.reindex(authors) for name, share in _shares(known).items()}
    for name, marks in _marks(known, rules).items():
        columns[name] = marks.groupby(known["author"]).any().reindex(authors, fill_value=False)
    return pd.DataFrame(columns, index=authors)


def _conditions(rules: Iterable[GroupRule]) -> list[Condition]:
    return [condition for rule in rules for condition in rule.conditions]


def _column(posts: pd.DataFrame, name: str) -> pd.Series:
    if name in posts.columns:
        return posts[name]
    return pd.Series([pd.NA] * len(posts), index=posts.index, dtype="object")


def _places(posts: pd.DataFrame) -> pd.Series:
    places = pd.DataFrame({"author": posts["author"], "place": _column(posts, "ip_location")}).dropna()
    counts = places.groupby(["author", "place"]).size().rename("n").reset_index()
    counts = counts.sort_values(["author", "n", "place"], ascending=[True, False, True])
    return counts.drop_duplicates("author").set_index("author")["place"]


def _shares(posts: pd.DataFrame) -> dict[str, pd.Series]:
    lang = _column(posts, "lang").astype("object")
    has = lang.notna() & (lang != "none")
    chinese, mixed = lang.isin(["zh", "zh-Hans", "zh-Hant"]), lang == "mixed"
    values = {
        "zh": chinese + 0.5 * mixed,
        "en": (lang == "en") + 0.5 * mixed,
        "mixed": mixed.astype("float64"),
        "other": (lang == "other").astype("float64"),
    }
    return {f"share_{name}": v[has].groupby(posts["author"][has]).mean() for name, v in values.items()}


def _marks(posts: pd.DataFrame, rules: Sequence[GroupRule]) -> dict[str, pd.Series]:
    """Give one boolean per post for each mark that a rule names."""
    conditions = _conditions(rules)
    marks: dict[str, pd.Series] = {}
    if any(c.merchant is not None for c in conditions):
        marks["merchant"] = contact_given(posts)
    for name in ("kind", "platform"):
        for value in sorted({v for c in conditions for v in getattr(c, name)}):
            marks[f"{name}:{value}"] = _column(posts, name).astype("object").eq(value)
    marks |= _docvar_marks(posts, sorted({pair for c in conditions for pair in c.docvars}))
    phrases = sorted({phrase for c in conditions for phrase in c.phrase})
    return marks | _phrase_marks(posts, phrases)


def contact_given(posts: pd.DataFrame) -> pd.Series:
    """Say which posts give contact details, by what the door masked.

    Parameters
    ----------
    posts : DataFrame
        Posts with ``text``; ``title``, ``flags`` and ``docvars`` where they are there.

    Returns
    -------
    Series of bool
        One a post.

    Examples
    --------
    >>> contact_given(pd.DataFrame({"text": ["add [wechat]", "hello"]})).tolist()
    [True, False]
    """
    flags = _column(posts, "flags")
    flagged = np.array([_is_contact(f) for f in flags], dtype=bool)
    written = np.zeros(len(posts), dtype=bool)
    for name in ("text", "title"):
        text = _column(posts, name).astype("object").fillna("").astype("str")
        written |= text.str.contains(_CONTACT_TEXT, regex=True).to_numpy(dtype=bool)
    docvar = docvar_values(posts, "merchant").isin(["true", "1", "yes"]).to_numpy(dtype=bool)
    return pd.Series(flagged | written | docvar, index=posts.index)


def _is_contact(flags: Any) -> bool:
    if isinstance(flags, str):
        flags = [flags]
    if not isinstance(flags, list | tuple | np.ndarray):
        return False
    return any(str(flag).startswith(("masked", "contact")) and str(flag).endswith(CONTACT) for flag in flags)


def docvar_values(posts: pd.DataFrame, name: str) -> pd.Series:
    """Give a docvar as text: a column of that name, or a key of the JSON object in ``docvars``.

    Parameters
    ----------
    posts : DataFrame
        Posts with the column, or with ``docvars``.
    name : str
        Name of the docvar.

    Returns
    -------
    Series of str
        One a post; missing where a post has none.

    Examples
    --------
    >>> docvar_values(pd.DataFrame({"docvars": ['{"verified": true}', None]}), "verified").tolist()
    ['true', None]
    """
    if name in posts.columns:
        return posts[name].map(docvar_text, na_action="ignore")
    values = [_from_json(cell, name) for cell in _column(posts, "docvars")]
    return pd.Series(values, index=posts.index, dtype="object")


def _from_json(cell: Any, name: str) -> str | None:
    if isinstance(cell, str):
        cell = json.loads(cell)
    value = cell.get(name) if isinstance(cell, dict) else None
    return None if value is None else docvar_text(value)


def _docvar_marks(posts: pd.DataFrame, pairs: Sequence[tuple[str, tuple[str, ...]]]) -> dict[str, pd.Series]:
    return {
        f"docvars:{name}:{value}": docvar_values(posts, name).eq(value)
        for name, values in pairs
        for value in values
    }


def _phrase_marks(posts: pd.DataFrame, phrases: Sequence[str]) -> dict[str, pd.Series]:
    if not phrases:
        return {}
    texts = [_fold(t) for t in _column(posts, "text")]
    titles = [_fold(t) for t in _column(posts, "title")]
    marks = {}
    for phrase in phrases:
        found = _phrase_pattern(phrase).search
        hits = [bool(found(a) or found(b)) for a, b in zip(texts, titles, strict=True)]
        marks[f"phrase:{phrase}"] = pd.Series(hits, index=posts.index, dtype="bool")
    return marks


def _fold(text: Any) -> str:
    """Level case, Traditional characters and curly apostrophes, for matching only."""
    return simplify(text).casefold().replace("’", "'") if isinstance(text, str) else ""


def _phrase_pattern(phrase: str) -> re.Pattern[str]:
    # Latin edges must be edges of words: "a refugee" does not stand in "a refugeeish".
    folded = _fold(phrase.strip())
    before = r"(?<![a-z0-9])" if re.match(r"[a-z0-9]", folded) else ""
    behind = r"(?![a-z0-9])" if re.search(r"[a-z0-9]$", folded) else ""
    return re.compile(before + re.escape(folded) + behind)


def holds(condition: Condition, signals: pd.DataFrame) -> pd.Series:
    """Say for each author whether every signal of a condition is there.

    Parameters
    ----------
    condition : Condition
        The bundle of signals.
    signals : DataFrame
        From :func:`author_signals`, for rules that contain the condition.

    Returns
    -------
    Series of bool
        One value an author.  An unknown place or language share matches nothing.

    Examples
    --------
    >>> holds(Condition(ip=("CN-*",)), pd.DataFrame({"place": ["CN-GD", "US", None]})).tolist()
    [True, False, False]
    """
    parts = [_place_matches(signals, condition.ip)] if condition.ip else []
    for lang, least in condition.lang_share:
        # A share is a mean of halves; 1e-9 keeps 0.3 + 0.2 from missing 0.5.
        parts.append(signals[f"share_{lang}"].fillna(-1.0) >= least - 1e-9)
    if condition.merchant is not None:
        parts.append(signals["merchant"] == condition.merchant)
    for kind in ("phrase", "kind", "platform"):
        if getattr(condition, kind):
            parts.append(_any_of(signals, [f"{kind}:{value}" for value in getattr(condition, kind)]))
    for name, values in condition.docvars:
        parts.append(_any_of(signals, [f"docvars:{name}:{value}" for value in values]))
    return reduce(and_, (part.astype("bool") for part in parts))


def _place_matches(signals: pd.DataFrame, patterns: Sequence[str]) -> pd.Series:
    pattern = re.compile("|".join(_glob(p) for p in patterns))
    return signals["place"].map(lambda place: isinstance(place, str) and bool(pattern.fullmatch(place)))


def _glob(pattern: str) -> str:
    return re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")


def _any_of(signals: pd.DataFrame, columns: Sequence[str]) -> pd.Series:
    return reduce(or_, (signals[column] for column in columns))


def describe_signals(signals: pd.DataFrame, rules: Sequence[GroupRule]) -> pd.Series:
    """Write the signals of each author as one line, for the cross-tabulation.

    Parameters
    ----------
    signals : DataFrame
        From :func:`author_signals`.
    rules : sequence of GroupRule
        The same rules; a phrase is named after the groups whose rules look for it, or, if it only bars from
        a group, as ``not`` that group.

    Returns
    -------
    Series of str
        Such as ``ip=US, lang=en, phrase=newcomers``.  Provinces are folded into CN; ``?`` is unknown; lang
        is the language of more than half of the posts, or mixed.

    Examples
    --------
    >>> from discourse.compare.rules import parse_rules
    >>> rules = parse_rules([{"name": "hosts", "all": [{"ip": "CN-*"}], "not": [{"merchant": True}]}])
    >>> table = pd.DataFrame({"place": ["CN-GD", None], "merchant": [True, False]}, index=["a", "b"])
    >>> describe_signals(table, rules).tolist()
    ['ip=CN, merchant', 'ip=?']
    """
    parts: list[list[str]] = []
    if "place" in signals:
        parts.append(["ip=" + (p.split("-")[0] if isinstance(p, str) else "?") for p in signals["place"]])
    if "share_zh" in signals:
        parts.append(_main_language(signals))
    if "merchant" in signals:
        parts.append(["merchant" if m else "" for m in signals["merchant"]])
    parts += _phrase_parts(signals, rules)
    for column in signals.columns:
        kind, _, value = str(column).partition(":")
        if value and kind != "phrase":
            text = value.replace(":", "=") if kind == "docvars" else f"{kind}={value}"
            parts.append([text if there else "" for there in signals[column]])
    lines = [", ".join(part for part in row if part) for row in zip(*parts, strict=True)]
    return pd.Series(lines, index=signals.index, dtype="str")


def _main_language(signals: pd.DataFrame) -> list[str]:
    shares = signals[[f"share_{name}" for name in LANGUAGES]].to_numpy(dtype="float64")
    out = []
    for row in shares:
        above = [name for name, share in zip(LANGUAGES, row, strict=True) if share > 0.5]
        out.append("lang=" + ("?" if np.isnan(row).all() else above[0] if above else "mixed"))
    return out


def _phrase_parts(signals: pd.DataFrame, rules: Sequence[GroupRule]) -> list[list[str]]:
    wanted = {rule.name: {p for c in (*rule.any, *rule.all) for p in c.phrase} for rule in rules}
    known = set().union(*wanted.values())
    barred = {f"not {rule.name}": {p for c in rule.none for p in c.phrase} - known for rule in rules}
    named = [(name, sorted(phrases)) for name, phrases in (wanted | barred).items() if phrases]
    return [_phrase_part(signals, name, phrases) for name, phrases in named]


def _phrase_part(signals: pd.DataFrame, name: str, phrases: Sequence[str]) -> list[str]:
    found = _any_of(signals, [f"phrase:{phrase}" for phrase in phrases])
    return [f"phrase={name}" if there else "" for there in found]
