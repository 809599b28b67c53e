"""What every topic engine must keep, for plug-ins: ``discourse.testing.check_engine(MyEngine)``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

THEMES = (
    ("cats", "kittens", "purring", "whiskers", "paws", "feline"),
    ("court", "lawsuit", "judges", "ruling", "verdict", "lawyers"),
    ("noodles", "dumplings", "kitchen", "recipe", "cooking", "dinner"),
)
N_POSTS = 90


def check_engine(make_engine: Callable[[], Any]) -> list[str]:
    """Check that a topic engine keeps what the rest of discourse relies on.

    Parameters
    ----------
    make_engine : callable
        Gives a new engine: usually its class.

    Returns
    -------
    list of str
        The promises that were checked and hold.

    Raises
    ------
    AssertionError
        At the first promise that is broken, with what was found.

    Examples
    --------
    >>> from discourse.topics.nmf import NmfEngine
    >>> check_engine(NmfEngine)[0]
    'says its name and version'
    """
    import numpy as np

    dfm, words, theme = _planted()
    kept = []

    engine = make_engine().fit(dfm, words, 3, 1)
    assert isinstance(engine.name, str), f"name is {engine.name!r}"
    assert isinstance(engine.version, str), f"version is {engine.version!r}"
    kept.append("says its name and version")

    weights = np.asarray(engine.topic_word_)
    assert weights.shape == (3, len(words)), f"topic_word_ has shape {weights.shape}"
    assert (weights >= 0).all(), "a word has a negative weight"
    assert np.allclose(weights.sum(axis=1), 1), f"rows of topic_word_ sum to {weights.sum(axis=1)}"
    kept.append("gives weights of words that sum to 1 in each topic")

    shares = engine.transform(dfm)
    assert shares.shape == (N_POSTS, 3), f"transform gave shape {shares.shape}"
    assert np.allclose(shares.sum(axis=1), 1), "shares of a post do not sum to 1"
    assert engine.transform(dfm[:0]).shape == (0, 3), "no posts must give no rows"
    kept.append("gives shares that sum to 1 in each post")

    apart = np.vstack([engine.transform(dfm[i : i + 1]) for i in range(5)])
    assert np.allclose(apart, shares[:5], atol=1e-9), "a post's shares depend on the posts beside it"
    kept.append("places a post on its own")

    lead = shares.argmax(axis=1)
    agreed = sum(np.bincount(theme[lead == topic], minlength=3).max() for topic in range(3)) / N_POSTS
    assert agreed > 0.9, f"only {agreed:.0%} of the posts are with their planted theme"
    kept.append("finds planted topics")

    again = make_engine().fit(dfm, words, 3, 1)
    assert np.array_equal(again.topic_word_, engine.topic_word_), "the same seed gave other words"
    assert np.array_equal(again.transform(dfm), shares), "the same seed gave other shares"
    kept.append("repeats with its seed")

    many = make_engine().fit(dfm[:4], words, 6, 1)
    assert np.isfinite(many.transform(dfm[:4])).all(), "more topics than posts must not break it"
    kept.append("bears more topics than posts")

    if hasattr(engine, "state"):
        state = engine.state()
        assert all(value.dtype != object for value in state.values()), (
            "state() holds something that is no array"
        )
        restored = type(engine).restore(state)
        assert np.array_equal(restored.transform(dfm), shares), "a restored engine gives other shares"
        kept.append("comes back from its state")
    return kept


def _planted() -> tuple[Any, list[str], Any]:
    """Write posts of three themes, with a word that all share."""
    import numpy as np
    from scipy import sparse

    rng = np.random.default_rng(5)
    words = sorted({word for block in THEMES for word in block} | {"people"})
    column = {word: i for i, word in enumerate(words)}
    theme = np.arange(N_POSTS) % len(THEMES)
    counts = np.zeros((N_POSTS, len(words)))
    for row, of in enumerate(theme):
        for word in [*rng.choice(THEMES[of], 5), "people"]:
            counts[row, column[str(word)]] += 1
    return sparse.csr_matrix(counts), words, theme
