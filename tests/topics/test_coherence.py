"""Coherence through gensim: published topics, our array parts, and words that no text holds."""

from __future__ import annotations

import numpy as np
import pytest

from discourse.errors import ParameterError
from discourse.stats import npmi_coherence, u_mass
from discourse.topics.coherence import topic_coherence

# The nine titles of Deerwester et al. (1990), doi:10.1002/(SICI)1097-4571(199009)41:6<391::AID-ASI1>3.0.CO;2-9
DEERWESTER = [
    "human interface computer",
    "survey user computer system response time",
    "eps user interface system",
    "system human system eps",
    "user response time",
    "trees",
    "graph trees",
    "graph minors trees",
    "graph minors survey",
]
TEXTS = [title.split() for title in DEERWESTER]
GOOD = [["human", "computer", "system", "interface"], ["graph", "minors", "trees", "eps"]]
BAD = [["user", "graph", "minors", "system"], ["time", "graph", "survey", "minors"]]


@pytest.mark.parametrize(
    ("measure", "good", "bad"),
    [
        ("u_mass", -7.1050155802, -13.4732799678),
        ("c_v", 0.6370825383, 0.2655353565),
        ("c_uci", -5.7360932194, -12.138146366),
        ("c_npmi", 0.0278230897, -0.2170950775),
    ],
)
def test_gives_the_values_of_gensim(measure, good, bad):
    assert topic_coherence(GOOD, TEXTS, measure=measure).mean() == pytest.approx(good, abs=1e-8)
    assert topic_coherence(BAD, TEXTS, measure=measure).mean() == pytest.approx(bad, abs=1e-8)


def joint_documents(words):
    present = np.array([[word in text for text in TEXTS] for word in words], dtype=int)
    return present @ present.T


def test_the_array_part_of_u_mass_agrees_with_gensim():
    by_arrays = [u_mass(joint_documents(words), len(TEXTS)) for words in GOOD]
    np.testing.assert_allclose(by_arrays, topic_coherence(GOOD, TEXTS, measure="u_mass"), atol=1e-9)


def test_the_array_part_of_npmi_agrees_with_gensim_where_a_window_holds_each_text():
    by_arrays = [npmi_coherence(joint_documents(words), len(TEXTS)) for words in GOOD]
    np.testing.assert_allclose(
        by_arrays, topic_coherence(GOOD, TEXTS, measure="c_npmi", window=50), atol=1e-9
    )


def test_words_that_no_text_holds_are_left_out():
    with_unknown = topic_coherence([["human", "nowhere", "computer"]], TEXTS, measure="u_mass")
    assert with_unknown == pytest.approx(topic_coherence([["human", "computer"]], TEXTS, measure="u_mass"))


def test_a_topic_of_topics_without_two_known_words_has_no_coherence():
    assert np.isnan(topic_coherence([["human", "nowhere"], GOOD[0]], TEXTS)).tolist() == [True, False]
    assert np.isnan(topic_coherence(GOOD, [])).all()


def test_topics_of_unequal_length_are_measured_whole():
    long, short = GOOD[0], GOOD[1][:2]
    both = topic_coherence([long, short], TEXTS, measure="u_mass")
    alone = [topic_coherence([words], TEXTS, measure="u_mass")[0] for words in (long, short)]
    np.testing.assert_allclose(both, alone)


def test_an_unknown_measure_is_refused():
    with pytest.raises(ParameterError, match="no measure"):
        topic_coherence(GOOD, TEXTS, measure="c_x")
