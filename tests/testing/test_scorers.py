from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest

from discourse.sentiment.judgment import ABSENT, Judgment
from discourse.sentiment.lexicon_scorer import LexiconScorer
from discourse.testing.scorers import check_scorer, fault_of


class Plain:
    """A scorer that keeps every promise, and finds little."""

    instrument = "plain 1"

    def __init__(self, target: Any, neutral: float | None = None, replies: bool = True) -> None:
        self.neutral = 0.15 if neutral is None else neutral

    def one(self, text: str) -> Judgment:
        score = 1.0 if "lovely" in text else 0.0
        label = "positive" if score else "neutral"
        return Judgment(label, score, 0.5, False, "named", "") if "refugees" in text else ABSENT

    def score(self, texts: Any, parents: Any = None, spans: Any = None) -> list[Judgment]:
        return [self.one(text) for text in texts]


class Forgetful(Plain):
    def score(self, texts: Any, parents: Any = None, spans: Any = None) -> list[Judgment]:
        return super().score(texts)[:-1]


class Nameless(Plain):
    instrument = ""


class Contradictory(Plain):
    def one(self, text: str) -> Judgment:
        return Judgment("negative", 0.9, 0.5, False, "named", "")


class Absentminded(Plain):
    def one(self, text: str) -> Judgment:
        return Judgment("absent", 0.0, 0.5, False, None, "")


class Moody(Plain):
    calls = 0

    def one(self, text: str) -> Judgment:
        Moody.calls += 1
        return Judgment("positive", 0.5 + (Moody.calls % 3) / 10, 0.5, False, "named", "")


class Gregarious(Plain):
    """Looks at the other posts of the batch."""

    def score(self, texts: Any, parents: Any = None, spans: Any = None) -> list[Judgment]:
        return [Judgment("positive", 1 / (1 + row), 0.5, False, "named", "") for row in range(len(texts))]


class Fragile(Plain):
    def one(self, text: str) -> Judgment:
        text.encode("utf-8")
        return super().one(text)


class Deaf(Plain):
    def score(self, texts: Any) -> list[Judgment]:  # type: ignore[override]
        return super().score(texts)


class Grabbing(Plain):
    def score(self, texts: Any, parents: Any = None, spans: Any = None) -> list[Judgment]:
        judged = super().score(texts)
        texts.clear()
        return judged


class Stubborn(Plain):
    def __init__(self, target: Any, neutral: float | None = None, replies: bool = True) -> None:
        self.neutral = 0.15


def test_the_lexicon_scorer_keeps_every_promise() -> None:
    assert len(check_scorer(LexiconScorer)) == 9


def test_a_plain_scorer_passes() -> None:
    assert len(check_scorer(Plain)) == 9


@pytest.mark.parametrize(
    ("broken", "promise"),
    [
        (Forgetful, "one judgment a post"),
        (Nameless, "the instrument has a name"),
        (Contradictory, "agree"),
        (Absentminded, "absent of kind None with score 0"),
        (Moody, "the same answer twice"),
        (Gregarious, "whatever the batch"),
        (Fragile, "no text makes it fail"),
        (Deaf, "parents and spans are taken"),
        (Grabbing, "arguments are left alone"),
        (Stubborn, "neutral=0.5 is not kept"),
    ],
)
def test_a_broken_scorer_is_told_what_it_breaks(broken: Callable[..., Any], promise: str) -> None:
    with pytest.raises(AssertionError, match="does not keep") as caught:
        check_scorer(broken)
    assert promise in str(caught.value)


@pytest.mark.parametrize(
    "judgment",
    [
        ("positive", 0.5, 0.5, False, "named", ""),
        ("neutral", 0.0, 0.5, False, "reply", ""),
        ("neutral", math.nan, 0.5, False, "self", ""),
        ("absent", math.nan, 0.5, False, None, ""),
        (None, math.nan, math.nan, False, None, "no answer: HTTP 500"),
    ],
)
def test_a_good_judgment_has_no_fault(judgment: tuple[Any, ...]) -> None:
    assert fault_of(judgment, 0.15) == ""


@pytest.mark.parametrize(
    "judgment",
    [
        ("positive", 0.1, 0.5, False, "named", ""),
        ("neutral", 0.5, 0.5, False, "named", ""),
        ("neutral", math.nan, 0.5, False, "named", ""),
        ("positive", math.nan, 0.5, False, "self", ""),
        ("positive", 2.0, 0.5, False, "named", ""),
        ("positive", 0.5, 2.0, False, "named", ""),
        ("positive", 0.5, 0.5, 0, "named", ""),
        ("positive", 0.5, 0.5, False, None, ""),
        ("positive", 0.5, 0.5, False, "named", None),
        ("good", 0.5, 0.5, False, "named", ""),
        (None, 0.0, 0.0, False, None, "why"),
        (None, math.nan, 0.0, False, None, ""),
        ("positive", 0.5),
    ],
)
def test_a_bad_judgment_has_one(judgment: tuple[Any, ...]) -> None:
    assert fault_of(judgment, 0.15)


def test_an_author_of_a_plug_in_finds_it_by_its_name() -> None:
    import discourse.testing

    assert discourse.testing.check_scorer is check_scorer
    with pytest.raises(AttributeError, match="check_nothing"):
        discourse.testing.check_nothing  # noqa: B018
