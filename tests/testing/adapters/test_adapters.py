"""Adapters compute from the entry that they are given, and decline what they do not know."""

from __future__ import annotations

import pytest

from discourse.testing.adapters.agreement import PRINTED
from discourse.testing.adapters.vocabulary import diversity, lexical_richness_words
from discourse.testing.published_texts import DEERWESTER, LEXICAL_RICHNESS
from discourse.testing.reference import Entry, NotCovered, judge


def test_conger_names_the_matrix_that_it_was_computed_on():
    outcome = judge(Entry("irrcac.raw_4raters.conger", PRINTED, 0.76282, 5e-6))
    assert outcome.ok
    assert "0.76207" in outcome.note


def test_conger_of_any_other_matrix_is_computed_as_it_stands():
    other = [list(row) for row in PRINTED]
    other[0][0] = 2
    outcome = judge(Entry("irrcac.raw_4raters.conger", other, 0.76282, 5e-6))
    assert not outcome.ok
    assert outcome.note == ""


def test_the_readme_text_has_the_words_and_types_that_its_package_counts():
    words = lexical_richness_words(LEXICAL_RICHNESS)
    assert (len(words), len(set(words))) == (57, 39)


def test_another_readme_is_not_covered():
    outcome = judge(Entry("lexrich.readme", "README.md of somebody else", {"TTR": 0.5}, 1))
    assert outcome.reason.startswith("not covered")


@pytest.mark.parametrize("name", ["TTR5", "MATTR", "VOCD", "", "MTLD"])
def test_an_unknown_measure_of_diversity_is_declined(name):
    with pytest.raises(NotCovered):
        diversity(name, ["a", "b", "a"])


def test_the_nine_titles_are_those_of_gensim():
    from gensim.test.utils import common_texts

    assert sorted(sorted(title.split()) for title in DEERWESTER) == sorted(
        sorted(text) for text in common_texts
    )


@pytest.mark.parametrize(
    ("entry", "ok"),
    [
        (Entry("tok.91", "真的[doge]好笑", "sticker codes stay one token: [doge]", 0), True),
        (Entry("tok.91", "真的[doge]好笑", "sticker codes stay one token: [do]", 0), False),
        (Entry("tok.93", "licenses", "license", 0), False),
        (Entry("tok.94", "今天\u200b天气", "same tokens as 今天天气 after removing U+200B", 0), True),
        (Entry("tok.94", "今天\u200b天气", "same tokens as 明天天气 after removing U+200B", 0), False),
        (Entry("tok.95", "印度的首都", "印度 must not count as 印度", 0), False),
        (Entry("tok.97", "去 #猫税# 吧", "weibo topic is one token", 0), True),
        (Entry("tok.97", "去交猫税吧", "weibo topic is one token", 0), False),
    ],
)
def test_rules_about_tokens_are_judged_on_the_text_given(entry, ok):
    assert judge(entry).ok is ok


def test_a_key_without_a_function_is_not_covered():
    for entry in (
        Entry("lyne.allemand", {"x": [1, 2], "sizes": [5, 5]}, {"U": 1}, 1),
        Entry("ll.effect.52.57", [1, 2, 5, 5], {"DICE": 1}, 1),
        Entry("scipy.chi2", [[1, 2], [3, 4]], {"V": 1}, 1),
        Entry("gensim.direct.lcp", {"postings": {"1": [1], "2": [1]}, "num_docs": 3}, {"MI": 1}, 1),
        Entry("yuleK.stjohn1", {"1": 3}, {"I": 1}, 1),
        Entry("vader.nltk49", "2 sentences", [{"text": "Fine."}], 1),
        Entry("logodds.informative", {"y1": [1, 2], "y2": [2, 1], "prior": "flat"}, {"delta": [0, 0]}, 1),
    ):
        assert judge(entry).reason.startswith("not covered"), entry.id


def test_vader_names_the_implementation():
    sentence = "At least it isn't a horrible book."  # nltk/test/sentiment.doctest
    expected = [{
        "text": sentence,
        "nltk": {"compound": 0.431, "neg": 0.0, "neu": 0.637, "pos": 0.363},
        "vaderSentiment_3_3_2": {"compound": 0.431, "neg": 0.0, "neu": 0.678, "pos": 0.322},
    }]  # fmt: skip
    assert judge(Entry("vader.nltk49", "1 sentences", expected, 1e-4)).ok
