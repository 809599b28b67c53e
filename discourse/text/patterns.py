"""What must stay in one piece: stickers, hashtags, emoji, addresses, mentions and our own placeholders.

The pieces are regular expressions as strings, so that a room can join those it needs; none of them holds a
named or numbered group.  Repetition is possessive where it can be, so that no text makes them slow.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Chinese characters, for use inside a character class."""

KANA = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"
"""Japanese syllables, for use inside a character class."""

HANGUL = "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"
"""Korean letters and syllables, for use inside a character class."""

LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff\uff21-\uff3a\uff41-\uff5a"
"""Latin letters with and without accents, half and full width, for use inside a character class."""

MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0900-\u0903\u093a-\u094f\u0981-\u0983"
    "\u09bc-\u09cd\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20df\u20e1-\u20ff"
)
"""Combining marks that stand on a letter, for use inside a character class."""

CONTROLS = (
    "\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
    "\ufff9-\ufffb\ufe00-\ufe0e\U000e0001"
)
"""Characters that are not seen and part no word, for use inside a character class."""

# U+200D and U+FE0F are controls too, save inside an emoji sequence.
_BMP_EMOJI = (
    "\u231a\u231b\u2328\u23cf\u23e9-\u23f3\u23f8-\u23fa\u25fd\u25fe\u2600-\u2604\u260e\u2611\u2614\u2615\u2618"
    "\u261d\u2620\u2622\u2623\u2626\u262a\u262e\u262f\u2638-\u263a\u2640\u2642\u2648-\u2653\u265f\u2660\u2663"
    "\u2665\u2666\u2668\u267b\u267e\u267f\u2692-\u2697\u2699\u269b\u269c\u26a0\u26a1\u26a7\u26aa\u26ab\u26b0"
    "\u26b1\u26bd\u26be\u26c4\u26c5\u26c8\u26ce\u26cf\u26d1\u26d3\u26d4\u26e9\u26ea\u26f0-\u26f5\u26f7-\u26fa"
    "\u26fd\u2702\u2705\u2708-\u270d\u270f\u2712\u2714\u2716\u271d\u2721\u2728\u2733\u2734\u2744\u2747\u274c"
    "\u274e\u2753-\u2755\u2757\u2763\u2764\u2795-\u2797\u27a1\u27b0\u27bf\u2b1b\u2b1c\u2b50\u2b55"
)
_SMP_EMOJI = (
    "\U0001f004\U0001f0cf\U0001f18e\U0001f191-\U0001f19a\U0001f201\U0001f202\U0001f21a\U0001f22f"
    "\U0001f232-\U0001f23a\U0001f250\U0001f251\U0001f300-\U0001f5ff\U0001f600-\U0001f64f\U0001f680-\U0001f6ff"
    "\U0001f7e0-\U0001f7eb\U0001f7f0\U0001f900-\U0001f9ff\U0001fa70-\U0001faff\U0001f1e6-\U0001f1ff"
)
# These are emoji only where a variation selector says so.
_BMP_TEXT_EMOJI = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u2199\u21a9\u21aa\u24c2\u25aa\u25ab\u25b6\u25c0\u25fb\u25fc"
    "\u2934\u2935\u2b05-\u2b07\u3030\u303d\u3297\u3299"
)
_TEXT_EMOJI = f"{_BMP_TEXT_EMOJI}\U0001f170\U0001f171\U0001f17e\U0001f17f"
_EMOJI_TAIL = "\ufe0f?[\U0001f3fb-\U0001f3ff]?[\U000e0020-\U000e007f]*+"
_EMOJI_NEXT = f"(?:[{_BMP_EMOJI}{_SMP_EMOJI}]|[{_TEXT_EMOJI}](?=\ufe0f)){_EMOJI_TAIL}"
# A group is repeated without going back by (?>(?:...)*): before CPython 3.11.5, a possessive group that holds
# choices loses its last round (https://github.com/python/cpython/issues/106052).
_EMOJI_REST = f"{_EMOJI_TAIL}(?>(?:\u200d{_EMOJI_NEXT})*)"
_EMOJI = (
    "[\U0001f1e6-\U0001f1ff]{2}",
    "[0-9#*]\ufe0f?\u20e3",
    f"[{_BMP_EMOJI}{_SMP_EMOJI}]{_EMOJI_REST}",
    f"[{_TEXT_EMOJI}](?=\ufe0f){_EMOJI_REST}",
)
_EMOTICON = (
    r"[:;=](?<![A-Za-z0-9].)[-o^']?[)(DPp3|*](?![A-Za-z0-9])",
    r"<3(?![0-9])",
    r"[TQOoXx](?<![A-Za-z0-9].)(?:(?<=T)_+T|(?<=T)AT|(?<=Q)(?:_Q|AQ|wQ)|(?<=o)_O|(?<=O)_o|(?<=[xX])D)(?![A-Za-z0-9])",
    r"\^[_.\-o]?\^",
    r">_+<",
    r"-_+-",
    r"=_=",
)
_PLACEHOLDER = (
    r"\[(?:url|email|phone|wechat|id-number|图片|圖片|视频|視頻|表情|动画表情|语音|red packet)\]",
    r"@user(?![A-Za-z0-9_])",
)
_STICKER = (
    rf"\[(?:(?=[^\[\]]*[{HAN}])[{HAN}A-Za-z0-9_~～]{{1,12}}"
    r"|(?!(?:sic|url|link|video|photo|pic|image|edit|edited|deleted|removed|email|phone)\])"
    r"(?:[a-z]{3,20}|NO|OK|Ok|ok|GOOD|NB|V5|CP|[A-Za-z]{2,12}R))\]",
)
_TAG_WORD = rf"(?:[^\Wh]|[{MARKS}]|h(?!ttps?://))"  # an address may follow without a space
_HASHTAG = (
    # Xiaohongshu and Weibo supertopics: #words[话题]#
    rf"[#＃](?:[^#＃\[\]\n\r@]{{1,80}}\[[{HAN}A-Za-z]{{1,6}}\][#＃]"
    # Weibo: #words#, closed on both sides without a space
    r"|(?<![A-Za-z0-9&].)(?![\s#＃])(?=[^#＃]*[^\W\d_])"
    r"(?>(?:[^#＃\[\]\s@/;&]|/(?!/)|[ \u3000](?=[^\s#＃])){1,60})"
    r"[#＃](?:(?![A-Za-z0-9_])|(?<=[^\x00-\x7f][#＃]))"
    # #word, at least one letter in it
    rf"|(?<![A-Za-z0-9_&/].)(?=[\d_]*+[^\W\d_])(?>{_TAG_WORD}+)(?!@))",
)
_EMAIL = (
    r"[A-Za-z0-9_%+\-](?<![A-Za-z0-9._%+\-].)[A-Za-z0-9._%+\-]{0,63}+[@＠]"
    r"(?:[A-Za-z0-9\-]{1,63}+\.)+[A-Za-z]{2,24}(?![A-Za-z0-9])",
)
_URL_BODY = r"[A-Za-z0-9\-._~:/?@!$&'()*+,;=%|]"
_URL_END = r"(?:#(?>(?:[A-Za-z0-9\-_~/=&%!]|\.(?=[A-Za-z0-9]))+)(?![\[#＃]))?(?<![.,;:!?'()])"
_LONG_TLD = "com|net|org|edu|gov|info|xyz|top|club|shop|online|site|cn|hk|tw"
_SHORT_TLD = "co|me|io|cc|ly|gl|gg|be|tv|app|us|uk|de|fr|jp|kr|ru|in|it|to|im|vip|link|ai|sg|my|ca|au"
_URL = (
    rf"[hf](?:(?<=h)ttps?|(?<=f)tp)://{_URL_BODY}+{_URL_END}",
    rf"w(?<![A-Za-z0-9.@\-].)ww\.[A-Za-z0-9\-]+\.{_URL_BODY}+{_URL_END}",
    r"[A-Za-z0-9](?<![A-Za-z0-9.@_\-].)[A-Za-z0-9\-]{0,62}+\.(?:[A-Za-z0-9\-]{1,63}+\.)*?"
    rf"(?:(?:{_LONG_TLD}|[a-z]{{2,3}}\.(?:cn|uk|hk|tw|jp|au))"
    rf"(?![A-Za-z0-9@\-])(?!\.[A-Za-z0-9])(?:/{_URL_BODY}*{_URL_END})?|(?:{_SHORT_TLD})/{_URL_BODY}+{_URL_END})",
)
_NICK = rf"[\w{MARKS}·•・\-\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d]"
_TIME = r"\d{1,4}(?:[:：.]\d+)?\s?(?:am|pm|AM|PM)?(?![A-Za-z0-9_])"
_MENTION = (
    rf"[@＠](?<![A-Za-z0-9_].)(?!{_TIME}|user(?![A-Za-z0-9_]))"
    rf"(?>(?:[A-Za-z0-9_]++|\.(?=[A-Za-z0-9_])|{_NICK}){{1,20}})[A-Za-z0-9_]*+"
    r"(?:@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+)?",
    r"/u/(?<![A-Za-z0-9_/]...)[A-Za-z0-9_\-]{3,20}+(?![/A-Za-z0-9_\-])",
    r"u/(?<![A-Za-z0-9_/]..)[A-Za-z0-9_\-]{3,20}+(?![/A-Za-z0-9_\-])",
)

