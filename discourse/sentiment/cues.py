"""The kinds of words that the lexicon scorer reads, and one cue of them.

A cue is one entry of a lexicon.  Its class says what it does to a judgment; its domain says more, such as
which link a conjunction makes.
"""

from __future__ import annotations

from typing import NamedTuple

# What carries a valence.
QUALITY = 0  # how somebody or something is: kind, 没素质
FEELING = 1  # what is felt toward an object: adore, 讨厌
DEED = 2  # what somebody does: spam, 骗赞
ACT = 3  # what is done to an addressee: thank, block, 欢迎
OUTCRY = 4  # what is exclaimed about all of it: yay, 救命
EMOJI = 5
# What is spoken of.
NAME = 6
ENTITY = 7  # somebody or something else: senators, 首页
PRONOUN = 8
YOU = 9
ME = 10
PART = 11  # belongs to whoever it is said of: humour, 态度
# What changes a valence.
NEGATOR = 12
DEGREE = 13
IRONY = 14
MOOD = 15  # wish, condition, imperative
REPORT = 16
QUESTION = 17
COMPARE = 18
# What needs a mood to mean anything.
SHOW = 19  # see, push, recommend
STAY = 20
LEAVE = 21
# What divides.
BREAK = 22
LINK = 23
DETERMINER = 24
PREPOSITION = 25
BLOCK = 26  # looks like a cue and is none: 好多, no wonder
# What turns or drops what is said.
OPERATOR = 27  # presence or absence of the target: without, 自从
VERDICT = 28  # the author's word on what was reported: nonsense, 没错
HOSTILE = 29  # people who ...: haters, 的人
AD = 30

CLASSES: dict[str, int] = {
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
CLASS_NAMES = {number: name for name, number in CLASSES.items()} | {NAME: "name"}


class Cue(NamedTuple):
    """One entry of a lexicon, ready for the scan."""

    cls: int
    value: float
    domain: str
    lang: str
    form: str


Event = tuple[int, int, Cue]
"""Where a cue stands in a post: start, stop (code points), cue."""
