"""Samples of made-up posts to code."""

from __future__ import annotations

import pandas as pd
import pytest

from discourse.coding.codebook import stance_codebook
from discourse.coding.sample import Design, Sample
from discourse.tables import SAMPLE, SAMPLE_TEXTS

LABELS = ("positive", "neutral", "negative", "absent")
HOSTILE = (
    "<script>document.title = 'owned'</script><img src=x onerror=\"document.title='owned'\">",
    "</p></section><button id=labels>1</button><style>*{display:none}</style>",
    '=HYPERLINK("http://evil.example","click") | {{7*7}} ${7*7} javascript:alert(1)',
    "safe \u202egnihton\u202c \u2066x\u2069 text\u0000with\u0007controls",
    "表情👩‍👩‍👧‍👦🇺🇸 和\n\n换行\t制表 &lt;b&gt;不是标签&lt;/b&gt;",
    "长Ā" * 5000,
    "נאמר מימין לשמאל, ثم بالعربية, and back \u200f(\u200e)",
    "zero\u200bwidth\u200c\u200d\ufeffjoined\u2060 👨‍👩‍👧‍👦👩🏽‍🚀🏳️‍🌈",
    "=1+1",
    "2025-01-14",
    "",
)


def make_sample(n=12, coders=("anna", "小李"), overlap=None, language="en"):
    """A sample of n posts toward the refugees; all are coded by all unless `overlap` says fewer."""
    overlap = n if overlap is None else overlap
    ids = [f"{i:024x}" for i in range(n)]
    rows = {
        "post_id": ids,
        "unit": "post",
        "target": "refugees",
        "group": ["hosts" if i % 2 else "newcomers" for i in range(n)],
        "lang": "zh",
        "label": [LABELS[i % 4] for i in range(n)],
        "stratum": ["a" if i % 2 else "b" for i in range(n)],
        "inclusion": 0.5,
        "stratum_size": n,
        "stratum_drawn": n // 2,
        "overlap": [i < overlap for i in range(n)],
        "coder": [None if i < overlap else coders[i % len(coders)] for i in range(n)],
    }
    texts = {
        "post_id": ids,
        "target": "refugees",
        "parent": ["大家好，我是TikTok难民" if i % 3 == 0 else None for i in range(n)],
        "text": [
            HOSTILE[i] if i < len(HOSTILE) and n > 20 else f"第 {i} 条：他们来了，欢迎！" for i in range(n)
        ],
    }
    book = stance_codebook({"en": "the refugees", "zh": "难民"})
    design = Design(
        "validation",
        "post",
        "refugees",
        7,
        ("group",),
        "equal",
        n,
        2 * n,
        "lexicon 1 abc",
        "f" * 64,
        None,
        book.stamp,
        tuple(coders),
        overlap,
        language,
    )
    units = SAMPLE.conform(pd.DataFrame(rows))
    return Sample(units, SAMPLE_TEXTS.conform(pd.DataFrame(texts)), design, book)


@pytest.fixture
def folder(tmp_path):
    """A folder with a sample of twelve posts."""
    return make_sample().save(tmp_path / "codes-of-study")
