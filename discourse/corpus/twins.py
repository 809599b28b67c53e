"""Bilingual twins: one message that its author posted twice, once in Chinese and once in English."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from discourse.errors import ParameterError
from discourse.text.patterns import EMOJI, HASHTAG, PLACEHOLDER, STICKER, compiled

if TYPE_CHECKING:
    import pandas as pd

HOURS = 2.0
"""Twins are posted within this time of each other."""
MIN_SHARED = 2
"""Things that translation leaves alone which both must have."""
_SAMPLE = 20_000
"""Posts that are looked at, about, for what many hold."""
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_THOUSANDS = re.compile(r",(?=\d{3}(?!\d))")
_NAME = re.compile(r"(?<![A-Za-z])[A-Za-z][A-Za-z0-9]+")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_NEEDED = ("post_id", "thread_id", "parent_id", "kind", "author", "text", "title", "created_at", "lang")


@dataclass(frozen=True, slots=True)
class _Message:
    post_id: str
    hours: float
    place: tuple[str, ...]
    chinese: bool
    length: int
    numbers: frozenset[str]
    signs: frozenset[str]
    names: frozenset[str]

    @property
    def things(self) -> frozenset[str]:
        """What a translation leaves alone."""
        return self.numbers | self.signs | self.names


def mark_twins(posts: pd.DataFrame, hours: float = HOURS) -> pd.Series[str]:
    """Mark the second half of each bilingual pair.

    Parameters
    ----------
    posts : DataFrame
        As :data:`discourse.tables.POSTS`.
    hours : float, default 2
        The longest time between the two.

    Returns
    -------
    Series of str
        Index of `posts`: ``post_id`` of the earlier half; NA for that one and for all other posts.

    Raises
    ------
    ParameterError
        If a column is missing, or `hours` is not above 0.

    Notes
    -----
    Two posts are twins if **all** of this holds; when in doubt nothing is marked:

    * one author, known; both opening posts of one platform, or both answers to the same post;
    * both times known exactly, at most `hours` apart;
    * one in Chinese, one in English, neither mixed (a post that translates itself is one post, no twin);
    * the English has 1.5 to 8 characters, without spaces, for each Chinese character;
    * the same numbers, or none in both;
    * at least two things that translation leaves alone are in both: a number, an emoji or a sticker, a Latin
      name that stands in the Chinese text, and (all of them together counting once) the same hashtags; and
      these are at least half of all such things in either.  What more than one post in a hundred holds (the
      name of the platform, a fashionable sticker) and more than ten do, says nothing and is left aside;
    * each is the other's only candidate.

    The rule is ours.  Pictures cannot help: the corpus does not keep their addresses.  It marks few: tried on
    pairs of *different* people's posts of one thread, it takes next to none for twins (see
    ``benchmarks/importing/RESULTS.md``), and it misses many: of 40 pairs that we translated freely, it finds
    25 (0.62, 95% interval 0.47 to 0.76; ``python -m benchmarks.twins``), and none that share nothing.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({
    ...     "post_id": ["a", "b"], "thread_id": ["a", "b"], "parent_id": [None, None], "kind": "post",
    ...     "author": "a-1", "title": None, "lang": ["zh-Hans", "en"], "platform": "xiaohongshu",
    ...     "text": ["我是Lily，今年25岁，很高兴认识你们🎉", "I am Lily, 25 years, nice to meet you all 🎉"],
    ...     "created_at": pd.to_datetime(["2025-01-14 08:00", "2025-01-14 08:10"], utc=True)})
    >>> mark_twins(frame).fillna("-").tolist()
    ['-', 'a']
    """
    import pandas as pd

    missing = [name for name in _NEEDED if name not in posts.columns]
    if missing:
        raise ParameterError(f"posts lack {', '.join(missing)}", expected=", ".join(_NEEDED))
    if not hours > 0:
        raise ParameterError(f"hours is {hours}", expected="a time above 0")
    usable, chosen = _usable(posts)
    common = _common(usable) if len(chosen) else frozenset()
    second = dict(pair for author in _by_author(chosen) for pair in _pairs(author, hours, common))
    marks = [second.get(post_id) for post_id in posts["post_id"]]
    return pd.Series(marks, index=posts.index, dtype="str", name="twin_of")


def _usable(posts: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give the posts of one language and a known time, and those by authors who wrote in both languages."""
    chinese = posts["lang"].fillna("").astype(str).str.startswith("zh")
    english = posts["lang"].eq("en").fillna(False)
    exact = posts["created_at"].notna()
    if "created_at_doubt" in posts.columns:
        exact &= posts["created_at_doubt"].isna()
    usable = posts[(chinese | english) & exact & posts["author"].notna()]
    both = set(usable.loc[chinese, "author"]) & set(usable.loc[english, "author"])
    return usable, usable[usable["author"].isin(both)]


