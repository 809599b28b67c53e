"""What is printed cannot steer a terminal, and JSON stays what it was."""

from __future__ import annotations

import io
import json

import pytest

from discourse.terminal import Seen, visible

ACTING = ["\x1b[2J", "\x1b]0;title\x07", "\x9b31m", "\u202egnp.exe", "\u2066", "\x7f", "\x08\x08", "a\rb"]


@pytest.mark.parametrize("text", ACTING)
def test_no_sign_that_a_terminal_obeys_goes_through(text):
    assert visible(text).isprintable()


@pytest.mark.parametrize("text", ["难民，好\n", "a\tb", "🐱👩‍👩‍👧", "שלום", "\r   posts: 3", "line\r\n"])
def test_what_people_write_and_bars_do_stays(text):
    assert visible(text) == text


@pytest.mark.parametrize("text", ACTING)
def test_json_means_what_it_meant(text):
    printed = visible(json.dumps({"text": text}, ensure_ascii=False))
    assert json.loads(printed) == {"text": text}


def test_a_stream_is_the_one_below_but_for_what_is_written():
    below = io.StringIO()
    stream = Seen(below)
    print("\x1b[31mred", file=stream)
    stream.writelines(["a\u202e", "\n"])
    stream.flush()
    assert below.getvalue() == "\\u001b[31mred\na\\u202e\n"
    assert not stream.isatty()
