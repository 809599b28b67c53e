"""Sentences and clauses of Chinese, English and mixed posts, and how clauses are linked."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from discourse.text.given import refuse_several
from discourse.text.links import LATE_LINKS, LINKS, SPLITTING
from discourse.text.patterns import EMAIL, EMOJI, HAN, HASHTAG, MENTION, PLACEHOLDER, STICKER, URL

# A text is read through its shadow of the same length: what must not be cut is one letter, faces are another.
_WHOLE, _FACE = "\ue000", "\ue001"
_TITLES = "Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|vs|Mt|Gen|Sen|Rep|Gov|Capt|Inc|Ltd|approx|No(?=\\. ?[0-9])"
# Words that open a sentence even behind an abbreviation.
_OPENERS = "I|He|She|It|We|They|The|This|That|You|But|And|So|My|What|Why|How|If|Is|Are|Do|There"
_WHOLE_PIECES = (
    f"{PLACEHOLDER}|{HASHTAG}|{EMAIL}|{URL}|{MENTION}"
    rf"|(?<![A-Za-z])(?:{_TITLES})\.(?=\s?[A-Za-z0-9])"
    r"|[0-9]+(?:[.,:][0-9]+)+"
    rf"|(?<![A-Za-z])(?:[A-Za-z]\.)+[A-Za-z](?:\.(?=\s*[a-z,;0-9])|\.(?=\s+(?!(?:{_OPENERS})\b)[A-Z]))?"
    r"|(?<=[A-Za-z0-9])\.(?=[a-z0-9])"
)
_CLOSERS = "”’\"'」』》〉）)\\]】"
_END = rf"[。！？!?…\n\r\u2028\u2029]|\.(?![A-Za-z0-9{_WHOLE}])|(?<=[a-z])\.(?=[A-Z])"
_PAUSE = rf"[，；;：—–~～]|,(?![0-9])|:(?![/0-9])|--|(?<=\s)-(?=\s)|[）)】]|{_FACE}(?![a-z]|\s[a-z])"
_SPACED_HAN = rf"(?<=[{HAN}][{HAN}])[ \t\u3000]+(?=[{HAN}]{{2}})"
_WORTH_A_LOOK = re.compile("[.:#＃@＠/\\[0-9\u00a9-\u3299\U0001f000-\U0001faff]")
_SOFT = re.compile(rf"\.{{2,}}(?=[ \t]*[a-z])|…+(?=[ \t]*[a-z])|[!?]+(?=[{_CLOSERS}]+[ \t]*[a-z])")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    # Chinese characters open none of these: one look at the next character spares trying them all.
    whole = re.compile(f"(?=[^{HAN}，。！？、 ])(?:(?P<face>{STICKER}|{EMOJI})|{_WHOLE_PIECES})")
    sentence = re.compile(rf"(?:{_END})(?>(?:{_END}|[{_CLOSERS}])*)(?>(?:[ \t\u3000]*{_FACE})*)[ \t\u3000]*+")
    clause = re.compile(
        rf"(?:{_END}|{_PAUSE})(?>(?:{_END}|{_PAUSE}|[{_CLOSERS}])*)(?>(?:\s*{_FACE})*)\s*+|{_SPACED_HAN}|(?=[（(【])"
    )
    return whole, sentence, clause, re.compile(r"[^\W_]")


class Clause(NamedTuple):
    """One clause: where it stands, and how it is linked to the rest.

    ``start`` and ``stop`` are code points of the text; ``link`` is one of the names of
    :data:`discourse.text.links.LINKS` or "".
    """

    start: int
    stop: int
    link: str


def _shadow(text: str) -> str:
    def cover(match: re.Match[str]) -> str:
        return (_FACE if match.lastgroup else _WHOLE) * len(match.group())

    if _WORTH_A_LOOK.search(text) is None:
        return text
    return _patterns()[0].sub(cover, text)


def _pieces(shadow: str, cuts: list[int]) -> list[tuple[int, int]]:
    """Cut at the given places; what holds no word goes with what stands before it, or else behind it."""
    words = _patterns()[3]
    pieces: list[tuple[int, int]] = []
    start = 0
    for stop in [*cuts, len(shadow)]:
        if stop == start:
            continue
        if pieces and not words.search(shadow, start, stop) and _WHOLE not in shadow[start:stop]:
            pieces[-1] = (pieces[-1][0], stop)
        elif len(pieces) == 1 and not words.search(shadow, 0, start) and _WHOLE not in shadow[:start]:
            pieces[0] = (0, stop)
        else:
            pieces.append((start, stop))
        start = stop
    return pieces


def sentences(text: str) -> list[tuple[int, int]]:
    """Find the sentences of a text.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of (int, int)
        Start and stop of each sentence, in code points.  They follow each other without a gap: joined, they
        are `text`.  Closing quotes, spaces, emoji and stickers belong to the sentence before them.

    Notes
    -----
    A sentence ends at ``。！？!?…``, at a full stop that is none of an abbreviation, a number or an address,
    and at the end of a line.

    Examples
    --------
    >>> text = "Mr. Li paid 3.5 in the U.S. today!! [doge] 太好了。“真的？”他说"
    >>> [text[start:stop] for start, stop in sentences(text)]
    ['Mr. Li paid 3.5 in the U.S. today!! [doge] ', '太好了。', '“真的？”', '他说']
    """
    shadow = _shadow(text)
    cuts = [match.end() for match in _patterns()[1].finditer(shadow)]
    return _pieces(shadow, [cut for cut in cuts if not _goes_on(shadow, cut)])


def _goes_on(shadow: str, cut: int) -> bool:
    """Say whether an ellipsis or a quoted question stands inside a sentence."""
    return shadow[cut : cut + 1].islower() and _SOFT.search(shadow, max(0, cut - 8), cut + 1) is not None


def clauses(text: str) -> list[Clause]:
    """Find the clauses of a text and how each is linked to the rest.

    Parameters
    ----------
    text : str
        Any text, Chinese, English or both.

    Returns
    -------
    list of Clause
        They follow each other without a gap: joined, they are `text`.  ``link`` says what the connective at
        the beginning of the clause means, "" where there is none: contrast (but, 但是), concession (although,
        虽然), condition (if, 如果), cause (because, 因为), result (so, 所以), purpose (为了), sequence (then,
        然后), addition (而且).

    Notes
    -----
    A clause ends at punctuation, at the end of a line, behind emoji and stickers, at a space between Chinese
    words, and before connectives that cannot stand inside a clause (:mod:`discourse.text.links`).  Numbers,
    addresses, hashtags and abbreviations are never cut.

    Examples
    --------
    >>> text = "虽然很累，但是很开心 I love it because it is real"
    >>> [(text[c.start : c.stop], c.link) for c in clauses(text)]
    [('虽然很累，', 'concession'), ('但是很开心 I love it ', 'contrast'), ('because it is real', 'cause')]
    """
    refuse_several(text, "clauses")
    shadow = _shadow(text)
    cuts = {match.end() for match in _patterns()[2].finditer(shadow)}
    cuts |= {match.start() for match in SPLITTING.finditer(shadow)}
    return [Clause(start, stop, _link(shadow, start, stop)) for start, stop in _pieces(shadow, sorted(cuts))]


def _link(shadow: str, start: int, stop: int) -> str:
    match = LINKS.match(shadow, start, stop) or LATE_LINKS.match(shadow, start, stop)
    return str(match.lastgroup) if match else ""


def clause_languages(text: str) -> list[tuple[Clause, str]]:
    """Tell the language of each clause of a post.

    Parameters
    ----------
    text : str
        A post.

    Returns
    -------
    list of (Clause, str)
        Each clause with ``zh-Hans``, ``zh-Hant``, ``en``, ``mixed``, ``other`` or ``none``, in order.  A post
        that says the same in two languages is ``mixed`` as a whole and has clauses of either.

    Examples
    --------
    >>> [language for _, language in clause_languages("我爱小红书，and I love my new friends!")]
    ['zh-Hans', 'en']
    """
    from discourse.text.language import detect_language

    return [(clause, detect_language(text[clause.start : clause.stop])) for clause in clauses(text)]
