"""Which language a post is written in, by rules that can be read."""

from __future__ import annotations

import re
from collections.abc import Iterable

from discourse.text.given import refuse_several
from discourse.text.patterns import HAN, HANGUL, KANA, LATIN, MARKS, between_marks
from discourse.text.script import is_traditional

_HAN = re.compile(f"[{HAN}]")
_KANA = re.compile(f"[{KANA}]")
_HANGUL = re.compile(f"[{HANGUL}]")
_LATIN_RUN = re.compile(
    f"[{LATIN}{MARKS}]+(?:['’][{LATIN}]+)*(?:[^\\S\\n]+[{LATIN}{MARKS}]+(?:['’][{LATIN}]+)*)*"
)
_ASCII_WORD = re.compile("[a-z]+(?:'[a-z]+)*")
_OTHER_LETTER = re.compile(f"[^\\W\\d_{LATIN}{HAN}{KANA}{HANGUL}{MARKS}]")
_NOT_HAN = re.compile(f"[^\\W\\d_{HAN}]|[{LATIN}{KANA}{HANGUL}{MARKS}]")
_BEYOND_LATIN = re.compile(f"[^\\W\\d_{LATIN}{MARKS}]|[{HAN}{KANA}{HANGUL}]")
_MAYBE_PROTECTED = re.compile("[\\[#＃@＠./\u203c-\u3299\U0001f000-\U0001faff]")
_ACCENTED = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that Chinese writers use inside Chinese: they alone do not make a post bilingual.
_LOANWORDS = _words(
    """ok okay app vlog blog vip pk diy ps pc cp up bgm mv ktv ip id ui ai gpt chatgpt tiktok tik tok rednote
    xiaohongshu xhs douyin wechat weibo qq bilibili instagram ins facebook youtube twitter reddit google apple
    iphone ipad mac android windows wifi hello hi bye haha hahaha lol omg wow emo citywalk plog live followers
    netflix amazon starbucks costco walmart tesla nike adidas disney kfc nba gdp usa uk us eu ceo hr mbti
    infp enfp infj enfj intj entj intp entp isfp esfp isfj esfj istj estj istp estp cpu gpu usb ppt pdf excel
    word email logo dj rap rapper bug cos offer ddl yyds xswl awsl tmd nb sb ssr app store chat"""
)
_ENGLISH = _words(
    """the of and to is that it for you with on are this be have not at your we just what do all like can but
    my they from was were will would there their about when who how why which if or an by has had been more
    than then them him his her she he i i'm im it's don't dont can't cant i've you're that's isn't won't
    our us out up get got so now know think people love good thank thanks please want need see some any
    because should could here where only really very new one today time make am did does as going
    wanna gonna lol"""
)
# Frequent words of other languages in Latin letters; none of them is a word of English.
_FOREIGN = (
    _words(
        """que de el por una para pero está esta muy como yo mi te gracias aquí soy eres es hola
    bien todo nada porque qué también más ser hay del al les des une est pas dans vous nous je tu il elle avec
    sur mais c'est merci bonjour très être cette qui sont j'ai ça oui der und ist nicht ich das ein eine mit
    auf für sie wir auch aber wenn dass haben sehr danke noch von zu den dem hier mein nur não você um uma eu
    isso muito obrigado com são ele ela meu minha che di sono non per questo anche più molto grazie ciao della
    gli ma come io het een en van niet dat ik je zijn voor maar ook naar yang dan di ini itu saya aku
    tidak untuk dengan ada akan bisa juga kamu dari tapi và là của không tôi có những người được cho với bir
    ve bu için çok ben değil ama ne var gibi teşekkürler ang ng mga sa ko ako po salamat naman ito og det jeg
    ikke på är och att som inte jag mig var nie jest się że na to jak dziękuję"""
    )
    - _ENGLISH
)


# Those of them that stand in English names of places, people and dishes too.
_IN_NAMES = _words(
    """de el en yo mi del al te es na ne je van von der den di ma ko bu sa po com um io non to una
    sur des ben dem dat"""
)


def _is_english(words: list[str]) -> bool:
    known = set(words)
    foreign = len(known & _FOREIGN)
    if foreign >= 2 and foreign > 2 * len(known & _ENGLISH):
        return False
    if not known.isdisjoint(_ENGLISH):
        return True
    accented = sum(_ACCENTED.search(word) is not None for word in words)
    if 3 * accented >= len(words):
        return False
    return len(words) > 4 or not known & (_FOREIGN - _IN_NAMES)


