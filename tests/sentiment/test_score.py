"""Scoring: every form of call, and what holds of any text whatever."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import discourse
from discourse import Target
from discourse.errors import InputError, ParameterError
from discourse.sentiment.lexicon_scorer import LexiconScorer
from discourse.sentiment.score import score
from discourse.tables import SCORES

LABELS = {"positive", "neutral", "negative", "absent"}
CARTER = Target("jimmy carter", names={"en": ["jimmy carter"]})


def test_one_row_a_text_in_order() -> None:
    frame = score(["I love the refugees", "Nice weather", "the refugees are rude"])
    assert list(frame.columns) == SCORES.names
    assert frame["label"].tolist() == ["positive", "absent", "negative"]
    assert math.isnan(frame["score"][1])


def test_no_text_gives_no_row() -> None:
    assert score([]).shape == (0, len(SCORES.names))


def test_a_series_and_missing_texts() -> None:
    frame = score(pd.Series(["难民真好", None, ""], index=[5, 7, 9]))
    assert frame["label"].tolist() == ["positive", "absent", "absent"]


def test_a_string_alone_is_refused() -> None:
    with pytest.raises(ParameterError, match="one string"):
        score("I love the refugees")


def test_one_target_a_text() -> None:
    frame = score(["i love jimmy carter", "i love jimmy carter"], target=[CARTER, "refugees"])
    assert frame["label"].tolist() == ["positive", "absent"]


def test_lists_must_be_as_long_as_the_texts() -> None:
    with pytest.raises(ParameterError, match="2 entries for 1 texts"):
        score(["x"], target=[CARTER, CARTER])
    with pytest.raises(ParameterError, match="spans has 2 entries"):
        score(["x"], spans=[(0, 1), (0, 1)])


def test_several_targets_give_the_long_form() -> None:
    frame = score(["小红书很好用，难民很烦", "hi"], targets=["refugees", "xiaohongshu"])
    assert frame[["row", "target"]].values.tolist() == [
        [0, "refugees"], [0, "xiaohongshu"], [1, "refugees"], [1, "xiaohongshu"],
    ]  # fmt: skip
    assert frame["label"].tolist() == ["negative", "positive", "absent", "absent"]


def test_a_span_says_which_naming_is_meant() -> None:
    text = "Ann is a crook. The senator is a saint."
    frame = score([text, text], target=Target("x"), spans=[(0, 3), (16, 27)])
    assert frame["label"].tolist() == ["negative", "positive"]


def test_a_reply_takes_its_target_from_the_post_it_answers() -> None:
    texts, parents = ["so wholesome", "so wholesome"], ["A refugee sang for us", "My dog can sing"]
    frame = score(texts, parents=parents)
    assert frame["label"].tolist() == ["positive", "absent"]
    assert frame["kind"][0] == "reply"
    assert score(texts, parents=parents, replies=False)["label"].tolist() == ["absent", "absent"]


class Posts:
    """What scoring needs of a corpus."""

    def to_pandas(self) -> pd.DataFrame:
        return pd.DataFrame(
            {
                "post_id": ["a", "b", "c"],
                "parent_id": [pd.NA, "a", "b"],
                "text": ["今天来了", "太可爱了", "是啊"],
                "title": ["难民", pd.NA, pd.NA],
            }
        )


def test_a_corpus_brings_ids_titles_and_parents() -> None:
    frame = score(Posts())  # type: ignore[arg-type]
    assert frame["post_id"].tolist() == ["a", "b", "c"]
    assert frame["label"].tolist() == ["neutral", "positive", "absent"]


def test_one_of_the_group_speaking_of_herself_has_no_score() -> None:
    frame = score(["As a TikTok refugee, I adore this app", "我是TikTok难民，这里真好"])
    assert frame["label"].tolist() == ["neutral", "neutral"]
    assert frame["kind"].tolist() == ["self", "self"]
    assert frame["score"].isna().all()


def test_forms_of_address() -> None:
    frame = score(["Welcome to RedNote, love you guys", "欢迎来到小红书，你们好可爱"])
    assert frame["kind"].tolist() == ["addressed", "addressed"]
    assert frame["label"].tolist() == ["positive", "positive"]


def test_a_pronoun_and_a_call_are_told_from_a_name() -> None:
    frame = score(["I met a refugee. She was so sweet.", "Dear refugees, thank you", "refugees are sweet"])
    assert frame["kind"].tolist() == ["pronoun", "addressed", "named"]
    assert frame["label"].tolist() == ["positive"] * 3


def test_praise_and_blame_together_are_mixed() -> None:
    frame = score(["难民很真诚，难民很吵", "refugees are kind, refugees are loud"])
    assert frame["mixed"].all()


def test_the_threshold_is_a_parameter() -> None:
    assert score(["refugees are a bit loud"])["label"][0] == "negative"
    assert score(["refugees are a bit loud"], neutral=0.9)["label"][0] == "neutral"
    with pytest.raises(ParameterError, match="neutral"):
        score(["x"], neutral=2.0)


def test_unknown_names_are_answered_with_the_known_ones() -> None:
    with pytest.raises(InputError, match="refugees"):
        score(["x"], target="refugee")
    with pytest.raises(ParameterError, match="lexicon"):
        score(["x"], scorer="lexikon")


def test_names_are_literal_never_patterns() -> None:
    odd = Target("c++ (the .*)", names={"en": ["c++ (the .*)"], "zh": ["好.*"]})
    assert score(["i love c++ (the .*)", "i love c (the x)", "好人"], target=odd)["label"].tolist() == [
        "positive", "absent", "absent",
    ]  # fmt: skip


def test_an_aspect_of_a_product() -> None:
    names = ["屏幕", "键盘", "电池"]
    text = "屏幕很清晰，键盘太硬，电池是黑色的"
    found = score([text] * 3, target=[Target(name, names={"zh": [name]}) for name in names])["label"]
    assert found.tolist() == ["positive", "negative", "neutral"]


def test_the_instrument_changes_with_target_and_lexicon() -> None:
    one, other = LexiconScorer("refugees").instrument, LexiconScorer("hosts").instrument
    assert one.startswith("lexicon ")
    assert one != other
    assert one == LexiconScorer("refugees").instrument


def test_explain_shows_words_and_rules() -> None:
    text = discourse.explain("Nice gardens, sure, but the refugees are obnoxious")
    assert "obnoxious" in text
    assert "negative" in text
    assert "predicate" in text
    assert discourse.explain("x").startswith("label:      absent")


PIECES = [
    "难民",
    "refugees",
    "不",
    "not",
    "很",
    "可爱",
    "rude",
    "但是",
    "but",
    "？",
    "!",
    "，",
    " ",
    "🙂",
    "[doge]",
    "老外",
    "they",
]
any_text = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=25).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join),
)


@settings(max_examples=300, deadline=None)
@given(any_text)
def test_any_text_is_judged(text: str) -> None:
    row = score([text]).iloc[0]
    assert row["label"] in LABELS
    assert 0.0 <= row["confidence"] <= 1.0
    if row["label"] == "absent" or row["kind"] == "self":
        assert math.isnan(row["score"])
        return
    assert -1.0 <= row["score"] <= 1.0
    expected = "positive" if row["score"] >= 0.15 else "negative" if row["score"] <= -0.15 else "neutral"
    assert row["label"] == expected


@settings(max_examples=60, deadline=None)
@given(st.lists(any_text, max_size=6))
def test_a_post_is_judged_alike_in_any_company(texts: list[str]) -> None:
    together = score(texts)
    alone = [score([text]) for text in texts]
    if alone:
        pd.testing.assert_frame_equal(together, pd.concat(alone, ignore_index=True))


@pytest.mark.parametrize(
    "text", ["难民真可爱", "难民太吵了", "the refugees are lovely", "I can't stand the refugees"]
)
@pytest.mark.parametrize(
    "more", [" 地铁三号线八点开。", " The train leaves at eight.", "\n2025-01-14", " #日常"]
)
def test_an_unrelated_sentence_keeps_the_sign(text: str, more: str) -> None:
    before, after = score([text, text + more])["score"]
    assert before * after > 0


@pytest.mark.parametrize(
    "text",
    ["\ud800难民\udfff真好", "难民" + "好" * 10000, "refugees " + "a" * 10000, "İ难民İ很可爱", "\x00难民"],
)
def test_odd_texts_do_no_harm(text: str) -> None:
    assert score([text])["label"][0] in LABELS


def test_copies_get_the_judgment_of_the_first_and_order_does_not_matter() -> None:
    texts = ["难民真可爱", "refugees are rude", "难民真可爱", "天气真好"] * 20
    frame = score(texts)
    alone = [score([text])["label"][0] for text in texts]
    assert frame["label"].tolist() == alone
    backwards = score(texts[::-1])
    assert backwards["evidence"].tolist() == frame["evidence"].tolist()[::-1]


def test_a_link_behind_a_naming_cuts_no_clause() -> None:
    assert score(["我讨厌TikTok，难民却很怀念"])["label"][0] == "neutral"
    assert score(["难民却很可爱"])["label"][0] == "positive"


def test_the_subject_of_a_relative_clause_keeps_its_verb() -> None:
    frame = score(["the refugees who use Meta are kind", "the refugees who love cats are rude"])
    assert frame["label"].tolist() == ["positive", "negative"]
