from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from discourse.compare.topic_stance import leading_topics, topic_stance
from discourse.stats import benjamini_hochberg
from discourse.topics.fit import fit_topics


def posts(n: int = 600, cold: float = -0.5, seed: int = 0) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Posts of four topics; the last is spoken of coldly."""
    rng = np.random.default_rng(seed)
    topic = rng.integers(0, 4, n)
    score = np.clip(0.3 + (cold - 0.3) * (topic == 3) + rng.normal(0, 0.3, n), -1, 1)
    ids = [f"{i:05d}" for i in range(n)]
    scored = pd.DataFrame(
        {
            "post_id": ids,
            "author": [f"a{i % 200}" for i in range(n)],
            "thread_id": [f"t{i % 60}" for i in range(n)],
            "group": "hosts",
            "target": "refugees",
            "label": np.where(score >= 0.15, "positive", np.where(score <= -0.15, "negative", "neutral")),
            "score": score,
            "mention_kind": "named",
        }
    )
    return scored, pd.DataFrame({"post_id": ids, "lang": "zh", "topic": topic, "label": "words"})


def of_measure(table: pd.DataFrame, measure: str) -> pd.DataFrame:
    return table[table["measure"] == measure].set_index("topic")


def test_a_planted_cold_topic_stands_out_and_no_other_does():
    table = topic_stance(*posts(), instrument="lexicon")
    mean = of_measure(table, "mean")
    assert mean.loc[3, "low"] < -0.5 < mean.loc[3, "high"]
    assert mean.loc[3, "residual"] < -10
    assert of_measure(table, "negative").loc[3, "residual"] > 10
    assert mean.loc[3, "p_adjusted"] < 1e-6


def test_shares_and_what_is_elsewhere_are_those_of_the_posts():
    scored, topics = posts()
    table = of_measure(topic_stance(scored, topics, instrument="lexicon"), "positive")
    positive = (scored["label"] == "positive").to_numpy()
    inside = (topics["topic"] == 1).to_numpy()
    assert table.loc[1, "estimate"] == pytest.approx(positive[inside].mean())
    assert table.loc[1, "elsewhere"] == pytest.approx(positive[~inside].mean())
    assert table.loc[1, "n"] == inside.sum()


def test_without_a_difference_residuals_are_about_standard_normal():
    residuals = np.concatenate(
        [
            of_measure(topic_stance(*posts(400, 0.3, seed), instrument="lexicon"), "mean")["residual"]
            for seed in range(12)
        ]
    )
    assert abs(residuals.mean()) < 0.5
    assert 0.7 < residuals.std() < 1.4


def test_the_cells_of_one_target_are_one_family():
    table = topic_stance(*posts(), instrument="lexicon")
    assert table["family"].unique().tolist() == ["topics by stance toward refugees"]
    known = table["p"].notna()
    expected = benjamini_hochberg(table.loc[known, "p"])
    assert table.loc[known, "p_adjusted"].to_numpy() == pytest.approx(expected)


def test_a_small_cell_is_masked_with_another_one():
    scored, topics = posts()
    inside = topics.index[topics["topic"] == 2]
    topics.loc[inside[5:], "topic"] = 1
    table = of_measure(topic_stance(scored, topics, instrument="lexicon"), "mean")
    assert table["n"].isna().sum() == 2
    assert pd.isna(table.loc[2, "estimate"])
    assert table.loc[2, "reason"] == "fewer than 10 authors"


def test_the_leading_topic_has_the_largest_share_and_wordless_posts_have_none():
    texts = ["cats purr cats", "cats nap", "courts ban apps", "courts sue apps", "!!!"]
    model = fit_topics(texts, 2)
    found = leading_topics(model, list("abcde"))
    assert found["post_id"].tolist() == list("abcd")
    assert found["topic"].tolist() == model.prevalence[:4].argmax(axis=1).tolist()
    assert found.loc[0, "topic"] == found.loc[1, "topic"]
