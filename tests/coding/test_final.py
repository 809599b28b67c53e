"""One code a unit, and the weights of what is coded so far."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from discourse.coding.draw import draw_sample
from discourse.coding.final import coded_units, disagreements, final_codes
from discourse.errors import NotMeasurable, ParameterError
from discourse.tables import CODES
from tests.coding.conftest import make_frame


def codes_of(*rows):
    """Codes from (post, coder, value)."""
    frame = pd.DataFrame(rows, columns=["post_id", "coder", "value"])
    return CODES.conform(frame.assign(target="refugees", variable="label", codebook_version="1"))


@pytest.mark.parametrize(
    ("said", "value", "origin"),
    [
        ([("anna", "neutral")], "neutral", "single"),
        ([("anna", "neutral"), ("bo", "neutral")], "neutral", "agreed"),
        ([("anna", "neutral"), ("bo", "absent")], None, "disputed"),
        ([("anna", "neutral"), ("bo", "absent"), ("cy", "absent")], "absent", "majority"),
        ([("anna", "neutral"), ("bo", "absent"), ("cy", "positive")], None, "disputed"),
        ([("anna", "neutral"), ("bo", "absent"), ("adjudicated", "absent")], "absent", "adjudicated"),
        ([("anna", "neutral"), ("bo", "neutral"), ("adjudicated", "absent")], "absent", "adjudicated"),
        ([("adjudicated", "absent")], "absent", "adjudicated"),
    ],
)
def test_adjudicated_before_agreed_before_single(said, value, origin):
    row = final_codes(codes_of(*[("1", *one) for one in said])).iloc[0]
    assert (None if pd.isna(row["value"]) else row["value"]) == value
    assert row["origin"] == origin
    assert row["n_coders"] == len([coder for coder, _ in said if coder != "adjudicated"])


def test_authors_have_no_target_and_are_settled_too():
    codes = codes_of(("1", "anna", "hosts"), ("1", "bo", "hosts")).assign(target=None)
    assert final_codes(codes)["origin"].tolist() == ["agreed"]


def test_no_codes_no_final_codes():
    assert final_codes(CODES.empty()).empty


SAMPLE = draw_sample(make_frame(2000), 300, coders=("anna", "bo"), overlap=100)


def coded(ids, coder="anna", value="neutral"):
    return codes_of(*[(post, coder, value) for post in ids])


def test_all_coded_gives_the_probabilities_of_the_design():
    units = coded_units(SAMPLE, coded(SAMPLE.units["post_id"]))
    assert np.allclose(units["pi"], units["inclusion"])


@pytest.mark.parametrize("k", [1, 7, 40, 150])
def test_the_weights_of_an_unfinished_sample_sum_to_the_frame(k):
    ids = SAMPLE.assigned("anna")["post_id"].iloc[:k]
    units = coded_units(SAMPLE, coded(ids))
    assert len(units) == k
    assert np.isclose((1 / units["pi"]).sum(), 2000)
    assert units["pi"].between(0, 1, inclusive="right").all()
    assert (units["pi"] <= units["inclusion"] + 1e-12).all()


def test_a_stratum_without_codes_is_carried_by_its_neighbours():
    lost = "newcomers | zh | negative"
    ids = SAMPLE.units.loc[SAMPLE.units["stratum"] != lost, "post_id"]
    units = coded_units(SAMPLE, coded(ids))
    carried = (units["group"] == "newcomers") & (units["label"] == "negative")
    assert np.allclose(units.loc[~carried, "pi"], units.loc[~carried, "inclusion"])
    assert np.isclose((1 / units["pi"]).sum(), 2000)


def test_where_coders_disagree_one_of_them_is_taken_by_chance():
    ids = SAMPLE.units["post_id"]
    codes = pd.concat([coded(ids, "anna", "positive"), coded(ids, "bo", "negative")])
    units = coded_units(SAMPLE, codes)
    assert set(units["origin"]) == {"drawn"}
    assert 0.4 < (units["code"] == "positive").mean() < 0.6
    pd.testing.assert_frame_equal(units, coded_units(SAMPLE, codes.iloc[::-1]))


def test_or_they_are_left_out():
    ids = SAMPLE.units["post_id"].tolist()
    codes = pd.concat([coded(ids, "anna", "positive"), coded(ids[:10], "bo", "negative")])
    assert len(coded_units(SAMPLE, codes, disputed="leave out")) == 290


def test_nothing_coded_is_nothing_measured():
    with pytest.raises(NotMeasurable, match="no unit has a code"):
        coded_units(SAMPLE, CODES.empty())


def test_another_word_for_disputed_is_refused():
    with pytest.raises(ParameterError):
        coded_units(SAMPLE, coded(["1"]), disputed="first")  # type: ignore[arg-type]


def test_disagreements_are_listed_until_they_are_settled():
    codes = codes_of(
        ("1", "anna", "neutral"), ("1", "bo", "absent"), ("2", "anna", "neutral"), ("2", "bo", "neutral"),
        ("3", "anna", "neutral"), ("3", "bo", "absent"), ("3", "adjudicated", "absent"),
    )  # fmt: skip
    assert disagreements(codes)["post_id"].tolist() == ["1"]
    assert disagreements(codes, open_only=False)["post_id"].tolist() == ["1", "3"]
    assert disagreements(codes[codes["post_id"] == "2"]).empty


def test_disagreements_about_authors_are_listed_too():
    codes = codes_of(("1", "anna", "hosts"), ("1", "bo", "newcomers")).assign(target=None)
    assert len(disagreements(codes)) == 1
