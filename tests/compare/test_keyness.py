from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.compare import keyness as counted
from discourse.compare import permuted_odds
from discourse.compare.keyness import keyness
from discourse.errors import ParameterError
from discourse.text.tokens import tokenize

DOCS = st.lists(st.lists(st.sampled_from("abcdef"), max_size=6), min_size=1, max_size=6)


def table_of(*given, **settings_) -> pd.DataFrame:
    return keyness(*given, **settings_).set_index("word")


def drawn(n_authors: int, seed: int, n_words: int = 60, shift: float = 1.0) -> list[list[str]]:
    """Give one long post an author, in which words come in bursts; word w0 is `shift` times as likely."""
    rng = np.random.default_rng(seed)
    base = 1 / np.arange(3, n_words + 3)
    base[0] *= shift
    own = rng.gamma(0.5, 1, (n_authors, n_words)) * base
    names = np.array([f"w{i}" for i in range(n_words)])
    return [list(rng.choice(names, 30, p=row / row.sum())) for row in own]


def test_g2_and_log_ratio_follow_the_formulas():
    row = table_of([["b"] * 7 + ["a"] * 3], [["a"] * 7 + ["b"] * 2]).loc["b"]
    observed, totals = [[7, 2], [3, 7]], (10, 9)
    expected = [[9 * totals[j] / 19 for j in range(2)], [10 * totals[j] / 19 for j in range(2)]]
    g2 = 2 * sum(
        o * math.log(o / e)
        for os, es in zip(observed, expected, strict=True)
        for o, e in zip(os, es, strict=True)
    )
    assert row["g2"] == pytest.approx(g2)
    assert row["g2"] == pytest.approx(4.5349393323)  # quanteda.textstats, test-textstat_keyness.R
    assert row["log_ratio"] == pytest.approx(math.log2((7 / 10) / (2 / 9)))


def test_a_word_of_one_group_only_gets_half_an_occurrence_in_the_other():
    row = table_of([["a", "b"]], [["a"] * 4]).loc["b"]
    assert row["log_ratio"] == pytest.approx(math.log2((1 / 2) / (0.5 / 4)))


def test_log_odds_follow_the_published_formula():
    a, b = [["x"] * 10 + ["y"] * 20], [["x"] * 30 + ["y"] * 20]
    row = table_of(a, b, prior_weight=10).loc["x"]
    alpha = 10 * 40 / 80
    y1, y2, r1, r2 = 10 + alpha, 30 + alpha, 30 + 10 - 10 - alpha, 50 + 10 - 30 - alpha
    z = (math.log(y1 / r1) - math.log(y2 / r2)) / math.sqrt(1 / y1 + 1 / r1 + 1 / y2 + 1 / r2)
    assert row["log_odds_z"] == pytest.approx(z)
    assert row["p"] == pytest.approx(math.erfc(abs(z) / math.sqrt(2)))


def test_the_prior_is_worth_as_many_tokens_as_there_are_types():
    a, b = [["x", "y", "y"]], [["x", "x", "z"]]
    pd.testing.assert_frame_equal(keyness(a, b), keyness(a, b, prior_weight=3))


def test_words_stand_in_the_order_of_a_published_test():
    d1, d2 = list("aaabbccccccdefghh"), list("aabccddddefh")
    signed = table_of([d1], [d2])
    signed["signed"] = signed["g2"] * np.sign(signed["log_ratio"])
    order = signed.sort_values("signed", ascending=False).index.tolist()
    assert order == ["c", "g", "b", "h", "a", "e", "f", "d"]  # quanteda.textstats, measure lr, no correction


@given(DOCS, DOCS)
@settings(deadline=None, max_examples=40)
def test_swapping_the_groups_flips_the_signs(a, b):
    one, other = table_of(a, b), table_of(b, a)
    other = other.loc[one.index]
    for name in ("log_ratio", "log_odds_z"):
        np.testing.assert_allclose(one[name], -other[name], atol=1e-9)
    for name in ("g2", "p", "q"):
        np.testing.assert_allclose(one[name], other[name], atol=1e-9)
    assert one["n_a"].tolist() == other["n_b"].tolist()


@given(DOCS, DOCS)
@settings(deadline=None, max_examples=40)
def test_every_token_is_counted_once(a, b):
    table = keyness(a, b)
    assert table["n_a"].sum() == sum(map(len, a))
    assert table["n_b"].sum() == sum(map(len, b))
    assert table["word"].is_unique


def test_no_words_give_an_empty_table():
    for table in (keyness([], []), keyness([[]], [[]], ["x"], ["y"])):
        assert table.empty
        assert table.columns.tolist()[:10] == [
            "word", "n_a", "n_b", "authors_a", "authors_b", "g2", "log_ratio", "log_odds_z", "p", "q",
        ]  # fmt: skip


