from __future__ import annotations

import random
from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.corpus.duplicates import normalise
from discourse.corpus.near_duplicates import mark_near_duplicates, near_duplicates
from discourse.errors import ParameterError

WORDS = "tea shop visit price today friends harbour lantern noodle garden winter bridge 朋友 便宜 今天 欢迎".split()  # noqa: SIM905


def frame(texts: list[str], start: int = 0) -> pd.DataFrame:
    ids = [f"p{start + i:04d}" for i in range(len(texts))]
    at = pd.to_datetime("2025-01-14", utc=True) + pd.to_timedelta(range(start, start + len(texts)), "h")
    return pd.DataFrame({"post_id": ids, "text": texts, "created_at": at})


def campaign(seed: int, n: int = 240) -> list[str]:
    """Made-up texts, a third of them variants of a few templates."""
    chance = random.Random(seed)
    templates = [" ".join(chance.choices(WORDS, k=14)) for _ in range(6)]
    texts = []
    for _ in range(n):
        if chance.random() < 0.4:
            text = list(chance.choice(templates))
            for _ in range(chance.randrange(5)):
                text[chance.randrange(len(text))] = chance.choice("abcdefgh天地")
            texts.append("".join(text))
        else:
            texts.append(" ".join(chance.choices(WORDS, k=chance.randrange(4, 16))))
    return texts


def by_brute_force(texts: list[str], threshold: float, min_length: int = 12) -> list[str | None]:
    """Every pair compared on sets of strings; components by repeated spreading."""
    bare = [normalise(text) for text in texts]
    sets = [{t[i : i + 3] for i in range(len(t) - 2)} for t in bare]
    cluster = list(range(len(texts)))
    pairs = [
        (i, j)
        for i, j in combinations(range(len(texts)), 2)
        if min(len(bare[i]), len(bare[j])) >= min_length
        and len(sets[i] & sets[j]) / len(sets[i] | sets[j]) >= threshold
    ]
    changed = True
    while changed:
        changed = False
        for i, j in pairs:
            low = min(cluster[i], cluster[j])
            changed |= (cluster[i], cluster[j]) != (low, low)
            cluster[i] = cluster[j] = low
    return [None if c == i else f"p{c:04d}" for i, c in enumerate(cluster)]


def marks(series: pd.Series) -> list[str | None]:
    return [None if pd.isna(value) else value for value in series]


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("threshold", [0.6, 0.8, 0.95])
def test_finds_what_comparing_every_pair_finds(seed: int, threshold: float) -> None:
    texts = campaign(seed)
    expected = by_brute_force(texts, threshold)
    assert sum(mark is not None for mark in expected) > 5
    assert marks(mark_near_duplicates(frame(texts), threshold)) == expected


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(0, 9))
def test_the_order_of_the_posts_does_not_matter(chance: random.Random, seed: int) -> None:
    posts = frame(campaign(seed, 60))
    straight = dict(zip(posts["post_id"], marks(mark_near_duplicates(posts)), strict=True))
    order = list(range(len(posts)))
    chance.shuffle(order)
    mixed = posts.iloc[order]
    assert dict(zip(mixed["post_id"], marks(mark_near_duplicates(mixed)), strict=True)) == straight


def test_parts_give_what_the_whole_gives() -> None:
    posts = frame(campaign(3))
    cut = [posts.iloc[:7], posts.iloc[7:7], posts.iloc[7:150], posts.iloc[150:]]
    parts = list(near_duplicates(cut))
    assert [len(part) for part in parts] == [7, 0, 143, 90]
    assert [mark for part in parts for mark in part] == marks(mark_near_duplicates(posts))


def test_the_first_is_the_earliest_and_unknown_times_come_last() -> None:
    posts = frame(["欢迎大家来到我们的小店喝茶吃面"] * 3)
    posts["created_at"] = [pd.NaT, pd.Timestamp("2025-02-01", tz="UTC"), pd.Timestamp("2025-01-01", tz="UTC")]
    assert marks(mark_near_duplicates(posts)) == ["p0002", "p0002", None]


@pytest.mark.parametrize(
    "texts",
    [
        ["哈哈哈哈哈哈", "哈哈哈哈哈哈"],  # too short to be a copy
        ["#tiktokrefugee #rednote #hello", "#tiktokrefugee #rednote #hello"],  # tags alone say nothing
        ["", ""],
        ["a" * 3, "[url] [url] [url] [url]"],
        ["the harbour is lovely in winter", "we had noodles under the bridge"],
    ],
)
def test_leaves_alone_what_is_no_copy(texts: list[str]) -> None:
    assert marks(mark_near_duplicates(frame(texts))) == [None, None]


@pytest.mark.parametrize("n", [0, 1])
def test_few_posts(n: int) -> None:
    assert len(mark_near_duplicates(frame(["one single text of some length"][:n]))) == n


def test_lone_surrogates_do_not_stop_it() -> None:
    texts = ["broken \ud83d sign in a longer text", "broken \ud83d sign in a longer text"]
    posts = frame(["", ""]).assign(text=pd.Series(texts, dtype=object))
    assert marks(mark_near_duplicates(posts)) == [None, "p0000"]


@pytest.mark.parametrize(("threshold", "min_length"), [(0.0, 12), (1.2, 12), (float("nan"), 12), (0.8, 0)])
def test_refuses_parameters_out_of_range(threshold: float, min_length: int) -> None:
    with pytest.raises(ParameterError):
        mark_near_duplicates(frame(["x"]), threshold, min_length)
