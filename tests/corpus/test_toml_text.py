from __future__ import annotations

import datetime as dt
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.corpus.toml_text import to_toml
from discourse.errors import ParameterError

keys = st.text(st.characters(exclude_categories=["Cs"]), min_size=0, max_size=8)
atoms = (
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
    | st.integers(-(2**63), 2**63 - 1)
    | st.booleans()
    | st.floats(allow_nan=False)
    | st.dates()
    | st.datetimes(timezones=st.just(dt.UTC))
)
values = st.recursive(
    atoms, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4), max_leaves=12
)


@given(st.dictionaries(keys, values, max_size=6))
def test_what_is_written_is_read_back(table: dict[str, object]) -> None:
    assert tomllib.loads(to_toml(table)) == table


@pytest.mark.parametrize(
    "text", ['quote " and \\', "line\nend\r\n", "tab\tnul\x00", "del\x7f", "猫税🎉", "'''"]
)
def test_awkward_texts(text: str) -> None:
    assert tomllib.loads(to_toml({"a": text, "t": {text: 1}})) == {"a": text, "t": {text: 1}}


def test_an_unpaired_surrogate_is_replaced() -> None:
    assert tomllib.loads(to_toml({"a": "x\ud83dy"})) == {"a": "x\ufffdy"}


def test_unknown_is_left_out_and_the_rest_refused() -> None:
    assert to_toml({"a": None, "b": 1}) == "b = 1\n"
    with pytest.raises(ParameterError):
        to_toml({"a": object()})
