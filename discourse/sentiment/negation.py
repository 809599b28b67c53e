"""Whether a clause denies the phrase that stands in it, in Chinese and English."""

from __future__ import annotations

import re
from functools import cache

WORDS_EN = 5
CHARACTERS_ZH = 6
"""How far before a phrase a negator reaches: words of English, characters of Chinese."""

_NEGATORS_EN = (
    r"\b(?:\w+n't|(?:do|does|did|is|was|are|were|wo|ca|could|would|should|have|has|had|ai)nt|cannot|not|no|never"
    r"|nobody|none|nothing|neither|nor|without|hardly|barely|scarcely|zero|lack of|instead of|rather than"
    r"|far from|stop|stopped|refuse|refused|refuses|fail|failed|fails)\b"
)
# Words that look like a negation and deny nothing.
_NOT_EN = (
    r"\b(?:not only|not just|not merely|not to mention|no wonder|no doubt|no joke|no kidding|no matter|no cap"
    r"|(?:can't|cant|cannot|couldn't|can not)"
    r" (?:wait|help|stop|believe|stand|deny|thank|express|agree more|get over)"
    r"|couldn't be (?:more|any|happier|prouder|better|sadder)|couldn't agree more|could not be more|why not"
    r"|not gonna lie|not going to lie"
    r"|never (?:been|felt|seen|had|met|laughed|cried)(?: \w+)? (?:so|more|this|such)"
    r"|(?:isn't|aren't|wasn't|don't|doesn't|didn't|won't) (?:it|they|he|she|you|we|this|that)\b"
    r"|who (?:doesn't|wouldn't|isn't|didn't)|nothing but|none other|don't get me wrong|no longer alone"
    r"|don't know why|idk why|not sure why|no offense)\b"
)
_BREAK_EN = re.compile(r"\b(?:but|however|yet|because|so|and yet|rather i|although|though)\b|[;,:()]")
_NEGATORS_ZH = "并非|绝非|谈不上|称不上|算不上|没有|不是|[不没未无别甭莫]|拒绝|懒得"
_NOT_ZH = (
    "不仅|不但|不只|不光|不单|不得不|不能不|不禁|忍不住|禁不住|不愧|不过|不管|不论|无论|不错|差不多|不知不觉|没想到|想不到"
    "|不料|说不定|不一会|别人|特别|分别|区别|性别|级别|个别|告别|别的|别样|别致|不少|不停|不断|无比|无数|无敌|无语|无聊|未来"
    "|没事|不客气|不好意思|不小心|不由得|不由自主|对不起|了不起|来不及|不如|巴不得|恨不得|怪不得|不知道|不明白|不理解|不懂"
    "|没完没了|忍不了|受不了|受不住|无奈|是不是|有没有|能不能|要不要|会不会|好不好|对不对|想不想|可不可以|不是吗|不就是|何不"
    "|谁不|难道不是|难道不|难道没|岂不|不要太|不能更|不会吧|不行了|不得了|莫名|莫非|莫大|不知为何|不知怎么|无意中|无条件"
    "|不约而同|不远万里|无时无刻|不谋而合|不亦乐乎|不言而喻|不可思议|没忍住|停不下来|挡不住|按捺不住|抑制不住|压不住|绷不住"
)
_BREAK_ZH = re.compile("而是|但是|但|却|可是|只是|因为|所以|[，,；;：:]")
_AFTER_ZH = re.compile("不起来|不出来|不出口|不起|不了|不到|不下去|个头|个屁|个鬼")
# Clauses are cut before "but" and "because", so these are looked for across the cut.
_ACROSS = re.compile(
    r"\banything but(?: \w+){0,2} ?$|(?:\bnot|n't) (?:because(?: [\w']+){0,5} ?)?$|不是因为\w{0,6}$"
)
_FIRM = ("没有", "不是", "并非", "绝非", "谈不上", "称不上", "算不上")


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, (_NEGATORS_EN, _NOT_EN, _NEGATORS_ZH, _NOT_ZH)))


def is_negated(low: str, start: int, stop: int, left: int, right: int) -> bool:
    """Say whether a phrase is denied in its clause.

    Parameters
    ----------
    low : str
        A folded text (:func:`discourse.sentiment.phrases.fold`).
    start, stop : int
        The phrase.
    left, right : int
        The clause.

    Returns
    -------
    bool
        True if an odd number of negators reaches the phrase.

    Examples
    --------
    >>> is_negated("i am not happy", 9, 14, 0, 14), is_negated("不仅开心", 2, 4, 0, 4)
    (True, False)
    """
    before = low[left:start]
    count = _count_zh(before) + _count_en(before)
    count += _AFTER_ZH.match(low, stop, right) is not None
    if not count:
        count += _ACROSS.search(low, max(0, start - 60), start) is not None
    return count % 2 == 1


def _tail(before: str, breaks: re.Pattern[str]) -> str:
    """What stands behind the last word that ends the reach of a negator."""
    end = 0
    for match in breaks.finditer(before):
        end = match.end()
    return before[end:]


def _count_zh(before: str) -> int:
    _, _, negators, harmless = _patterns()
    kept = harmless.sub(lambda match: "\ue000" * len(match.group()), before)
    kept = _tail(kept, _BREAK_ZH)
    count = 0
    for match in negators.finditer(kept):
        between = kept[match.end() :]
        closed = match.group() not in _FIRM and ("的" in between or "了" in between)
        count += len(between) <= CHARACTERS_ZH and not closed
    return count


def _count_en(before: str) -> int:
    negators, harmless, _, _ = _patterns()
    kept = _tail(harmless.sub(lambda match: "\ue000" * len(match.group()), before), _BREAK_EN)
    return sum(len(kept[match.end() :].split()) <= WORDS_EN for match in negators.finditer(kept))
