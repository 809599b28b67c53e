"""What a post that names nobody says of those it answers.

"Too cute!" under a refugee's post is about them; "learned eight characters today and my hand hurts" is not.
A valence counts where its clause speaks of them (you, they), or where the sentence holds hardly more than it.
"""

from __future__ import annotations

import re

from discourse.sentiment.clauses import Clause
from discourse.sentiment.cues import DEGREE, EMOJI, FEELING, ME, NEGATOR, OUTCRY
from discourse.sentiment.holders import TARGET

_ENDS = re.compile(r"[。！？!?\n…；;]|\.(?=\s|$)| - | / |(?<=[\u4e00-\u9fff])\s+")
_TAG = re.compile(r"[#＃][^#＃\s]{1,30}[#＃]?")
_WORDS = re.compile(r"[\u4e00-\u9fff]|[a-z']+|[0-9]+")
_SAYS_NOTHING = """the a an is are was were that's it's this that it these those oh omg wow haha hahaha lol
same here mine too me ditto yep yeah yes yup no nope right
aww aw so such what how just really honestly literally absolutely totally and very too pretty seriously kinda
啊 呀 哇 真 的 这 也 就 哈 太 好 了 吧 嘛 呢 是 都 哦 噢 嗯 呜 死 个 有 点 说 实 话 hhh"""
_FILLERS = frozenset(_SAYS_NOTHING.split())


def is_directed(
    clause: Clause, holders: list[int], i: int, low: str, spoken: bool, lead: int = 4, rest: int = 5
) -> bool:
    """Whether a valence of a reply is said of those whom the reply answers.

    Parameters
    ----------
    clause : Clause
        The clause.
    holders : list of int
        Whom each of its cues names.
    i : int
        Number of the cue that carries the valence.
    low : str
        The folded text.
    spoken : bool
        Whether its sentence spoke of them before.
    lead, rest : int
        How much else the sentence may say before and behind it: a Chinese character is 1, another word 2.

    Returns
    -------
    bool
        True if its sentence speaks of them, or if it is all that its sentence says.
    """
    start, stop, cue = clause.events[i]
    if any(match.start() <= start < match.end() for match in _TAG.finditer(low)):
        return False
    if spoken or TARGET in holders or cue.cls == EMOJI:
        return True
    first = _sentence(low, start)
    ending = _ENDS.search(low, stop)
    last = ending.start() if ending else len(low)
    if cue.cls == OUTCRY:
        return cue.domain in ("welcome", "thanks") or _brief(low[first:start]) + _brief(low[stop:last]) <= 8
    j = i
    while j and clause.events[j - 1][2].cls in (DEGREE, NEGATOR, *_VALENCES):
        j -= 1
    if cue.cls == FEELING and j and clause.events[j - 1][2].cls == ME:
        j -= 1
    return _brief(low[first : clause.events[j][0]]) <= lead and _brief(low[stop:last]) <= rest


_VALENCES = tuple(range(OUTCRY + 1))


def _sentence(low: str, place: int) -> int:
    """Where the sentence begins in which a place stands."""
    first = 0
    for match in _ENDS.finditer(low, 0, place):
        first = match.end()
    return first


def _brief(piece: str) -> int:
    """How much a piece of text says: its words, without those that say nothing."""
    return sum((1 if word > "z" else 2) for word in _WORDS.findall(piece) if word not in _FILLERS)
