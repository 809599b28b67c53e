"""Posts whose author is one of the target group: I, a TikTok refugee."""

from __future__ import annotations

import re
from typing import Final

_BEFORE: Final = re.compile(
    r"(?:^一枚[^，。！？]{0,8}$|\bas (?:an?|one of the|your friendly|your local)\b"
    r"|\bi ?['’]?a?m (?:(?:now|just|also|officially|technically) )?(?:an?|one of the)\b"
    r"|\bwe(?:'re| are)(?: all)?\b|\bfellow\b|\bmyself an?\b|\bcall me an?\b|\bam i an?\b"
    r"|\bi guess i'm an?\b|\bme, an?\b|\bbecame an?\b)(?: \w+){0,3} ?$"
    r"|\b(?:we|us|hi from an?|signed an?|from your) (?:tik ?tok |american )?$"
    r"|(?:我也?是|我就是(?![见看喜讨爱烦受想要不觉服馋宠怕羡嫉单被来])|我们也?是|我们都是|俺是|我这个|作为|身为|我们这些|我们|我算是?|我成了|我变成了?|我们这群"
    r"|同为|咱也是)(?:一[个名位枚只])?[^，。！？,.!?]{0,8}$|(?:本|俺)(?:tiktok|洋抖)?$"
)
# One of these stands in whatever the pattern above finds, and in few other texts.
_SIGN: Final = re.compile(
    "我|俺|作|身|同|咱|本|枚|as [aoy]|m |we|fellow|myself|me,? a|am i|became|us |hi f|signed|from y"
)
_AFTER: Final = re.compile(r" ?(?:here|reporting|myself|checking in|报到|一枚|前来报到|来报到)")

_PLAIN: Final = frozenset(
    ("", "the ", "these ", "those ", "some ", "this ", "这些", "那些", "这群", "这帮", "这个")
)

# "The foreigners here won't stop" speaks of those who are here; "TikTok refugee here" presents itself.
_POINTED: Final = re.compile(
    r"\b(?:the|these|those|some|most|many|all|other|few|more|two|several|every|any|no|new|for|with|to|about|of"
    r"|are|(?:met|saw|see|know|knew|found|followed|follow|added|asked|meet|love|like) (?:an?|one|my))"
    r" (?:[\w-]+ )?$"
)

# "Foreigners here are clout chasers" goes on like a sentence; a presentation ends at once: "refugee here!"
_TOLD_OF: Final = re.compile(
    r" here (?:\w+ )?(?:are|were|have|do|don't|can|can't|won't|will|never|always|keep|act|think|only)\b"
)

_JUDGED: Final = re.compile(r",? (?:you|y'all|are|were|can be|is)\b")


def speaks_of_self(low: str, names: list[tuple[int, int]]) -> bool:
    """Whether the first naming says that the author is one of the group.

    Examples
    --------
    >>> speaks_of_self("as a tiktok refugee, i love it", [(5, 19)])
    True
    """
    start, stop = names[0]
    before = low[max(0, start - 40) : start]
    if before.endswith("fellow ") and _JUDGED.match(low, stop):
        return False  # one of them speaks of the others: my fellow refugees are so talented
    if before not in _PLAIN and _SIGN.search(before) and _BEFORE.search(before):
        return True
    after = _AFTER.match(low, stop, stop + 16)
    if after is None:
        return False
    pointed = (
        _POINTED.search(before)
        or low.startswith(("the ", "these ", "those "), start)
        or (before not in _PLAIN and low[start:stop].endswith("s"))
        or _TOLD_OF.match(low, stop) is not None
    )
    return not (after.group().endswith("here") and pointed)


_OTHERS: Final = (
    "other ",
    "those ",
    "these ",
    "some ",
    "some of the ",
    "most ",
    "the rest of the ",
    "其他",
    "其它",
    "别的",
    "那些",
    "有些",
    "某些",
    "另一些",
    "一些",
)


def other_members(low: str, names: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Find the later namings by which one of the group speaks of others in it.

    Examples
    --------
    >>> other_members("as a refugee i find other refugees rude", [(5, 12), (26, 34)])
    [(26, 34)]
    """
    return [(start, stop) for start, stop in names[1:] if low[:start].endswith(_OTHERS)]
