from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from discourse.topics.context import DISCOUNT, learn_context, word_graph


def counts(rows: list[str], words: list[str]) -> sparse.csr_matrix:
    return sparse.csr_matrix([[float(row.split().count(word)) for word in words] for row in rows])


def test_association_is_the_discounted_npmi_of_the_formula():
    dfm = counts(["a b", "a b", "a c", "c", "d"], list("abcd"))
    found = word_graph(dfm, np.array(["en"] * 4)).toarray()
    together, of_a, of_b, n = 2, 3, 2, 5
    npmi = np.log(together * n / (of_a * of_b)) / -np.log(together / n)
    assert found[0, 1] == pytest.approx(npmi * together / (together + DISCOUNT))
    assert found[0, 2] == 0.0  # together less often than by chance
    np.testing.assert_array_equal(found, found.T)
    assert found.diagonal().tolist() == [0.0] * 4


def test_words_across_languages_go_together_in_mixed_posts():
    words = ["猫", "狗", "cat", "dog"]
    mixed = ["猫 cat"] * 12 + ["狗 dog"] * 12
    apart = ["猫", "狗", "cat", "dog"] * 4
    graph = word_graph(counts([*mixed, *apart], words), np.array(["zh", "zh", "en", "en"]))
    assert graph[0, 2] > 0
    assert graph[0, 3] == 0
    assert word_graph(counts(apart, words), np.array(["zh", "zh", "en", "en"])).nnz == 0


def test_the_dictionary_links_words_and_commoner_translations_count_more():
    words = ["漂亮", "beautiful", "pretty"]
    dfm = counts(["漂亮", "pretty", *["beautiful"] * 20], words)
    context = learn_context(dfm, words, ["zh", "en", "en"])
    assert context.bilingual
    assert context.strength[0, 2] > context.strength[0, 1] > 0
    assert context.links[0, 1] > context.links[0, 2] > 0
    assert (context.links != context.links.T).nnz == 0
    translated = context.translated(dfm)
    assert translated[0].toarray()[0, 1:].min() > 0


def test_one_language_has_no_links():
    dfm = counts(["a b", "a"], ["a", "b"])
    context = learn_context(dfm, ["a", "b"], ["en", "en"])
    assert not context.bilingual
    assert (context.translated(dfm) != dfm).nnz == 0
