from __future__ import annotations

import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.report.glyphs import covered, is_printable, printable, printable_findings


@pytest.mark.parametrize(
    "text",
    [
        "难民",
        "難民",
        "refugee",
        "−0.12 [−0.20, −0.04]",
        "“引号”、《书》。",
        "⟨U+1F602⟩",
        "n = 1",
        "é ł ř ♥ ☺",
    ],
)
def test_prints_what_the_fonts_hold(text):
    assert printable(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u202eb", "a⟨U+202E⟩b"),
        ("a\u200bb", "a⟨U+200B⟩b"),
        ("🐱😂🧿", "🐱😂🧿"),
        ("👨\u200d👩\u200d👧", "👨👩👧"),
        ("❤\ufe0f\u200d🔥", "❤🔥"),
        ("a\u200d🐱", "a⟨U+200D⟩🐱"),
        ("\U0001fbff", "⟨U+1FBFF⟩"),
        ("\ud83d", "⟨U+D83D⟩"),
        ("\x00", "⟨U+0000⟩"),
        ("\U00020bb7", "⟨U+20BB7⟩"),
        ("❤\ufe0f", "❤"),
        ("a\nb\tc", "a b c"),
    ],
)
def test_shows_the_code_point_of_what_they_do_not_hold(text, shown):
    assert printable(text) == shown


@given(st.text(st.characters(), max_size=50))
def test_nothing_unprintable_is_left(text):
    shown = printable(text)
    assert all(is_printable(ord(c)) for c in shown)
    assert printable(shown) == shown


@given(st.text(st.characters(), max_size=50))
def test_every_replaced_character_is_counted(text):
    missing: Counter[str] = Counter()
    printable(text, missing)
    assert sum(missing.values()) == sum(not is_printable(ord(c)) for c in text if c not in "\n\t\r")


def test_no_control_and_no_surrogate_counts_as_printable():
    for code in covered():
        if unicodedata.category(chr(code)) in ("Cc", "Cf", "Cs", "Co"):
            assert not is_printable(code)


def test_cleans_tables_study_and_provenance_and_leaves_the_original(make_findings):
    findings = make_findings(study={"title": "x\u202ey"}, provenance={"key_id": "k\u200b"})
    shown, missing = printable_findings(findings)
    assert shown.setting("title") == "x⟨U+202E⟩y"
    assert findings.setting("title") == "x\u202ey"
    assert missing["U+202E"] == 1
    assert missing["U+200B"] == 1
