"""Words near the target: planted ones are found, those of few authors and those of chance are not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from discourse.compare.collocates import collocates
from discourse.compare.mention_windows import Windows, mention_windows
from discourse.stats import log_dice
from discourse.text.tokens import tokenize

FILLER = [
    "breakfast",
    "garden",
    "mountain",
    "weather",
    "kitchen",
    "window",
    "morning",
    "evening",
    "river",
    "market",
]


def talk(n=900, seed=0, planted=True):
    """Hosts say "welcome" near the target, newcomers "homesick"; both say it elsewhere at random."""
    rng = np.random.default_rng(seed)
    author = rng.integers(0, 300, n)
    group = np.where(author % 2, "hosts", "newcomers")
    texts = []
    for side in group:
        word = ("friendly" if side == "hosts" else "homesick") if planted and rng.random() < 0.5 else "people"
        words = list(rng.choice(FILLER, 14))
        texts.append(f"{' '.join(words[:12])} tiktok refugees {word} {' '.join(words[12:])}")
    posts = pd.DataFrame({"author": [f"a{i}" for i in author], "group": group})
    return mention_windows(texts, tokenize(texts), "refugees", window=2), posts


def found(windows, posts, **more):
    pairs = [("hosts", "newcomers")]
    return collocates(windows, posts, "group", pairs, target="t", n_permutations=500, **more)


def test_planted_collocates_lead_their_sides():
    table = found(*talk())
    first = table.groupby("side").head(1).set_index("side")["word"]
    assert first.to_dict() == {"hosts": "friendly", "newcomers": "homesick"}
    assert (table.groupby("side").head(1)["q"] < 0.01).all()
    assert (table.groupby("side").head(1)["g2"] > 100).all()


def test_log_dice_is_that_of_the_counts():
    windows, posts = talk()
    row = found(windows, posts).iloc[0]
    own = np.flatnonzero(posts["group"] == "hosts")
    near = sum(windows.near["en"][i].count("friendly") for i in own)
    far = sum(windows.elsewhere["en"][i].count("friendly") for i in own)
    namings = sum(windows.namings[i] for i in own)
    assert row["n"] == near
    assert row["log_dice"] == pytest.approx(float(log_dice(near, near + far, namings)))


def test_where_nothing_is_planted_hardly_a_word_is_sure():
    sure = 0
    for seed in range(5):
        table = found(*talk(seed=seed, planted=False))
        sure += int((table["q"] < 0.05).sum())
    assert sure <= 2


def test_words_of_few_authors_are_left_out():
    windows, posts = talk()
    few = posts.index[:6]
    near = {k: [list(words) for words in docs] for k, docs in windows.near.items()}
    for i in few:
        near["en"][i] = [*near["en"][i], "secretword"] * 5
    table = found(Windows(near, windows.elsewhere, windows.namings), posts, top=100)
    assert "secretword" not in set(table["word"])
    assert (table["n_authors"] >= 10).all()


def test_small_sides_are_not_compared():
    windows, posts = talk(n=150)
    assert found(windows, posts).empty
