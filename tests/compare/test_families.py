from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from discourse.compare.contrasts import contrast
from discourse.compare.families import ADJUSTMENTS, adjust_family, code_contrasts, declared_families
from discourse.errors import ParameterError
from discourse.stats import benjamini_hochberg, holm


def coded(n: int = 260, share: float = 0.3, apart: float = 0.2) -> tuple[pd.DataFrame, pd.DataFrame]:
    rng = np.random.default_rng(6)
    first = np.arange(n) % 2 == 0
    posts = pd.DataFrame(
        {
            "group": np.where(first, "g", "h"),
            "author": [f"a{i}" for i in range(n)],
            "thread_id": [f"t{i % 53}" for i in range(n)],
        }
    )
    held = rng.random(n) < np.where(first, share + apart, share)
    return posts, pd.DataFrame({"protest": held, "atmosphere": rng.random(n) < 0.2}).astype("boolean")


def compared(posts: pd.DataFrame, codes: pd.DataFrame, **asked) -> pd.DataFrame:
    instruments = dict.fromkeys(codes.columns, "lexicon")
    return code_contrasts(
        posts, codes, [("g", "h")], kind="frame", family="frames", instruments=instruments, **asked
    )


def test_codes_are_compared_by_the_plain_contrast():
    posts, codes = coded()
    row = compared(posts, codes).iloc[0]
    plain = contrast(
        posts.assign(held=codes["protest"].astype(float)),
        "held",
        groups=("g", "h"),
        cluster=("author", "thread_id"),
    ).iloc[0]
    assert row["outcome"] == "frame:protest"
    for name in ("estimate", "low", "high", "p", "effect"):
        assert row[name] == pytest.approx(plain[name])
    assert row["low"] < 0.2 < row["high"]


def test_all_codes_and_pairs_are_one_family():
    table = compared(*coded())
    assert table["family"].tolist() == ["frames", "frames"]
    assert table["p_adjusted"].tolist() == pytest.approx(holm(table["p"]).tolist())


def test_posts_that_were_not_coded_are_left_out():
    posts, codes = coded()
    codes.loc[:9, "protest"] = pd.NA
    row = compared(posts, codes).iloc[0]
    assert row["n_a"] + row["n_b"] == 250


def test_small_groups_are_refused_and_smaller_ones_not_counted():
    posts, codes = coded(40)
    assert compared(posts, codes)["reason"].tolist() == ["fewer than 100 authors in g and h"] * 2
    posts, codes = coded(14)
    assert compared(posts, codes)[["n_a", "authors_b"]].isna().all(axis=None)


def test_refuses_codes_of_other_posts():
    posts, codes = coded()
    with pytest.raises(ParameterError):
        compared(posts, codes.iloc[:3])


def test_families_are_adjusted_apart_by_the_rule_named():
    table = pd.DataFrame({"family": ["a", "b", "a", "a"], "p": [0.04, 0.04, 0.01, np.nan]})
    assert adjust_family(table)["p_adjusted"].tolist()[:3] == pytest.approx([0.04, 0.04, 0.02])
    p = [0.01, 0.02, 0.03, 0.5]
    many = pd.DataFrame({"family": "a", "p": p})
    found = adjust_family(many, "Benjamini-Hochberg")["p_adjusted"]
    assert found.tolist() == pytest.approx(benjamini_hochberg(p).tolist())
    with pytest.raises(ParameterError):
        adjust_family(many, "Bonferroni")


def test_the_families_of_a_run_are_counted_table_by_table():
    table = adjust_family(pd.DataFrame({"family": ["a", "a", "b"], "p": [0.001, np.nan, 0.2]}))
    found = declared_families({"contrasts": table, "topic_stance": table.assign(family="c"), "other": table})
    assert found["family"].tolist() == ["a", "b", "c"]
    assert found["n_tests"].tolist() == [2, 1, 3]
    assert found["n_tested"].tolist() == [1, 1, 2]
    assert found["n_below"].tolist() == [1, 0, 1]
    assert found["adjustment"].tolist() == ["Holm", "Holm", "Benjamini-Hochberg"]
    assert set(found["table"]) <= set(ADJUSTMENTS)


def test_groups_of_different_languages_are_compared_by_hand_codes_only():
    posts, codes = coded()
    posts = posts.assign(lang=np.where(posts["group"] == "g", "zh-Hans", "en"))
    by_list = compared(posts, codes)
    assert by_list["estimate"].isna().all()
    assert by_list["reason"].str.startswith("the groups differ in language").all()
    by_hand = code_contrasts(
        posts,
        codes,
        [("g", "h")],
        kind="frame",
        family="frames",
        instruments=dict.fromkeys(codes.columns, "hand"),
    )
    assert by_hand["estimate"].notna().all()
