"""A judgment does not depend on what else is judged in the same call, nor in which order."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.sentiment import lexicon_scorer
from discourse.sentiment.lexicon_scorer import LexiconScorer
from discourse.sentiment.score import score

PROMISES = Path(__file__).with_name("promises")


def promised() -> list[tuple[str, str | None]]:
    with (PROMISES / "phenomena.tsv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [(row["text"], row["parent"] or None) for row in rows]


POSTS = promised()
ODD = [
    "",
    "\n",
    "难民\x00好",
    "İ refugees İ good",
    "REFUGEES are soooooo good",
    "refugees 👍🏽 'lovely' people’s",
]
any_post = st.sampled_from([*POSTS, *((text, None) for text in ODD)])


def judged(posts: list[tuple[str, str | None]]) -> pd.DataFrame:
    return score([text for text, _ in posts], parents=[parent for _, parent in posts])


@settings(max_examples=15, deadline=None)
@given(st.lists(any_post, min_size=1, max_size=12))
def test_posts_of_one_call_are_judged_as_each_by_itself(posts):
    alone = pd.concat([judged([post]) for post in posts], ignore_index=True)
    pd.testing.assert_frame_equal(judged(posts), alone)


@settings(max_examples=20, deadline=None)
@given(st.lists(any_post, min_size=2, max_size=12), st.randoms(use_true_random=False))
def test_order_does_not_matter(posts, random):
    order = random.sample(range(len(posts)), len(posts))
    shuffled = judged([posts[i] for i in order])
    pd.testing.assert_frame_equal(shuffled, judged(posts).iloc[order].reset_index(drop=True))


def test_a_call_of_more_posts_than_are_judged_together_is_the_same_post_by_post(monkeypatch):
    monkeypatch.setattr(lexicon_scorer, "TOGETHER", 100)
    scorer = LexiconScorer("refugees")
    texts, parents = zip(*POSTS, strict=True)
    assert len(texts) > 100
    alone = [scorer.judge(text, parent) for text, parent in POSTS]
    assert list(map(repr, scorer.score(texts, parents))) == list(map(repr, alone))


def test_words_never_seen_before_leave_no_trace_and_take_no_room():
    scorer = LexiconScorer("refugees")
    odd = scorer.lexicon.words.odd
    before = repr(scorer.score(["refugees are looovely 'kind' people"]))
    size = len(odd)
    for number in range(45_000):
        assert odd.cue_of("".join(chr(97 + number // 26**k % 26) for k in range(5)) + "xqxq") is None
    assert len(odd) < size + 21_000
    assert repr(scorer.score(["refugees are looovely 'kind' people"])) == before
