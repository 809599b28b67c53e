"""Ways to rank the words of a topic: listed, by probability, by FREX."""

from __future__ import annotations

import numpy as np

from discourse.stats import frex
from discourse.topics.space import Space


def _by_weight(space: Space, lang: str, n: int) -> list[list[int]]:
    """Take the heaviest words."""
    own = np.flatnonzero(np.asarray(space.langs) == lang)
    order = np.argsort(-space.topic_word[:, own].round(12), axis=1, kind="stable")[:, :n]
    return [[int(i) for i in own[row]] for row in order]


def _as_listed(space: Space, lang: str, n: int) -> list[list[int]]:
    """Take the first words listed; what the list lacks is filled up by weight.  The heaviest stand first."""
    rows = []
    for topic, (chosen, heaviest) in enumerate(
        zip(space.listed[lang].tolist(), _by_weight(space, lang, n), strict=True)
    ):
        taken = (chosen + [i for i in heaviest if i not in chosen])[:n]
        rows.append(sorted(taken, key=lambda i: (-round(float(space.topic_word[topic, i]), 12), i)))
    return rows


def _telling(space: Space, lang: str, n: int) -> list[list[int]]:
    """Rank words by FREX among the heaviest ones of each topic, all others behind them."""
    own = np.flatnonzero(np.asarray(space.langs) == lang)
    phi = space.topic_word[:, own]
    score = np.nan_to_num(frex(phi, weight=0.5))
    pool = min(phi.shape[1], 30, max(phi.shape[1] // phi.shape[0], 5))
    floor = np.sort(phi, axis=1)[:, -pool][:, None]
    order = np.argsort(-np.where(phi >= floor, score, score - 1.0).round(12), axis=1, kind="stable")[:, :n]
    return [[int(i) for i in own[row]] for row in order]


#: Name of a way, and the function that gives columns of words, topic by topic, the first to be shown first.
RANKINGS = {"listed": _as_listed, "probability": _by_weight, "frex": _telling}
