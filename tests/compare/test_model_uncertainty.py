"""Both kinds of uncertainty together."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from discourse.compare.model_uncertainty import combine
from discourse.compare.prevalence import prevalence, prevalence_contrasts
from discourse.topics.fit import fit_topics
from discourse.topics.stability import refit

WORDS = [
    ["cats", "kittens", "purring", "whiskers", "paws", "feline", "tabby", "litter"],
    ["court", "lawsuit", "judges", "ruling", "verdict", "lawyers", "appeal", "statute"],
    ["dumplings", "noodles", "recipe", "wok", "soy", "ginger", "garlic", "broth"],
]
COMMON = ["today", "people", "going", "really", "thing", "time", "maybe", "please", "nice", "good"]
SHARES = {"a": [0.5, 0.3, 0.2], "b": [0.3, 0.3, 0.4]}


def planted(n_authors: int, seed: int) -> tuple[list[str], pd.DataFrame]:
    """Draw short posts: one to three words of the post's topic and two of no topic."""
    rng = np.random.default_rng(seed)
    texts, rows = [], []
    for i in range(n_authors):
        group = "ab"[i % 2]
        own = rng.dirichlet(np.array(SHARES[group]) * 4)
        for _ in range(rng.integers(1, 4)):
            words = rng.choice(WORDS[rng.choice(3, p=own)], rng.integers(1, 4))
            texts.append(" ".join([*map(str, words), *map(str, rng.choice(COMMON, 2))]))
            rows.append({"group": group, "author": f"u{i}", "thread_id": f"t{rng.integers(60)}"})
    return texts, pd.DataFrame(rows)


def cat_topic(model) -> int:
    top = model.top_words(8)
    return max(range(3), key=lambda t: sum(w in WORDS[0] for w in top.loc[top["topic"] == t, "word"]))


def test_rubins_rules_by_hand():
    found = combine(0.3, 0.1, 50.0, 0.02, 5)
    within, added = 0.01, 1.2 * 0.02
    share = added / (within + added)
    df = 1 / (share**2 / 4 + (1 - share) ** 2 / 50)
    wide = stats.t.ppf(0.975, df) * (within + added) ** 0.5
    assert found.se == pytest.approx((within + added) ** 0.5)
    assert (found.low, found.high) == pytest.approx((0.3 - wide, 0.3 + wide))
    assert found.p == pytest.approx(2 * stats.t.sf(0.3 / found.se, df))
    assert found.model_share == pytest.approx(share)


def test_where_sampling_tells_nothing_the_fits_alone_decide():
    found = combine(0.01, 1e-9, 80.0, 0.04**2, 10)
    wide = stats.t.ppf(0.975, 9) * (1.1 * 0.04**2) ** 0.5
    assert (found.low, found.high) == pytest.approx((0.01 - wide, 0.01 + wide))


def test_a_model_without_doubt_changes_nothing():
    found = combine(0.3, 0.1, 50.0, 0.0, 5)
    wide = stats.t.ppf(0.975, 50) * 0.1
    assert (found.low, found.high, found.model_share) == pytest.approx((0.3 - wide, 0.3 + wide, 0.0))


def test_intervals_with_the_model_in_them_cover_what_was_planted():
    """Of 15 corpora at least 12 intervals hold the difference (chance of fewer at 95 %: 0.06 %)."""
    held, wider = 0, 0
    for seed in range(15):
        texts, frame = planted(220, seed)
        model = fit_topics(texts, 3)
        refits = refit(model, frame["author"], n_fits=4, seed=seed)
        topic = cat_topic(model)
        plain, full = (
            prevalence_contrasts(model, frame, [("a", "b")], refits=given).iloc[topic]
            for given in (None, refits)
        )
        held += full["low"] < 0.2 < full["high"]
        wider += full["high"] - full["low"] > plain["high"] - plain["low"]
        assert full["estimate"] == plain["estimate"]
    assert held >= 12
    assert wider == 15


def test_columns_say_what_the_model_adds():
    texts, frame = planted(220, 1)
    model = fit_topics(texts, 3)
    refits = refit(model, frame["author"], n_fits=4)
    table = prevalence(model, frame, refits=refits)
    assert table["model_share"].between(0, 1).all()
    assert table["method"].str.endswith("; 4 fits to author samples, Rubin's rules").all()
    assert prevalence(model, frame)["model_share"].isna().all()
    sampled = refit(model, frame["author"], n_fits=4, most_posts=150)
    said = prevalence(model, frame, refits=sampled).loc[0, "method"]
    assert f"4 fits to author samples of {len(sampled.rows)} posts" in said


def test_differences_are_adjusted_by_benjamini_and_hochberg():
    texts, frame = planted(220, 2)
    table = prevalence_contrasts(fit_topics(texts, 3), frame, [("a", "b")])
    p = table["p"].to_numpy()
    np.testing.assert_allclose(table["p_adjusted"], stats.false_discovery_control(p))
