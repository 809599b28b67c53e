"""Who stands between the groups, in sums only."""

from __future__ import annotations

import pandas as pd

from discourse.compare.bridging import bridging
from discourse.compare.reply_pairs import reply_pairs
from tests.compare.test_reply_pairs import conversation


def star(n=40):
    """One host answers everybody; nobody else answers two."""
    rows = [("hub", "hosts", f"x{i}", "newcomers" if i % 2 else "hosts", f"{i}") for i in range(n)]
    rows += [(f"x{i}", "newcomers" if i % 2 else "hosts", "hub", "hosts", f"{i}") for i in range(n)]
    return pd.DataFrame(rows, columns=["author", "group", "parent_author", "parent_group", "thread_id"])


def test_the_one_in_the_middle_is_the_broker():
    table = bridging(star(), ["hosts", "newcomers"], min_cell=1, n_permutations=50)
    brokers = table[table["measure"] == "brokers"].set_index("group")
    assert brokers.loc["hosts", "estimate"] >= 0.5
    row = table[(table["measure"] == "bridging") & (table["group"] == "hosts")].iloc[0]
    assert (row["estimate"], row["n_authors"]) == (1.0, 1)


def test_no_author_is_named_and_no_small_cell_is_shown():
    pairs = reply_pairs(conversation(40, 12))
    table = bridging(pairs, ["hosts", "newcomers"], min_cell=10, n_permutations=50)
    assert not set(table.astype("str").to_numpy().ravel()) & set(pairs["author"])
    shown = table[table["estimate"].notna()]
    assert (shown["n_authors"] >= 10).all() or shown.empty


def test_a_group_of_everybody_is_expected_to_hold_all_brokers():
    pairs = reply_pairs(conversation(30, 10).assign(group="everybody"))
    row = bridging(pairs, ["everybody"], min_cell=1, n_permutations=20).iloc[-1]
    assert (row["measure"], row["estimate"], row["expected"]) == ("brokers", 1.0, 1.0)


def test_the_order_of_pairs_does_not_matter():
    pairs = reply_pairs(conversation(30, 10))
    one = bridging(pairs, ["hosts", "newcomers"], n_permutations=20)
    other = bridging(pairs[::-1].reset_index(drop=True), ["hosts", "newcomers"], n_permutations=20)
    pd.testing.assert_frame_equal(one, other)
