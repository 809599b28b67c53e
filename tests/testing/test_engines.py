from __future__ import annotations

from importlib.util import find_spec

import numpy as np
import pytest

from discourse.testing import check_engine
from discourse.topics.lda import LdaEngine
from discourse.topics.lsa import LsaEngine
from discourse.topics.nmf import NmfEngine


@pytest.mark.parametrize("make", [LsaEngine, LdaEngine, NmfEngine])
def test_our_engines_keep_every_promise(make):
    assert len(check_engine(make)) == 8


@pytest.mark.skipif(find_spec("tomotopy") is None, reason="tomotopy is not installed (extra topics)")
def test_the_sampled_engine_keeps_every_promise():
    from discourse.topics.sampled import TomotopyEngine

    assert len(check_engine(lambda: TomotopyEngine(iterations=200))) == 8


def test_the_engine_of_embeddings_keeps_every_promise():
    from discourse.testing.engines import THEMES
    from discourse.topics.embedded import EmbeddingsEngine

    class Themes:
        """Stands in for the sentence encoder: words of a theme lie close together."""

        version = "themes"

        def encode(self, words):
            rng = np.random.default_rng(0)
            near = [[float(word in block) for block in THEMES] + [0.2] * 5 for word in words]
            return np.array(near) + 0.05 * rng.standard_normal((len(words), len(THEMES) + 5))

    assert len(check_engine(lambda: EmbeddingsEngine(Themes()))) == 8


class Broken(NmfEngine):
    def transform(self, dfm):
        shares = super().transform(dfm)
        return shares / 2


class Neighbourly(NmfEngine):
    def transform(self, dfm):
        shares = super().transform(dfm)
        mixed = shares + shares.mean(axis=0) if len(shares) else shares
        return mixed / mixed.sum(axis=1, keepdims=True) if len(shares) else shares


@pytest.mark.parametrize(("make", "message"), [(Broken, "sum to 1"), (Neighbourly, "beside it")])
def test_a_broken_promise_is_named(make, message):
    with pytest.raises(AssertionError, match=message):
        check_engine(make)
