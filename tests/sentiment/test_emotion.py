from __future__ import annotations

from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.errors import InputError, ParameterError
from discourse.sentiment import emotion as module
from discourse.sentiment.emotion import EMOTION_CODES, EMOTIONS, emotions, load_emotions, phrases_of
from discourse.sentiment.frame_classifier import FrameClassifier

TONE = {
    "pride": ["I am so proud of my people", "身为中国人我太自豪了"],
    "praise": ["What lovely, polite guests", "真有礼貌，素质很高"],
    "contempt": ["What a bunch of clowns", "一群跳梁小丑，看不起"],
    "anger": ["This makes me furious", "气死我了，受够了"],
    "curiosity": ["I am curious, what is life like there?", "好奇你们平时怎么过年，请问一下"],
    "joy": ["So happy today, this made my day", "开心死了，哈哈哈哈"],
    "sadness": ["I am heartbroken and crying", "好难过，想哭"],
    "fear": ["I'm terrified and scared", "吓死我了，好害怕"],
    "surprise": ["OMG I never expected this", "天哪，万万没想到"],
}


@pytest.mark.parametrize("name", EMOTIONS)
def test_the_tone_of_a_post_is_found_in_both_languages_and_scripts(name: str) -> None:
    from opencc import OpenCC

    english, chinese = TONE[name]
    found = emotions([english, chinese, OpenCC("s2t").convert(chinese)], None)
    assert found[name].tolist() == [True, True, True]
    assert found["emotion"].tolist() == [name] * 3


@pytest.mark.parametrize(
    "text",
    [
        "I am not happy",
        "never proud of that",
        "I don't feel sad",
        "nobody is scared",
        "我不兴奋",
        "没有生气",
        "一点都不害怕",
        "並不難過",
    ],
)
def test_a_denied_word_shows_nothing(text: str) -> None:
    assert emotions([text], None)["emotion"].isna().tolist() == [True]


@pytest.mark.parametrize(
    "text", ["特别大的苹果", "坐在靠近窗口的地方", "中国美国", "方便面", "牛肉作业", "Good morning"]
)
def test_a_longer_word_hides_the_one_inside(text: str) -> None:
    assert emotions([text], None)["evidence"].tolist() == [""]


@pytest.mark.parametrize("name", EMOTIONS)
def test_each_emotion_has_a_wide_list_with_a_source(name: str) -> None:
    counts = Counter(phrase.language for phrase in phrases_of(name))
    assert min(counts["en"], counts["zh"]) >= 75
    assert {phrase.source for phrase in phrases_of(name)} == {"discourse authors"}


def test_all_lists_together_have_several_hundred_entries_a_language() -> None:
    counts = Counter(phrase.language for name in EMOTIONS for phrase in phrases_of(name))
    assert counts["en"] > 1000
    assert counts["zh"] > 2000


def judged(monkeypatch: pytest.MonkeyPatch, *rows: tuple[str, float, bool, str | None]) -> None:
    """Give the judgments of a scorer, so that the gate is tested apart from it."""
    frame = pd.DataFrame(rows, columns=["label", "score", "mixed", "kind"])
    monkeypatch.setattr("discourse.sentiment.score.score", lambda *args, **kwargs: frame)


def test_where_the_target_is_absent_or_self_nothing_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    judged(monkeypatch, ("absent", float("nan"), False, None), ("neutral", float("nan"), False, "self"))
    found = emotions(["so happy", "as a refugee I am so happy"])
    assert found[list(EMOTIONS)].isna().all(axis=None)
    assert found["kind"].tolist()[1] == "self"


def test_anger_in_a_well_disposed_post_is_at_something_else(monkeypatch: pytest.MonkeyPatch) -> None:
    judged(monkeypatch, ("positive", 0.8, False, "named"))
    found = emotions(["I hate the ban, and I love these refugees"]).iloc[0]
    assert (found["anger"], found["praise"]) == (False, True)


def test_a_mixed_post_may_show_both(monkeypatch: pytest.MonkeyPatch) -> None:
    judged(monkeypatch, ("neutral", 0.0, True, "named"))
    found = emotions(["The refugees are lovely, but so annoying"]).iloc[0]
    assert (found["praise"], found["anger"]) == (True, True)


