"""Coded frames correct the list that was frozen when they were drawn, and no other."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from discourse.coding.draw import draw_sample
from discourse.coding.further import with_predictions
from discourse.errors import StudyError
from discourse.study.findings.code_versions import _frozen_answers
from discourse.study.further import answers_of, further_questions

TEXTS = ("they took our app", "we march tomorrow", "my cat slept", "march with us")
HEADER = "language\tform\tnote\tsource\n"


def list_of(folder, *forms):
    """Write a list of phrases of the researcher's own."""
    rows = "".join(f"en\t{form}\t\town\n" for form in forms)
    (folder / "march.tsv").write_text(HEADER + rows, encoding="utf-8")
    return {"codes": [{"name": "march", "lexicon": str(folder / "march.tsv")}]}


@pytest.fixture
def drawn(tmp_path, posts, material):
    """A sample that asks for a frame, as it was frozen by the list `march`."""

    def make(study):
        given = material(posts(*TEXTS, lang="en"), study)
        questions = further_questions(given.study, "refugees", ["frames"])
        frame = given.readable.assign(label="absent", target="refugees")
        sample = draw_sample(frame, len(TEXTS), instrument="lexicon 9 abc")
        sample = with_predictions(sample, answers_of(given, "refugees", questions), questions)
        return SimpleNamespace(sample=sample, target="refugees"), given

    return make


def test_the_list_of_the_draw_answers_again_as_it_did(tmp_path, drawn):
    coded, given = drawn(list_of(tmp_path, "march"))
    said = _frozen_answers(coded, given)
    assert said["frame:march"].tolist() == [False, True, False, True]


def test_a_list_that_was_changed_after_the_draw_is_refused(tmp_path, drawn, posts, material):
    coded, _ = drawn(list_of(tmp_path, "march"))
    changed = material(posts(*TEXTS, lang="en"), list_of(tmp_path, "march", "took our app"))
    with pytest.raises(StudyError, match="'frame:march' was changed after the sample was drawn") as caught:
        _frozen_answers(coded, changed)
    assert coded.sample.design.instruments[0] in caught.value.expected
    assert "put the list of phrases" in caught.value.hint
    assert caught.value.exit_code == 2


def test_a_list_that_finds_the_same_under_another_hash_is_refused_too(tmp_path, drawn, posts, material):
    coded, _ = drawn(list_of(tmp_path, "march"))
    longer = material(posts(*TEXTS, lang="en"), list_of(tmp_path, "march", "unheard of"))
    with pytest.raises(StudyError, match="was changed after the sample was drawn"):
        _frozen_answers(coded, longer)


def test_other_posts_are_refused_though_the_list_is_the_same(tmp_path, drawn, posts, material):
    study = list_of(tmp_path, "march")
    coded, _ = drawn(study)
    with pytest.raises(StudyError, match="was changed after the sample was drawn"):
        _frozen_answers(coded, material(posts(*TEXTS, "march on", lang="en"), study))


def test_a_frame_that_was_coded_and_then_left_out_of_the_study_is_asked_for(tmp_path, drawn, posts, material):
    coded, _ = drawn(list_of(tmp_path, "march"))
    with pytest.raises(StudyError, match="people coded 'frame:march'") as caught:
        _frozen_answers(coded, material(posts(*TEXTS, lang="en"), {"codes": [{"name": "protest"}]}))
    assert "frame:protest" in caught.value.expected
