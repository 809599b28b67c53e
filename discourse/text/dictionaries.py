"""The dictionaries that cutting and glossing words read, and how their memory is handed back."""

from __future__ import annotations


def let_go_of_dictionaries() -> None:
    """Hand back the memory of jieba's words, of CC-CEDICT and of what was made of them.

    Notes
    -----
    Some 170 MB.  Who asks for a word again has them read again, which takes a second; the words are the same.

    Examples
    --------
    >>> from discourse.text.segment import segment_zh
    >>> before = segment_zh("欢迎难民")
    >>> let_go_of_dictionaries()
    >>> segment_zh("欢迎难民") == before
    True
    """
    from discourse.text import dictionary, glosses, segment, tokens

    tokens._tokenizer.cache_clear()
    segment.default_segmenter.cache_clear()
    segment.word_frequencies.cache_clear()
    glosses._to_chinese.cache_clear()
    dictionary.cedict.cache_clear()
