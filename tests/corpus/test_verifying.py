from __future__ import annotations

import random
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from discourse.corpus.signatures import jaccard, shingle_sets, shingles
from discourse.corpus.verifying import Components, Shingles, join_band


def texts(n: int, seed: int) -> list[str]:
    """Variants of a few templates, and others, all of which might be candidates."""
    chance = random.Random(seed)
    words = ["harbour", "lantern", "garden", "winter", "欢迎", "朋友", "便宜"]
    templates = ["".join(chance.choices(words, k=10)) for _ in range(3)]
    out = []
    for _ in range(n):
        text = list(
            chance.choice(templates) if chance.random() < 0.5 else "".join(chance.choices(words, k=8))
        )
        for _ in range(chance.randrange(6)):
            text[chance.randrange(len(text))] = chance.choice("abc天地人")
        out.append("".join(text))
    return out


@pytest.mark.parametrize("n", [2, 20, 130])  # pairs, a list of pairs, a crowd
@pytest.mark.parametrize("seed", [1, 2])
def test_a_bucket_is_joined_as_comparing_every_pair_joins_it(n: int, seed: int, tmp_path: Path) -> None:
    made = texts(n, seed)
    found, expected = Components(n), Components(n)
    sets = Shingles(tmp_path / "sets")
    sets.add(made[:7])
    sets.add(made[7:])
    sets.done()
    join_band(np.zeros(n, dtype=np.uint64), sets, 0.7, found)
    sets.close()
    for i, j in combinations(range(n), 2):
        if jaccard(shingles(made[i]), shingles(made[j])) >= 0.7:
            expected.join(np.array([i]), np.array([j]))
    assert found.all().tolist() == expected.all().tolist()
    assert n < 20 or len(set(found.all().tolist())) < n


def test_texts_that_share_no_key_are_not_compared(tmp_path: Path) -> None:
    sets = Shingles(tmp_path / "sets")
    sets.add(["the same words", "the same words"])
    sets.done()
    joined = Components(2)
    join_band(np.array([1, 2], dtype=np.uint64), sets, 0.5, joined)
    sets.close()
    assert joined.all().tolist() == [0, 1]


def test_sets_of_many_texts_are_those_of_each() -> None:
    made = [*texts(30, 3), "ab", "", "aaaa"]
    values, ends = shingle_sets(made)
    for text, start, stop in zip(made, ends[:-1], ends[1:], strict=True):
        assert values[start:stop].tolist() == shingles(text).tolist()


def test_the_root_of_a_component_is_its_smallest_number() -> None:
    joined = Components(6)
    joined.join(np.array([5, 3]), np.array([4, 5]))
    joined.join(np.array([4]), np.array([1]))
    assert joined.all().tolist() == [0, 1, 2, 1, 1, 1]
