"""The connectives that link clauses, in Chinese and English, by what they mean."""

from __future__ import annotations

import re

from discourse.text.patterns import HAN

# Words that open a clause wherever they stand; a clause is cut before them without any punctuation.
_ANYWHERE = {
    "contrast": (
        r"但是|(?<![不非何岂])但(?![愿凡])|然而|可惜(?!的)|殊不知",
        r"(?<!nothing )(?<!anything )(?<!everything )(?<!none )(?<!all )(?<!can't help )but(?! for\b| also\b)"
        r"|however|whereas|nevertheless|nonetheless",
    ),
    "concession": (
        r"虽然|虽说|尽管|即使|即便|就算|哪怕|纵然|(?<![不])管他",
        r"although|even though|even if|despite|in spite of|regardless of",
    ),
    "condition": (
        r"如果|要是|假如|假使|倘若|只要(?!不是)|除非|万一|一旦",
        r"(?<!as )(?<!even )(?<!what )(?<!only )if(?! only\b)|unless|as long as|provided that|in case",
    ),
    "cause": (r"因为|由于|既然|毕竟", r"because|due to|cuz|'cause|bc"),
    "result": (r"所以|因此|因而|以至于|难怪|怪不得", r"therefore|that's why|that is why"),
    "purpose": (r"以便|免得|省得|好让", r"so that|in order to|in order that"),
    "sequence": (r"然后|接着", r"and then|afterwards"),
    "addition": (r"而且|并且|不但|不仅|况且|何况", r"but also|not only|moreover|furthermore|in addition"),
}
# Words that link only where a clause begins anyway; elsewhere they mean something else.
_AT_START = {
    "contrast": (
        r"不过(?![如分来去瘾关敏期是])|可是|只是(?!因为)|却|可(?=[我你他她它这那是没不])|相反|反而|偏偏|倒是|而(?=不|是|我|你|他|她|他们|我们)",
        r"yet|still(?=,)|though(?=\W*$)|on the other hand|on the contrary|instead|except|meanwhile|while",
    ),
    "concession": (r"虽|不管|无论|固然|再怎么|话虽如此", r"though|no matter|granted"),
    "condition": (r"若|假设|只有", r"whenever|suppose|otherwise"),
    "cause": (r"因(?!此)|谁让|谁叫", r"since|as(?= (?:i|you|we|they|he|she|it)\b)|for(?= (?:i|we|they)\b)"),
    "result": (
        r"于是|结果|那么|看来|可见",
        r"so(?! (?:much|many|far|good|bad|cute|sweet|nice|happy|sad|funny)\b)|thus|hence",
    ),
    "purpose": (r"为了|为的是", r"to(?= (?:make|let|help|get|show|keep|avoid)\b)"),
    "sequence": (
        r"后来|随后|之后|接下来|首先|其次|最后|最终|同时|先",
        r"then|after that|later|finally|first|firstly|second|secondly|lastly|next",
    ),
    "addition": (r"还有|另外|此外|同样|甚至|再说|且|也", r"and|also|plus|besides"),
}


def _word(english: str) -> str:
    return rf"(?<![A-Za-z'’])(?:{english})(?![A-Za-z'’])"


def _table() -> dict[str, str]:
    return {
        link: "|".join(
            (_ANYWHERE[link][0], _word(_ANYWHERE[link][1]), _AT_START[link][0], _word(_AT_START[link][1]))
        )
        for link in _ANYWHERE
    }


_LEAD_IN = r"[\W_\ue000\ue001]*(?:(?:and|well|oh|哈+|嗯+|呃|哎|唉)[\W_]+)?"
# "他却走了", "我虽然穷": these may follow a short subject.
_AFTER_SUBJECT = {
    "contrast": r"(?<![退冷忘了推失])却|反而|倒是",
    "concession": "虽然|尽管|固然",
    "condition": "如果|要是",
    "cause": "因为|由于",
}

_CHINESE = "|".join(chinese for chinese, _ in _ANYWHERE.values())
_ENGLISH = "|".join(english for _, english in _ANYWHERE.values())

SPLITTING = re.compile(f"(?=[A-Za-z'{HAN}])(?:{_word(_ENGLISH)}|{_CHINESE})", re.IGNORECASE)
"""Before these a clause begins, with or without punctuation."""

LINKS = re.compile(
    f"{_LEAD_IN}(?:" + "|".join(f"(?P<{link}>{words})" for link, words in _table().items()) + ")",
    re.IGNORECASE,
)
"""Matched at the beginning of a clause: the name of the group says how it is linked."""

LATE_LINKS = re.compile(
    rf"{_LEAD_IN}[{HAN}]{{1,4}}?(?:"
    + "|".join(f"(?P<{link}>{words})" for link, words in _AFTER_SUBJECT.items())
    + ")"
)
"""As :data:`LINKS`, for connectives that follow the subject of their clause."""
