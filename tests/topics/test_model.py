from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from discourse.errors import ParameterError
from discourse.tables import TOPIC_WORDS, TOPICS
from discourse.topics.fit import fit_topics

BLOCKS = [
    ["cats", "kittens", "purring", "whiskers", "paws", "feline", "litter", "meowing"],
    ["court", "lawsuit", "judges", "ruling", "verdict", "lawyers", "senate", "congress"],
]


def posts(n: int = 120) -> list[str]:
    rng = np.random.default_rng(7)
    return [" ".join([*rng.choice(BLOCKS[i % 2], 7), "people", "people", "people"]) for i in range(n)]


@pytest.fixture(scope="module")
def model():
    return fit_topics(posts(), n_topics=2, seed=1, max_share=1.0)


def test_top_words_are_ranked_by_their_probability(model):
    top = model.top_words(6)
    assert top.columns.tolist() == ["topic", "rank", "lang", "word", "weight"]
    assert len(top) == 12
    for _, part in top.groupby("topic"):
        assert part["rank"].tolist() == [1, 2, 3, 4, 5, 6]
        assert part["weight"].is_monotonic_decreasing
        assert part["weight"].between(0, 1).all()
    assert (top["lang"] == "en").all()


def test_a_word_of_all_topics_is_probable_but_not_telling(model):
    assert (model.top_words(1)["word"] == "people").all()
    assert "people" not in set(model.top_words(5, by="frex")["word"])
    assert "people" not in " ".join(model.labels())


def test_labels_name_the_words_of_their_topic(model):
    labels = [set(label.split(", ")) for label in model.labels(3)]
    assert all(len(label) == 3 for label in labels)
    assert sorted(i for label in labels for i, block in enumerate(BLOCKS) if label <= set(block)) == [0, 1]


def test_exemplars_are_led_by_their_topic_and_by_different_authors(model):
    authors = [f"a{i // 40}" for i in range(120)]
    found = model.exemplars(5, authors=authors)
    for topic, part in found.groupby("topic"):
        assert len(part) == 3
        assert len({authors[i] for i in part["doc"]}) == 3
        assert (model.prevalence[part["doc"]].argmax(axis=1) == topic).all()
        assert part["prevalence"].is_monotonic_decreasing


def test_exemplars_pass_over_nameless_and_short_posts():
    texts = [*posts(), "cats", "court"]
    model = fit_topics(texts, n_topics=2, seed=1, max_share=1.0)
    authors = ["a"] * 60 + [None] * 60 + ["b", "c"]
    found = model.exemplars(3, authors=authors)
    assert len(found) == 2
    assert (found["doc"] < 60).all()


def test_exemplars_need_one_author_a_post(model):
    with pytest.raises(ParameterError, match="one author a post"):
        model.exemplars(authors=["a"])


def test_coherence_tells_planted_topics_from_jumbled_ones():
    good = fit_topics(posts(), n_topics=2, seed=1)
    rng = np.random.default_rng(1)
    jumbled = [" ".join(rng.choice([*BLOCKS[0], *BLOCKS[1]], 7)) for _ in range(120)]
    bad = fit_topics(jumbled, n_topics=2, seed=1)
    assert good.coherence().shape == (2,)
    assert good.coherence("c_npmi", n=6).min() > bad.coherence("c_npmi", n=6).max() + 0.1


def test_the_tables_have_their_declared_columns(model):
    words = model.word_table(5)
    assert words.columns.tolist() == TOPIC_WORDS.names
    topics = model.topic_table(post_ids=[f"p{i}" for i in range(120)], authors=[f"a{i}" for i in range(120)])
    assert topics.columns.tolist() == TOPICS.names
    assert topics["share"].sum() == pytest.approx(1)
    assert topics["n"].sum() == 120
    assert topics.loc[0, "exemplar_ids"].count("p") == 3
    assert model.topic_table()["exemplar_ids"].isna().all()


def test_a_topic_of_few_authors_gives_no_count(model):
    lead = model.prevalence.argmax(axis=1)
    authors = [f"a{i}" if topic == 0 else f"b{i % 4}" for i, topic in enumerate(lead)]
    n = model.topic_table(authors=authors, min_cell=10)["n"]
    assert n[0] == (lead == 0).sum()
    assert pd.isna(n[1])


@pytest.mark.parametrize("settings", [{"n": 0}, {"by": "lift"}])
def test_unknown_ways_to_rank_words_are_refused(model, settings):
    with pytest.raises(ParameterError):
        model.top_words(**settings)


def test_no_table_depends_on_the_index_of_the_posts():
    shifted = pd.Series(posts(), index=range(1000, 1120))
    one, other = fit_topics(shifted, 2, seed=1), fit_topics(posts(), 2, seed=1)
    pd.testing.assert_frame_equal(one.exemplars(), other.exemplars())
