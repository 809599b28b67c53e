"""Means of places: pulled together, ranked, and hidden where few stand behind them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from discourse.compare.areas import area_means
from discourse.stats.pooling import partial_pooling

PROVINCES = ["CN-GD", "CN-ZJ", "CN-SC", "CN-BJ", "CN-SH", "CN-HN"]


def placed(apart=0.0, seed=0, per_area=60):
    rng = np.random.default_rng(seed)
    rows = []
    for k, area in enumerate(PROVINCES):
        for i in range(per_area if area != "CN-HN" else 15):
            rows.append((f"{area}{i}", area, f"{area}-{i // 2}", f"{i % 20}", 0.2 + apart * k))
    frame = pd.DataFrame(rows, columns=["post_id", "area", "author", "thread_id", "score"])
    frame["score"] += rng.normal(scale=0.3, size=len(frame))
    return frame.assign(target="t", group="hosts"), frame.set_index("post_id")["area"]


def test_the_figures_are_those_of_the_formula():
    scored, places = placed(apart=0.1)
    table = area_means(scored, places, "t", min_cell=1).set_index("area")
    means = scored.groupby(scored["post_id"].map(places))["score"].mean()
    np.testing.assert_allclose(table.loc[means.index, "raw"], means)
    shown = table.loc[means.index]
    pulled = shown["weight"] * shown["raw"] + (1 - shown["weight"]) * shown["mean"]
    np.testing.assert_allclose(shown["estimate"], pulled)
    # variances in proportion to 1 / n: weights follow from one of them
    ratio = (1 / shown["weight"] - 1) * shown["n"].astype(float)
    np.testing.assert_allclose(ratio, ratio.iloc[0], rtol=1e-6)
    assert partial_pooling(means, np.full(6, 0.01)).tau2 >= 0


def test_planted_differences_are_ranked_and_chance_is_pooled_away():
    apart = area_means(*placed(apart=0.15), "t", min_cell=1)
    assert apart["area"].tolist() == PROVINCES[::-1]
    assert apart["tau"].iloc[0] > 0.1
    same = area_means(*placed(apart=0.0, seed=2), "t", min_cell=1)
    assert same["estimate"].max() - same["estimate"].min() < same["raw"].max() - same["raw"].min()


def test_a_small_place_is_pulled_further():
    table = area_means(*placed(apart=0.1), "t", min_cell=1).set_index("area")
    assert table.loc["CN-HN", "weight"] < table.loc["CN-GD", "weight"]


def test_small_places_take_part_in_nothing_and_never_alone():
    table = area_means(*placed(), "t", min_cell=10)
    hidden = table[table["reason"].notna()]
    assert "CN-HN" in set(hidden["area"])
    assert len(hidden) >= 2
    assert hidden[["estimate", "raw", "n", "n_authors"]].isna().all(axis=None)
    assert table["estimate"].notna().sum() == len(PROVINCES) - len(hidden)


def test_provinces_and_countries_are_kept_apart():
    scored, places = placed()
    places = places.replace({"CN-SC": "US", "CN-BJ": "GB", "CN-SH": "FR"})
    abroad = area_means(scored, places, "t", within="abroad", min_cell=1)
    assert set(abroad["area"]) == {"US", "GB", "FR"}
    china = area_means(scored, places, "t", within="CN-", min_cell=1)
    assert set(china["area"]) == {"CN-GD", "CN-ZJ", "CN-HN"}


def test_two_places_share_nothing_that_could_be_measured():
    scored, places = placed()
    two = scored[scored["post_id"].map(places).isin(["CN-GD", "CN-ZJ"])]
    table = area_means(two, places, "t", min_cell=1)
    assert table["reason"].tolist() == ["fewer than 3 places with enough authors"] * 2


def test_without_a_place_or_a_mention_the_table_is_empty():
    scored, places = placed()
    assert area_means(scored, places, "other").empty
    assert area_means(scored, pd.Series(dtype="object"), "t").empty


def test_the_order_of_posts_does_not_matter():
    scored, places = placed(apart=0.1)
    one = area_means(scored, places, "t", min_cell=1)
    other = area_means(scored[::-1], places, "t", min_cell=1)
    pd.testing.assert_frame_equal(one, other, check_exact=False)


def test_places_of_which_every_post_scores_alike_get_no_interval():
    n = 120
    scored = pd.DataFrame(
        {
            "post_id": [str(i) for i in range(n)],
            "target": "t",
            "author": [f"a{i}" for i in range(n)],
            "thread_id": [f"t{i % 30}" for i in range(n)],
            "group": "g",
            "score": 0.5,
        }
    )
    places = pd.Series([f"CN-{('GD', 'SH', 'BJ', 'SC')[i % 4]}" for i in range(n)], index=scored["post_id"])
    table = area_means(scored, places, "t")
    assert table["estimate"].isna().all()
    assert table["reason"].str.contains("alike").all()
