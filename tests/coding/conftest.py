"""Frames and samples that the tests of coding share."""

from __future__ import annotations

import numpy as np
import pandas as pd

LABELS = ["positive", "neutral", "negative", "absent"]


def make_frame(n: int = 1000, seed: int = 0, error: float = 0.2) -> pd.DataFrame:
    """Posts of two groups in two languages, with a truth and an instrument that errs."""
    rng = np.random.default_rng(seed)
    group = rng.choice(["hosts", "newcomers"], n, p=[0.7, 0.3])
    lang = np.where(rng.random(n) < np.where(group == "hosts", 0.9, 0.1), "zh-Hans", "en")
    truth = rng.choice(LABELS, n, p=[0.3, 0.2, 0.1, 0.4])
    label = np.where(rng.random(n) < error, rng.choice(LABELS, n), truth)
    return pd.DataFrame(
        {
            "post_id": [f"67{i:016d}" for i in range(n)],
            "author": [f"a{i}" for i in rng.integers(0, max(n // 3, 2), n)],
            "thread_id": [f"t{i}" for i in rng.integers(0, max(n // 10, 2), n)],
            "group": group,
            "lang": lang,
            "target": "refugees",
            "label": label,
            "score": rng.uniform(-1, 1, n),
            "confidence": rng.uniform(0.3, 1.0, n),
            "truth": truth,
        }
    )


HOSTILE = [
    "=1+1",
    "+86 138",
    "-5",
    "@SUM(A1)",
    "\t=cmd|'/c calc'!A0",
    "'quoted'",
    "a\nb\r\nc\rd",
    "😀👩‍👩‍👧🇺🇸",
    "欢迎难民 [笑哭R]",
    "zero\u200bwidth\u200d\ufeffjoined, right \u202eto\u202c left, נאמר",
    "",
    " leading and trailing ",
    "_x000D_ is written here",
    "<b>&amp;</b> \"q\" 'a', ; \t tab",
    "bell \x07 and \x0b",
    "1e5",
    "2025-01-14",
    "TRUE",
    "2025/1/14 08:30",
    "1月14日",
    "12:30",
    "3/4",
    "50%",
    "007",
    "12345678901234567890",
    "￥1,000.00",
    "#N/A",
    "#REF!",
    "长" * 33_000,
    "𠮷" * 20_000,
]
