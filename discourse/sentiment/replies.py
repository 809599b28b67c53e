"""What a post that names nobody says of those it answers.

"Too cute!" under a refugee's post is about them; "learned eight characters today and my hand hurts" is not.
A valence counts where its clause speaks of them (you, they), or where the sentence holds hardly more than it.
"""

from __future__ import annotations

import re
from typing import Final

from discourse.sentiment.clauses import Clause
from discourse.sentiment.cues import DEGREE, EMOJI, FEELING, ME, NEGATOR, OUTCRY
from discourse.sentiment.holders import TARGET

_ENDS: Final = re.compile(r"[。！？!?\n…；;]|\.(?=\s|$)| - | / |(?<=[\u4e00-\u9fff])\s+")
_TAG: Final = re.compile(r"[#＃][^#＃\s]{1,30}[#＃]?")
_WORDS: Final = re.compile(r"[\u4e00-\u9fff]|[a-z']+|[0-9]+")
_SAYS_NOTHING = """the a an is are was were that's it's this that it these those oh omg wow haha hahaha lol
same here mine too me ditto yep yeah yes yup no nope right
aww aw so such what how just really honestly literally absolutely totally and very too pretty seriously kinda
啊 呀 哇 真 的 这 也 就 哈 太 好 了 吧 嘛 呢 是 都 哦 噢 嗯 呜 死 个 有 点 说 实 话 hhh"""
_FILLERS: Final = frozenset(_SAYS_NOTHING.split())


# "The ones I met are sweet": some of those whom the post before speaks of.
_MET: Final = re.compile(
    r"我(?:接触|遇到|认识|见|刷到|碰到|聊|关注|看到|遇见|加)过?的"
    r"|\b(?:the ones?|those|everyone|all) (?:that )?i\b"
    r"|\bmine (?:is|are|was|were)\b"
)
# How a reply begins that takes over what it answers, and how one that rejects it: a pattern a line.
_TAKES_OVER = r"""so much this|this(?=\W*$)|same here|same(?=\W|$)|ditto|preach|exactly|amen|facts
true(?: that)?|so true|so real|say it louder|louder(?= for|\W*$)|period|hear hear|(?:100|1000) ?%
no lies|where'?s the lie|couldn'?t (?:agree|have said)|took the words|seconded|second this|i agree
agreed?|totally|you said it|right\?|my thoughts|you'?re right|spot on|(?:yes|yep|yup)\W*$
同感|附议|[+＋]1|加一|握手|俺也一样|俺也是|双手赞成|举双手|顶(?:楼上|你|一个)
说得[好对]|说的对|对啊|对的|对对|是啊
是的|就是(?=$|[，,。！! ]|说|就是)|没毛病
真相了|一针见血|一语|嘴替|说出了|狠狠(?:同意|赞同|点头|认同)|严重同意|强烈同意|深有同感
太真实|真实(?=$|[，,。！! ])|谁说不是|可不(?:是|嘛)|同意|赞同|确实|没错|太对了"""
_DENIES = r"""(?:that'?s )?(?:such |pure |total |complete )?(?:bullshit|bs\b|nonsense|cap\b|a lie|lies\b)
not true|untrue|unfair|wrong(?=\W*$)|rubbish|garbage take|(?:hard |strongly |i |completely |totally )?disagree
couldn'?t disagree|not (?:mine|at all|really)|speak for yourself|says who|who told you|you clearly
nah\b|nope\b|no way|no they|what are you talking|stop lying|胡扯|瞎扯|鬼扯|扯淡|放屁|胡说|瞎说|才不
才没|不敢苟同|不同意|不赞同|不认同|哪有(?=$|[，,。！!啊呀嘛])|没有吧|你?想多了|别(?:瞎|乱)说
别造谣|拉倒吧|得了吧|别带节奏|别地图炮|以偏概全|一[竿杆棍]子|造谣|不至于
不是这样|并没有|你?说反了|恰恰相反"""
_AGREES, _REJECTS = (
    re.compile(rf"\W*(?:{'|'.join(lines.split(chr(10)))})") for lines in (_TAKES_OVER, _DENIES)
)


_REST: Final = 16  # how much a reply may say besides; one that says more is about something of its own


def echo_of(low: str) -> tuple[int, int]:
    """Whether a reply begins by taking over (1) or rejecting (-1) what it answers, and where that ends.

    Examples
    --------
    >>> echo_of("same here"), echo_of("胡扯"), echo_of("how many?")
    ((1, 9), (-1, 2), (0, 0))
    """
    match = _REJECTS.match(low)
    sign = -1 if match else 1
    match = match or _AGREES.match(low)
    if match is None or _brief(low[match.end() :]) > _REST:
        return 0, 0
    return sign, match.end()


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
    if _MET.search(low, first, start):
        return True
    ending = _ENDS.search(low, stop)
    last = ending.start() if ending else len(low)
    if cue.cls == OUTCRY:
        return cue.domain in ("welcome", "thanks") or _brief(low[first:start]) + _brief(low[stop:last]) <= 8
    j = i
    while j and _SLIGHT >> clause.events[j - 1][2].cls & 1:
        j -= 1
    if cue.cls == FEELING and j and clause.events[j - 1][2].cls == ME:
        j -= 1
    return _brief(low[first : clause.events[j][0]]) <= lead and _brief(low[stop:last]) <= rest


_SLIGHT: Final = (1 << (OUTCRY + 1)) - 1 | 1 << DEGREE | 1 << NEGATOR


def _sentence(low: str, place: int) -> int:
    """Where the sentence begins in which a place stands."""
    first = 0
    for match in _ENDS.finditer(low, 0, place):
        first = match.end()
    return first


def _brief(piece: str) -> int:
    """How much a piece of text says: its words, without those that say nothing."""
    return sum((1 if word > "z" else 2) for word in _WORDS.findall(piece) if word not in _FILLERS)
