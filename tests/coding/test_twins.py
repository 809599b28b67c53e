"""Bilingual items."""

from __future__ import annotations

import pandas as pd
import pytest

from discourse.coding.agreement import twin_agreement
from discourse.coding.draw import draw_sample
from discourse.coding.twins import read_items, twins_of, twins_sample
from discourse.errors import InputError, ParameterError
from discourse.tables import CODES
from tests.coding.conftest import make_frame

ITEMS = pd.DataFrame(
    {"item": [str(i // 2) for i in range(140)], "lang": ["zh", "en"] * 70, "text": ["欢迎", "Welcome"] * 70}
)


def test_every_coder_codes_every_version_far_from_the_other():
    sample = twins_sample(ITEMS, coders=("anna", "bo"))
    for coder in ("anna", "bo"):
        deck = sample.assigned(coder)
        place = pd.Series(range(140), index=deck["post_id"])
        gaps = [abs(place[f"{i}-zh"] - place[f"{i}-en"]) for i in range(70)]
        assert len(deck) == 140
        assert min(gaps) > 50


def test_codes_of_twins_give_alpha_across_languages():
    sample = twins_sample(ITEMS)
    codes = sample.units[["post_id", "target", "stratum"]].assign(
        coder="coder1", variable="label", codebook_version="1"
    )
    codes["value"] = [["positive", "absent"][int(item) % 2] for item in codes["stratum"]]
    row = twin_agreement(CODES.conform(codes.drop(columns="stratum")), twins_of(sample)).iloc[0]
    assert (row["n_units"], row["alpha"]) == (70, 1.0)


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t.drop(columns="lang"),
        lambda t: t.assign(lang="zh"),
        lambda t: t.iloc[1:],
        lambda t: t.assign(lang="fr"),
    ],
)
def test_an_item_needs_one_version_in_each_language(change):
    with pytest.raises(ParameterError):
        twins_sample(change(ITEMS))


def test_another_sample_holds_no_twins():
    with pytest.raises(ParameterError, match="no twins"):
        twins_of(draw_sample(make_frame(100), 30))


@pytest.mark.parametrize(("encoding", "sep"), [("utf-8-sig", ","), ("gb18030", ","), ("utf-8", ";")])
def test_items_are_read_from_what_spreadsheets_save(tmp_path, encoding, sep):
    ITEMS.to_csv(tmp_path / "items.csv", index=False, encoding=encoding, sep=sep)
    pd.testing.assert_frame_equal(read_items(tmp_path / "items.csv"), ITEMS.astype("str"), check_dtype=False)


def test_a_table_without_texts_is_refused(tmp_path):
    (tmp_path / "items.csv").write_text("item,lang\n1,zh\n", encoding="utf-8")
    with pytest.raises(InputError, match="no column 'text'"):
        read_items(tmp_path / "items.csv")
    with pytest.raises(InputError, match="no file"):
        read_items(tmp_path / "none.csv")