FORMS = {
    "placeholder": _PLACEHOLDER,
    "sticker": _STICKER,
    "hashtag": _HASHTAG,
    "email": _EMAIL,
    "url": _URL,
    "mention": _MENTION,
    "emoji": _EMOJI,
    "emoticon": _EMOTICON,
}
"""Each kind of piece in its forms.

Every form opens with a character or a set of characters, so that regular expressions pass over others at
once; what must not stand before a piece is looked at behind that character.
"""


def _one_of(kind: str) -> str:
    return f"(?:{'|'.join(FORMS[kind])})"


EMOJI = _one_of("emoji")
"""One emoji as it is seen: families, flags, keycaps and skin tones are one piece (Unicode TR51)."""

EMOTICON = _one_of("emoticon")
"""A small set of faces made of letters and signs."""

PLACEHOLDER = _one_of("placeholder")
"""What :mod:`discourse.text.masks` leaves behind, and what collectors write for pictures."""

STICKER = _one_of("sticker")
"""A sticker code: ``[笑哭R]``, ``[doge]``, ``[捂脸]``."""

HASHTAG = _one_of("hashtag")
"""A hashtag of any of the platforms: ``#话题[话题]#``, ``#话题#``, ``#tag``."""

EMAIL = _one_of("email")
"""An e-mail address."""

