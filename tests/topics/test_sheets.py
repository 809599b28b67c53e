"""Word and topic intrusion."""

from __future__ import annotations

import pandas as pd
import pytest

from discourse.errors import InputError
from discourse.topics.fit import fit_topics
from discourse.topics.sheets import intruders_found, topic_intrusion, word_intrusion

THEMES = ["cats purr nap paws kittens", "courts ban apps sue judges", "noodles wok ginger broth soy"]
THEMES += ["rain snow wind storm clouds"]
TEXTS = THEMES * 6
IDS = [f"p{i:02}" for i in range(24)]


def test_the_intruder_is_a_word_of_another_topic():
    model = fit_topics(TEXTS, 4)
    sheet, key = word_intrusion(model, seed=3)
    assert len(sheet) == 4
    theme = {word: place for place, line in enumerate(THEMES) for word in line.split()}
    for row, answer in zip(sheet.to_dict("records"), key.to_dict("records"), strict=True):
        words = [row[f"word_{i}"] for i in range(1, 7)]
        others = [theme[w] for w in words if w != answer["intruder"]]
        assert answer["intruder"] in words
        assert len(set(others)) == 1
        assert theme[answer["intruder"]] != others[0]
    assert (sheet["answer"] == "").all()


def test_the_topic_that_intrudes_is_not_the_one_that_leads():
    model = fit_topics(TEXTS, 4)
    sheet, key = topic_intrusion(model, IDS, TEXTS, IDS, n_posts=10, seed=1)
    assert len(sheet) == 10
    for row, answer in zip(sheet.to_dict("records"), key.to_dict("records"), strict=True):
        assert row["text"] == TEXTS[IDS.index(answer["post_id"])]
        assert not set(row[f"topic_{answer['intruder']}"].split()) & set(row["text"].split())


def test_one_post_of_an_author_and_the_same_draw_in_any_order():
    model = fit_topics(TEXTS, 4)
    assert len(topic_intrusion(model, IDS, TEXTS, [f"u{i % 5}" for i in range(24)])[0]) == 5
    order = list(range(24))[::-1]
    turned = fit_topics([TEXTS[i] for i in order], 4)
    one = topic_intrusion(model, IDS, TEXTS)[1]
    other = topic_intrusion(turned, [IDS[i] for i in order], [TEXTS[i] for i in order])[1]
    pd.testing.assert_frame_equal(one, other)


def test_all_found_none_found_and_what_was_left_open():
    _, key = word_intrusion(fit_topics(TEXTS, 4))
    right = pd.DataFrame({"item": key["item"], "answer": key["intruder"]})
    assert intruders_found(right, key)["found"].tolist() == [1.0] * 5
    assert intruders_found(right.assign(answer="x"), key)["found"].tolist() == [0.0] * 5
    half = right.assign(answer=[*right["answer"][:2], " ", None])
    total = intruders_found(half, key).iloc[-1]
    assert (total["n"], total["found"]) == (2, 1.0)
    with pytest.raises(InputError, match="item 9"):
        intruders_found(right.assign(item=9), key)
