"""Do coders code alike?"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.coding.agreement import agreement, twin_agreement
from discourse.coding.draw import draw_sample
from discourse.errors import NotMeasurable
from discourse.stats import cohen_kappa, from_confusion, krippendorff_alpha, scott_pi
from discourse.tables import CODES
from tests.coding.conftest import LABELS, make_frame


def codes_of(table):
    """Codes from a table of coders by units, None where not coded."""
    rows = [
        (f"{unit:03d}", f"coder{coder}", value)
        for coder, row in enumerate(table)
        for unit, value in enumerate(row)
        if value is not None
    ]
    frame = pd.DataFrame(rows, columns=["post_id", "coder", "value"])
    return CODES.conform(frame.assign(target="refugees", variable="label", codebook_version="1"))


def overall(table, **other):
    return agreement(codes_of(table), draws=5, **other).iloc[0]


TABLES = (
    st.integers(2, 4)
    .flatmap(
        lambda coders: st.integers(2, 12).flatmap(
            lambda units: st.lists(
                st.lists(st.sampled_from([*LABELS, None]), min_size=units, max_size=units),
                min_size=coders,
                max_size=coders,
            )
        )
    )
    .filter(lambda table: any(sum(v is not None for v in unit) > 1 for unit in zip(*table, strict=True)))
)


def same(a, b):
    return (np.isnan(a) and np.isnan(b)) or np.isclose(a, b)


@settings(max_examples=20)
@given(TABLES)
def test_alpha_is_that_of_the_statistics(table):
    assert same(overall(table)["alpha"], krippendorff_alpha(table))


@settings(max_examples=20)
@given(TABLES, st.randoms(use_true_random=False))
def test_the_order_of_coders_units_and_rows_changes_nothing(table, random):
    shuffled = [list(row) for row in table]
    random.shuffle(shuffled)
    order = list(range(len(table[0])))
    random.shuffle(order)
    again = overall([[row[i] for i in order] for row in shuffled])
    first = overall(table)
    assert all(same(first[name], again[name]) for name in ("alpha", "percent", "kappa", "pi", "ac1"))


@settings(max_examples=20)
@given(TABLES)
def test_renaming_the_categories_changes_nothing(table):
    other = dict(zip(LABELS, LABELS[1:] + LABELS[:1], strict=True)) | {None: None}
    again, first = overall([[other[value] for value in row] for row in table]), overall(table)
    assert all(same(first[name], again[name]) for name in ("alpha", "percent", "kappa", "ac1"))


def test_two_coders_have_cohen_and_scott():
    confusion = [[20, 5, 1], [10, 15, 2], [0, 3, 9]]
    pair = [[LABELS[v] for v in row] for row in from_confusion(confusion)]
    row = overall(pair)
    assert np.isclose(row["kappa"], cohen_kappa(from_confusion(confusion)))
    assert np.isclose(row["pi"], scott_pi(from_confusion(confusion)))


def test_full_agreement_is_one_and_independent_codes_are_about_zero():
    rng = np.random.default_rng(0)
    first = rng.choice(LABELS, 400).tolist()
    assert overall([first, first])["alpha"] == 1.0
    some = overall([first, first[:300] + rng.choice(LABELS, 100).tolist()], seed=1)
    assert some["low"] < some["alpha"] < some["high"]
    assert abs(overall([first, rng.choice(LABELS, 400).tolist()])["alpha"]) < 0.1


def test_each_category_is_set_against_the_others():
    table = [["positive", "absent", "neutral", "absent"], ["positive", "absent", "absent", "neutral"]]
    found = agreement(codes_of(table), draws=50)
    by_category = found[found["scope"] == "category"].set_index("value")["alpha"]
    assert by_category["positive"] == 1.0
    recoded = [[v == "neutral" for v in row] for row in table]
    assert np.isclose(by_category["neutral"], krippendorff_alpha(np.array(recoded, dtype=float)))


def test_languages_and_pairs_have_rows_of_their_own():
    sample = draw_sample(make_frame(500), 100, coders=("anna", "bo", "cy"), overlap=100)
    rng = np.random.default_rng(0)
    codes = pd.concat(
        [
            sample.units[["post_id", "target"]].assign(coder=coder, value=rng.choice(LABELS, 100))
            for coder in sample.design.coders
        ]
    ).assign(variable="label", codebook_version="1")
    table = agreement(CODES.conform(codes), sample, draws=50)
    assert table.loc[table["scope"] == "language", "value"].tolist() == ["en", "zh"]
    assert table.loc[table["scope"] == "pair", "value"].tolist() == ["anna & bo", "anna & cy", "bo & cy"]
    assert table.loc[table["scope"] == "language", "n_units"].sum() == 100
    assert (table.loc[table["scope"] == "pair", "n_coders"] == 2).all()


def test_what_was_adjudicated_is_nobodys_agreement():
    codes = codes_of([["positive", "absent", "absent"], ["positive", "absent", "neutral"]])
    settled = codes.iloc[:1].assign(coder="adjudicated", value="negative")
    pd.testing.assert_frame_equal(
        agreement(codes, draws=50), agreement(pd.concat([codes, settled]), draws=50)
    )


def test_authors_are_units_too():
    codes = codes_of([["positive", "absent", "absent"], ["positive", "absent", "neutral"]])
    assert agreement(codes.assign(target=None), draws=50)["n_units"].iloc[0] == 3


@pytest.mark.parametrize("table", [[["positive", "absent"]], [["positive", None], [None, "absent"]]])
def test_one_code_a_unit_says_nothing_about_agreement(table):
    with pytest.raises(NotMeasurable, match="no unit was coded by two"):
        agreement(codes_of(table))


def test_no_codes_say_nothing_either():
    with pytest.raises(NotMeasurable):
        agreement(CODES.empty())


def twins_of(n, share, seed=0):
    """Messages in two languages of which a share is coded alike."""
    rng = np.random.default_rng(seed)
    zh = rng.choice(LABELS, n)
    en = np.where(rng.random(n) < share, zh, rng.choice(LABELS, n))
    codes = codes_of([[v for pair in zip(zh, en, strict=True) for v in pair]])
    twins = pd.DataFrame(
        {"post_id": codes["post_id"], "item": np.arange(2 * n) // 2, "lang": ["zh", "en"] * n}
    )
    return codes, twins, zh, en


def test_alpha_across_languages_is_alpha_with_the_languages_as_coders():
    codes, twins, zh, en = twins_of(80, 0.8)
    row = twin_agreement(codes, twins, draws=50).iloc[0]
    assert np.isclose(row["alpha"], krippendorff_alpha([en.tolist(), zh.tolist()]))
    assert (row["scope"], row["value"], row["n_units"]) == ("twins", "en & zh", 80)


def test_fewer_than_sixty_items_are_not_enough():
    codes, twins, *_ = twins_of(59, 0.9)
    with pytest.raises(NotMeasurable, match="59 items are coded in two languages"):
        twin_agreement(codes, twins)


def test_an_item_in_one_language_only_is_no_twin():
    codes, twins, *_ = twins_of(61, 0.9)
    kept = codes[~codes["post_id"].isin(["000", "003"])]
    with pytest.raises(NotMeasurable, match="59 items"):
        twin_agreement(kept, twins)


def test_two_coders_are_compared_over_the_units_that_both_coded():
    both = [["positive", "negative", "neutral", "positive"], ["positive", "negative", "positive", "positive"]]
    alone = [[*both[0], "neutral", None], [*both[1], None, "negative"]]
    assert overall(alone)["kappa"] == pytest.approx(overall(both)["kappa"])
    assert overall(alone)["pi"] == pytest.approx(overall(both)["pi"])
