from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from discourse.errors import InputError, ParameterError
from discourse.sentiment.frame_classifier import FrameClassifier, features
from discourse.sentiment.frame_quality import frame_quality
from discourse.sentiment.frames import code_frames

CATS = ["猫税在这里", "cat tax paid", "交猫税啦", "my cat says hello", "看看我的猫", "another cat tax"]
PROTESTS = ["boycott meta now", "抗议封禁", "we boycott zuck", "来抗议的", "boycott the ban", "抗议抗议"]
NOTHING = ["今天下雨", "the soup is cold", "明天考试", "a long walk", "周末爬山", "new shoes"]
POSTS = CATS + PROTESTS + NOTHING + [f"{a}, {b}" for a, b in zip(CATS, PROTESTS, strict=True)]
CODES = pd.DataFrame(
    {
        "cats": [1] * 6 + [0] * 12 + [1] * 6,
        "protest": [0] * 6 + [1] * 6 + [0] * 6 + [1] * 6,
    }
)


@pytest.fixture(scope="module")
def model() -> FrameClassifier:
    return FrameClassifier().fit(POSTS, CODES)


def test_it_learns_several_frames_of_one_post(model: FrameClassifier) -> None:
    found = model.predict(["cat tax paid, we boycott zuck", "猫税", "抗议", "下雨了"])
    assert found["cats"].tolist() == [True, True, False, False]
    assert found["protest"].tolist() == [True, False, True, False]


def test_both_scripts_are_one(model: FrameClassifier) -> None:
    both = model.predict_proba(["抗议封禁", "抗議封禁"])
    assert both.iloc[0].tolist() == both.iloc[1].tolist()


def test_posts_without_a_code_are_left_out_of_that_frame_only() -> None:
    codes = CODES.astype("object").copy()
    codes.loc[0:1, "protest"] = None
    assert FrameClassifier().fit(POSTS, codes).n_coded_ == {"cats": 24, "protest": 22}


def test_it_is_saved_without_pickle_and_read_back_the_same(model: FrameClassifier, tmp_path: Path) -> None:
    model.save(tmp_path / "模型")
    again = FrameClassifier.load(tmp_path / "模型")
    assert again.predict_proba(POSTS).equals(model.predict_proba(POSTS))
    assert sorted(path.name for path in (tmp_path / "模型").iterdir()) == ["frames.json", "frames.npz"]


def test_a_changed_model_is_refused(model: FrameClassifier, tmp_path: Path) -> None:
    model.save(tmp_path)
    card = json.loads((tmp_path / "frames.json").read_text(encoding="utf-8"))
    card["vocabulary"][0] = "w:other"
    (tmp_path / "frames.json").write_text(json.dumps(card), encoding="utf-8")
    with pytest.raises(InputError, match="changed"):
        FrameClassifier.load(tmp_path)
    with pytest.raises(InputError, match="cannot be read"):
        FrameClassifier.load(tmp_path / "none")


def test_too_few_codes_are_refused() -> None:
    with pytest.raises(ParameterError, match="'rare' has 1 posts with it"):
        FrameClassifier().fit(POSTS, pd.DataFrame({"rare": [1] + [0] * 23}))
    with pytest.raises(ParameterError, match="neither 0 nor 1"):
        FrameClassifier().fit(POSTS, CODES.replace(1, 2))
    with pytest.raises(ParameterError, match="2 rows of codes"):
        FrameClassifier().fit(POSTS, CODES.iloc[:2])


def test_posts_are_checked_by_models_that_have_not_seen_them() -> None:
    order = np.random.default_rng(0).permutation(len(POSTS))
    posts, codes = [POSTS[i] for i in order], CODES.iloc[order].reset_index(drop=True)
    found = FrameClassifier().cross_predict(posts, codes, folds=3)
    quality = frame_quality(found, codes).set_index("frame")
    assert quality.loc["protest", "f1"] > 0.5


def test_a_trained_frame_codes_posts_beside_a_lexicon(model: FrameClassifier) -> None:
    codes = code_frames(["猫税", None], [model.frame("cats"), "protest"])
    cats = codes[codes["frame"] == "cats"]
    assert cats["present"].tolist()[0] is True
    assert cats["probability"].iloc[0] > 0.5
    assert cats["present"].isna().tolist() == [False, True]
    assert cats["method"].iloc[0] == f"trained {model.digest}"
    with pytest.raises(ParameterError, match="dogs"):
        model.frame("dogs")


def test_learning_twice_gives_the_same_model(model: FrameClassifier) -> None:
    assert FrameClassifier().fit(POSTS, CODES).digest == model.digest


def test_features_of_a_text_without_words_are_none() -> None:
    assert features(["", "!!", "\ud800"])[:2] == [[], []]
