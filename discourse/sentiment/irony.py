"""Irony that no single word shows: praise that the rest of the post takes back."""

from __future__ import annotations

import re
from typing import Final

from discourse.sentiment.compose import IRONIC
from discourse.sentiment.reading import Evidence

# A word of praise alone before the first comma or stop.
_OPENER: Final = re.compile(
    r"^\W*(?:(?:oh|wow|yay|ah|well|so|yeah|how|just|absolutely|simply|哇|哎哟|哟|可真|真是?)[ ,，!！]*)?"
    r"[a-z' ]{3,14}[,.!…]+ +(?=\S)|^\W*[\u4e00-\u9fff]{1,6}[，,！!。.]+"
)
# What then follows where the praise was not meant.
_TURN: Final = re.compile(
    r"\b(?:more|another|yet another|again|now|still|even more|fifty|hundreds?|\d+)\b"
    r"|(?:refugees?|foreigners?|users|people|they|americans) (?:\w+ ){0,2}\w+ing\b"
    r"|\bfinally (?:admit|reali[sz]e|figure|learn|discover|notice|understand|know)"
    r"|终于(?:肯|承认|知道|发现|学会|意识到)|又|再次|开始教|来教|还来|还要|终于轮到|教我们|一百|第\d+"
)


def is_opener(evidence: list[Evidence], low: str) -> bool:
    """Whether the only praise stands before the naming, and what follows takes it back.

    "Lovely, another lecture from the refugees" against "Lovely, the refugees sang for us".
    """
    first = evidence[0]
    if first.value <= 0 or first.rule != "said before the naming":
        return False
    if any(item.value > 0 for item in evidence[1:]):
        return False
    match = _OPENER.match(low)
    return match is not None and first.start < match.end() and _TURN.search(low, match.end()) is not None


_CLOSER: Final = re.compile(
    r"[.!?。！？] *(?:how |so |very |truly |absolutely )?(?:riveting|groundbreaking|fascinating|inspiring"
    r"|thrilling|revolutionary|brilliant|genius|classy|charming|lovely|delightful|wonderful|fantastic|great|awesome"
    r"|original"
    r"|classic|cute|nice|perfect|amazing|incredible|adorable|impressive|真棒|真好|太棒了|厉害|真厉害|感动|精彩|佩服)"
    r"[.!。！ ]*$"
)


LAST_WORD: Final = 40  # how near the end the last word of praise begins


def is_closer(evidence: list[Evidence], low: str) -> bool:
    """Whether the only praise is one word after a sentence that gives no reason for it."""
    if len(evidence) != 1 or evidence[0].value <= 0 or evidence[0].start < len(low) - LAST_WORD:
        return False
    match = _CLOSER.search(low)
    return match is not None and evidence[0].start > match.start() and _TURN.search(low) is not None


def thanks_for_harm(evidence: list[Evidence]) -> bool:
    """Whether somebody is thanked or congratulated for what is then blamed."""
    thanked = any(item.cue.domain == "thanks" and item.value > 0 for item in evidence)
    praised = any(item.cue.domain != "thanks" and item.value > 0 for item in evidence)
    return thanked and not praised and any(item.value < -0.1 for item in evidence)


_TEASE: Final = ("呢", "哦", "啊", "噢", "呀", "了呢", "了哦", "得很呢")


def praise_then_harm(evidence: list[Evidence], low: str) -> bool:
    """Whether praise with a teasing particle is followed by blame: 真厉害啊, then what they did."""
    first = evidence[0]
    if len(evidence) < 2 or first.value <= 0:
        return False
    teased = low.startswith(_TEASE, first.stop) or low.startswith(("了呢", "了哦"), first.stop)
    return teased and all(item.value < 0 for item in evidence[1:])


def turned(item: Evidence) -> Evidence:
    """Take praise as blame, a little weaker."""
    if item.value <= 0:
        return item
    return item.changed(item.value * IRONIC, f"{item.rule}, ironic")
