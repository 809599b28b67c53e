from __future__ import annotations

import numpy as np
import pytest
from gensim.models import LdaModel
from scipy import sparse

from discourse.topics.engine import Engine
from discourse.topics.lda import LdaEngine, e_step
from discourse.topics.nmf import NmfEngine

ENGINES = [LdaEngine, NmfEngine]


def planted(n_docs: int = 300, n_topics: int = 3, per_topic: int = 8, seed: int = 0):
    """Draw posts of one main topic each, from topics that share no word."""
    rng = np.random.default_rng(seed)
    main = rng.integers(0, n_topics, n_docs)
    rows = [
        rng.multinomial(
            12,
            np.repeat(np.where(np.arange(n_topics) == m, 0.9, 0.1 / (n_topics - 1)), per_topic) / per_topic,
        )
        for m in main
    ]
    return sparse.csr_matrix(np.array(rows, dtype=float)), main


WORDS = [f"w{i}" for i in range(24)]


@pytest.mark.parametrize("make", ENGINES)
def test_finds_planted_topics(make):
    dfm, main = planted()
    engine = make().fit(dfm, WORDS, 3, seed=1)
    assert isinstance(engine, Engine)
    np.testing.assert_allclose(engine.topic_word_.sum(axis=1), 1)
    blocks = {frozenset(np.argsort(-row)[:8] // 8) for row in engine.topic_word_}
    assert blocks == {frozenset({0}), frozenset({1}), frozenset({2})}
    lead = engine.transform(dfm).argmax(axis=1)
    purity = sum(np.bincount(main[lead == k]).max() for k in range(3)) / len(main)
    assert purity > 0.97


@pytest.mark.parametrize("make", ENGINES)
def test_the_same_seed_gives_the_same_numbers(make):
    dfm, _ = planted()
    one, two = (make().fit(dfm, WORDS, 4, seed=5) for _ in range(2))
    assert (one.topic_word_ == two.topic_word_).all()
    assert (one.transform(dfm) == two.transform(dfm)).all()


@pytest.mark.parametrize("make", ENGINES)
def test_a_post_is_placed_alike_wherever_it_stands(make):
    dfm, _ = planted(80)
    engine = make().fit(dfm, WORDS, 3, seed=1)
    shares = engine.transform(dfm)
    order = np.random.default_rng(2).permutation(80)
    np.testing.assert_allclose(engine.transform(dfm[order]), shares[order], atol=1e-6)
    np.testing.assert_allclose(engine.transform(dfm[:1]), shares[:1], atol=1e-6)


@pytest.mark.parametrize("make", ENGINES)
def test_prevalences_sum_to_one_and_no_post_gives_no_row(make):
    dfm, _ = planted(60)
    engine = make().fit(dfm, WORDS, 3, seed=1)
    np.testing.assert_allclose(engine.transform(dfm).sum(axis=1), 1)
    assert engine.transform(dfm[:0]).shape == (0, 3)


def test_the_e_step_finds_the_fixed_point_that_gensim_finds():
    dfm, _ = planted(40)
    bows = [list(zip(row.indices.tolist(), row.data.tolist(), strict=True)) for row in dfm]
    model = LdaModel(
        bows, 3, id2word=dict(enumerate(WORDS)), random_state=0, dtype=np.float64, eval_every=None, passes=5
    )
    model.iterations, model.gamma_threshold = 2000, 1e-12
    theirs, counts = model.inference(bows, collect_sstats=True)
    gamma, ours = e_step(dfm, model.expElogbeta.T.copy(), model.alpha, 2000, 1e-12)
    np.testing.assert_allclose(gamma, theirs, rtol=1e-5)
    np.testing.assert_allclose(ours.T, counts, rtol=1e-4, atol=1e-7)


def test_the_e_step_loses_no_token():
    dfm, _ = planted(40)
    weights = np.random.default_rng(0).dirichlet(np.ones(24), size=3).T
    alpha = np.full(3, 0.2)
    gamma, counts = e_step(dfm, weights, alpha, 100, 1e-9)
    assert counts.sum() == pytest.approx(dfm.sum())
    np.testing.assert_allclose(gamma.sum(axis=1), dfm.sum(axis=1).A1 + alpha.sum())
