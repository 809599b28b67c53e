"""What of a line may be printed, by the policy of a study."""

from __future__ import annotations

import pandas as pd
import pytest

from discourse.study.findings.quotes import printable_lines, quote_name, word_by_word
from discourse.study.schema import Quotes


def lines() -> pd.DataFrame:
    shown = {"group": "hosts", "stance": "positive", "left": "so ", "node": "refugees", "right": "!"}
    table = pd.DataFrame([shown, shown, shown])
    return table.assign(
        quote=["a", "b", "c"],
        n_authors=pd.array([12, 3, 1], dtype="Int64"),
        findable=pd.Series([None, None, "a long run of eight words by one author"], dtype="str"),
        gloss=pd.Series([None] * 3, dtype="str"),
        doc=[7, 8, 9],
        start=[0, 1, 2],
    )


@pytest.mark.parametrize(
    ("policy", "as_they_stand", "paraphrased", "held"),
    [
        ("masked", ["a"], ["b"], ["c"]),
        ("paraphrase", [], ["a", "b"], ["c"]),
        ("verbatim", ["a", "b", "c"], [], []),
    ],
)
def test_each_line_is_printed_once_or_held_back(policy, as_they_stand, paraphrased, held):
    said = {"a": "one", "b": "two"}
    table = printable_lines(lines(), Quotes(policy=policy, consent="given"), 10, said).set_index("quote")
    assert table.index[table["node"].notna()].tolist() == as_they_stand
    assert table.index[table["paraphrase"].notna()].tolist() == paraphrased
    assert table.index[table["not_printed"].notna()].tolist() == held


def test_nothing_of_a_line_that_is_held_back_remains():
    table = printable_lines(lines(), Quotes(policy="paraphrase"), 10, {})
    assert table[["left", "node", "right", "gloss", "paraphrase"]].isna().all(axis=None)
    assert table["group"].notna().all()
    assert not {"doc", "start"} & set(table.columns)


def test_a_findable_line_is_flagged_without_repeating_its_words():
    table = printable_lines(lines(), Quotes(policy="verbatim", consent="given"), 10, {})
    assert table["findable"].tolist() == [False, False, True]
    assert "eight words" not in table.to_csv()


def test_the_name_of_a_line_is_stable_and_tells_no_post():
    assert quote_name("p1", 3) == quote_name("p1", 3) != quote_name("p1", 4)
    assert "p1" not in quote_name("p1", 3)


def test_a_gloss_goes_word_by_word_and_only_over_chinese():
    assert word_by_word("欢迎我的邻居!") == "to welcome / neighbor"
    assert word_by_word("welcome") is None
