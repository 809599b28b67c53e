"""Shares of topics, prepared once: the figures are those of the general functions, topic by topic."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from discourse.compare.contrasts import contrast, group_estimate
from discourse.compare.topic_shares import TopicShares, hedges_g, why_not


def model_and_posts(n: int = 400, seed: int = 0):
    """Draw posts of two languages; some know no topic, some are only of one."""
    rng = np.random.default_rng(seed)
    shares = rng.dirichlet(np.full(5, 0.3), n)
    shares[:20] = np.nan
    shares[20:60, :3] = 0.0
    frame = pd.DataFrame(
        {
            "group": np.where(rng.random(n) < 0.3, "a", "b"),
            "author": pd.array([f"u{i % 130}" for i in range(n)], dtype="str"),
            "thread_id": pd.array([f"t{i % 37}" for i in range(n)], dtype="str"),
        }
    )
    frame.loc[[5, 70], "author"] = None
    return SimpleNamespace(prevalence=shares, topic_langs=["zh", "zh", "zh", "en", "en"]), frame


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_means_and_differences_are_those_of_one_topic_at_a_time(lang):
    model, frame = model_and_posts()
    part = TopicShares.of(model, frame, lang)
    within = model.prevalence[:, part.topics]
    known = within.sum(axis=1) > 0
    posts = frame[known]
    means = [one for one, _ in part.means("a", 0.95)]
    apart = list(part.differences(("a", "b"), 0.95))
    for place in range(len(part.topics)):
        one = posts.assign(share=within[known, place] / within[known].sum(axis=1))
        alone = group_estimate(one[one["group"] == "a"], "share", cluster=("author", "thread_id")).iloc[0]
        for name in ("estimate", "low", "high", "se", "df"):
            assert getattr(means[place], name) == pytest.approx(alone[name], abs=1e-10)
        both = contrast(one, "share", groups=("a", "b"), cluster=("author", "thread_id")).iloc[0]
        for name in ("estimate", "low", "high", "se", "p"):
            assert getattr(apart[place][0], name) == pytest.approx(both[name], abs=1e-10)
        assert apart[place][1] == pytest.approx(both["effect"], abs=1e-10)


def test_shares_of_nothing_but_0_and_1_are_proportions():
    model, frame = model_and_posts()
    model.prevalence[60:] = np.eye(5)[np.random.default_rng(1).integers(0, 3, 340)]
    frame, model.prevalence = frame[60:].reset_index(drop=True), model.prevalence[60:]
    found = TopicShares.of(model, frame, "zh").means("a", 0.95)
    found = next(iter(found))[0]
    one = frame.assign(share=model.prevalence[:, 0])[frame["group"] == "a"]
    alone = group_estimate(one, "share", cluster=("author", "thread_id")).iloc[0]
    assert (found.low, found.high) == pytest.approx((alone["low"], alone["high"]), abs=1e-10)


def test_the_order_of_posts_does_not_change_one_bit():
    model, frame = model_and_posts()
    order = np.random.default_rng(1).permutation(len(frame))
    turned = SimpleNamespace(prevalence=model.prevalence[order], topic_langs=model.topic_langs)
    one, other = TopicShares.of(model, frame, "zh"), TopicShares.of(turned, frame.iloc[order], "zh")
    assert [m for m, _ in one.means("b", 0.95)] == [m for m, _ in other.means("b", 0.95)]
    assert one.counts("a") == other.counts("a")


def test_authors_are_counted_where_they_are_named():
    model, frame = model_and_posts()
    part = TopicShares.of(model, frame, "en")
    known = frame[~np.isnan(model.prevalence).any(axis=1)]
    named = known[known["group"] == "b"]
    assert part.counts("b") == {
        "n": len(named),
        "n_authors": named["author"].nunique(),
        "n_threads": named["thread_id"].nunique(),
    }
    assert why_not(part.counts("nobody")) == "no post of this group has a content word"


def test_an_outcome_that_does_not_vary_has_no_effect_size():
    first = np.arange(7) < 4
    assert np.isnan(hedges_g(np.ones(7), first, ~first))