def test_what_the_target_feels_is_not_felt_toward_it(monkeypatch: pytest.MonkeyPatch) -> None:
    judged(monkeypatch, *[("neutral", 0.0, False, "named")] * 4)
    texts = ["The refugees are angry", "Refugees make me angry", "难民很生气", "难民让我生气"]
    assert emotions(texts)["anger"].tolist() == [False, True, False, True]


def test_a_word_far_from_the_target_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    judged(monkeypatch, *[("positive", 0.5, False, "named")] * 2)
    far = "The refugees posted again. My soup is cold. I made a cake. It was a sad day."
    assert emotions([far, "I am sad that the refugees leave"])["sadness"].tolist() == [False, True]


def test_where_only_the_context_names_the_target_the_whole_post_counts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    judged(monkeypatch, ("positive", 0.5, False, "reply"))
    assert emotions(["欢迎欢迎，太可爱了"], parents=["I am a refugee"])["praise"].tolist() == [True]


def test_a_known_place_of_the_target_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    judged(monkeypatch, ("neutral", 0.0, False, "named"))
    text = "Bob is lovely. Ann is here."
    assert emotions([text], spans=[(15, 18)])["praise"].tolist() == [False]


def test_with_the_real_scorer_end_to_end() -> None:
    found = emotions(["The refugees are so kind and funny", "难民真恶心，滚回去", "Nice weather", ""])
    assert found["praise"].tolist()[0] is True
    assert found["contempt"].tolist()[1] is True
    assert found["emotion"].isna().tolist() == [False, False, True, True]
    assert found.columns.tolist() == EMOTION_CODES.names


def test_a_researchers_own_list_adds_and_replaces(tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    header = "language\tform\tcategory\tnote\tsource\n"
    path.write_text(header + "en\tfurious\tjoy\t\tme\nen\tzorp\tfear\t\tme\n", encoding="utf-8")
    found = emotions(["furious", "zorp"], None, lexicons=[path])
    assert found["emotion"].tolist() == ["joy", "fear"]
    assert load_emotions((path,)).instrument != load_emotions().instrument
    path.write_text(header + "en\tword\tlust\t\tme\n", encoding="utf-8")
    load_emotions.cache_clear()
    with pytest.raises(InputError, match="lust"):
        emotions(["x"], None, lexicons=[path])


def test_a_trained_classifier_takes_the_place_of_the_lexicons() -> None:
    texts = [f"{word} {n}" for n in range(6) for word in ("zorp", "blip")]
    codes = pd.DataFrame({"fear": [1, 0] * 6, "joy": [0, 1] * 6})
    model = FrameClassifier().fit(texts, codes)
    found = emotions(["zorp refugees", "blip", "refugees blip"], classifier=model)
    assert found["emotion"].tolist()[::2] == ["fear", "joy"]
    assert found["fear"].isna().tolist() == [False, True, False]
    assert found["praise"].isna().all()
    with pytest.raises(ParameterError, match="cats"):
        emotions(["x"], classifier=FrameClassifier().fit(texts, codes.rename(columns={"joy": "cats"})))


def test_no_posts_and_wrong_arguments() -> None:
    assert emotions([], None).shape == (0, len(EMOTION_CODES.names))
    with pytest.raises(ParameterError, match="one string"):
        emotions("happy", None)
    with pytest.raises(ParameterError, match="parents"):
        emotions(["a"], parents=["b", "c"])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(alphabet=st.characters(codec=None), max_size=60), max_size=5))
def test_no_text_makes_it_fail_and_each_post_is_judged_alone(texts: list[str]) -> None:
    texts = [*texts, "The refugees are lovely"]
    for target in (None, "refugees"):
        together = emotions(texts, target)["evidence"].tolist()
        assert emotions(texts[::-1], target)["evidence"].tolist() == together[::-1]


def test_the_categories_are_those_of_the_table() -> None:
    assert [column.name for column in EMOTION_CODES.columns][1:10] == list(module.EMOTIONS)
