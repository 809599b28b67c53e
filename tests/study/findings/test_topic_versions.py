"""Main topics of a study that people coded: corrected, measured topic by topic, refused after another fit."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from discourse.coding.codebook import stance_codebook
from discourse.coding.draw import draw_sample
from discourse.coding.final import coded_units
from discourse.coding.further import with_predictions, with_questions
from discourse.compare.questions import Asked
from discourse.compare.three_estimates import Settings
from discourse.errors import StudyError
from discourse.study.findings.code_versions import code_version_tables
from discourse.study.findings.validation import corrected_answers
from discourse.study.further import answers_of, fitted_questions, further_questions
from discourse.study.validation import Coded
from discourse.tables import QUESTIONS

CATS = ["cats", "kittens", "purring", "whiskers", "paws", "feline"]
LAW = ["court", "lawsuit", "judges", "ruling", "verdict", "lawyers"]
N = 480
WORDS = {"en": "the refugees"}


@pytest.fixture
def made(posts, material):
    """Half of the posts in words of cats; of these every third is about a court nonetheless, as people see."""
    rng = np.random.default_rng(0)
    cats = rng.random(N) < 0.5
    texts = [" ".join(map(str, rng.choice(CATS if c else LAW, 8))) for c in cats]
    frame = posts(
        *texts,
        author=[f"u{i // 2:03}" for i in range(N)],
        thread_id=[f"t{i % 60}" for i in range(N)],
        lang="en",
    ).assign(group=np.where(np.arange(N) // 2 % 2 == 0, "a", "b"))
    study = {
        "topics": {"n_topics": 2, "fits": 0},
        "groups": [{"name": name, "any": [{"ip": "US"}]} for name in "ab"],
    }
    given = material(frame, study)
    court = ~cats | (np.arange(N) % 3 == 0)
    return given, pd.Series(np.where(court, "court", "cats"), index=frame["post_id"])


def drawn(given, meant, n=300):
    """Draw and code a sample of the study, as `discourse code sample --also topics` and two coders would."""
    questions = fitted_questions(given, further_questions(given.study, "refugees", ["topics"]))
    said = answers_of(given, "refugees", questions)
    named = {"cats": None, "court": None}
    for category in questions[0].categories[:2]:
        named["cats" if "cats" in category.label["en"] else "court"] = category.name
    posts = given.readable.assign(label="absent", target="refugees")
    book = with_questions(stance_codebook(WORDS), questions, WORDS)
    sample = draw_sample(posts, n, coders=("anna", "bo"), overlap=80, codebook=book)
    sample = with_predictions(sample, said, questions)
    codes = pd.DataFrame(
        {
            "post_id": unit,
            "target": "refugees",
            "coder": coder,
            "variable": "topic",
            "value": named[meant[unit]],
        }
        for coder in sample.design.coders
        for unit in sample.assigned(coder)["post_id"]
    )
    units = coded_units(sample, codes, "topic")
    return Coded("refugees", sample, codes.iloc[:0], units, codes), named


def test_shares_questions_and_errors_of_coded_topics(made):
    given, meant = made
    coded, named = drawn(given, meant)
    question = Asked("Q1", "Of cats?", "topic:cats", ("a",), ">", 0.45)
    tables = code_version_tables(coded, given, [question], Settings())
    name = f"{int(named['cats']) - 1:03d}"
    found = tables["code_estimates"]
    found = found[(found["name"] == name) & (found["lang"] == "all")].set_index(
        ["figure", "group", "version"]
    )
    truth = (meant == "cats").groupby(given.readable.set_index("post_id")["group"]).mean()
    for group in "ab":
        naive, corrected = (found.loc["group", group, version] for version in ("naive", "corrected"))
        assert corrected["low"] <= truth[group] <= corrected["high"]
        assert naive["low"] > truth[group]
    assert found.loc["difference", "a vs b", "corrected"]["low"] <= truth["a"] - truth["b"]
    assert set(found.loc[["question"], "id"]) == {"Q1"}

    measured = tables["code_accuracy"].set_index(["name", "measure"])["estimate"]
    assert measured[name, "precision"] == pytest.approx(2 / 3, abs=0.08)
    assert measured[name, "recall"] == pytest.approx(1.0)
    assert measured["all", "alpha"] == measured[name, "alpha"] == pytest.approx(1.0)

    row = {
        "id": "Q1",
        "outcome": "topic:cats",
        "answer": "supported",
        "estimate": 0.5,
        "low": 0.46,
        "high": 0.54,
    }
    answers = QUESTIONS.conform(
        pd.DataFrame([row | {"text": "", "groups": "a", "expect": "> 0.45", "reason": None}])
    )
    answer = corrected_answers(answers, tables["code_estimates"], [question]).iloc[0]
    assert (answer["basis"], answer["answer"], answer["answer_by_labels"]) == (
        "corrected",
        "contradicted",
        "supported",
    )
    assert answer["reason"].endswith("counted by main topic")


def test_topics_that_were_fitted_anew_are_refused(made, material):
    given, meant = made
    coded, _ = drawn(given, meant)
    topics = given.study.topics.model_copy(update={"n_topics": 3})
    other = material(given.posts, study={"groups": [{"name": n, "any": [{"ip": "US"}]} for n in "ab"]})
    other.study = given.study.model_copy(update={"topics": topics})
    with pytest.raises(StudyError, match="the topics were fitted anew") as refused:
        code_version_tables(coded, other, [], Settings())
    assert "2 topics" in refused.value.expected
    assert "3 topics" in refused.value.expected


def test_who_did_not_ask_for_topics_is_not_asked_for_them(made):
    given, _ = made
    assert further_questions(given.study, "refugees", []) == ()
    with pytest.raises(StudyError, match="no 'frames'") as refused:
        further_questions(given.study, "refugees", ["frames"])
    assert "topics" in refused.value.expected
