"""What instruments without training say of a post, as features of a trained one."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np

from discourse.sentiment.judgment import Judgment
from discourse.sentiment.lexicon_scorer import LexiconScorer
from discourse.sentiment.target import Target
from discourse.sentiment.trained.posts import Posts
from discourse.sentiment.trained.views import before, behind, whole

Array = np.ndarray[Any, Any]
_NEAR = 8  # words on each side of a target whose tone is taken
NAMES = (
    *("lexicon score", "lexicon positive", "lexicon negative", "lexicon confidence", "lexicon mixed"),
    *(f"tone {measure} {place}" for place in ("whole", "before", "behind") for measure in ("-", "+", "=")),
)


@cache
def _vader() -> Any:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()


def _tone(text: str) -> tuple[float, float, float]:
    if not text:
        return (0.0, 0.0, 0.0)
    found = _vader().polarity_scores(text)
    return (found["neg"], found["pos"], found["compound"])


def _judged(judgment: Judgment) -> tuple[float, ...]:
    score = 0.0 if math.isnan(judgment.score) else judgment.score
    sides = float(judgment.label == "positive"), float(judgment.label == "negative")
    return (score, *sides, math.copysign(judgment.confidence, score) * (score != 0), float(judgment.mixed))


def _scorer() -> LexiconScorer:
    return LexiconScorer(Target("target", person=False))


def instrument() -> str:
    """Name the lexicon scorer and its version."""
    return _scorer().instrument


def _lexicon(posts: Posts) -> list[tuple[float, ...]]:
    """Let the lexicon scorer judge each post toward its target, or as a whole where that is not named."""
    scorer = _scorer()
    spans = [(0, 0) if span is None else span for span in posts.spans]
    return [_judged(judgment) for judgment in scorer.score(posts.texts, spans=spans)]


def measure(posts: Posts) -> Array:
    """Take the judgments of the lexicon scorer and the tone of VADER.

    Parameters
    ----------
    posts : Posts
        The posts.

    Returns
    -------
    ndarray of float64, shape (n_posts, len(NAMES))
        Score in [-1, 1], both signs, confidence with its sign and mixture of the lexicon scorer; shares of
        negative and positive words and the compound of VADER (Hutto and Gilbert 2014,
        doi:10.1609/icwsm.v8i1.14550), of the whole text and of the words before and behind the target.
    """
    left = [" ".join(text.split()[-_NEAR:]) for text in before(posts)]
    right = [" ".join(text.split()[:_NEAR]) for text in behind(posts)]
    rows = [
        (*judged, *_tone(text), *_tone(lead), *_tone(trail))
        for judged, text, lead, trail in zip(_lexicon(posts), whole(posts), left, right, strict=True)
    ]
    return np.asarray(rows, dtype=np.float64).reshape(len(posts), len(NAMES))


class Tone:
    """The features of :func:`measure`, brought to mean zero and one scale."""

    def fit(self, posts: Posts) -> Array:
        """Learn means and scales; return the features of the same posts."""
        values = measure(posts)
        self.mean_ = values.mean(axis=0)
        scale = values.std(axis=0)
        # Divided by the root of their number too: a post is then as long as one of words, on average.
        self.scale_ = np.where(scale > 1e-9, scale, np.inf) * math.sqrt(len(NAMES))
        return self._scaled(values)

    def transform(self, posts: Posts) -> Array:
        """Give the features of other posts."""
        return self._scaled(measure(posts))

    def _scaled(self, values: Array) -> Array:
        return np.asarray(np.clip((values - self.mean_) / self.scale_, -1.0, 1.0), dtype=np.float32)

    def state(self) -> dict[str, Array]:
        """Give what was learned."""
        return {"mean": self.mean_, "scale": self.scale_}

    @classmethod
    def restore(cls, state: Mapping[str, Array]) -> Tone:
        """Make the features again from what :meth:`state` gave."""
        tone = cls()
        tone.mean_, tone.scale_ = state["mean"], state["scale"]
        return tone
