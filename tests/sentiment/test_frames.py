from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.errors import InputError, ParameterError
from discourse.sentiment.frames import (
    FRAME_CODES,
    Frame,
    HandCodes,
    code_frames,
    frame_names,
    load_frame,
)
from discourse.sentiment.phrases import read_phrases

with (Path(__file__).parent / "frame_promises.tsv").open(encoding="utf-8", newline="") as _file:
    PROMISES = list(csv.DictReader(_file, delimiter="\t"))


def test_each_frame_has_at_least_ten_promises_a_language() -> None:
    counts = Counter((row["frame"], row["language"]) for row in PROMISES)
    assert set(counts) == {(frame, language) for frame in frame_names() for language in ("en", "zh")}
    assert min(counts.values()) >= 10


@pytest.mark.parametrize("row", PROMISES, ids=lambda row: f"{row['frame']}: {row['text']}")
def test_a_frame_is_found_where_it_is_and_nowhere_else(row: dict[str, str]) -> None:
    codes = code_frames([row["text"]], [row["frame"]])
    assert bool(codes["present"][0]) == (row["present"] == "1"), codes["evidence"][0]


@pytest.mark.parametrize("name", frame_names())
def test_a_shipped_frame_is_wide_and_says_who_wrote_it(name: str) -> None:
    phrases = load_frame(name).phrases
    counts = Counter(phrase.language for phrase in phrases)
    assert min(counts["en"], counts["zh"]) >= 150
    assert {phrase.source for phrase in phrases} == {"discourse authors"}
    assert len({(p.language, p.form) for p in phrases}) == len(phrases)


def test_the_long_table_has_one_row_a_text_and_frame_with_spans_that_fit() -> None:
    posts = ["Cat tax, and my feed is flooded", "nothing here"]
    codes = code_frames(posts, ["cultural-exchange", "displacement"])
    assert codes.columns.tolist() == FRAME_CODES.names
    assert codes["row"].tolist() == [0, 0, 1, 1]
    assert codes["present"].tolist() == [True, True, False, False]
    words = [
        posts[row][a:b] for row, spans in zip(codes["row"], codes["spans"], strict=True) for a, b in spans
    ]
    assert words == ["Cat tax", "feed is flooded"]
    assert codes["method"][0] == load_frame("cultural-exchange").method


def test_a_denied_phrase_does_not_count_but_is_shown() -> None:
    code = code_frames(["not here to protest"], ["protest"]).iloc[0]
    assert (code["present"], code["hits"], code["spans"]) == (False, 0, [])
    assert code["evidence"] == "not counted, denied: protest"


def test_unknown_is_na_never_false() -> None:
    wide = code_frames(["", None, " \n", "boycott"], ["protest"], wide=True)
    assert wide["protest"].isna().tolist() == [True, True, True, False]


def test_hand_codes_pass_through_with_their_gaps() -> None:
    codes = code_frames(["a", "b", "c"], [HandCodes("mine", ["1", 0.0, float("nan")])])
    assert codes["present"].tolist()[:2] == [True, False]
    assert codes["present"].isna().tolist() == [False, False, True]
    assert set(codes["method"]) == {"hand"}


@pytest.mark.parametrize(
    ("frames", "message"),
    [
        ([HandCodes("x", [1])], "1 hand codes for 2 texts"),
        ([HandCodes("x", [1, "maybe"])], "no code"),
        (["protest", "protest"], "two frames"),
    ],
)
def test_codes_that_do_not_fit_are_refused(frames: list[object], message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        code_frames(["a", "b"], frames)  # type: ignore[arg-type]


def test_a_frame_nobody_knows_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InputError, match="protests") as caught:
        load_frame("protests")
    assert "displacement" in str(caught.value)


def test_a_researchers_own_list_is_a_frame(tmp_path: Path) -> None:
    path = tmp_path / "跳槽 rice.tsv"
    path.write_text("language\tform\tnote\tsource\nzh\t米饭\t\tme\nen\trice*\t\tme\n", encoding="utf-8")
    wide = code_frames(["米飯好吃", "Rices", "no rice", "soup"], [path], wide=True)
    assert wide["跳槽 rice"].tolist() == [True, True, False, False]


def test_no_posts_give_an_empty_table() -> None:
    assert code_frames([]).shape == (0, len(FRAME_CODES.names))
    assert code_frames([], wide=True).columns.tolist() == frame_names()


def test_a_corpus_gives_post_ids_and_reads_titles_first() -> None:
    class Posts:
        def to_pandas(self) -> pd.DataFrame:
            return pd.DataFrame({"post_id": ["p1", "p2"], "title": ["Cat tax", None], "text": ["meow", None]})

    codes = code_frames(Posts(), ["cultural-exchange"])  # type: ignore[arg-type]
    assert codes["post_id"].tolist() == ["p1", "p2"]
    assert codes["present"].tolist()[0] is True
    assert codes["present"].isna().tolist() == [False, True]


FRAME = Frame(
    "x", tuple(read_phrases(Path(__file__).parents[2] / "discourse/sentiment/frame_lexicons/protest.tsv"))
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet=st.characters(codec=None), max_size=60), max_size=6))
def test_no_text_makes_it_fail_and_the_order_of_posts_does_not_matter(posts: list[str]) -> None:
    posts = [*posts, "抗议", "not a boycott"]
    forward = code_frames(posts, [FRAME])["evidence"].tolist()
    assert code_frames(posts[::-1], [FRAME])["evidence"].tolist() == forward[::-1]
