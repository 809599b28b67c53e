"""Which posts to code next, apart from those that check."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from discourse.coding.active import propose_training, training_table
from discourse.coding.draw import draw_sample
from discourse.errors import InputError, ParameterError
from discourse.tables import CODES
from tests.coding.conftest import make_frame

RNG = np.random.default_rng(0)
WORDS = ["welcome", "refugees", "cat", "tax", "food", "leave", "homework", "price", "music", "name"]
FRAME = make_frame(600).assign(text=[" ".join(RNG.choice(WORDS, 6)) + f" {i}" for i in range(600)])
CHECKED = draw_sample(FRAME, 100)


def test_no_post_of_the_validation_sample_is_ever_proposed():
    more = propose_training(FRAME, 500, validation=[CHECKED])
    assert len(more.units) == 500
    assert not set(more.units["post_id"]) & set(CHECKED.units["post_id"])
    assert more.design.purpose == "training"


def test_nor_a_copy_of_one():
    copied = CHECKED.texts["text"].iloc[0]
    frame = FRAME.assign(text=FRAME["text"].where(FRAME.index >= 50, f"  {copied.upper()} "))
    more = propose_training(frame, 500, validation=[CHECKED])
    free = set(frame["post_id"][50:]) - set(CHECKED.units["post_id"])
    assert set(more.units["post_id"]) <= free


def test_what_was_proposed_before_is_not_proposed_again():
    first = propose_training(FRAME, 100, validation=[CHECKED])
    second = propose_training(FRAME, 100, validation=[CHECKED], done=[first])
    assert not set(first.units["post_id"]) & set(second.units["post_id"])


def test_doubtful_posts_come_first():
    sure = FRAME.assign(confidence=np.where(FRAME.index < 300, 0.2, 0.99), lang="en")
    more = propose_training(sure, 5, validation=[draw_sample(sure, 60)])
    assert (more.units["confidence"] < 0.5).all()


def test_posts_unlike_each_other_are_proposed():
    kinds = ["aaaa aaaa", "bbbb bbbb", "cccc cccc"]
    frame = make_frame(90).assign(
        text=[f"{kinds[i % 3]} {i:02d}" for i in range(90)], confidence=0.5, lang="en"
    )
    more = propose_training(frame, 3, validation=[draw_sample(frame, 30)])
    assert {text[0] for text in more.texts["text"]} == {"a", "b", "c"}


def test_the_order_of_the_rows_changes_nothing():
    first, again = (propose_training(f, 30, validation=[CHECKED]) for f in (FRAME, FRAME.iloc[::-1]))
    pd.testing.assert_frame_equal(first.units, again.units)


def test_both_languages_have_their_share():
    more = propose_training(
        FRAME.assign(confidence=np.where(FRAME["lang"] == "en", 0.9, 0.3)), 60, validation=[CHECKED]
    )
    assert (more.units["lang"] == "en").sum() >= 5


def test_nothing_left_is_said():
    with pytest.raises(ParameterError, match="no post to propose"):
        propose_training(FRAME, 10, validation=[draw_sample(FRAME, 600)])
    with pytest.raises(ParameterError, match="no post to propose"):
        propose_training(FRAME.assign(text=None), 10, validation=[CHECKED])


def test_a_training_sample_validates_nothing():
    more = propose_training(FRAME, 10, validation=[CHECKED])
    with pytest.raises(ParameterError, match="no validation sample"):
        propose_training(FRAME, 10, validation=[more])


def codes_of(sample):
    rows = sample.units[["post_id", "target"]].assign(
        coder="coder1", variable="label", value="neutral", codebook_version="1"
    )
    return CODES.conform(rows)


def test_coded_training_posts_are_a_table_for_training():
    more = propose_training(FRAME, 10, validation=[CHECKED])
    table = training_table([(more, codes_of(more).head(7))])
    assert table.columns.tolist() == ["text", "label", "target", "parent", "post_id"]
    assert len(table) == 7


def test_the_validation_sample_is_never_trained_on():
    with pytest.raises(InputError, match="made for validation, not for training"):
        training_table([(CHECKED, codes_of(CHECKED))])
