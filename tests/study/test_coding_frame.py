"""From a study to the frame that samples for coding are drawn from."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from discourse.errors import InputError, StudyError
from discourse.study.coding_frame import chosen_target, coding_frame, run_instrument, run_scores

STUDY = """
version = 1
[study]
title = "T"
question = "Q?"
language = "zh"
synthetic = true
[[sources]]
path = "posts.csv"
importer = "generic"
mapping = { text = "text", post_id = "id", author = "author", parent_id = "parent" }
key = "a key for tests"
[[targets]]
use = "hosts"
[[targets]]
use = "refugees"
label = { en = "the newcomers", zh = "新来者" }
[[questions]]
id = "q"
text = "?"
outcome = "positive:hosts"
groups = ["all"]
[validation]
codes = "not-drawn-yet"
"""
POSTS = "id,author,parent,text\n1,a,,Welcome refugees\n2,b,1,So glad\n3,b,,🙂\n4,c,,\n"


@pytest.fixture
def study(tmp_path):
    (tmp_path / "posts.csv").write_text(POSTS, encoding="utf-8")
    (tmp_path / "study.toml").write_text(STUDY, encoding="utf-8")
    return tmp_path / "study.toml"


def test_every_post_with_words_is_in_the_frame_with_its_text_and_the_post_it_answers(study):
    found = coding_frame(study, "refugees")
    assert found.frame["post_id"].tolist() == ["1", "2", "3"]
    assert found.frame["text"].tolist() == ["Welcome refugees", "So glad", "🙂"]
    assert found.frame["parent"].fillna("").tolist() == ["", "Welcome refugees", ""]
    assert set(found.frame["target"]) == {"refugees"}


def test_words_language_and_instrument_come_from_the_study(study):
    found = coding_frame(study, "refugees")
    assert found.words == {"en": "the newcomers", "zh": "新来者"}
    assert found.language == "zh"
    assert found.instrument.startswith("lexicon")


def test_an_author_is_one_row_of_the_frame_of_authors(study):
    authors = coding_frame(study, "refugees").authors()
    assert len(authors) == 2
    assert authors["post_id"].is_unique
    assert (authors["label"] == authors["group"]).all()


def test_several_targets_need_a_name(study):
    with pytest.raises(StudyError, match="several targets") as caught:
        coding_frame(study)
    assert "add --target NAME" in str(caught.value)
    with pytest.raises(StudyError, match="no target 'feed'"):
        chosen_target(["refugees", "hosts"], "feed")


def test_a_folder_without_a_run_is_refused(tmp_path):
    with pytest.raises(InputError, match="no finished run"):
        coding_frame(tmp_path)
    (tmp_path / "run.json").write_text("{}", encoding="utf-8")
    with pytest.raises(InputError, match="no scores"):
        run_scores(tmp_path, "refugees")


def test_a_run_whose_exports_have_changed_is_refused(tmp_path):
    (tmp_path / "posts.csv").write_text(POSTS, encoding="utf-8")
    (tmp_path / "data").mkdir()
    scores = pd.DataFrame({"post_id": ["1", "9"], "target": "refugees", "label": "absent"})
    scores.to_parquet(tmp_path / "data" / "scores.parquet")
    source = {"importer": "generic", "mapping": {"text": "text", "post_id": "id"}}
    (tmp_path / "run.json").write_text(json.dumps({"study": {"sources": [source]}}), encoding="utf-8")
    log = {"sources": [str(tmp_path / "posts.csv")]}
    (tmp_path / "run-log.json").write_text(json.dumps(log), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DISCOURSE_KEY_FILE", str(tmp_path / "key"))
        (tmp_path / "key").write_text("0" * 64, encoding="utf-8")
        with pytest.raises(InputError, match="1 of 2 posts"):
            coding_frame(tmp_path)


def test_each_target_has_its_instrument():
    provenance = {"instruments": ["lexicon 1 toward tiktok-ban", "trained 2 toward refugees"]}
    assert run_instrument(provenance, "refugees") == "trained 2"
    assert run_instrument(provenance, "feed") == ""
