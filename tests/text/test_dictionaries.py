"""Dictionaries are handed back, and read again by who asks for a word."""

from __future__ import annotations

from discourse.text.dictionaries import let_go_of_dictionaries
from discourse.text.glosses import gloss
from discourse.text.segment import default_segmenter, word_frequencies
from discourse.text.tokens import tokenize


def test_words_are_cut_and_glossed_alike_before_and_after() -> None:
    said = ["欢迎TikTok难民[doge] 二〇二五", "Don't panic 👋"]
    before, known = tokenize(said), (gloss("难民"), gloss("refugee", "zh"))
    segmenter, frequencies = default_segmenter(), word_frequencies()[0]
    let_go_of_dictionaries()
    assert default_segmenter() is not segmenter
    assert word_frequencies()[0] is not frequencies
    assert word_frequencies()[0] == frequencies
    assert tokenize(said) == before
    assert (gloss("难民"), gloss("refugee", "zh")) == known
