"""Fits to samples of the authors."""

from __future__ import annotations

import numpy as np
import pytest

from discourse.errors import NotMeasurable, ParameterError
from discourse.topics.fit import fit_topics
from discourse.topics.stability import refit

CATS = ["cats", "kittens", "purring", "whiskers", "paws", "feline"]
LAW = ["court", "lawsuit", "judges", "ruling", "verdict", "lawyers"]
CHINESE = [["猫咪", "宠物", "猫粮", "小猫"], ["律师", "判决", "法院", "国会"]]


def posts(n: int = 120, seed: int = 0, noise: float = 0.0) -> tuple[list[str], list[str]]:
    rng = np.random.default_rng(seed)
    texts = []
    for i in range(n):
        of = [CATS, LAW][i % 2]
        words = [rng.choice([*CATS, *LAW]) if rng.random() < noise else rng.choice(of) for _ in range(7)]
        texts.append(" ".join(map(str, words)))
    return texts, [f"u{i // 2}" for i in range(n)]


def test_topics_that_are_there_are_found_in_every_sample():
    texts, authors = posts()
    model = fit_topics(texts, 2)
    found = refit(model, authors, n_fits=4)
    assert found.shares.shape == (4, 120, 2)
    np.testing.assert_allclose(found.shares.sum(axis=2), 1, atol=1e-6)
    np.testing.assert_allclose(found.stability, 1)
    for shares in found.shares:  # matched: the same topic has the same column
        assert (shares.argmax(axis=1) == model.prevalence[found.rows].argmax(axis=1)).all()


def test_noise_makes_topics_less_stable_and_words_harder_to_guess():
    texts, authors = posts()
    rng = np.random.default_rng(0)
    noise = [" ".join(f"word{a}" for a in rng.choice(list("abcdefghijklmnopqrstuvwxyz"), 7)) for _ in texts]
    plain, noisy = (refit(fit_topics(t, 2), authors, n_fits=4) for t in (texts, noise))
    assert plain.stability.mean() > noisy.stability.mean() + 0.3
    assert plain.held_out.mean() > noisy.held_out.mean() + 1


def test_the_right_number_of_topics_guesses_unseen_words_better_than_one_that_mixes():
    texts, authors = posts(200)
    two = refit(fit_topics(texts, 2), authors, n_fits=4).held_out.mean()
    # a word of six, chosen evenly: about -log 6, and with two topics that are one -log 12
    assert -np.log(12) < two < -np.log(6) + 0.2


def test_the_order_of_posts_changes_nothing():
    texts, authors = posts(noise=0.3)
    order = np.random.default_rng(1).permutation(len(texts))
    one = refit(fit_topics(texts, 3), authors, n_fits=3)
    other = refit(fit_topics([texts[i] for i in order], 3), [authors[i] for i in order], n_fits=3)
    np.testing.assert_array_equal(one.overlap, other.overlap)
    np.testing.assert_allclose(one.held_out, other.held_out)
    places = {int(order[row]): k for k, row in enumerate(other.rows)}
    again = other.shares[:, [places[int(row)] for row in one.rows]]
    np.testing.assert_allclose(one.shares, again, atol=1e-6)


@pytest.mark.parametrize("engine", ["lsa", "nmf", "lda"])
@pytest.mark.parametrize("languages", ["joint", "separate"])
def test_any_engine_and_both_languages(engine, languages):
    texts, authors = posts(100)
    rng = np.random.default_rng(0)
    mixed = [f"{t} {' '.join(map(str, rng.choice(CHINESE[i % 2], 4)))}" for i, t in enumerate(texts)]
    model = fit_topics(mixed, 4, engine=engine, languages=languages)
    found = refit(model, authors, n_fits=2)
    assert found.overlap.shape == (2, model.n_topics)
    np.testing.assert_allclose(found.shares.sum(axis=2), 1, atol=1e-5)


def test_of_many_posts_whole_authors_are_drawn():
    texts, authors = posts(300)
    found = refit(fit_topics(texts, 2), authors, n_fits=2, most_posts=100)
    assert found.sampled
    assert 100 <= len(found.rows) <= 101
    kept = [authors[i] for i in found.rows]
    assert all(kept.count(name) == 2 for name in kept)


def test_wordless_posts_are_left_out():
    texts, authors = posts(40)
    texts[3] = "!!"
    assert 3 not in refit(fit_topics(texts, 2), authors, n_fits=2).rows


def test_what_cannot_be_fitted_again_is_refused():
    texts, authors = posts(40)
    model = fit_topics(texts, 2)
    with pytest.raises(ParameterError, match="39 authors for 40 posts"):
        refit(model, authors[1:])
    with pytest.raises(ParameterError, match="1 fits"):
        refit(model, authors, n_fits=1)
    with pytest.raises(NotMeasurable, match="fewer than two authors"):
        refit(model, ["u"] * 40)
