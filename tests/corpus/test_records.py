from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from discourse.corpus.records import Record, packed

RECORDS = st.lists(
    st.builds(
        Record,
        st.integers(1, 9),
        st.dictionaries(st.sampled_from("abc"), st.integers(0, 3), max_size=3),
        st.sampled_from([(), ("stray-cells",)]),
        st.sampled_from([None, "broken"]),
    ),
    max_size=12,
)


@given(RECORDS, st.booleans())
def test_packing_loses_nothing(records: list[Record], stay: bool) -> None:
    out = [record for pack in packed(iter(records), stay=stay) for record in pack.records()]
    assert out == records
    assert [list(record.values) for record in out] == [list(record.values) for record in records]
