"""Replies beside what they answer, and permutations that keep activity."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from discourse.compare.reply_pairs import ReplyNull, reply_pairs
from discourse.errors import NotMeasurable, ParameterError
from discourse.stats.mixing import mixing_matrix


def conversation(n_threads=30, n_comments=12, seed=0, share=0.5):
    """Threads whose authors draw their group by chance."""
    rng = np.random.default_rng(seed)
    people = {f"a{i}": "hosts" if rng.random() < share else "newcomers" for i in range(150)}
    names = list(people)
    rows = []
    for t in range(n_threads):
        opener = names[rng.integers(len(names))]
        rows.append((f"{t}", None, f"{t}", opener))
        for c in range(n_comments):
            parent = f"{t}" if rng.random() < 0.6 or c == 0 else f"{t}-{rng.integers(c)}"
            rows.append((f"{t}-{c}", parent, f"{t}", names[rng.integers(len(names))]))
    posts = pd.DataFrame(rows, columns=["post_id", "parent_id", "thread_id", "author"])
    posts["created_at"] = pd.Timestamp("2025-01-14T00:00Z") + pd.to_timedelta(np.arange(len(posts)), "min")
    return posts.assign(group=posts["author"].map(people), lang="en", likes=1, likes_at_least=False)


def test_a_reply_stands_beside_what_it_answers():
    posts = conversation(2, 3)
    pairs = reply_pairs(posts)
    group = posts.set_index("post_id")["group"]
    assert pairs["parent_group"].tolist() == group.loc[pairs["parent_id"]].tolist()
    assert pairs["parent_opens"].tolist() == (~pairs["parent_id"].str.contains("-")).tolist()


def test_replies_to_oneself_to_the_unknown_and_to_what_was_not_collected_are_left_out():
    posts = pd.DataFrame(
        {
            "post_id": ["1", "2", "3", "4", "5"],
            "parent_id": [None, "1", "1", "9", "1"],
            "thread_id": "1",
            "author": ["a", "a", None, "b", "b"],
            "group": "g",
        }
    )
    assert reply_pairs(posts)["post_id"].tolist() == ["5"]


@pytest.mark.parametrize("kind", ["activity", "thread"])
def test_every_draw_keeps_who_writes_how_much(kind):
    pairs = reply_pairs(conversation())
    null = ReplyNull(pairs, ["hosts", "newcomers"], kind)
    for senders, receivers in null.draws(5, seed=1):
        assert senders.size == receivers.size == len(pairs)
        if kind == "activity":  # one author, one group, in both roles and in every thread
            groups = pd.Series(senders).groupby(pairs["author"]).nunique()
            assert (groups == 1).all()


def test_the_null_of_threads_keeps_how_many_of_each_group_write_in_a_thread():
    pairs = reply_pairs(conversation(seed=3))
    null = ReplyNull(pairs, ["hosts", "newcomers"], "thread")
    once = ~pairs.duplicated(["thread_id", "author"])
    opener = pairs["thread_id"].map(
        pairs[pairs["parent_opens"]].drop_duplicates("thread_id").set_index("thread_id")["parent_author"]
    )
    counted = once & (pairs["author"] != opener)
    before = pd.Series(null.senders)[counted].groupby(pairs.loc[counted, "thread_id"]).sum()
    for senders, _ in null.draws(5, seed=2):
        after = pd.Series(senders)[counted].groupby(pairs.loc[counted, "thread_id"]).sum()
        # who is only answered in a thread may take a label from one who writes
        assert (after - before).abs().max() <= 2


@pytest.mark.parametrize("kind", ["activity", "thread"])
def test_tables_of_draws_are_the_mixing_of_each_draw(kind):
    null = ReplyNull(reply_pairs(conversation(10, 8)), ["hosts", "newcomers"], kind)
    plain = [mixing_matrix(senders, receivers, 2).tolist() for senders, receivers in null.draws(6, seed=4)]
    assert null.tables(6, seed=4).tolist() == plain


def test_the_same_seed_draws_the_same():
    null = ReplyNull(reply_pairs(conversation()), ["hosts", "newcomers"], "activity")
    one = [s.tolist() for s, _ in null.draws(3, seed=5)]
    assert one == [s.tolist() for s, _ in null.draws(3, seed=5)]
    assert one != [s.tolist() for s, _ in null.draws(3, seed=6)]


def test_without_replies_between_the_groups_nothing_is_drawn():
    with pytest.raises(NotMeasurable):
        ReplyNull(reply_pairs(conversation()), ["others"], "thread")
    with pytest.raises(ParameterError, match="parent_id"):
        reply_pairs(pd.DataFrame({"post_id": ["1"]}))