def test_one_empty_group_leaves_nothing_to_test():
    table = keyness([["a"]] * 12, [], list(range(12)), [])
    assert table["n_a"].tolist() == [12]
    assert table["p"].isna().all()


def test_a_planted_difference_is_found_and_little_else():
    a, b = drawn(150, 1, shift=3.0), drawn(150, 2)
    table = table_of(a, b, list(range(150)), list(range(150, 300)), n_permutations=2000)
    assert table.loc["w0", "q"] < 0.01
    assert table.loc["w0", "log_odds_z"] > 0
    assert (table["q"] < 0.05).sum() <= 4


def test_among_shuffled_authors_words_are_found_at_the_nominal_rate():
    rates, any_found, by_token = [], 0, []
    for seed in range(30):
        docs = drawn(120, 100 + seed)
        table = keyness(docs[:50], docs[50:], list(range(50)), list(range(70)), seed, n_permutations=500)
        rates.append((table["p"].dropna() < 0.05).mean())
        any_found += bool((table["q"] < 0.05).any())
        by_token.append((keyness(docs[:50], docs[50:])["p"] < 0.05).mean())
    assert 0.03 < np.mean(rates) < 0.07
    assert any_found <= 5
    assert np.mean(by_token) > 0.12  # tokens are not independent: what the permutations mend


def test_authors_are_counted_and_rare_words_are_not_tested():
    a = [["x", "rare"], ["x"], ["x"]] + [["y"]] * 9
    b = [["x"], ["y"]] * 6
    table = table_of(a, b, list("ppq") + list("rstuvwxyz"), list("abcdefghijkl"), n_permutations=200)
    assert table.loc["x", ["n_a", "authors_a", "n_b", "authors_b"]].tolist() == [3, 2, 6, 6]
    assert pd.isna(table.loc["rare", "p"])
    assert pd.isna(table.loc["x", "p"])
    assert table.loc["y", "authors_a"] + table.loc["y", "authors_b"] == 15
    assert 0 < table.loc["y", "p"] <= 1
    assert table.loc["y", "q"] == table.loc["y", "p"]


def test_one_person_repeating_a_word_makes_no_difference_between_groups():
    a = [["common"] * 3] * 30 + [["tic"] * 200] + [["tic"]] * 10
    b = [["common"] * 3] * 30 + [["tic"]] * 10
    table = table_of(a, b, list(range(41)), list(range(40)), n_permutations=500)
    assert table.loc["tic", "g2"] > 50
    assert table.loc["tic", "p"] > 0.2


def test_posts_without_an_author_are_authors_of_their_own():
    table = table_of(
        [["x"]] * 6, [["x"]] * 6, [None] * 6, ["a", "a", None, None, None, None], n_permutations=100
    )
    assert table.loc["x", ["authors_a", "authors_b"]].tolist() == [6, 5]


def test_a_seed_repeats_and_the_order_of_posts_changes_nothing():
    a, b = drawn(40, 1), drawn(40, 2)
    authors = [f"u{i:02d}" for i in range(40)]
    one = keyness(a, b, authors, authors, 3, n_permutations=300)
    other = keyness(a[::-1], b, authors[::-1], authors, 3, n_permutations=300)
    pd.testing.assert_frame_equal(one, other, check_exact=True)


def test_few_words_and_authors_at_a_time_give_the_bytes_of_all_at_once(monkeypatch):
    a, b = drawn(40, 1), drawn(40, 2)
    given_authors = [None if i % 9 == 4 else f"u{i % 30:02d}" for i in range(40)]
    once = keyness(a, b, given_authors, given_authors, 3, n_permutations=100)
    monkeypatch.setattr(counted, "_SORTED", 100)
    monkeypatch.setattr(counted, "_AT_ONCE", 7)
    monkeypatch.setattr(permuted_odds, "_AT_ONCE", 5)
    monkeypatch.setattr(permuted_odds, "_WORDS", 9)
    parts = keyness(a, b, given_authors, given_authors, 3, n_permutations=100)
    pd.testing.assert_frame_equal(parts, once, check_exact=True)


def test_tokens_are_compared_by_kind():
    a, b = tokenize(["欢迎 [doge] https://example.org 123"]), tokenize(["再见！"])
    assert set(keyness(a, b)["word"]) == {"欢迎", "[doge]", "再见"}
    assert set(keyness(a, b, kinds=["zh"])["word"]) == {"欢迎", "再见"}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (([["a"]], [["b"]], ["x"], None), "one group only"),
        (([["a"]], [["b"]], ["x", "y"], ["z"]), "2 authors for 1 posts"),
        ((["a", "b"], [["b"]]), "no list of posts"),
    ],
)
def test_what_does_not_fit_is_refused(given, message):
    with pytest.raises(ParameterError, match=message):
        keyness(*given)
