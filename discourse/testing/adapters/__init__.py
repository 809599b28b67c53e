"""Entry id -> the function of ours that computes it.

An adapter reads an entry's input, calls the function that the entry names, and returns the value in the
shape of the expected one; it never looks at the expected numbers.  Ids are listed one by one: an entry that
nobody thought of is "not covered", not guessed at.
"""

from __future__ import annotations

from discourse.testing.adapters import agreement, doors, effects, lexicon, tokens, topics, vocabulary, words
from discourse.testing.reference import Adapter

ADAPTERS: dict[str, Adapter] = {
    **agreement.ADAPTERS,
    **words.ADAPTERS,
    **vocabulary.ADAPTERS,
    **topics.ADAPTERS,
    **effects.ADAPTERS,
    **doors.ADAPTERS,
    **tokens.ADAPTERS,
    **lexicon.ADAPTERS,
}
