"""A caption says what stands in the table, not what the heading above it has said."""

from __future__ import annotations

from collections import Counter

import pytest

from discourse.report.document import Dictionary, Entry, Grid, Heading, Picture
from discourse.report.render import compose
from discourse.report.sections.appendix import _shared


def repeated(blocks):
    """The captions that say what the heading before them says."""
    heads, found = (), []
    for block in blocks:
        if isinstance(block, Heading):
            heads = (block.text, block.kicker)
        elif isinstance(block, Grid | Picture) and block.caption in heads:
            found.append(block.caption)
    return found


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_caption_repeats_its_heading_and_no_column_is_described_twice(make_findings, language):
    blocks = compose(make_findings(language), language).blocks
    assert sum(isinstance(block, Grid) for block in blocks) > 5
    assert repeated(blocks) == []
    (dictionary,) = [block for block in blocks if isinstance(block, Dictionary)]
    assert dictionary.files[0].name == "*.csv"
    for file in dictionary.files:
        names = [entry.term for entry in file.columns]
        assert len(names) == len(set(names)), file.name


def test_of_two_meanings_of_one_column_the_more_frequent_is_said_once_and_the_other_with_its_tables():
    group, everybody, rare = Entry("group", "the group"), Entry("group", "or all"), Entry("n", "posts")
    assert _shared(Counter({group: 5, everybody: 9, rare: 3})) == (everybody,)
    assert _shared(Counter({group: 9, Entry("n", "posts"): 4})) == (group, rare)
