"""Words that carry grammar rather than content, per language."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path

from discourse.errors import ParameterError

# Content words that spaCy's English list holds too.
_CONTENT_EN = "amount bottom call empty front full move name part serious show side top"
_CONTRACTIONS = """
    i'm i'd i'll i've you're you'd you'll you've he's he'd he'll she's she'd she'll it's it'd it'll we're
    we'd we'll we've they're they'd they'll they've that's that'd that'll there's there're here's who's
    who'd who'll what's what're where's when's why's how's let's y'all aren't can't couldn't didn't doesn't
    don't hadn't hasn't haven't isn't mightn't mustn't needn't shouldn't wasn't weren't won't wouldn't ain't
    gonna wanna gotta im ive dont doesnt didnt cant isnt arent wasnt werent wont wouldnt couldnt shouldnt
    youre theyre thats whats u ur
"""
# What is spoken online and what Cantonese writes, which the list of news Chinese lacks.
_SPOKEN_ZH = """
    的 了 啦 吗 嘛 吧 呢 啊 呀 哦 噢 喔 哇 哈 哈哈 哈哈哈 哈哈哈哈 嗯 嗯嗯 唉 哎 诶 欸 呃 嘿 嘿嘿 呵呵 嘻嘻
    就是 真的 这个 那个 一个 一下 有点 没有 什么 怎么 怎么样 为什么 还有 然后 不是 可以 觉得 感觉 其实 反正
    应该 可能 已经 还是 那么 这么 这样 那样 这里 那里 自己 咱 咱们 俺 你们 我们 嘅 咗 喺 啲 系 唔 佢 佢哋
    我哋 你哋 咁 噉 嗰 乜 嘢 咩 啱 睇 同埋 俾 嚟 冇 先 度 呢个 呢啲 嗰个 嗰啲 点解 唔系 咁样
"""


@cache
def _english() -> frozenset[str]:
    words = (_of_spacy() - set(_CONTENT_EN.split())) | set(_CONTRACTIONS.split())
    return frozenset(words | {word.replace("'", "’") for word in words})


def _of_spacy() -> set[str]:
    """Read the list of spaCy from its file: the library itself takes a second and 40 MB to load."""
    found = find_spec("spacy")
    places = found.submodule_search_locations if found is not None else None
    file = Path(*(places or ())[:1], "lang", "en", "stop_words.py")
    spec = spec_from_file_location("discourse.text._stop_words_of_spacy", file)
    if spec is None or spec.loader is None or not file.is_file():
        from spacy.lang.en.stop_words import STOP_WORDS

        return set(STOP_WORDS)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return set(module.STOP_WORDS)


@cache
def _chinese() -> frozenset[str]:
    import stopwordsiso
    from opencc import OpenCC

    simplified = sorted(set(stopwordsiso.stopwords("zh")) | set(_SPOKEN_ZH.split()))
    words = set(simplified)
    for config in ("s2t", "s2tw", "s2hk"):
        converter = OpenCC(config)
        words.update(converter.convert(word) for word in simplified)
    return frozenset(words)


def stop_words(lang: str) -> frozenset[str]:
    """Give the stop words of a language, in lower case.

    Parameters
    ----------
    lang : {"zh", "en"}
        The language; ``zh`` serves both scripts.

    Returns
    -------
    frozenset of str
        Sort it before its order can matter.

    Raises
    ------
    ParameterError
        If the language is another one.

    Notes
    -----
    ``en``: the 326 words of spaCy without 13 words of content (name, show, serious ...), and contractions
    with both apostrophes, as our tokens keep them whole.  ``zh``: the 794 of stopwords-iso, in which spaCy's
    1,891 were found too wide (高兴, 认真, 练习), with words of spoken and Cantonese Chinese; each in
    Traditional script too, by OpenCC.

    Examples
    --------
    >>> {"don’t", "the"} <= stop_words("en"), {"我们", "我們", "的"} <= stop_words("zh")
    (True, True)
    >>> "难民" in stop_words("zh")
    False
    """
    if lang not in ("zh", "en"):
        raise ParameterError(f"no stop words for language {lang!r}", expected="zh or en")
    return _chinese() if lang == "zh" else _english()
