"""What the rules read from accounts is printed in words; what nobody knows stays as it was written."""

from __future__ import annotations

import pytest

from discourse.report.sections.context import context_of
from discourse.report.sections.signals import signals_in_words

CASES = [
    ("en", "ip=US, lang=en", "place United States, writes English"),
    ("zh", "ip=US, lang=en", "属地美国，多用英文"),
    ("en", "ip=?, merchant", "no place shown, contact details of a merchant"),
    ("zh", "ip=?, lang=?", "未显示属地，没有文字"),
    ("en", "ip=CN, team=red", "place China, team=red"),
]


@pytest.mark.parametrize(("language", "signals", "said"), CASES)
def test_signals_are_said_in_words(make_findings, language, signals, said):
    assert signals_in_words(context_of(make_findings(), language, 0, {}), signals) == said


def test_a_group_whose_words_an_account_uses_is_named_by_its_label(make_findings):
    context = context_of(make_findings(), "en", 0, {})
    said = signals_in_words(context, "phrase=newcomers")
    assert "phrase" not in said
    assert context.say.who("newcomers") in said
