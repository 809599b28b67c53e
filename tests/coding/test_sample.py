"""The folder of a sample."""

from __future__ import annotations

import pandas as pd
import pytest

from discourse.coding.codes import append_codes, read_codes
from discourse.coding.draw import draw_sample
from discourse.coding.sample import Sample, frame_hash, read_design
from discourse.errors import InputError, ParameterError
from tests.coding.conftest import HOSTILE, make_frame

FRAME = make_frame(400).assign(text=lambda f: [HOSTILE[i % len(HOSTILE)] for i in range(len(f))])


def test_a_saved_sample_loads_the_same(tmp_path):
    sample = draw_sample(FRAME, 80, coders=("anna", "小李"), overlap=20, instrument="lexicon 1 ab")
    sample.save(tmp_path / "codes")
    again = Sample.load(tmp_path / "codes")
    pd.testing.assert_frame_equal(again.units, sample.units)
    pd.testing.assert_frame_equal(again.texts, sample.texts)
    assert again.design == sample.design
    assert again.codebook == sample.codebook


def test_the_same_sample_gives_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        draw_sample(FRAME, 80).save(tmp_path / name)
    for file in ("sample.parquet", "texts.parquet", "sample.json", "codebook.toml"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


def test_no_text_is_lost_on_the_way(tmp_path):
    sample = draw_sample(FRAME, len(FRAME))
    texts = Sample.load(sample.save(tmp_path)).texts.set_index("post_id")["text"]
    assert texts.to_dict() == dict(zip(FRAME["post_id"], FRAME["text"], strict=True))


def test_another_sample_is_not_written_over(tmp_path):
    draw_sample(FRAME, 80).save(tmp_path)
    with pytest.raises(InputError, match="another sample"):
        draw_sample(FRAME, 80, seed=1).save(tmp_path)


def test_saving_again_keeps_the_codes(tmp_path):
    sample = draw_sample(FRAME, 80)
    sample.save(tmp_path)
    first = sample.units["post_id"].iloc[0]
    row = {"post_id": first, "target": "refugees", "coder": "coder1", "variable": "label", "value": "absent"}
    append_codes(tmp_path, [row | {"codebook_version": sample.codebook.stamp}])
    sample.save(tmp_path)
    assert read_codes(tmp_path, sample)["post_id"].tolist() == [first]


def test_a_folder_without_a_sample_says_what_to_do(tmp_path):
    with pytest.raises(InputError, match="no sample") as caught:
        read_design(tmp_path)
    assert "discourse code sample" in str(caught.value.hint)


@pytest.mark.parametrize("content", ["{", '{"format": 99}'])
def test_a_damaged_or_later_sample_is_refused(tmp_path, content):
    (tmp_path / "sample.json").write_text(content, encoding="utf-8")
    with pytest.raises(InputError):
        read_design(tmp_path)


def test_nobody_else_has_a_deck():
    with pytest.raises(ParameterError, match="no coder 'eve'"):
        draw_sample(FRAME, 80).assigned("eve")


def test_a_frame_has_one_hash_whatever_its_order():
    assert frame_hash(["1", "2"], ["a", "b"]) == frame_hash(["2", "1"], ["b", "a"])
    assert frame_hash(["1", "2"], ["a", "b"]) != frame_hash(["1", "2"], ["b", "a"])
