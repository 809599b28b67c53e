from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.compare.contrasts import contrast
from discourse.compare.power import Sizes, design_effect, detectable, power_lines, power_sentence, power_table
from discourse.errors import ParameterError


def simulated(rng: np.random.Generator, sides: list[Sizes], apart: float, icc: tuple[float, float]) -> bool:
    """Draw two groups that differ by ``apart`` standard deviations, and say whether the contrast finds it."""
    parts = []
    for g, side in enumerate(sides):
        author = np.repeat(np.arange(len(side.by_author)), side.by_author)
        thread = rng.permutation(np.repeat(np.arange(len(side.by_thread)), side.by_thread))
        noise = np.sqrt(1.0 - sum(icc)) * rng.normal(size=side.n)
        noise += np.sqrt(icc[0]) * rng.normal(size=len(side.by_author))[author]
        noise += np.sqrt(icc[1]) * rng.normal(size=len(side.by_thread))[thread]
        score = noise + apart * (g == 0)
        names = {"author": [f"{g}a{i}" for i in author], "thread": [f"{g}t{i}" for i in thread]}
        parts.append(pd.DataFrame({"score": score, "group": "ab"[g]} | names))
    return bool(contrast(pd.concat(parts, ignore_index=True))["p"].iloc[0] < 0.05)


@pytest.mark.parametrize("icc", [(0.0, 0.0), (0.3, 0.05)])
def test_a_difference_of_the_size_stated_is_found_about_as_often_as_stated(icc):
    rng = np.random.default_rng(9)
    sides = [Sizes.even(120, 40, 3), Sizes.even(90, 30, 2)]
    apart = detectable(*sides, sd=1.0, icc_author=icc[0], icc_thread=icc[1])
    found = sum(simulated(rng, sides, apart, icc) for _ in range(120))
    # 96 of 120 expected; outside of these bounds less than once in 500
    assert 80 <= found <= 110


def test_uneven_authors_count_for_fewer():
    rng = np.random.default_rng(10)
    heavy = np.concatenate([np.full(6, 30), np.ones(120, dtype=int)]).astype(np.int64)
    sides = [Sizes(heavy, Sizes.even(120, 60, 300 / 120).by_thread), Sizes.even(150, 60, 2)]
    apart = detectable(*sides, sd=1.0, icc_author=0.3, icc_thread=0.0)
    assert apart > 1.3 * detectable(
        Sizes.even(126, 60, 300 / 126), sides[1], sd=1.0, icc_author=0.3, icc_thread=0.0
    )
    found = sum(simulated(rng, sides, apart, (0.3, 0.0)) for _ in range(80))
    # a handful of heavy authors leave fewer degrees of freedom than authors less one
    assert 46 <= found <= 76


def test_the_formula_by_hand():
    # 100 authors with 3 posts each in 10 threads: 1 + 2 x .2 + 29 x .05
    assert design_effect([3] * 100, [30] * 10, 0.2, 0.05) == pytest.approx(2.85)
    # of which half count: 1 + 1 x .2 + 14.5 x .05
    assert design_effect([3] * 100, [30] * 10, 0.2, 0.05, mentions=0.5) == pytest.approx(1.925)


def test_independent_posts_need_the_usual_numbers():
    # two shares near one half, 393 posts a side: 10 points with power .8 (Cohen 1988, h = .2)
    many = Sizes.even(393, 393, 1)
    assert detectable(many, many, icc_author=0.0, icc_thread=0.0) == pytest.approx(0.1, abs=0.001)


@given(st.integers(20, 200), st.integers(5, 50), st.floats(1, 5), st.floats(0, 0.5), st.floats(0, 0.3))
def test_more_authors_or_less_likeness_show_smaller_differences(authors, threads, posts, author, thread):
    few, many = Sizes.even(authors, threads, posts), Sizes.even(2 * authors, 2 * threads, posts)
    icc = {"icc_author": author, "icc_thread": thread}
    assert detectable(many, many, **icc) < detectable(few, few, **icc)
    assert detectable(few, few, icc_author=0.0, icc_thread=0.0) <= detectable(few, few, **icc) + 1e-12
    assert detectable(few, **icc) < detectable(few, few, **icc)


def test_the_table_counts_the_posts_that_are_expected_to_count():
    posts = pd.DataFrame(
        {"author": [f"a{i // 2}" for i in range(100)], "thread_id": [f"t{i % 25}" for i in range(100)]}
    )
    row = power_table({"hosts": Sizes.of(posts)}, mentions=0.4).iloc[0]
    assert (row["n_a"], row["authors_a"], row["threads_a"]) == (40, 50, 25)
    assert pd.isna(row["group_b"])


def test_a_small_group_has_no_counts_and_no_figure():
    table = power_table({"hosts": Sizes.even(100, 20, 1), "guests": Sizes.even(5, 3, 1)})
    pair = table[table["group_b"] == "guests"]
    assert pair[["n_b", "authors_b", "detectable"]].isna().all(axis=None)
    assert set(pair["reason"]) == {"fewer than 10 authors"}


def test_one_thread_gives_no_figure():
    assert power_table({"hosts": Sizes.even(100, 1, 1)}).loc[0, "reason"] == "fewer than 2 threads"


@pytest.mark.parametrize("wrong", [{"icc_author": 1.2}, {"mentions": 0.0}, {"power": 1.0}, {"sd": 0.0}])
def test_refuses_what_cannot_be(wrong):
    with pytest.raises(ParameterError):
        detectable(Sizes.even(100, 20, 1), **wrong)


def test_sentences_are_written_in_both_languages():
    table = power_table({"hosts": Sizes.even(300, 100, 2), "newcomers": Sizes.even(200, 80, 2)})
    rows = table.to_dict("records")
    assert power_sentence(rows[0]) == (
        "hosts: a distance from a fixed bound of 7 percentage points or more would be found in 80 of 100 such studies."
    )
    assert power_sentence(rows[-1], "zh").startswith("hosts与newcomers之间的差异若不小于 0.2")


def test_a_group_that_no_report_would_compare_is_marked():
    small = power_table({"few": Sizes.even(40, 30, 2), "many": Sizes.even(300, 100, 2)})
    lines = power_lines(small)
    assert [line[0] for line in lines[3:]] == [
        "few, from a bound *",
        "many, from a bound",
        "few and many *",
        "* fewer than 100 authors or 20 threads in a group: a report gives no figure",
    ]
    assert len(power_lines(power_table({"many": Sizes.even(300, 100, 2)}))) == 4
    assert "个百分点" in power_lines(small, "zh")[4][3]
