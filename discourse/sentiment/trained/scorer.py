"""A trained model as an instrument of :func:`discourse.score` and of a study."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from discourse.errors import ParameterError
from discourse.sentiment.judgment import ABSENT, Judgment
from discourse.sentiment.lexicon_scorer import LexiconScorer
from discourse.sentiment.mentions import find_names
from discourse.sentiment.scan import fold
from discourse.sentiment.target import Target
from discourse.sentiment.trained.classifier import StanceClassifier
from discourse.sentiment.trained.evidence import evidence
from discourse.sentiment.trained.posts import gather

Array = np.ndarray[Any, Any]
Span = tuple[int, int]
NEUTRAL = 0.15  # a neutral post scores below it and any other at least as much, so that both agree
MIXED = 0.3  # probability from which a side counts as strong
MEANINGS = {
    "positive": ("positive", "pos", "favor", "favour", "support", "1", "+1", "积极", "正面", "支持"),
    "negative": ("negative", "neg", "against", "oppose", "-1", "消极", "负面", "反对"),
    "neutral": ("neutral", "neu", "none", "neither", "0", "中性", "中立", "无"),
    "absent": ("absent", "no target", "未提及"),
}
"""What the labels of coders mean, whatever their case."""


def meanings_of(classes: Sequence[str]) -> list[str]:
    """Translate labels into those of scores.

    Raises
    ------
    ParameterError
        If one of them is not listed in :data:`MEANINGS`.

    Examples
    --------
    >>> meanings_of(["AGAINST", "FAVOR", "NONE"])
    ['negative', 'positive', 'neutral']
    """
    known = {word: meaning for meaning, words in MEANINGS.items() for word in words}
    unknown = [label for label in classes if label.strip().lower() not in known]
    if unknown:
        raise ParameterError(
            f"the model's label {unknown[0]!r} is no stance",
            expected="; ".join(f"{meaning}: {', '.join(words)}" for meaning, words in MEANINGS.items()),
            hint="rename the labels before training, or use the model's predict",
        )
    return [known[label.strip().lower()] for label in classes]


class TrainedScorer:
    """Judge posts by a trained model.

    Parameters
    ----------
    target : Target
        What the sentiment is about; its names find the posts that speak of it.
    model : StanceClassifier or path
        The model, or the folder where it was saved.
    neutral : float, optional
        Posts whose probabilities of positive and negative differ by less are neutral; without it the most
        probable label counts.
    replies : bool
        Whether a post that names nobody takes the target of the post it answers.

    Raises
    ------
    ParameterError
        If a label of the model is no stance.

    Notes
    -----
    Score: probability of positive minus that of negative, cut so that it agrees with the label.  A post is
    absent where the model says so or, with a model that has no such label, where the lexicon scorer finds no
    mention of the target; it also tells which kind of mention there is.
    """

    def __init__(
        self,
        target: Target,
        *,
        model: StanceClassifier | str | Path,
        neutral: float | None = None,
        replies: bool = True,
    ) -> None:
        self.target = target
        self.model = model if isinstance(model, StanceClassifier) else StanceClassifier.load(model)
        self.meanings = meanings_of([str(label) for label in self.model.classes_])
        self.finder = LexiconScorer(target, replies=replies)
        self.neutral = neutral
        self._name = self._trained_name()

    def _trained_name(self) -> str | None:
        """Give the target as the model knows it: None where it knows one only."""
        return None if len(self.model.own_targets_) == 1 else self.target.name

    @property
    def instrument(self) -> str:
        """Name, format and hash of the training posts."""
        return f"trained {self.model.n_training_} posts {self.model.training_hash_[:8]}"

    def score(
        self,
        texts: Sequence[str],
        parents: Sequence[str | None] | None = None,
        spans: Sequence[Span | None] | None = None,
    ) -> list[Judgment]:
        """Judge posts, one judgment a post, in order."""
        if not len(texts):
            return []
        found = self.finder.score(texts, parents=parents, spans=spans)
        places = spans if spans is not None else [self._place(text) for text in texts]
        names = None if self._name is None else [self._name] * len(texts)
        likely = self.model.predict_proba(texts, names, parents, places)
        lines = evidence(self.model, gather(texts, names, parents, places), likely.argmax(axis=1))
        rows = zip(found, likely, lines, strict=True)
        return [self._judge(mention, row, line) for mention, row, line in rows]

    def _place(self, text: str) -> Span | None:
        names = find_names(fold(text), self.finder.matcher)
        return names[0] if names else None

    def _judge(self, mention: Judgment, likely: Array, line: str) -> Judgment:
        says_absent = "absent" in self.meanings
        label = self.meanings[int(likely.argmax())]
        if label == "absent" or (mention.label == "absent" and not says_absent):
            return ABSENT
        kind = mention.kind or "named"
        if kind == "self":
            return mention
        sides = {name: float(p) for name, p in zip(self.meanings, likely, strict=True)}
        plus, minus = sides.get("positive", 0.0), sides.get("negative", 0.0)
        if self.neutral is not None:
            label = _by_threshold(plus - minus, self.neutral)
        score = _agreeing(plus - minus, label, NEUTRAL if self.neutral is None else self.neutral)
        both = plus >= MIXED and minus >= MIXED
        return Judgment(label, score, round(float(likely.max()), 6), both, kind, f"{kind}: {line}")


def _by_threshold(score: float, neutral: float) -> str:
    if abs(score) < neutral or score == 0.0:
        return "neutral"
    return "positive" if score > 0 else "negative"


def _agreeing(score: float, label: str, neutral: float) -> float:
    """Cut a score so that it lies on the side of the threshold that its label says.

    Six decimals: more would depend on how many posts are judged at a time.
    """
    score = round(score, 6)
    if label == "neutral":
        edge = max(0.0, neutral - 1e-6)
        return max(-edge, min(edge, score))
    return max(score, neutral) if label == "positive" else min(score, -neutral)


def scorer_of(folder: str | Path) -> Callable[..., TrainedScorer]:
    """Make the scorer class of a folder: called with a target and options, it judges posts.

    Parameters
    ----------
    folder : str or pathlib.Path
        Where the model was saved; it is read once.

    Returns
    -------
    callable
        ``scorer_of(folder)(target, neutral=..., replies=...)`` gives a :class:`TrainedScorer`.

    Raises
    ------
    InputError
        If there is no model, or it is damaged.
    """
    return partial(TrainedScorer, model=StanceClassifier.load(folder))