def _common(posts: pd.DataFrame) -> frozenset[str]:
    """Give what so many posts hold that two posts with it need not be one message."""
    sample = posts.iloc[:: 1 + len(posts) // _SAMPLE]
    held = Counter(thing for row in sample.to_dict(orient="records") for thing in _message(row).things)
    return frozenset(thing for thing, n in held.items() if n > max(10, 0.01 * len(sample)))


def _by_author(chosen: pd.DataFrame) -> Iterator[list[_Message]]:
    """Give the candidates of each author who wrote in both languages."""
    for _, mine in chosen.groupby("author", sort=True):
        yield [_message(row) for row in mine.to_dict(orient="records")]


def _message(row: dict[Any, Any]) -> _Message:
    title = row["title"] if isinstance(row["title"], str) else ""
    whole = f"{title}\n{row['text'] or ''}"
    tags = frozenset(m.group().strip("#＃ ").casefold() for m in compiled(HASHTAG).finditer(whole))
    signs = frozenset(m.group() for m in compiled(f"{EMOJI}|{STICKER}").finditer(whole))
    words = compiled(f"{HASHTAG}|{STICKER}|{PLACEHOLDER}").sub(" ", whole)
    chinese = row["lang"] != "en"
    length = len(_HAN.findall(words)) if chinese else len("".join(words.split()))
    answers = row["kind"] != "post"
    return _Message(
        post_id=row["post_id"],
        hours=row["created_at"].timestamp() / 3600.0,
        place=(str(row.get("platform")), "answer", str(row["parent_id"]), str(row["thread_id"]))
        if answers
        else (str(row.get("platform")), "post"),
        chinese=chinese,
        length=length,
        numbers=frozenset(_THOUSANDS.sub("", number) for number in _NUMBER.findall(words)),
        signs=signs | ({"#" + " #".join(sorted(tags))} if tags else frozenset()),
        names=frozenset(name.casefold() for name in _NAME.findall(words)),
    )


def _pairs(messages: list[_Message], hours: float, common: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Give (later, earlier) of each pair in which each is the other's only candidate."""
    found: dict[str, list[_Message]] = {}
    for zh in (m for m in messages if m.chinese):
        for en in (m for m in messages if not m.chinese):
            if abs(zh.hours - en.hours) <= hours and _says_the_same(zh, en, common):
                found.setdefault(zh.post_id, []).append(en)
                found.setdefault(en.post_id, []).append(zh)
    by_id = {m.post_id: m for m in messages}
    for post_id, others in found.items():
        mine = by_id[post_id]
        if len(others) == 1 and len(found[others[0].post_id]) == 1:
            earlier = others[0]
            if (earlier.hours, earlier.post_id) < (mine.hours, mine.post_id):
                yield post_id, earlier.post_id


def _says_the_same(zh: _Message, en: _Message, common: frozenset[str]) -> bool:
    if zh.place != en.place or zh.numbers != en.numbers or not zh.length:
        return False
    if not 1.5 <= en.length / zh.length <= 8.0:
        return False
    both = (zh.things & en.things) - common
    told = (zh.things | en.signs) - common
    return len(both) >= MIN_SHARED and 2 * len(both) >= len(told)