def _runs(text: str) -> list[list[str]]:
    """Collect the Latin words of two letters and more, run by run."""
    runs = [run.lower().replace("’", "'").split() for run in _LATIN_RUN.findall(text)]
    return [[word for word in run if len(word) > 1] for run in runs]


def _is_mixed(han: int, runs: list[list[str]]) -> bool:
    words = [word for run in runs for word in run]
    own = [word for word in words if word not in _LOANWORDS]
    if not own:
        return False
    if len(words) >= 3 and (
        len(own) >= 3 or any(len(run) > 1 and not _LOANWORDS.issuperset(run) for run in runs)
    ):
        return True
    return 2 * len(own) >= han


def _chinese_or_mixed(text: str, han: int) -> str:
    runs = _runs(text)
    words = sum(map(len, runs))
    # A name in Chinese characters does not make an English post bilingual.
    if han < 4 and words >= 4 * han:
        return "en" if _is_english([word for run in runs for word in run]) else "other"
    if words and _is_mixed(han, runs):
        return "mixed"
    return "zh-Hant" if is_traditional(text) else "zh-Hans"


def _latin(text: str) -> str:
    """The language of a text without letters of another script."""
    if text.isascii():  # the same words, sooner: such a text holds no other apostrophe and no mark
        words = [word for word in _ASCII_WORD.findall(text.lower()) if len(word) > 1]
    else:
        words = [word for run in _runs(text) for word in run]
    if words:
        return "en" if _is_english(words) else "other"
    return "none" if _LATIN_RUN.search(text) is None else "en"


def detect_language(text: str) -> str:
    """Say in which language a post is written.

    Parameters
    ----------
    text : str
        The post.  Hashtags, urls, e-mail addresses, stickers, mentions, placeholders and emoji do not count.

    Returns
    -------
    {"zh-Hans", "zh-Hant", "en", "mixed", "other", "none"}
        ``mixed`` is Chinese and English side by side: at least three English words, of which some are not
        names and loanwords that Chinese writers use inside Chinese (TikTok, vlog, ok), or as much English as
        Chinese in a short post.  ``other`` is any other language, ``none`` a post without a word.

    Notes
    -----
    Rules on scripts and short word lists; nothing is learned.  Chinese script is told by the characters that
    only one script uses (:func:`discourse.text.script.is_traditional`).  Latin text counts as English unless
    words of another language outnumber English ones.

    Examples
    --------
    >>> for post in ("小红书的APP好用", "歡迎來到小紅書", "where my people at 😩 #你好", "#cats [doge]",
    ...              "这些refugees真的好sweet，love you guys", "こんにちは、世界", "hola, ¿qué tal?"):
    ...     print(detect_language(post))
    zh-Hans
    zh-Hant
    en
    none
    mixed
    other
    other
    """
    refuse_several(text, "detect_language")
    if _MAYBE_PROTECTED.search(text):
        text = " . ".join(between_marks(text))
    if text.isascii() or _BEYOND_LATIN.search(text) is None:
        return _latin(text)
    if _NOT_HAN.search(text) is None:  # most Chinese posts: nothing to count
        return "none" if _HAN.search(text) is None else "zh-Hant" if is_traditional(text) else "zh-Hans"
    han, kana, hangul = len(_HAN.findall(text)), len(_KANA.findall(text)), len(_HANGUL.findall(text))
    letters = len(_OTHER_LETTER.findall(text))
    latin = sum(map(len, (word for run in _runs(text) for word in run)))
    if (
        (kana > 1 and 5 * kana >= han and 2 * kana >= latin)
        or 2 * hangul > han + latin
        or 2 * letters > han + latin
    ):
        return "other"
    if han:
        return _chinese_or_mixed(text, han)
    words = [word for run in _runs(text) for word in run]
    return "en" if words and _is_english(words) else "other"


def detect_languages(texts: Iterable[str]) -> list[str]:
    """Say of each post in which language it is written.

    Parameters
    ----------
    texts : iterable of str
        The posts.

    Returns
    -------
    list of str
        As :func:`detect_language`, in the same order.

    Examples
    --------
    >>> detect_languages(["你好", "hello", "👍"])
    ['zh-Hans', 'en', 'none']
    """
    return [detect_language(text) for text in texts]
