from __future__ import annotations

import numpy as np
import pytest
from datasketch import MinHash
from hypothesis import given
from hypothesis import strategies as st

from discourse.corpus import signatures as signed
from discourse.corpus.signatures import N_PERM, band_keys, banding, jaccard, shingles, signatures


def test_jaccard_follows_the_definition_by_hand() -> None:
    # abcd: abc bcd; abce: abc bce; one of three in common
    assert jaccard(shingles("abcd"), shingles("abce")) == pytest.approx(1 / 3)
    assert jaccard(shingles("欢迎来到小红书"), shingles("欢迎来到小红书")) == 1.0


@given(st.text(min_size=1, max_size=60))
def test_shingles_are_as_many_as_the_distinct_windows_of_three(text: str) -> None:
    windows = {text[i : i + 3] for i in range(max(1, len(text) - 2))}
    found = shingles(text)
    assert len(found) == len(windows)
    assert (np.diff(found.astype(object)) > 0).all()


@pytest.mark.parametrize("threshold", [0.3, 0.5, 0.7, 0.8, 0.9, 1.0])
def test_a_pair_at_the_threshold_is_missed_less_than_once_in_ten_thousand(threshold: float) -> None:
    bands, rows = banding(threshold)
    assert bands * rows <= N_PERM
    assert (1 - threshold**rows) ** bands <= 1e-4


@given(st.lists(st.text(max_size=40), max_size=6))
def test_many_texts_at_a_time_give_what_datasketch_gives_for_each(texts: list[str]) -> None:
    each = MinHash.generator(
        (signed._mix(shingles(text)).tolist() for text in texts),
        num_perm=N_PERM, seed=1, hashfunc=int, scheme="affine32",
    )  # fmt: skip
    found = signatures(texts)
    assert found.shape == (len(texts), N_PERM)
    for row, one in zip(found, each, strict=True):
        assert (row == one.hashvalues).all()


def test_long_texts_are_cut_into_no_blocks() -> None:
    texts = ["x" * 5_000, "abc" * 700, "a", "word " * 900]
    alone = np.concatenate([signatures([text]) for text in texts])
    assert (signatures(texts) == alone).all()


def test_a_band_is_shared_exactly_where_its_rows_are() -> None:
    texts = ["buy cheap tea at our shop today", "buy cheap tea at our shop now", "noodles under the bridge"]
    signature, keys = signatures(texts), band_keys(texts, 25, 5)
    for band in range(25):
        rows = signature[:, 5 * band : 5 * band + 5]
        for i, j in ((0, 1), (0, 2), (1, 2)):
            assert (keys[band, i] == keys[band, j]) == (rows[i] == rows[j]).all()
