"""What is known of each author that a group rule can read: place, languages, phrases, contact details."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import and_, or_
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.compare.rules import LANGUAGES, Condition, GroupRule, docvar_text
from discourse.room import looked, parts, room
from discourse.text.script import simplify

# Flags and placeholders that the door leaves where it masked a contact.
CONTACT = ("email", "phone", "wechat")
_AT_ONCE = 100_000
_WIDE = 1 << 19
#: What is read post by post, and not from a place or a language.
_MARKING = frozenset({"merchant", "phrase", "kind", "platform", "docvars"})
Codes = NDArray[np.integer]
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
    found, names = pd.factorize(posts["author"], sort=True)
    codes = room(len(found), np.int32)
    codes[:] = found
    del found
    looked()
    authors = pd.Index(names, name="author", dtype="str")
    read = frozenset[str]().union(*(rule.signals for rule in rules))
    columns: dict[str, Any] = {}
    if "ip" in read:
        columns["place"] = _places(posts, codes, len(authors))
    if "lang_share" in read:
        columns |= _shares(posts, codes, len(authors))
    for start, marks in _pieces_of_marks(posts, rules):
        for name, mark in marks.items():
            of = codes[start : start + len(mark)]
            marked = columns.setdefault(name, np.zeros(len(authors), dtype=bool))
            marked[of[mark.to_numpy(dtype=bool) & (of >= 0)]] = True
    return pd.DataFrame(columns, index=authors)


def unmet_marks(posts: pd.DataFrame, rules: Sequence[GroupRule]) -> list[str]:
    """List what a rule names and no author has, as :func:`author_signals` names its columns.

    Parameters
    ----------
    posts, rules
        As in :func:`author_signals`.

    Returns
    -------
    list of str
        Such as ``platform:tiktok``.

    Examples
    --------
    >>> from discourse.compare.rules import parse_rules
    >>> rules = parse_rules([{"name": "g", "all": [{"platform": "tiktok"}]}])
    >>> unmet_marks(pd.DataFrame({"author": ["a"], "platform": ["x"]}), rules)
    ['platform:tiktok']
    """
    met: dict[str, bool] = {}
    for start, marks in _pieces_of_marks(posts, rules):
        there = posts["author"].iloc[start : start + _AT_ONCE].notna().to_numpy()
        for name, mark in marks.items():
            met[name] = met.get(name, False) or bool((mark.to_numpy(dtype=bool) & there).any())
    return [name for name, found in met.items() if ":" in name and not found]


def _pieces_of_marks(
    posts: pd.DataFrame, rules: Sequence[GroupRule]
) -> Iterator[tuple[int, dict[str, pd.Series]]]:
    """Give the marks of so many posts at a time: the texts of a large study lie on disk."""
    if any(_MARKING & rule.signals for rule in rules):
        for start in range(0, max(1, len(posts)), _AT_ONCE):
            yield start, _marks(posts.iloc[start : start + _AT_ONCE], rules)


def _conditions(rules: Iterable[GroupRule]) -> list[Condition]:
    return [condition for rule in rules for condition in rule.conditions]


def _column(posts: pd.DataFrame, name: str) -> pd.Series:
    if name in posts.columns:
        return posts[name]
    return pd.Series([pd.NA] * len(posts), index=posts.index, dtype="object")


def _places(posts: pd.DataFrame, codes: Codes, n: int) -> Any:
    """Give the most frequent known place of each of `n` authors, whose codes stand beside the posts."""
    found, places = pd.factorize(_column(posts, "ip_location"), sort=True)
    at = room(len(found), np.int32)
    at[:] = found
    del found
    best = np.full(n, -1, dtype=np.int64)
    for first in range(0, n, _AT_ONCE):  # authors, and not posts: each is counted whole
        inside = [rows.start + _of_authors(codes[rows], at[rows], first) for rows in parts(len(codes))]
        here = np.concatenate(inside) if inside else np.zeros(0, dtype=np.int64)
        pairs, counts = np.unique(codes[here].astype(np.int64) * len(places) + at[here], return_counts=True)
        author, place = np.divmod(pairs, max(1, len(places)))
        order = np.lexsort((place, -counts, author))
        leading = order[np.flatnonzero(np.diff(author[order], prepend=-1))]
        best[author[leading]] = place[leading]
    return pd.api.extensions.take(pd.array(list(places), dtype="str"), best, allow_fill=True)


def _of_authors(codes: Codes, at: Codes, first: int) -> Codes:
    """Find the posts with a place of so many authors from one on."""
    return np.flatnonzero((codes >= first) & (codes < first + _AT_ONCE) & (at >= 0))


def _shares(posts: pd.DataFrame, codes: Codes, n: int) -> dict[str, NDArray[np.float64]]:
    at, langs = pd.factorize(_column(posts, "lang"))
    at = at.astype(np.int32)
    worth = {
        "zh": [1.0 if lang in ("zh", "zh-Hans", "zh-Hant") else 0.5 * (lang == "mixed") for lang in langs],
        "en": [1.0 if lang == "en" else 0.5 * (lang == "mixed") for lang in langs],
        "mixed": [float(lang == "mixed") for lang in langs],
        "other": [float(lang == "other") for lang in langs],
    }
    none = list(langs).index("none") if "none" in langs else -1
    counts, sums = np.zeros(n, dtype=np.int64), {name: np.zeros(n) for name in worth}
    for rows in parts(len(codes), _WIDE):  # whole and half numbers: their sums are the same in any order
        told = (codes[rows] >= 0) & (at[rows] >= 0) & (at[rows] != none)
        of, which = codes[rows][told], at[rows][told]
        counts += np.bincount(of, minlength=n)
        for name, values in worth.items():
            sums[name] += np.bincount(of, np.array([*values, 0.0])[which], minlength=n)
    return {
        f"share_{name}": np.divide(total, counts, out=np.full(n, np.nan), where=counts > 0)
        for name, total in sums.items()
    }


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
    at, places = pd.factorize(signals["place"])
    matches = [isinstance(place, str) and bool(pattern.fullmatch(place)) for place in places]
    return pd.Series(np.array([*matches, False], dtype=bool)[at], index=signals.index)


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
    written: dict[tuple[str, ...], str] = {}  # few lines, written for many
    lines = [
        written.get(row) or written.setdefault(row, ", ".join(filter(None, row)))
        for row in zip(*parts, strict=True)
    ]
    return pd.Series(lines, index=signals.index, dtype="str")


def _main_language(signals: pd.DataFrame) -> list[str]:
    shares = signals[[f"share_{name}" for name in LANGUAGES]].to_numpy(dtype="float64")
    above = shares > 0.5
    names = np.array([f"lang={name}" for name in LANGUAGES], dtype=object)[above.argmax(axis=1)]
    names[~above.any(axis=1)] = "lang=mixed"
    names[np.isnan(shares).all(axis=1)] = "lang=?"
    return list(names)


def _phrase_parts(signals: pd.DataFrame, rules: Sequence[GroupRule]) -> list[list[str]]:
    wanted = {rule.name: {p for c in (*rule.any, *rule.all) for p in c.phrase} for rule in rules}
    known = set().union(*wanted.values())
    barred = {f"not {rule.name}": {p for c in rule.none for p in c.phrase} - known for rule in rules}
    named = [(name, sorted(phrases)) for name, phrases in (wanted | barred).items() if phrases]
    return [_phrase_part(signals, name, phrases) for name, phrases in named]


def _phrase_part(signals: pd.DataFrame, name: str, phrases: Sequence[str]) -> list[str]:
    found = _any_of(signals, [f"phrase:{phrase}" for phrase in phrases])
    return [f"phrase={name}" if there else "" for there in found]
