"""Drawing by a recorded design."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.coding.draw import draw_sample, plain_sample
from discourse.errors import ParameterError
from tests.coding.conftest import make_frame

FRAME = make_frame(800)


@given(
    st.integers(16, 500), st.integers(0, 2**31), st.sampled_from(["power", "neyman", "proportional", "equal"])
)
def test_the_weights_sum_to_the_frame_and_to_every_stratum(n, seed, how):
    units = draw_sample(FRAME, n, seed=seed, allocation=how).units
    assert len(units) == n
    assert units["post_id"].is_unique
    assert np.isclose((1 / units["inclusion"]).sum(), len(FRAME))
    for _, stratum in units.groupby("stratum"):
        assert np.isclose((1 / stratum["inclusion"]).sum(), stratum["stratum_size"].iloc[0])


def test_every_stratum_has_a_positive_probability_that_of_absent_posts_too():
    units = draw_sample(FRAME, 100).units
    lang = FRAME["lang"].replace({"zh-Hans": "zh"})
    expected = set(FRAME["group"] + " | " + lang + " | " + FRAME["label"])
    assert set(units["stratum"]) == expected
    assert units["inclusion"].between(0, 1, inclusive="right").all()
    assert (units["label"] == "absent").any()


def test_each_unit_is_drawn_as_often_as_its_probability_says():
    frame = make_frame(60, seed=3)
    hits = pd.Series(0.0, index=frame["post_id"].sort_values())
    for seed in range(200):
        units = draw_sample(frame, 24, seed=seed, strata=("group",), allocation="equal").units
        hits[units["post_id"]] += 1
    said = units.drop_duplicates("group").set_index("group")["inclusion"]
    expected = frame.set_index("post_id")["group"].map(said)
    assert (hits / 200 - expected).abs().max() < 5 * np.sqrt(0.25 / 200)


def test_the_order_of_the_rows_changes_nothing():
    again = draw_sample(FRAME.sample(frac=1, random_state=1), 100, coders=("a", "b"))
    first = draw_sample(FRAME, 100, coders=("a", "b"))
    pd.testing.assert_frame_equal(first.units, again.units)
    assert first.design == again.design


def test_another_seed_draws_others():
    assert set(draw_sample(FRAME, 50).units["post_id"]) != set(
        draw_sample(FRAME, 50, seed=1).units["post_id"]
    )


def test_the_overlap_goes_to_everybody_and_the_rest_to_one_coder_each():
    sample = draw_sample(FRAME, 200, coders=("anna", "bo", "cy"), overlap=50)
    decks = {coder: set(sample.assigned(coder)["post_id"]) for coder in sample.design.coders}
    everybody = set(sample.units.loc[sample.units["overlap"], "post_id"])
    assert [len(deck) for deck in decks.values()] == [100, 100, 100]
    assert decks["anna"] & decks["bo"] == decks["bo"] & decks["cy"] == everybody
    assert set.union(*decks.values()) == set(sample.units["post_id"])


def test_coders_see_neither_prediction_nor_group_and_each_has_an_order_of_her_own():
    sample = draw_sample(FRAME.assign(text="x"), 60, coders=("anna", "bo"), overlap=60)
    anna, bo = sample.assigned("anna"), sample.assigned("bo")
    assert anna.columns.tolist() == ["post_id", "target", "parent", "text"]
    assert anna["post_id"].tolist() != bo["post_id"].tolist()
    assert sorted(anna["post_id"]) == sorted(bo["post_id"])


def test_whoever_stops_early_has_coded_all_kinds_of_posts():
    sample = draw_sample(FRAME, 160, coders=("anna",))
    early = sample.units.set_index("post_id").loc[sample.assigned("anna")["post_id"].iloc[:80], "stratum"]
    shares = sample.units["stratum"].value_counts()
    assert (early.value_counts().reindex(shares.index, fill_value=0) - shares / 2).abs().max() <= 1


def test_a_hash_of_what_the_instrument_said_is_kept():
    before = draw_sample(FRAME, 50, instrument="lexicon 1 abcd").design
    changed = FRAME.assign(label=FRAME["label"].replace({"neutral": "positive"}))
    assert before.instrument == "lexicon 1 abcd"
    assert draw_sample(changed, 50).design.frame_sha256 != before.frame_sha256


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda f: f.drop(columns="group"), "no column 'group'"),
        (lambda f: pd.concat([f, f]), "occurs twice"),
        (lambda f: f.iloc[:0], "nothing to draw"),
        (lambda f: f.assign(target=["a", "b"] * 400), "several targets"),
    ],
)
def test_a_frame_that_cannot_be_drawn_from_is_refused(change, says):
    with pytest.raises(ParameterError, match=says):
        draw_sample(change(FRAME), 50)


@pytest.mark.parametrize("coders", [(), ("anna", "Anna"), ("adjudicated",), ("a/b",)])
def test_coders_need_names_that_can_be_files(coders):
    with pytest.raises(ParameterError):
        draw_sample(FRAME, 50, coders=coders)


def test_too_few_posts_for_the_strata_are_refused():
    with pytest.raises(ParameterError, match="cannot cover"):
        draw_sample(FRAME, 5)


def test_unknown_groups_and_languages_are_strata_too():
    frame = FRAME.assign(group=FRAME["group"].where(FRAME.index % 5 != 0, None), lang=None)
    units = draw_sample(frame, 100).units
    assert "unknown" in set(units["group"])
    assert set(units["lang"]) == {"other"}


def test_given_units_stand_for_themselves():
    sample = plain_sample(FRAME.head(30), purpose="training", coders=("anna",), seed=0)
    assert sample.units["inclusion"].eq(1.0).all()
    assert sample.design.purpose == "training"
