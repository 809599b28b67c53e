from __future__ import annotations

import numpy as np
import pytest

from discourse.errors import ParameterError
from discourse.topics.fit import fit_topics
from discourse.topics.learning import Learning, as_keys
from tests.topics.test_fit import BLOCKS, purity


def fragments(n: int = 240) -> tuple[list[str], np.ndarray, list[str]]:
    """Posts of two words, twelve a thread: too short to say what goes together."""
    rng = np.random.default_rng(4)
    thread = np.arange(n) // 12
    main = thread % 3
    return [" ".join(rng.choice(BLOCKS[m], 2)) for m in main], main, [f"t{t}" for t in thread]


def test_pooling_learns_from_threads_and_places_single_posts():
    texts, main, threads = fragments()
    model = fit_topics(texts, 3, engine="lda", pool=threads)
    assert model.prevalence.shape == (240, 3)
    assert purity(model.prevalence.argmax(axis=1), main) > 0.97
    assert model.stated == "learned from 20 pools of posts"


def test_pooling_does_not_depend_on_the_order_of_the_posts():
    texts, _, threads = fragments()
    order = np.random.default_rng(1).permutation(len(texts))
    one = fit_topics(texts, 3, pool=threads)
    other = fit_topics([texts[i] for i in order], 3, pool=[threads[i] for i in order])
    np.testing.assert_allclose(one.prevalence[order], other.prevalence, rtol=0, atol=1e-9)


def test_a_post_may_be_in_several_pools_or_in_none():
    pools = as_keys([["a", "b"], "a", None], {"zh": [[], [], []]})
    docs = Learning(pools=pools).learned_from({"zh": [["猫"], ["狗"], ["税"]]}, 0)
    assert sorted(map(sorted, docs["zh"])) == sorted(map(sorted, [["猫", "狗"], ["猫"], ["税"]]))


def test_one_entry_a_post_is_needed():
    with pytest.raises(ParameterError, match="one entry a post"):
        fit_topics(["cats", "dogs"], 2, pool=["a"])


def test_a_sample_is_learned_from_and_all_posts_are_placed():
    texts, main, _ = fragments(600)
    model = fit_topics([f"{t} {t} {BLOCKS[m][0]}" for t, m in zip(texts, main, strict=True)], 3, sample=300)
    assert len(model.prevalence) == 600
    assert not np.isnan(model.prevalence).any()
    assert "at most 300" in model.stated


def test_the_sample_is_the_same_whatever_the_order():
    docs = {"en": [[f"w{i}"] for i in range(50)]}
    turned = {"en": docs["en"][::-1]}
    how = Learning(sample=20)
    assert how.learned_from(docs, 3) == how.learned_from(turned, 3)
    assert how.learned_from(docs, 3) != how.learned_from(docs, 4)
