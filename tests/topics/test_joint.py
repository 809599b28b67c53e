"""Topics of two languages in one space: what was planted is recovered."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from discourse.topics.fit import fit_topics
from discourse.topics.matching import match_topics

# Six themes in both languages; most words have their translation on the other side, some have none.
ZH = [
    ["猫", "小猫", "宠物", "动物", "兽医", "尾巴", "猫咪", "毛茸茸"],
    ["法院", "法律", "律师", "法官", "判决", "国会", "禁令", "起诉书"],
    ["面条", "饺子", "厨房", "晚饭", "米饭", "蔬菜", "筷子", "火锅店"],
]
EN = [
    ["cats", "kittens", "pet", "animals", "veterinarian", "tail", "meowing", "litter"],
    ["court", "law", "lawyers", "judge", "verdict", "congress", "ban", "lawsuit"],
    ["noodles", "dumplings", "kitchen", "dinner", "rice", "vegetables", "chopsticks", "takeaway"],
]
N = 360


def planted(seed: int = 0) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Hosts write Chinese and mostly of cats, newcomers English and mostly of courts."""
    rng = np.random.default_rng(seed)
    newcomer = rng.random(N) < 0.5
    theme = np.array([rng.choice(3, p=[0.2, 0.5, 0.3] if new else [0.5, 0.2, 0.3]) for new in newcomer])
    texts = [
        " ".join(rng.choice((EN if new else ZH)[of], 6)) for new, of in zip(newcomer, theme, strict=True)
    ]
    return texts, theme, newcomer


@pytest.fixture(scope="module")
def model():
    return fit_topics(planted()[0], 3, languages="joint", min_length=1)


@pytest.fixture(scope="module")
def of_theme(model):
    """The topic that leads the Chinese posts of each theme."""
    _, theme, newcomer = planted()
    lead = model.prevalence.argmax(axis=1)
    return [int(np.bincount(lead[(theme == of) & ~newcomer], minlength=3).argmax()) for of in range(3)]


def test_one_topic_holds_a_theme_in_both_languages(model, of_theme):
    _, theme, newcomer = planted()
    assert sorted(of_theme) == [0, 1, 2]
    lead = model.prevalence.argmax(axis=1)
    for group in (newcomer, ~newcomer):
        assert (lead[group] == np.array(of_theme)[theme[group]]).mean() > 0.95


def test_every_topic_has_words_of_both_languages_that_say_the_same(model, of_theme):
    top = model.top_words(6)
    assert top.groupby(["topic", "lang"]).size().eq(6).all()
    assert len(top) == 36
    for of, topic in enumerate(of_theme):
        own = top[top["topic"] == topic]
        assert set(own.loc[own["lang"] == "zh", "word"]) <= set(ZH[of])
        assert set(own.loc[own["lang"] == "en", "word"]) <= set(EN[of])


def test_the_difference_between_groups_is_recovered(model, of_theme):
    _, theme, newcomer = planted()
    for of, topic in enumerate(of_theme):
        found = model.prevalence[newcomer, topic].mean() - model.prevalence[~newcomer, topic].mean()
        meant = (theme[newcomer] == of).mean() - (theme[~newcomer] == of).mean()
        assert found == pytest.approx(meant, abs=0.05)


def test_the_order_of_the_posts_changes_nothing(model):
    texts, _, _ = planted()
    order = np.random.default_rng(9).permutation(N)
    other = fit_topics([texts[i] for i in order], 3, languages="joint", min_length=1)
    pd.testing.assert_frame_equal(model.top_words(8), other.top_words(8), check_exact=True)
    np.testing.assert_allclose(model.prevalence[order], other.prevalence, rtol=0, atol=1e-9)


def test_the_translation_of_a_post_has_the_same_topic(model):
    pairs = [
        ("猫 宠物 尾巴", "cats pet tail"),
        ("律师 法院 判决", "lawyers court verdict"),
        ("米饭 筷子", "rice chopsticks"),
    ]
    shares = [model.transform(list(pair)) for pair in pairs]
    assert all(one.argmax() == other.argmax() for one, other in shares)


def test_a_word_in_another_form_is_the_same_word(model):
    shares = model.transform(["cat lawyer", "cats lawyers"])
    assert (shares[0] == shares[1]).all()


@pytest.mark.parametrize("engine", ["lda", "nmf"])
def test_other_engines_get_their_posts_translated(engine):
    texts, theme, newcomer = planted()
    model = fit_topics(texts, 3, engine=engine, languages="joint", min_length=1)
    lead = model.prevalence.argmax(axis=1)
    of_theme = np.array(
        [np.bincount(lead[(theme == of) & ~newcomer], minlength=3).argmax() for of in range(3)]
    )
    assert (lead == of_theme[theme]).mean() > 0.85
    assert model.top_words(5).groupby(["topic", "lang"]).size().eq(5).all()


def test_models_apart_are_matched_through_the_dictionary():
    texts, _, newcomer = planted()
    apart = fit_topics(texts, 6, languages="separate", min_length=1)
    assert apart.topic_langs == ["zh"] * 3 + ["en"] * 3
    matched = match_topics(apart, n=6)
    lead = apart.prevalence.argmax(axis=1)
    theme = planted()[1]
    for row in matched.itertuples():
        chinese = np.bincount(theme[(lead == row.topic_zh) & ~newcomer], minlength=3).argmax()
        english = np.bincount(theme[(lead == row.topic_en) & newcomer], minlength=3).argmax()
        assert chinese == english
    assert matched["overlap"].min() > 0.4


def test_a_language_with_hardly_a_word_is_read_but_not_listed():
    texts = [text for text, new in zip(planted()[0], planted()[2], strict=True) if not new]
    model = fit_topics([*texts, "猫 iphone", "猫 iphone"], 3, min_length=1)
    assert model.lang == "zh"
    assert not np.isnan(model.transform(["iphone"])).any()


def test_the_weights_of_words_are_there_for_each_language(model):
    for lang, blocks in (("zh", ZH), ("en", EN)):
        words, weights = model.phi(lang)
        assert set(words) == {word for block in blocks for word in block}
        np.testing.assert_allclose(weights.sum(axis=1), 1)
