from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from discourse.corpus.corpus import Corpus
from discourse.errors import InputError
from discourse.study import mapped as module
from discourse.study.mapped import Mapped
from discourse.tables import POSTS
from discourse.text.token_lists import WordLists
from discourse.text.tokens import join_tokens, tokenize


@pytest.fixture
def mapped(tmp_path: Path) -> Mapped:
    return Mapped(tmp_path, module.HELD)


def posts() -> Corpus:
    return Corpus.from_pandas(
        pd.DataFrame(
            {
                "post_id": ["1", "2", "3"],
                "text": ["欢迎 13812345678", "", "hi"],
                "author": ["a", "c", "b"],
                "likes": [1, None, 3],
                "created_at": pd.to_datetime(["2025-01-14", None, "2025-01-16"], utc=True),
            }
        ),
        key=b"a key for tests",
    )


def test_posts_are_the_same_whether_held_or_mapped(mapped: Mapped) -> None:
    corpus = posts()
    assert_frame_equal(mapped.posts(corpus, POSTS.names), corpus.to_pandas())
    assert_frame_equal(mapped.frame(corpus.to_pandas()), corpus.to_pandas())
    assert Mapped(None, 3).posts(corpus, ["text"]).equals(corpus.to_pandas(["text"]))


def test_they_stay_the_same_after_they_are_let_go(mapped: Mapped) -> None:
    table = mapped.posts(posts(), POSTS.names)
    more = mapped.frame(table.assign(score=[0.5, np.nan, -1.0], mixed=[True, False, True]))
    mapped.let_go()
    assert_frame_equal(more, posts().to_pandas().assign(score=[0.5, np.nan, -1.0], mixed=[True, False, True]))


def test_what_lies_in_a_file_is_not_written_again(mapped: Mapped, tmp_path: Path) -> None:
    table = mapped.posts(posts(), ["post_id", "likes", "lang"])
    before = len(list(tmp_path.rglob("tmp*")))
    mapped.frame(table)
    assert len(list(tmp_path.rglob("tmp*"))) == before


def test_a_changed_copy_leaves_the_columns_alone(mapped: Mapped) -> None:
    table = mapped.frame(pd.DataFrame({"score": [1.0, 2.0]}))
    changed = table.copy()
    changed.loc[0, "score"] = 9.0
    assert table["score"].tolist() == [1.0, 2.0]


def test_rows_are_chosen_as_a_mask_chooses_them(mapped: Mapped) -> None:
    table = mapped.posts(posts(), POSTS.names)
    kept = pd.Series([True, False, True])
    assert_frame_equal(mapped.chosen(table, kept), posts().to_pandas().iloc[[0, 2]].reset_index(drop=True))


@pytest.mark.parametrize("texts", [[["cat tax", "猫税"], [], ["", "tax [doge]"]], [[""], [""]], []])
def test_tokens_are_joined_as_in_memory(mapped: Mapped, texts: list[list[str]]) -> None:
    parts = [tokenize(part) for part in texts]
    found, expected = mapped.tokens(iter(parts)), join_tokens(parts)
    assert found == expected
    assert found.types == expected.types
    assert [found.numbers.dtype, found.codes.dtype] == [np.uint32, np.uint8]


def test_lists_of_words_are_the_same(mapped: Mapped) -> None:
    lists = WordLists.of([["cat", "tax"], [], ["cat"]])
    found = mapped.lists(lists)
    mapped.let_go()
    assert found == lists
    assert mapped.lists([["cat"]]) == [["cat"]]


def test_a_full_disk_is_said_as_the_store_says_it(mapped: Mapped, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module.tempfile, "mkstemp", full)
    with pytest.raises(InputError, match="No space left on device"):
        mapped.array(np.ones(3))


def test_an_array_made_in_a_file_keeps_what_is_written_when_it_is_let_go(mapped: Mapped) -> None:
    made = mapped.room((2, 200_000), np.float64)
    made[:] = np.arange(400_000.0).reshape(2, -1)
    mapped.let_go()
    assert made[1, -1] == 399_999.0
    assert mapped.array(made) is made


def test_the_disk_of_an_array_that_nobody_has_is_free(mapped: Mapped) -> None:
    made = mapped.room((200_000,), np.float64)
    assert len(mapped._rooms) == 1
    del made
    assert not mapped._rooms
