"""Different owners of each thing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import ParameterError
from discourse.stats.distinct import distinct_owners


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 4)), max_size=40))
def test_each_thing_has_as_many_owners_as_a_set_of_them(pairs):
    owners, things = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    assert distinct_owners(owners, things, 5).tolist() == [
        len({who for who, what in pairs if what == thing}) for thing in range(5)
    ]


def test_an_occurrence_without_a_thing_is_refused():
    with pytest.raises(ParameterError, match="one owner"):
        distinct_owners([0, 1], [0], 1)
