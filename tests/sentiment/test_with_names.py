"""Namings hide the cues under them, whatever their number; a long text costs no more than its length."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from discourse.sentiment.cues import Cue
from discourse.sentiment.naming import with_names

CUE = Cue(1, 0.5, "zh", "好", "")
SPANS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 8)).map(lambda p: (p[0], p[0] + p[1])), max_size=12
)


@given(SPANS, SPANS)
def test_a_cue_is_hidden_exactly_where_a_naming_overlaps_it(names, cues):
    names, cues = sorted(names), sorted(set(cues))
    events = [(start, stop, CUE) for start, stop in cues]
    kept = [(e[0], e[1]) for e in with_names(events, names) if e[2] is CUE]
    free = [(a, b) for a, b in cues if not any(a < stop and start < b for start, stop in names)]
    assert sorted(kept) == free
