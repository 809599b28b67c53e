import numpy as np
import pandas as pd

from discourse.compare.samples import cluster_codes
from discourse.study.mapped import Mapped
from discourse.study.numbered import numbered


def crowd(seed=0, n=200):
    rng = np.random.default_rng(seed)
    ids = [f"p{i}" for i in rng.permutation(n)]
    parents = [None if rng.random() < 0.3 else f"p{rng.integers(0, n + 20)}" for _ in ids]
    authors = [None if rng.random() < 0.1 else f"a{rng.integers(0, 40)}" for _ in ids]
    posts = pd.DataFrame({"post_id": ids, "parent_id": parents, "author": authors}, dtype="str")
    return posts.assign(thread_id="t", text=pd.Series(["你好", None] * (n // 2), dtype="str"))


def test_numbers_follow_the_order_of_the_texts():
    posts = crowd()
    made = numbered(posts, posts.iloc[::2], Mapped())
    assert (made.posts["post_id"].argsort() == posts["post_id"].argsort()).all()
    assert cluster_codes(made.posts["author"]).tolist() == cluster_codes(posts["author"]).tolist()
    assert made.scored["post_id"].tolist() == made.posts["post_id"].iloc[::2].tolist()
    assert (made.scored["author"].cat.codes == made.posts["author"].cat.codes.iloc[::2]).all()


def test_an_answer_finds_its_post_and_no_other():
    posts = crowd()
    made = numbered(posts, posts, Mapped()).posts
    known = dict(zip(made["post_id"], posts["post_id"], strict=True))
    for number, name in zip(made["parent_id"], posts["parent_id"], strict=True):
        there = name in set(posts["post_id"])
        assert pd.isna(number) == pd.isna(name)
        assert pd.isna(name) or known.get(number) == (name if there else None)
    assert made["length"].iloc[0] == 2
    assert made["length"].isna().iloc[1]