URL = _one_of("url")
"""A web address, bare ones such as ``xhslink.com/a/b`` and ``t.cn/Abc`` included."""

MENTION = _one_of("mention")
"""A person addressed by handle or nickname; ``@user`` is a placeholder, not a mention."""

NOT_WORDS = f"{PLACEHOLDER}|{HASHTAG}|{STICKER}|{EMAIL}|{URL}|{MENTION}|{EMOJI}"
"""Everything that says nothing about the language of a text."""


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Compile one of the patterns above, once.

    Parameters
    ----------
    pattern : str
        A pattern of this module, or several joined by ``|``.

    Returns
    -------
    re.Pattern

    Examples
    --------
    >>> compiled(STICKER).findall("[笑哭R]欢迎[doge] [2025] [sic]")
    ['[笑哭R]', '[doge]']
    >>> compiled(HASHTAG).findall("#TikTok难民# #cat tax[话题]# #1 #政治 #安部政権")
    ['#TikTok难民#', '#cat tax[话题]#', '#政治', '#安部政権']
    >>> len(compiled(EMOJI).findall("👨‍👩‍👧‍👦🇨🇳1️⃣👍🏽"))
    4
    """
    return re.compile(pattern)


# Without any of these a text holds no address, handle of Reddit or keycap, and what is left begins with an
# opener: two quick looks instead of every pattern at every character.
_ADDRESSED = re.compile(r"u/|://|[A-Za-z0-9\-]\.[A-Za-z0-9\-]|\u20e3")
# One range holds all emoji beyond the basic plane: a set of many such ranges is gone through one by one.
_OPENER = re.compile(f"[\\[#＃@＠{_BMP_EMOJI}{_BMP_TEXT_EMOJI}\U0001f000-\U0001faff]")
_OPENED = f"{PLACEHOLDER}|{HASHTAG}|{STICKER}|{MENTION}|{EMOJI}"


@lru_cache(maxsize=8_192)
def between_marks(text: str) -> tuple[str, ...]:
    """Give the pieces of a text that lie between :data:`NOT_WORDS`.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    tuple of str
        What ``compiled(NOT_WORDS).split(text)`` gives, sooner.

    Examples
    --------
    >>> between_marks("看猫[doge]了 #猫 https://t.cn/A1")
    ('看猫', '了 ', ' ', '')
    """
    if _ADDRESSED.search(text) is not None:
        return tuple(compiled(NOT_WORDS).split(text))
    pieces, at, mark = list[str](), 0, compiled(_OPENED)
    for opener in _OPENER.finditer(text):
        found = mark.match(text, opener.start()) if opener.start() >= at else None
        if found is not None:
            pieces.append(text[at : found.start()])
            at = found.end()
    return (*pieces, text[at:])
