from __future__ import annotations

import pandas as pd
from pandas.testing import assert_frame_equal

from discourse.study import scoring
from discourse.study.load import check_study
from discourse.study.mapped import HELD, Mapped
from tests.study.made import BASE, posts


def test_a_title_is_read_before_its_text_and_parents_are_found():
    frame = posts("body", "answer", title=["Head", None], parent_id=[None, "p0"])
    assert scoring.full_texts(frame) == ["Head\nbody", "answer"]
    assert scoring.parent_texts(frame) == [None, "Head\nbody"]


def test_a_parent_that_was_not_collected_is_unknown():
    assert scoring.parent_texts(posts("answer", parent_id=["elsewhere"])) == [None]


def test_of_posts_with_one_id_the_last_one_was_answered():
    frame = posts("first", "second", "answer", post_id=["p", "p", "q"], parent_id=[None, None, "p"])
    assert scoring.parent_texts(frame) == [None, None, "second"]


def test_scores_do_not_depend_on_the_size_of_parts(monkeypatch):
    study = check_study(BASE | {"targets": [{"use": "refugees", "replies": True}]})
    frame = posts("welcome refugees", "so kind", "hate the refugees", parent_id=[None, "p0", None])
    frame = frame.assign(group="g")
    whole, _ = scoring.score_targets(frame, study)
    monkeypatch.setattr(scoring, "PART", 1)
    in_parts, _ = scoring.score_targets(frame, study)
    pd.testing.assert_frame_equal(whole, in_parts)
    assert whole["score"].notna().tolist() == [True, True, True]


def test_scores_of_parts_are_the_same_whether_held_or_mapped() -> None:
    parts = [pd.DataFrame({"label": ["positive", None][:n], "score": [0.5, 0.0][:n]}) for n in (2, 1, 2)]
    whole = pd.concat(parts, ignore_index=True)
    assert_frame_equal(Mapped(None, HELD).stack(parts), whole)


def test_texts_that_are_read_when_they_are_looked_at_are_those_of_a_list(monkeypatch):
    monkeypatch.setattr(scoring, "PART", 2)
    frame = posts("a", "b", "c", "d", "e", title=["T", None, None, None, "U"])
    texts, held = scoring.FullTexts(frame, Mapped()), scoring.full_texts(frame)
    assert list(texts) == held
    assert (texts[1:4], texts[::-2], texts[-1]) == (held[1:4], held[::-2], held[-1])
