from __future__ import annotations

import pytest

from discourse.errors import ParameterError
from discourse.topics.engine import DEFAULT, make_engine
from discourse.topics.lda import LdaEngine


def test_the_default_is_what_the_benchmark_decided_on():
    assert make_engine(None).name == DEFAULT == "lsa"


def test_an_engine_is_taken_as_it_is():
    engine = LdaEngine(passes=3)
    assert make_engine(engine) is engine


def test_an_unknown_engine_offers_the_nearest_one():
    with pytest.raises(ParameterError, match="did you mean 'lda'"):
        make_engine("ldaa")


def test_what_is_no_engine_is_refused():
    with pytest.raises(ParameterError, match="no topic engine"):
        make_engine(object())  # type: ignore[arg-type]
