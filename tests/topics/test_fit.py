from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.errors import NotMeasurable, ParameterError
from discourse.text.tokens import tokenize
from discourse.topics.fit import fit_topics, share_out

CATS = ["cats", "kittens", "purring", "whiskers", "paws", "feline", "litter", "meowing"]
LAW = ["court", "lawsuit", "judges", "ruling", "verdict", "lawyers", "senate", "congress"]
FOOD = ["noodles", "dumplings", "kitchen", "recipe", "cooking", "dinner", "soup", "spicy"]
BLOCKS = [CATS, LAW, FOOD]
ZH_CATS = ["猫咪", "小猫", "宠物", "铲屎官", "猫粮", "毛茸茸"]
ZH_LAW = ["法院", "法律", "国会", "禁令", "律师", "判决"]


def english(n: int = 120, seed: int = 0) -> tuple[list[str], np.ndarray]:
    rng = np.random.default_rng(seed)
    main = rng.integers(0, 3, n)
    return [" ".join(rng.choice(BLOCKS[m], 8)) for m in main], main


def chinese(n: int = 120, seed: int = 0) -> tuple[list[str], np.ndarray]:
    rng = np.random.default_rng(seed)
    main = rng.integers(0, 2, n)
    return ["，".join(rng.choice([ZH_CATS, ZH_LAW][m], 8)) for m in main], main


@pytest.fixture(scope="module")
def model():
    return fit_topics(english()[0], n_topics=3, seed=1)


def purity(lead: np.ndarray, main: np.ndarray) -> float:
    return sum(np.bincount(main[lead == k]).max() for k in np.unique(lead)) / len(main)


def test_planted_topics_are_recovered(model):
    main = english()[1]
    assert purity(model.prevalence.argmax(axis=1), main) > 0.97
    tops = [set(part["word"]) for _, part in model.top_words(8).groupby("topic")]
    assert sorted(map(sorted, tops)) == sorted(map(sorted, BLOCKS))


def test_planted_shares_are_recovered(model):
    main = english()[1]
    planted = np.sort(np.bincount(main) / len(main))[::-1]
    np.testing.assert_allclose(model.prevalence.mean(axis=0), planted, atol=0.05)


def test_rows_sum_to_one(model):
    assert model.prevalence.shape == (120, 3)
    np.testing.assert_allclose(model.prevalence.sum(axis=1), 1)


def test_a_post_without_a_content_word_is_na_and_counted():
    texts, _ = english()
    model = fit_topics([*texts, "", "[doge] 😂 !!!", "the of and", None], n_topics=3)
    assert np.isnan(model.prevalence[-4:]).all()
    assert not np.isnan(model.prevalence[:-4]).any()
    assert model.n_wordless == 4


@pytest.mark.parametrize("engine", ["lsa", "lda", "nmf"])
def test_the_order_of_the_posts_changes_nothing(engine):
    texts, _ = english()
    order = np.random.default_rng(3).permutation(len(texts))
    one = fit_topics(texts, 3, engine=engine, seed=4)
    other = fit_topics([texts[i] for i in order], 3, engine=engine, seed=4)
    pd.testing.assert_frame_equal(one.top_words(8), other.top_words(8), check_exact=True)
    np.testing.assert_allclose(one.prevalence[order], other.prevalence, rtol=0, atol=1e-6)


def test_a_seed_repeats(model):
    again = fit_topics(english()[0], n_topics=3, seed=1)
    assert (again.prevalence == model.prevalence).all()
    pd.testing.assert_frame_equal(again.top_words(), model.top_words(), check_exact=True)


def test_new_posts_get_topics_from_the_model(model):
    texts, _ = english()
    np.testing.assert_allclose(model.transform(texts[:7]), model.prevalence[:7], atol=1e-12)
    assert np.isnan(model.transform(["quite unknown words"])).all()
    assert model.transform([]).shape == (0, 3)


