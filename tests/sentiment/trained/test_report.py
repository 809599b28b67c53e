from __future__ import annotations

import numpy as np
import pytest

from discourse.sentiment.trained.posts import gather
from discourse.sentiment.trained.report import COLUMNS, report


def test_follows_the_formula_by_hand() -> None:
    texts = ["this is English"] * 4 + ["这是中文句子"] * 2
    labels = np.array(["a", "a", "b", "b", "a", "b"])
    found = np.array(["a", "b", "b", "b", "a", "a"])
    frame = report(gather(texts), labels, found)
    assert tuple(frame.columns) == COLUMNS
    cell = frame.set_index(["lang", "target", "label"])["f1"]
    assert cell["all", "all", "a"] == pytest.approx(2 * (2 / 3) * (2 / 3) / (4 / 3))
    assert cell["en", "all", "b"] == pytest.approx(2 * (2 / 3) * 1 / (5 / 3))
    assert cell["zh", "all", "macro"] == pytest.approx((2 / 3 + 0) / 2)
    assert cell["all", "all", "accuracy"] == pytest.approx(4 / 6)


def test_counts_add_up_over_languages_and_targets() -> None:
    texts = ["this is English", "这是中文句子", "😀"] * 6
    labels = np.array(["a", "b"] * 9)
    frame = report(gather(texts, targets=["t", "u", "t"] * 6), labels, labels[::-1])
    single = frame[~frame["label"].isin(["macro", "accuracy"])]
    by_lang = single[(single["lang"] != "all")]
    by_target = single[single["target"] != "all"]
    whole = single[(single["lang"] == "all") & (single["target"] == "all")]
    assert by_lang["n"].sum() == by_target["n"].sum() == whole["n"].sum() == 18
    assert set(by_lang["lang"]) == {"en", "zh", "none"}


def test_no_posts_give_an_empty_table() -> None:
    nothing = np.array([], dtype=str)
    assert report(gather([]), nothing, nothing).empty
