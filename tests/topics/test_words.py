"""Words that tell what a topic is."""

from __future__ import annotations

import numpy as np

from discourse.tables import TOPIC_RANKINGS
from discourse.topics.fit import fit_topics
from discourse.topics.words import topic_exclusivity, word_rankings

ZH = ["猫 宠物 猫粮 小狗", "法院 律师 判决 国会"]
EN = ["cats pets kittens dogs people", "courts lawyers judges people apps"]


def model():
    return fit_topics([ZH[0], EN[0], ZH[1], EN[1]] * 12 + [ZH[0]] * 2, 2)


def test_three_rankings_in_both_languages_with_meanings():
    table = word_rankings(model(), 4, least=1)
    assert table.columns.tolist() == TOPIC_RANKINGS.names
    assert set(zip(table["by"], table["lang"], strict=True)) == {
        (by, lang) for by in ("probability", "frex", "lift") for lang in ("zh", "en")
    }
    meaning = table.set_index("word")["gloss"]
    assert set(meaning[["法院"]]) <= {"court of law", "court"}
    assert meaning[["judges"]].isna().all() or "法官" in set(meaning[["judges"]])


def test_lift_is_the_weight_over_the_share_of_all_words():
    fitted = model()
    space = fitted.spaces[0]
    words, phi = space.phi("en")
    uses = dict(zip(space.words, space.frequency, strict=True))
    share = np.array([uses[w] for w in words]) / sum(uses[w] for w in words)
    table = word_rankings(fitted, 9, least=1)
    lifted = table[(table["by"] == "lift") & (table["lang"] == "en") & (table["topic"] == 0)]
    of = dict(zip(words, phi[0] / share, strict=True))
    found = [of[w] for w in lifted["word"]]
    np.testing.assert_allclose(found, sorted(found, reverse=True), atol=1e-9)
    assert len(found) == len(words)


def test_a_rare_word_is_not_lifted():
    table = word_rankings(
        fit_topics(["cats purr nap"] * 12 + ["courts ban apps zebra"] * 9 + ["courts"] * 9, 2), 9
    )
    assert "zebra" not in set(table.loc[table["by"] == "lift", "word"])
    assert "courts" in set(table.loc[table["by"] == "lift", "word"])


def test_a_word_of_both_topics_makes_them_less_exclusive():
    own = [[f"{letter}{kind}word" for letter in "abcdefghijkl"] for kind in "xy"]
    both = [f"{letter}common" for letter in "abcdef"]
    apart = fit_topics([" ".join(words) for words in own] * 9, 2)
    shared = fit_topics([" ".join([*words[:6], *both]) for words in own] * 9, 2)
    assert topic_exclusivity(shared).mean() < topic_exclusivity(apart).mean() - 0.1
    assert topic_exclusivity(apart).max() <= 1