def test_takes_series_and_tokens_alike(model):
    texts, _ = english()
    for taken in (pd.Series(texts, index=range(500, 620)), tokenize(texts)):
        assert (fit_topics(taken, 3, seed=1).prevalence == model.prevalence).all()


def test_says_what_it_is(model):
    assert (model.engine, model.seed, model.n_topics, model.lang) == ("lsa", 1, 3, "en")
    assert model.instrument.startswith("lsa (scipy ")


def test_two_languages_share_the_topics_and_a_mixed_post_is_placed_in_both():
    en, en_main = english()
    zh, zh_main = chinese()
    model = fit_topics([*en, *zh, f"{en[0]} {zh[0]}"], n_topics=5, languages="separate", seed=2)
    assert model.lang == "zh+en"
    assert model.topic_langs == ["zh", "zh", "en", "en", "en"]
    top = model.top_words(5)
    assert set(top.loc[top["topic"] < 2, "lang"]) == {"zh"}
    assert model.prevalence[:120, :2].max() == 0
    assert model.prevalence[120:240, 2:].max() == 0
    assert purity(model.prevalence[120:240].argmax(axis=1), zh_main) > 0.97
    assert purity(model.prevalence[:120].argmax(axis=1), en_main) > 0.97
    np.testing.assert_allclose(model.prevalence[-1, :2].sum(), 0.5, atol=0.2)


def test_one_language_can_be_asked_for():
    zh, main = chinese()
    model = fit_topics([*zh, *english()[0]], n_topics=2, lang="zh")
    assert model.lang == "zh"
    assert np.isnan(model.prevalence[120:]).all()
    assert purity(model.prevalence[:120].argmax(axis=1), main) > 0.97


def test_topics_stand_from_the_most_to_the_least_talked_of():
    texts, main = english()
    few = [t for t, m in zip(texts, main, strict=True) if m != 1][:70] + [
        t for t, m in zip(texts, main, strict=True) if m == 1
    ][:10]
    means = fit_topics(few, 3, seed=1).prevalence.mean(axis=0)
    assert (np.diff(means) <= 1e-9).all()


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"n_topics": 1}, "from 2 on"),
        ({"n_topics": "many"}, "from 2 on"),
        ({"languages": "apart"}, "apart"),
        ({"lang": "fr"}, "zh, en"),
        ({"engine": "ldb"}, "did you mean 'lda'"),
        ({"max_share": 2.0}, "max_share"),
    ],
)
def test_what_cannot_be_done_is_said(settings, message):
    with pytest.raises(ParameterError, match=message):
        fit_topics(english()[0], **({"n_topics": 3} | settings))


def test_a_single_text_is_no_list():
    with pytest.raises(ParameterError, match="no list of texts"):
        fit_topics("cats and dogs", 2)


@pytest.mark.parametrize("texts", [[], [""], ["!!!", "😂"]])
def test_without_any_content_word_nothing_can_be_fitted(texts):
    with pytest.raises(NotMeasurable, match="no post has a content word"):
        fit_topics(texts, 2)


@pytest.mark.parametrize(("zh", "en", "k"), list(itertools.product([0, 5, 50, 95, 100], [5, 50], [2, 4, 9])))
def test_topics_are_shared_out_completely(zh, en, k):
    shares = share_out({"zh": [["猫"] * zh], "en": [["cat"] * en]}, k)
    assert sum(shares.values()) == k
    assert min(shares.values()) >= (2 if k >= 4 or len(shares) == 1 else 1)


@settings(max_examples=6, deadline=None)
@given(st.permutations(range(24)), st.sampled_from(["joint", "separate"]))
def test_in_whatever_order_posts_come_topics_and_shares_stay(order, languages):
    texts = [*english(12)[0], *chinese(12)[0]]
    one = fit_topics(texts, 4, languages=languages, seed=5)
    other = fit_topics([texts[i] for i in order], 4, languages=languages, seed=5)
    pd.testing.assert_frame_equal(one.top_words(6), other.top_words(6), check_exact=True)
    np.testing.assert_allclose(one.prevalence[list(order)], other.prevalence, rtol=0, atol=1e-9)
