from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import ParameterError
from discourse.tables import KWIC
from discourse.text import kwic as module
from discourse.text.kwic import display_width, kwic, pad_left, sample_kwic, sort_kwic


@given(st.lists(st.text(st.characters(codec=None), max_size=20), max_size=4), st.text(min_size=1, max_size=3))
def test_left_node_and_right_are_what_stands_in_the_text(texts: list[str], pattern: str) -> None:
    for line in kwic(texts, pattern, window=5).itertuples():
        text = texts[line.doc]
        assert text[line.start : line.stop] == line.node
        assert text[: line.start].endswith(line.left)
        assert text[line.stop :].startswith(line.right)


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=8))
def test_any_pattern_finds_itself(pattern: str) -> None:
    assert kwic([f"x{pattern}y"], pattern, ignore_case=False, fold_script=False)["node"].iloc[0] == pattern


def test_patterns_are_text_unless_asked_otherwise() -> None:
    assert kwic(["a.c abc (a+"], "a.c")["node"].tolist() == ["a.c"]
    assert kwic(["a.c abc (a+"], "a.c", regex=True)["node"].tolist() == ["a.c", "abc"]
    assert kwic(["(a+"], "(a+")["start"].tolist() == [0]


def test_finds_either_case_and_script_with_offsets_into_the_text() -> None:
    lines = kwic(["歡迎TIKTOK難民", "TikTok难民"], "tiktok难民", window=2)
    assert lines["node"].tolist() == ["TIKTOK難民", "TikTok难民"]
    assert lines["left"].tolist() == ["歡迎", ""]
    assert kwic(["難民 Refugee"], "难民", fold_script=False).empty
    assert kwic(["難民 Refugee"], "refugee", ignore_case=False).empty


def test_the_window_bounds_the_context() -> None:
    line = kwic(["0123456789难民0123456789"], "难民", window=3).iloc[0]
    assert (line["left"], line["right"]) == ("789", "012")
    assert kwic(["a难民b"], "难民", window=0)["left"].tolist() == [""]


def test_no_match_is_an_empty_table_of_the_same_columns() -> None:
    assert list(kwic([], "a").columns) == list(kwic(["a"], "a").columns) == KWIC.names
    assert kwic([], "a").dtypes.equals(kwic(["a"], "a").dtypes)


def test_empty_matches_of_a_regular_expression_are_no_matches() -> None:
    assert kwic(["baab"], "a*", regex=True)["node"].tolist() == ["aa"]


def test_a_regular_expression_that_never_ends_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TIME_LIMIT", 0.2)
    with pytest.raises(ParameterError, match="took longer"):
        kwic(["a" * 60 + "b"] * 3, "^(a|aa)+$", regex=True)


@pytest.mark.parametrize(("pattern", "options"), [("", {}), ("a", {"window": -1}), ("(a", {"regex": True})])
def test_refuses_what_cannot_be_searched(pattern: str, options: dict[str, bool]) -> None:
    with pytest.raises(ParameterError):
        kwic(["a"], pattern, **options)  # type: ignore[arg-type]


def test_both_scripts_end_in_one_column() -> None:
    assert {display_width(pad_left(text, 12)) for text in ("难民", "refugees", "é", "ab难民", "e\u0301")} == {
        12
    }


LINES = ["so kind refugees came here", "very loud refugees Asked twice", "our 難民 朋友", "我们的难民 邻居"]


def test_lines_are_sorted_by_what_follows_whatever_the_case() -> None:
    lines = sort_kwic(kwic(LINES[:2], "refugees"), "right")
    assert lines["right"].tolist() == [" Asked twice", " came here"]


def test_lines_are_sorted_by_what_stands_before_from_the_node_backwards() -> None:
    lines = sort_kwic(kwic(LINES[:2], "refugees"), "left")
    assert lines["left"].tolist() == ["so kind ", "very loud "]
    assert sort_kwic(kwic(["xb refugees", "ya refugees"], "refugees"), "left")["left"].tolist() == [
        "xb ",
        "ya ",
    ]


def test_sorting_loses_no_line_and_unknown_orders_are_refused() -> None:
    lines = kwic(LINES, "难民")
    for order in ("left", "right", "node", "text"):
        assert sorted(sort_kwic(lines, order)["doc"]) == sorted(lines["doc"])
    with pytest.raises(ParameterError, match="no order"):
        sort_kwic(lines, "length")


def test_a_sample_is_that_of_its_seed_and_holds_as_many_of_each_stratum() -> None:
    lines = kwic([f"refugee {i}" for i in range(50)], "refugee")
    assert sample_kwic(lines, 5, seed=3).equals(sample_kwic(lines, 5, seed=3))
    assert not sample_kwic(lines, 5, seed=3).equals(sample_kwic(lines, 5, seed=4))
    drawn = sample_kwic(lines, 3, by=lines["doc"] % 4)
    assert (drawn["doc"] % 4).value_counts().tolist() == [3, 3, 3, 3]
    assert len(sample_kwic(lines, 500)) == 50
    with pytest.raises(ParameterError, match="1 or more"):
        sample_kwic(lines, 0)
