"""Labels that people give to topics."""

from __future__ import annotations

import numpy as np
import pytest

from discourse.errors import InputError
from discourse.topics.fit import fit_topics
from discourse.topics.labels import label_sheet, read_labels, with_labels

CATS = ["cats", "kittens", "purring", "whiskers", "paws", "feline"]
LAW = ["court", "lawsuit", "judges", "ruling", "verdict", "lawyers"]


def texts(n: int = 60, seed: int = 0) -> list[str]:
    rng = np.random.default_rng(seed)
    return [" ".join(map(str, rng.choice([CATS, LAW][i % 3 == 0], 6))) for i in range(n)]


def named(model, sheet, tmp_path):
    path = tmp_path / "labels.csv"
    sheet.to_csv(path, index=False, encoding="utf-8-sig")
    return with_labels(model, read_labels(path))


def test_a_label_comes_back_to_its_topic_in_any_order_of_rows(tmp_path):
    model = fit_topics(texts(), 2)
    sheet = label_sheet(model, [f"p{i}" for i in range(60)], [f"u{i}" for i in range(60)])
    assert set(sheet.loc[0, "words"].split()) == set(CATS)
    assert all(len(ids.split()) == 3 for ids in sheet["exemplar_ids"])
    back = named(model, sheet.assign(label=["猫咪", "law, courts"])[::-1], tmp_path)
    assert back.labels() == ["猫咪", "law, courts"]
    assert back.suggested_labels() == model.labels()


def test_a_label_follows_the_words_and_not_the_number(tmp_path):
    model = fit_topics(texts(), 2)
    sheet = label_sheet(model).assign(label=["cats", "law"])
    swapped = fit_topics([" ".join(LAW)] * 30 + texts(), 2)  # now the law leads
    assert named(swapped, sheet, tmp_path).labels() == ["law", "cats"]


def test_a_topic_that_nobody_named_keeps_its_words_and_a_lost_one_its_label(tmp_path):
    model = fit_topics(texts(), 2)
    sheet = label_sheet(model).assign(label=["", "law"])
    assert named(model, sheet, tmp_path).named == {1: "law"}
    other = fit_topics(["noodles broth soup", "rain snow wind"] * 9, 2)
    assert named(other, sheet, tmp_path).named == {}


def test_what_is_no_sheet_is_refused(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match="lacks columns"):
        read_labels(path)
    with pytest.raises(InputError, match="cannot be read"):
        read_labels(tmp_path / "none.csv")
