"""What a pattern needs: found in every text that it matches, and no text is turned away that it would match."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.sentiment.constructions import load_constructions
from discourse.sentiment.needs import can_match, needs_of

PROMISES = Path(__file__).with_name("promises") / "phenomena.tsv"


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        ("abc", (("abc",),)),
        ("(?:cats|dogs) sing", ((" sing",), ("cats", "dogs"))),
        ("(?:cats|dogs|) sing", ((" sing",),)),
        ("(?:very )*kind", (("kind",),)),
        ("(?:very )+kind", (("kind",), ("very ",))),
        ("没[有人]来", (("来",), ("没",), ("有", "人"))),
        ("[a-z]+", ()),
        ("a|bc", ()),
        ("(?i)abc", ()),
        ("(?i:abc)难民", (("难民",),)),
        ("(?!never)kind", (("kind",),)),
        ("(?<=not )kind", (("kind",),)),
    ],
)
def test_needs_are_read_out_of_a_pattern(pattern, needs):
    assert needs_of(pattern) == needs


def test_every_construction_that_matches_a_post_finds_there_what_it_needs():
    with PROMISES.open(encoding="utf-8", newline="") as handle:
        texts = [row["text"] for row in csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)]
    constructions, _ = load_constructions()
    marked = [re.sub("refugees?|foreigners?|难民|老外", "\x02\x02", text.lower()) for text in texts[::2]]
    matching = [(c, text) for text in marked for c in constructions if c.pattern.search(text)]
    assert len(matching) > 50
    assert all(can_match(construction.needs, text) for construction, text in matching)


PIECES = st.sampled_from(
    ["ab", "c", "(?:ab|cd)", "(?:a|b)?", "[abc]", "(?:ba)+", "(?:dc){2}", ".", r"\b", "d*"]
)


@given(st.lists(PIECES, min_size=1, max_size=5), st.text(alphabet="abcd ", max_size=12))
def test_no_text_is_turned_away_that_a_pattern_matches(pieces, text):
    pattern = "".join(pieces)
    if re.search(pattern, text):
        assert can_match(needs_of(pattern), text)
