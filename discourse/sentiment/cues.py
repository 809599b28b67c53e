"""The kinds of words that the lexicon scorer reads, and one cue of them.

A cue is one entry of a lexicon.  Its class says what it does to a judgment; its domain says more, such as
which link a conjunction makes.
"""

from __future__ import annotations

from typing import Final

# What carries a valence.
QUALITY: Final = 0  # how somebody or something is: kind, 没素质
FEELING: Final = 1  # what is felt toward an object: adore, 讨厌
DEED: Final = 2  # what somebody does: spam, 骗赞
ACT: Final = 3  # what is done to an addressee: thank, block, 欢迎
OUTCRY: Final = 4  # what is exclaimed about all of it: yay, 救命
EMOJI: Final = 5
# What is spoken of.
NAME: Final = 6
ENTITY: Final = 7  # somebody or something else: senators, 首页
PRONOUN: Final = 8
YOU: Final = 9
ME: Final = 10
PART: Final = 11  # belongs to whoever it is said of: humour, 态度
# What changes a valence.
NEGATOR: Final = 12
DEGREE: Final = 13
IRONY: Final = 14
MOOD: Final = 15  # wish, condition, imperative
REPORT: Final = 16
QUESTION: Final = 17
COMPARE: Final = 18
# What needs a mood to mean anything.
SHOW: Final = 19  # see, push, recommend
STAY: Final = 20
LEAVE: Final = 21
# What divides.
BREAK: Final = 22
LINK: Final = 23
DETERMINER: Final = 24
PREPOSITION: Final = 25
BLOCK: Final = 26  # looks like a cue and is none: 好多, no wonder
# What turns or drops what is said.
OPERATOR: Final = 27  # presence or absence of the target: without, 自从
VERDICT: Final = 28  # the author's word on what was reported: nonsense, 没错
HOSTILE: Final = 29  # people who ...: haters, 的人
AD: Final = 30

CLASSES: Final[dict[str, int]] = {
    "quality": QUALITY,
    "feeling": FEELING,
    "deed": DEED,
    "act": ACT,
    "outcry": OUTCRY,
    "emoji": EMOJI,
    "entity": ENTITY,
    "pronoun": PRONOUN,
    "you": YOU,
    "me": ME,
    "part": PART,
    "negator": NEGATOR,
    "degree": DEGREE,
    "irony": IRONY,
    "mood": MOOD,
    "report": REPORT,
    "question": QUESTION,
    "compare": COMPARE,
    "show": SHOW,
    "stay": STAY,
    "leave": LEAVE,
    "break": BREAK,
    "link": LINK,
    "determiner": DETERMINER,
    "preposition": PREPOSITION,
    "block": BLOCK,
    "operator": OPERATOR,
    "verdict": VERDICT,
    "hostile": HOSTILE,
    "ad": AD,
}
CLASS_NAMES: Final = {number: name for name, number in CLASSES.items()} | {NAME: "name"}


class Cue:
    """One entry of a lexicon, ready for the scan."""

    __slots__ = ("cls", "domain", "form", "lang", "value")

    def __init__(self, cls: int, value: float, domain: str, lang: str, form: str) -> None:
        self.cls = cls
        self.value = value
        self.domain = domain
        self.lang = lang
        self.form = form


Event = tuple[int, int, Cue]
"""Where a cue stands in a post: start, stop (code points), cue."""
