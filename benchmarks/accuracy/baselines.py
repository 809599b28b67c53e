"""What people use: the tone of the whole post, and the commonest label."""

from __future__ import annotations

from collections import Counter

from benchmarks.accuracy.data import Labelled
from discourse.sentiment.mentions import find_names, matcher_for
from discourse.sentiment.scan import fold
from discourse.sentiment.target import load_target


def majority(data: Labelled) -> list[str]:
    label = Counter(data.truth).most_common(1)[0][0]
    return [label] * len(data.truth)


def vader(data: Labelled) -> list[str]:
    """VADER's compound score (thresholds .05, as its authors say); absent where no name is found."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyser = SentimentIntensityAnalyzer()
    matcher = matcher_for(load_target(data.target)) if isinstance(data.target, str) else None
    labels = []
    for text in data.texts:
        compound = analyser.polarity_scores(text)["compound"]
        tone = "positive" if compound >= 0.05 else "negative" if compound <= -0.05 else "neutral"
        named = matcher is None or bool(find_names(fold(text), matcher))
        labels.append(tone if named else "absent")
    return labels
