"""Large arrays are gone through part by part, with the values that they have at once."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse import room as rooms
from discourse.room import laid, laid_in, parts, places
from discourse.study.mapped import Mapped


@given(st.lists(st.booleans(), max_size=20))
def test_what_is_chosen_part_by_part_is_what_is_chosen_at_once(chosen):
    mask, values = np.array(chosen, dtype=bool), np.arange(len(chosen)) * 1.5
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rooms.parts, "__defaults__", (3,))
        assert places(mask).tolist() == np.flatnonzero(mask).tolist()
        assert laid(values, mask).tolist() == values[mask].tolist()
        assert laid(values, places(mask)[::-1]).tolist() == values[mask][::-1].tolist()


def test_parts_cover_all_rows_once():
    assert [row for rows in parts(10, 3) for row in range(rows.start, rows.stop)] == list(range(10))
    assert list(parts(0)) == []


def test_arrays_lie_in_files_where_a_study_is_large(tmp_path):
    values = np.arange(400_000)
    with laid_in(Mapped(tmp_path, 10**6)):
        found = laid(values, values[::-1])
    assert found.base is not None
    assert (found == values[::-1]).all()
