from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from discourse.compare.prevalence import prevalence, prevalence_contrasts
from discourse.errors import ParameterError
from discourse.tables import TOPIC_CONTRASTS, TOPIC_PREVALENCE
from discourse.topics.fit import fit_topics

CATS = ["cats", "kittens", "purring", "whiskers", "paws", "feline"]
LAW = ["court", "lawsuit", "judges", "ruling", "verdict", "lawyers"]
SHARES = {"hosts": 0.7, "newcomers": 0.4}


def planted(n: int = 240, seed: int = 0) -> tuple[list[str], pd.DataFrame]:
    """Draw posts of two groups; the groups talk of cats with the planted shares."""
    rng = np.random.default_rng(seed)
    groups = np.where(np.arange(n) % 2 == 0, "hosts", "newcomers")
    cats = rng.random(n) < np.array([SHARES[g] for g in groups])
    texts = [" ".join(rng.choice(CATS if c else LAW, 9)) for c in cats]
    frame = pd.DataFrame(
        {
            "group": groups,
            "author": [f"u{i % 220}" for i in range(n)],
            "thread_id": [f"t{i % 50}" for i in range(n)],
        }
    )
    return texts, frame


@pytest.fixture(scope="module")
def fitted():
    texts, frame = planted()
    return fit_topics(texts, 2, seed=1), frame


def cat_topic(model) -> int:
    top = model.top_words(1).set_index("topic")["word"]
    return next(int(t) for t, word in top.items() if word in CATS)


def test_planted_shares_lie_in_their_intervals(fitted):
    model, frame = fitted
    table = prevalence(model, frame)
    assert table.columns.tolist() == TOPIC_PREVALENCE.names
    rows = table[table["topic"] == cat_topic(model)].set_index("group")
    for group, share in SHARES.items():
        assert rows.loc[group, "low"] < share < rows.loc[group, "high"]
        assert rows.loc[group, ["n", "n_authors", "n_threads"]].tolist() == [120, 110, 25]


def test_a_planted_difference_is_found(fitted):
    model, frame = fitted
    table = prevalence_contrasts(model, frame, [("hosts", "newcomers")])
    assert table.columns.tolist() == TOPIC_CONTRASTS.names
    row = table.iloc[cat_topic(model)]
    assert row["low"] < 0.3 < row["high"]
    assert row["p_adjusted"] < 0.05
    assert row["outcome"].startswith(f"topic {cat_topic(model)}: ")
    assert row[["n_a", "authors_a", "threads_a"]].tolist() == [120, 110, 25]


def test_swapping_the_pair_flips_the_sign(fitted):
    model, frame = fitted
    one = prevalence_contrasts(model, frame, [("hosts", "newcomers")])
    other = prevalence_contrasts(model, frame, [("newcomers", "hosts")])
    np.testing.assert_allclose(one["estimate"], -other["estimate"])
    np.testing.assert_allclose(one["low"], -other["high"])
    np.testing.assert_allclose(one["p"], other["p"])


def test_the_shares_of_a_group_sum_to_one(fitted):
    model, frame = fitted
    sums = prevalence(model, frame).groupby("group")["estimate"].sum()
    np.testing.assert_allclose(sums, 1)


def test_small_groups_get_no_figure_and_tiny_ones_no_count(fitted):
    model, frame = fitted
    group = ["hosts"] * 190 + ["newcomers"] * 45 + ["onlookers"] * 5
    table = prevalence(model, frame.assign(group=group)).drop_duplicates("group").set_index("group")
    assert not np.isnan(table.loc["hosts", "estimate"])
    assert table.loc["newcomers", "reason"] == "fewer than 100 authors"
    assert table.loc["newcomers", "n"] == 45
    assert table.loc["onlookers", "reason"] == "fewer than 10 authors"
    assert pd.isna(table.loc["onlookers", ["estimate", "n", "n_authors", "n_threads"]]).all()
    pairs = prevalence_contrasts(model, frame.assign(group=group), [("hosts", "onlookers")])
    assert pairs.loc[0, "reason"] == "onlookers: fewer than 10 authors"
    assert pd.isna(pairs.loc[0, ["n_b", "authors_b", "threads_b", "p"]]).all()
    assert pairs.loc[0, "n_a"] == 190


def test_a_group_that_the_study_names_but_nobody_is_in_says_so(fitted):
    model, frame = fitted
    table = prevalence(model, frame, groups=["hosts", "onlookers"])
    assert (
        table.set_index("group").loc["onlookers", "reason"].tolist()
        == ["no post of this group has a content word"] * 2
    )


def test_shares_are_taken_within_a_language():
    texts, frame = planted()
    chinese = [
        "猫咪，宠物，猫粮",
        "律师，判决，国会",
        "宠物，国会，判决",
        "猫粮，律师，猫咪",
        "法院，小猫",
    ] * 48
    mixed = [f"{t} {c}" for t, c in zip(texts, chinese, strict=True)]
    both = fit_topics(mixed, 4, languages="separate", seed=1)
    assert both.lang == "zh+en"
    sums = prevalence(both, frame).groupby(["lang", "group"])["estimate"].sum()
    assert len(sums) == 4
    np.testing.assert_allclose(sums, 1)


def test_posts_without_content_words_stay_out():
    texts, frame = planted()
    texts[:10] = [""] * 10
    table = prevalence(fit_topics(texts, 2, seed=1), frame)
    assert table.groupby("topic")["n"].sum().tolist() == [230, 230]


def test_what_does_not_fit_is_refused(fitted):
    model, frame = fitted
    with pytest.raises(ParameterError, match="239 posts for a model of 240"):
        prevalence(model, frame.iloc[1:])
    with pytest.raises(ParameterError, match="thread_id"):
        prevalence_contrasts(model, frame.drop(columns="thread_id"))


def test_one_group_alone_is_compared_with_nobody():
    texts = ["cats purr", "cats nap", "courts ban apps", "courts sue apps"]
    posts = pd.DataFrame({"group": "a", "author": list("wxyz"), "thread_id": list("1234")})
    assert prevalence_contrasts(fit_topics(texts, 2), posts, []).empty
