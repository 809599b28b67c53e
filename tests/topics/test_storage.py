from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from discourse.errors import InputError
from discourse.topics.fit import fit_topics
from discourse.topics.storage import load_topics, save_topics
from tests.topics.test_joint import planted

NEW = ["猫 宠物 尾巴", "lawyers in court", "!!!", "rice 米饭", "quite unknown"]


@pytest.mark.parametrize("engine", ["lsa", "lda", "nmf"])
@pytest.mark.parametrize("languages", ["joint", "separate"])
def test_a_model_comes_back_the_same(tmp_path, engine, languages):
    model = fit_topics(planted()[0], 4, engine=engine, languages=languages, min_length=1)
    again = load_topics(save_topics(model, tmp_path / "model"))
    np.testing.assert_array_equal(again.transform(NEW), model.transform(NEW))
    pd.testing.assert_frame_equal(again.top_words(8), model.top_words(8), check_exact=True)
    assert again.instrument == model.instrument
    assert again.labels() == model.labels()
    assert again.prevalence.shape == (0, 4)


def test_saving_twice_gives_the_same_bytes(tmp_path):
    model = fit_topics(planted()[0], 3, min_length=1)
    for name in ("model.json", "arrays.npz"):
        one, other = (save_topics(model, tmp_path / folder) / name for folder in ("a", "b"))
        assert one.read_bytes() == other.read_bytes()


def test_no_post_is_in_the_files(tmp_path):
    secret = "猫 宠物 zebrafinch"
    save_topics(fit_topics([*planted()[0], secret], 3, min_length=1, min_posts=2), tmp_path)
    text = (tmp_path / "model.json").read_text(encoding="utf-8")
    assert "zebrafinch" not in json.dumps(json.loads(text)["spaces"], ensure_ascii=False)


@pytest.mark.parametrize("broken", ["missing", "format", "no json", "pickle"])
def test_what_is_no_model_is_refused(tmp_path, broken):
    folder = tmp_path / "model"
    if broken != "missing":
        save_topics(fit_topics(planted()[0], 3, min_length=1), folder)
    if broken == "format":
        (folder / "model.json").write_text('{"format": 99}', encoding="utf-8")
    if broken == "no json":
        (folder / "model.json").write_text("{", encoding="utf-8")
    if broken == "pickle":
        np.savez(folder / "arrays.npz", a=np.array([{"a": 1}], dtype=object))
    with pytest.raises(InputError):
        load_topics(folder)
