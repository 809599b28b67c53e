"""How good is the instrument?"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import accuracy_score, f1_score, precision_recall_fscore_support

from discourse.coding.draw import draw_sample, plain_sample
from discourse.coding.final import coded_units
from discourse.coding.measure import accuracy, calibration, check_frozen, class_accuracy, confusion, measure
from discourse.errors import InputError, NotMeasurable, ParameterError
from discourse.tables import CODES
from tests.coding.conftest import LABELS, make_frame

FRAME = make_frame(4000, error=0.35)
TRUTH = FRAME.set_index("post_id")["truth"]


def codes_by_truth(sample):
    said = TRUTH.loc[sample.units["post_id"]].to_numpy()
    codes = sample.units[["post_id", "target"]].assign(
        coder="anna", variable="label", value=said, codebook_version="1"
    )
    return CODES.conform(codes)


def everything():
    sample = draw_sample(FRAME, len(FRAME))
    return coded_units(sample, codes_by_truth(sample))


def test_coding_everything_gives_the_figures_of_scikit_learn():
    units = everything()
    y, f = units["code"], units["label"]
    table = accuracy(units).set_index(["group", "lang", "measure"])["estimate"]
    assert np.isclose(table["all", "all", "accuracy"], accuracy_score(y, f))
    assert np.isclose(table["all", "all", "macro_f1"], f1_score(y, f, average="macro"))
    assert np.isclose(
        table["all", "all", "f_avg"], f1_score(y, f, average="macro", labels=["positive", "negative"])
    )
    hosts = units["group"] == "hosts"
    assert np.isclose(table["hosts", "all", "macro_f1"], f1_score(y[hosts], f[hosts], average="macro"))
    classes = class_accuracy(units)
    classes = classes[(classes["group"] == "all") & (classes["lang"] == "all")]
    expected = precision_recall_fscore_support(y, f, labels=LABELS)[:3]
    for name, values in zip(("precision", "recall", "f1"), expected, strict=True):
        found = classes[classes["measure"] == name].set_index("label")["estimate"]
        assert np.allclose(found.loc[LABELS], values)


def test_weighted_accuracy_is_right_on_average_where_the_plain_share_is_not():
    right = (FRAME["label"] == FRAME["truth"]).mean()
    hard = FRAME.assign(confidence=np.where(FRAME["label"] == "absent", 0.95, 0.55))
    weighted, plain, low_hits = [], [], 0
    for seed in range(50):
        sample = draw_sample(hard, 200, seed=seed, allocation="equal")
        units = coded_units(sample, codes_by_truth(sample))
        row = accuracy(units.assign(lang=None, group=None)).iloc[0]
        weighted.append(row["estimate"])
        plain.append((units["code"] == units["label"]).mean())
        low_hits += row["low"] <= right <= row["high"]
    assert abs(np.mean(weighted) - right) < 3 * np.std(weighted) / np.sqrt(50)
    assert abs(np.mean(plain) - right) > 3 * np.std(plain) / np.sqrt(50)
    assert low_hits >= 0.88 * 50


def test_a_half_coded_sample_gives_about_the_same_with_a_wider_interval():
    sample = draw_sample(FRAME, 400)
    codes = codes_by_truth(sample)
    early = codes[codes["post_id"].isin(sample.assigned("coder1")["post_id"].iloc[:100])]
    full, half = (measure(sample, c)["accuracy"].iloc[0] for c in (codes, early))
    assert half["low"] < full["estimate"] < half["high"]
    assert half["high"] - half["low"] > 1.5 * (full["high"] - full["low"])


def test_the_cells_of_a_confusion_add_up():
    table = confusion(everything())
    for (_, _), part in table.groupby(["group", "lang"]):
        assert len(part) == 16
        assert np.isclose(part["share"].sum(), 1.0)
        assert np.allclose(part.groupby("code")["share_of_code"].sum(), 1.0)
    assert table[(table["group"] == "all") & (table["lang"] == "all")]["n"].sum() == len(FRAME)


def test_confidence_that_is_the_share_right_is_found_to_be():
    rng = np.random.default_rng(0)
    trust = rng.uniform(0.3, 1.0, 4000)
    said = np.where(rng.random(4000) < trust, FRAME["truth"], "wrong")
    units = everything().merge(
        pd.DataFrame({"post_id": FRAME["post_id"], "said": said, "trust": trust}), on="post_id"
    )
    table = calibration(units.assign(label=units["said"], confidence=units["trust"]))
    assert len(table) == 5
    assert (table["low"] <= table["confidence"]).all()
    assert (table["confidence"] <= table["high"]).all()
    assert table["n"].sum() == 4000


def test_one_confidence_for_all_is_one_bin_and_none_is_no_table():
    units = everything()
    assert len(calibration(units.assign(confidence=0.5))) == 1
    assert calibration(units.assign(confidence=None)).empty


def test_a_label_that_nobody_uses_in_a_language_has_no_figure_there():
    units = everything()
    units = units[(units["lang"] != "en") | ((units["label"] != "negative") & (units["code"] != "negative"))]
    table = class_accuracy(units)
    row = table[(table["lang"] == "en") & (table["label"] == "negative")]
    assert row["estimate"].isna().all()
    assert (row["n"] == 0).all()


def test_authors_are_measured_by_their_groups():
    frame = pd.DataFrame(
        {"post_id": [f"a{i}" for i in range(150)], "label": ["hosts", "newcomers", "hosts"] * 50}
    )
    frame["group"] = frame["label"]
    sample = draw_sample(frame, 60, strata=("label",), unit="author")
    said = sample.units["label"].where(sample.units.index % 10 != 0, "unclear")
    codes = sample.units[["post_id", "target"]].assign(
        coder="anna", variable="group", value=said, codebook_version="1"
    )
    tables = measure(sample, CODES.conform(codes))
    assert 0.8 < tables["accuracy"]["estimate"].iloc[0] < 0.95
    assert set(tables["confusion"]["code"]) == {"hosts", "newcomers", "unclear"}


def test_a_training_sample_measures_nothing():
    sample = plain_sample(FRAME.head(50), purpose="training", coders=("anna",), seed=0)
    with pytest.raises(ParameterError, match="made for training"):
        measure(sample, codes_by_truth(sample))


def test_nothing_coded_is_nothing_measured():
    with pytest.raises(NotMeasurable):
        measure(draw_sample(FRAME, 50), CODES.empty())


SAMPLE = draw_sample(FRAME, 50, instrument="lexicon 1 aa")


def test_the_frozen_instrument_passes():
    check_frozen(SAMPLE, FRAME, "lexicon 1 aa")


def test_another_instrument_is_refused():
    with pytest.raises(InputError, match="lexicon 2 bb") as caught:
        check_frozen(SAMPLE, FRAME, "lexicon 2 bb")
    assert "lexicon 1 aa" in str(caught.value.expected)


def test_the_same_name_with_other_labels_is_refused_too():
    changed = FRAME.assign(label=FRAME["label"].replace({"absent": "neutral"}))
    with pytest.raises(InputError, match="says something else of"):
        check_frozen(SAMPLE, changed, "lexicon 1 aa")
    with pytest.raises(InputError, match="50 of 50"):
        check_frozen(SAMPLE, FRAME.assign(target="hosts"), "lexicon 1 aa")
