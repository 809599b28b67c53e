from __future__ import annotations

import math
from pathlib import Path

import pytest

from discourse.errors import InputError, ParameterError
from discourse.sentiment.target import Target, load_target
from discourse.sentiment.trained.classifier import StanceClassifier
from discourse.sentiment.trained.scorer import NEUTRAL, TrainedScorer, scorer_of
from tests.sentiment.trained.conftest import made

VISITORS = Target("visitors", names={"en": ["visitors"], "zh": ["游客"]})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    seen = made(160, targets=("visitors", "游客"))
    texts, labels = list(seen.texts), list(seen.labels)
    for number in range(60):
        texts.append(["visitors asked about the time", "游客在问几点开门"][number % 2] + f" {number}")
        labels.append("neutral")
    model = StanceClassifier(embeddings=False).fit(texts, labels)
    return model.save(tmp_path_factory.mktemp("trained") / "model")


@pytest.fixture(scope="module")
def scorer(folder: Path) -> TrainedScorer:
    return scorer_of(folder)(VISITORS, neutral=None, replies=True)


def test_judges_posts_about_the_target_and_no_others(scorer: TrainedScorer) -> None:
    texts = [
        "visitors are so kind",
        "游客真讨厌",
        "visitors asked about the time",
        "the weather is so kind",
        "",
    ]
    found = scorer.score(texts)
    assert [j.label for j in found] == ["positive", "negative", "neutral", "absent", "absent"]
    assert [j.kind for j in found] == ["named", "named", "named", None, None]
    assert math.isnan(found[3].score)


def test_score_and_label_never_disagree(scorer: TrainedScorer) -> None:
    for judgment in scorer.score(made(200, seed=5, targets=("visitors", "游客")).texts):
        assert -1 <= judgment.score <= 1
        assert 0 <= judgment.confidence <= 1
        if judgment.label == "neutral":
            assert abs(judgment.score) < NEUTRAL
        else:
            assert judgment.score * (1 if judgment.label == "positive" else -1) >= NEUTRAL


def test_a_threshold_that_is_given_decides(folder: Path) -> None:
    strict = scorer_of(folder)(VISITORS, neutral=0.999)
    assert {j.label for j in strict.score(["visitors are so kind", "游客真讨厌"])} == {"neutral"}


def test_names_the_words_behind_a_judgment(scorer: TrainedScorer) -> None:
    evidence = scorer.score(["visitors are pure spam honestly"])[0].evidence
    assert evidence.startswith("named: ")
    assert "spam" in evidence
    assert scorer.instrument.startswith("trained 220 posts ")


def test_a_reply_that_names_nobody_takes_the_target_of_its_parent(scorer: TrainedScorer) -> None:
    found = scorer.score(["so rude"] * 2, parents=["visitors again", "the weather again"])
    assert [(j.label, j.kind) for j in found] == [("negative", "reply"), ("absent", None)]


def test_an_author_who_is_one_of_them_has_no_score() -> None:
    texts = ["refugees are lovely", "refugees are rude"] * 10
    model = StanceClassifier(embeddings=False).fit(texts, ["pos", "neg"] * 10)
    found = TrainedScorer(load_target("refugees"), model=model).score(
        ["As a TikTok refugee, I adore this app"]
    )
    assert (found[0].label, found[0].kind) == ("neutral", "self")
    assert math.isnan(found[0].score)


def test_a_model_that_learned_absent_decides_itself() -> None:
    texts = ["visitors are lovely", "visitors are rude", "visitors means the game here"] * 10
    model = StanceClassifier(embeddings=False).fit(texts, ["Favor", "Against", "absent"] * 10)
    found = TrainedScorer(VISITORS, model=model).score(["visitors means the game here", "lovely"])
    assert [j.label for j in found] == ["absent", "positive"]


def test_no_posts_no_judgments(scorer: TrainedScorer) -> None:
    assert scorer.score([]) == []


def test_refuses_labels_that_are_no_stance() -> None:
    model = StanceClassifier(embeddings=False).fit(["apple", "pear"] * 10, ["fruit", "other"] * 10)
    with pytest.raises(ParameterError, match="label 'fruit' is no stance"):
        TrainedScorer(VISITORS, model=model)


def test_says_so_where_there_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no trained model"):
        scorer_of(tmp_path)
