"""Findings of our own making: plausible, seeded, and as awkward as one asks for."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from discourse.report.findings import Findings

GROUPS = ("hosts", "newcomers", "onlookers")
TARGETS = ("refugees", "hosts", "xiaohongshu", "tiktok-ban", "feed")
METHOD = "cluster-robust t interval (author x thread_id)"
CONFOUNDED = "the groups differ in language, and nobody has checked the instrument in both"
INSTRUMENT = "lexicon 0.1.0 3fa9c17b"
PLANTED = {
    ("hosts", "refugees"): 0.23,
    ("newcomers", "refugees"): 0.07,
    ("onlookers", "refugees"): -0.03,
    ("newcomers", "hosts"): 0.41,
    ("newcomers", "tiktok-ban"): -0.36,
    ("hosts", "feed"): -0.18,
    ("hosts", "xiaohongshu"): 0.11,
    ("newcomers", "xiaohongshu"): 0.29,
}
LANG_SHARES = {
    ("hosts", "zh"): 0.86,
    ("hosts", "en"): 0.05,
    ("hosts", "mixed"): 0.09,
    ("newcomers", "zh"): 0.14,
    ("newcomers", "en"): 0.66,
    ("newcomers", "mixed"): 0.2,
    ("onlookers", "zh"): 0.7,
    ("onlookers", "en"): 0.2,
    ("onlookers", "mixed"): 0.1,
}
ZH_WORDS = [
    "欢迎",
    "猫税",
    "作业",
    "对账",
    "名字",
    "翻译",
    "推荐",
    "首页",
    "朋友",
    "医保",
    "房租",
    "早饭",
    "滤镜",
    "交税",
    "间谍",
    "老外",
    "英语",
    "李华",
    "物价",
    "带货",
]
EN_WORDS = [
    "welcome",
    "ban",
    "cat",
    "tax",
    "homework",
    "thank",
    "hosts",
    "government",
    "name",
    "translate",
    "app",
    "algorithm",
    "rent",
    "spy",
    "data",
    "banned",
    "neighbour",
    "recipe",
    "Mandarin",
    "duet",
    "creator",
]


def study(language: str = "en", **over: Any) -> dict[str, Any]:
    head: dict[str, Any] = {
        "title": {
            "en": "How hosts and newcomers speak of the TikTok refugees",
            "zh": "原住民与新来者如何谈论“TikTok难民”",
        },
        "question": {"en": "Are hosts well disposed to the refugees?", "zh": "原住民对TikTok难民友好吗？"},
        "language": language,
        "timezone": "Asia/Shanghai",
        "seed": 20250113,
        "min_cell": 10,
        "synthetic": True,
    }
    base: dict[str, Any] = {
        "version": 1,
        "study": {**head, **{k: over.pop(k) for k in list(over) if k in head}},
        "sources": [
            {
                "path": "corpora/tiktok-refugees-demo",
                "importer": "generic",
                "timezone": "Asia/Shanghai",
                "docvars": {"platform": "xiaohongshu"},
                "collection": {
                    "how": "keyword search",
                    "keywords": ["TikTok refugee", "TikTok难民"],
                    "sorted": "popular",
                    "per_keyword_cap": 220,
                    "collected": "2025-02-01",
                },
            }
        ],
        "duplicates": {"exact": "mark", "near": "mark", "threshold": 0.8, "min_length": 12},
        "groups": [
            {
                "name": "newcomers",
                "label": {"en": "Newcomers", "zh": "新来者"},
                "any": [{"ip": ["US", "GB"], "lang_share": {"en": 0.5}}],
            },
            {"name": "hosts", "label": {"en": "Hosts", "zh": "原住民"}, "all": [{"ip": ["CN-*"]}]},
            {"name": "onlookers", "label": {"en": "Onlookers", "zh": "旁观者"}, "all": [{"ip": ["*"]}]},
        ],
        "targets": [{"use": t, "replies": True} for t in TARGETS],
        "scorer": {"name": "lexicon", "neutral": 0.15},
        "topics": {"engine": "lda", "languages": "separate", "n_topics": 10},
        "questions": [],
        "quotes": {"policy": "none"},
    }
    return {**base, **over}


def provenance(**over: Any) -> dict[str, Any]:
    base: dict[str, Any] = {
        "inputs": [
            {
                "name": "corpora/tiktok-refugees-demo/posts.csv",
                "sha256": "9f" * 32,
                "bytes": 1843201,
                "rows": 6012,
            },
            {
                "name": "corpora/tiktok-refugees-demo/comments.csv",
                "sha256": "3c" * 32,
                "bytes": 843201,
                "rows": 5120,
            },
        ],
        "versions": {
            "discourse": "0.1.0",
            "python": "3.11.7",
            "pandas": "3.1.1",
            "gensim": "4.4.0",
            "jieba": "0.42.1",
            "spacy": "3.8.18",
            "typst": "0.15.2",
        },
        "instruments": [INSTRUMENT],
        "seed": 20250113,
        "key_id": "5d41402a",
        "corpus_fingerprint": "ab" * 32,
        "study_sha256": "cd" * 32,
        "methods": [],
        "validation": "none",
    }
    return {**base, **over}


def _sizes(group: str) -> tuple[int, int, int]:
    return {"hosts": (1510, 702, 241), "newcomers": (904, 413, 187), "onlookers": (322, 164, 96)}[group]


def _sentiment(rng: np.random.Generator) -> pd.DataFrame:
    rows = []
    for target in TARGETS:
        for group in GROUPS:
            for kind in ("all", "named", "pronoun", "addressed", "reply"):
                rows += _sentiment_cell(rng, target, group, "all", kind)
            for lang in ("zh", "en", "mixed"):
                rows += _sentiment_cell(rng, target, group, lang, "all")
    return pd.DataFrame(rows)


def _sentiment_cell(
    rng: np.random.Generator, target: str, group: str, lang: str, kind: str
) -> list[dict[str, Any]]:
    posts, authors, threads = _sizes(group)
    share = {"all": 1.0, "named": 0.45, "pronoun": 0.2, "addressed": 0.12, "reply": 0.23}[kind]
    share *= 1.0 if lang == "all" else LANG_SHARES[group, lang]
    share *= 1.0 if target == "refugees" else 0.3
    n, a, t = int(posts * share), int(authors * share), int(threads * share)
    mean = PLANTED.get((group, target), 0.0) + float(rng.normal(0, 0.02))
    half = 1.1 / np.sqrt(max(t, 4))
    positive = 0.42 + mean / 2
    negative = max(0.05, 0.22 - mean / 2)
    figures = {
        "mean": (mean, half * 0.55),
        "positive": (positive, half / 2),
        "neutral": (1 - positive - negative, half / 2.2),
        "negative": (negative, half / 2.5),
        "balance": (positive - negative, half * 0.8),
        "coverage": (0.18 * share + 0.1, half / 4),
    }
    reason = None
    if a < 100:
        reason = "fewer than 100 authors"
    elif t < 20:
        reason = "fewer than 20 threads"
    return [
        {
            "target": target,
            "group": group,
            "lang": lang,
            "mention_kind": kind,
            "measure": m,
            "estimate": np.nan if reason else e,
            "low": np.nan if reason else e - h,
            "high": np.nan if reason else e + h,
            "level": 0.95,
            "n": n,
            "n_authors": a,
            "n_threads": t,
            "method": METHOD,
            "instrument": INSTRUMENT,
            "reason": reason,
        }
        for m, (e, h) in figures.items()
    ]


def _contrasts(sentiment: pd.DataFrame) -> pd.DataFrame:
    rows = []
    cells = sentiment[sentiment["mention_kind"] == "all"].set_index(["lang", "target", "group", "measure"])
    for lang, target in [(g, t) for t in TARGETS for g in ("all", "zh", "en", "mixed")]:
        cell = cells.loc[lang]
        for a, b in (("hosts", "newcomers"), ("hosts", "onlookers"), ("newcomers", "onlookers")):
            for outcome in ("mean", "positive", "negative"):
                one, two = cell.loc[(target, a, outcome)], cell.loc[(target, b, outcome)]
                d = one["estimate"] - two["estimate"]
                h = float(np.hypot(one["high"] - one["estimate"], two["high"] - two["estimate"]))
                apart = lang == "all" and "newcomers" in (a, b)
                d = np.nan if apart else d
                bad = bool(np.isnan(d))
                rows.append(
                    {
                        "target": target,
                        "lang": lang,
                        "outcome": outcome,
                        "group_a": a,
                        "group_b": b,
                        "estimate": d,
                        "low": d - h if not bad else np.nan,
                        "high": d + h if not bad else np.nan,
                        "level": 0.95,
                        "effect": d / 0.6,
                        "p": np.nan if bad else float(np.exp(-3 * abs(d) / h)),
                        "p_adjusted": np.nan if bad else min(1.0, 6 * float(np.exp(-3 * abs(d) / h))),
                        "family": f"stance toward {target}",
                        "n_a": one["n"],
                        "n_b": two["n"],
                        "authors_a": one["n_authors"],
                        "authors_b": two["n_authors"],
                        "threads_a": one["n_threads"],
                        "threads_b": two["n_threads"],
                        "method": METHOD,
                        "instrument": INSTRUMENT,
                        "reason": (CONFOUNDED if apart else f"fewer than 100 authors in {a} and {b}")
                        if bad
                        else None,
                    }
                )
    return pd.DataFrame(rows)


def _description() -> pd.DataFrame:
    rows = []
    for g in (*GROUPS, "unassigned", "all"):
        p, a, t = {"unassigned": (96, 61, 44), "all": (2832, 1340, 300)}.get(
            g, _sizes(g) if g in GROUPS else (0, 0, 0)
        )
        rows.append(
            {
                "group": g,
                "n_posts": p // 12,
                "n_comments": p * 2 - p // 12,
                "n_authors": a,
                "n_threads": t,
                "median_length": 21.0,
                "share_zh": {"hosts": 0.86, "newcomers": 0.14}.get(g, 0.55),
                "share_en": {"hosts": 0.05, "newcomers": 0.63}.get(g, 0.25),
                "share_mixed": {"hosts": 0.07, "newcomers": 0.2}.get(g, 0.12),
                "share_ip": 0.94,
                "first": pd.Timestamp("2025-01-10T03:00Z"),
                "last": pd.Timestamp("2025-01-31T15:00Z"),
            }
        )
    return pd.DataFrame(rows)


def _keyness(rng: np.random.Generator) -> pd.DataFrame:
    rows = []
    for lang, words in (("zh", ZH_WORDS), ("en", EN_WORDS)):
        for i, word in enumerate(words):
            z = 9.0 * (0.5 - i / (len(words) - 1)) + float(rng.normal(0, 0.6))
            na, nb = int(rng.integers(20, 400)), int(rng.integers(10, 300))
            rows.append(
                {
                    "lang": lang,
                    "group_a": "hosts",
                    "group_b": "newcomers",
                    "word": word,
                    "n_a": na,
                    "n_b": nb,
                    "authors_a": na // 2,
                    "authors_b": nb // 2,
                    "g2": z * z,
                    "log_ratio": z / 3,
                    "log_odds_z": z,
                    "p": float(np.exp(-1.6 * abs(z))),
                    "q": min(1.0, 2 * float(np.exp(-1.6 * abs(z)))),
                }
            )
    return pd.DataFrame(rows)


def _topics(rng: np.random.Generator) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    topics, words, prevalence = [], [], []
    for lang, vocabulary in (("zh", ZH_WORDS), ("en", EN_WORDS)):
        shares = rng.dirichlet(np.full(8, 3.0))
        for k in range(8):
            own = [vocabulary[(k * 3 + j) % len(vocabulary)] for j in range(8)]
            joined = " ".join(own[:3])
            topics.append(
                {
                    "lang": lang,
                    "topic": k,
                    "label": joined,
                    "share": shares[k],
                    "n": int(900 * shares[k]),
                    "coherence": 0.35 + 0.03 * k,
                    "exemplar_ids": f"c{lang}{k}01 c{lang}{k}02 c{lang}{k}03",
                }
            )
            words += [
                {"lang": lang, "topic": k, "rank": r + 1, "word": w, "weight": 0.06 / (r + 1)}
                for r, w in enumerate(own)
            ]
            for g in GROUPS:
                e = float(np.clip(shares[k] + rng.normal(0, 0.04), 0.01, 0.9))
                prevalence.append(
                    {
                        "lang": lang,
                        "topic": k,
                        "label": joined,
                        "group": g,
                        "estimate": e,
                        "low": max(0.0, e - 0.025),
                        "high": e + 0.025,
                        "level": 0.95,
                        "n": 400,
                        "n_authors": 210,
                        "n_threads": 90,
                        "method": METHOD,
                        "reason": None,
                    }
                )
    return pd.DataFrame(topics), pd.DataFrame(words), pd.DataFrame(prevalence)


def _daily(rng: np.random.Generator) -> pd.DataFrame:
    rows = []
    for day in pd.date_range("2025-01-10", "2025-01-31"):
        name = day.strftime("%Y-%m-%d")
        surge = float(np.exp(-((day.day - 16) ** 2) / 18))
        for g in (*GROUPS, "all"):
            weight = {"hosts": 1.0, "newcomers": 0.7, "onlookers": 0.2, "all": 1.9}[g]
            n = int(6 + 160 * surge * weight)
            rows.append(
                {
                    "target": None,
                    "group": g,
                    "day": name,
                    "measure": "posts",
                    "estimate": float(n),
                    "low": np.nan,
                    "high": np.nan,
                    "n": n,
                    "n_authors": int(n * 0.8),
                }
            )
            m = (
                PLANTED.get((g, "refugees"), 0.1)
                - (0.12 if day.day >= 19 else 0.0)
                + float(rng.normal(0, 0.03))
            )
            h = 0.8 / np.sqrt(n)
            rows.append(
                {
                    "target": "refugees",
                    "group": g,
                    "day": name,
                    "measure": "mean",
                    "estimate": m,
                    "low": m - h,
                    "high": m + h,
                    "n": n // 2,
                    "n_authors": int(n * 0.4),
                }
            )
    return pd.DataFrame(rows)


def _rest(language: str, sentiment: pd.DataFrame) -> dict[str, pd.DataFrame]:
    zh = language == "zh"
    first = sentiment.query(
        "target == 'refugees' and group == 'hosts' and lang == 'all' and mention_kind == 'all' and measure == 'mean'"
    ).iloc[0]
    flow = [
        ("read", 6012, ""),
        ("rejected", 12, "damaged records"),
        ("duplicates", 168, "same id"),
        ("kept", 5832, ""),
        ("exact duplicates", 168, "marked"),
        ("no group", 192, "no rule matched"),
        ("analysed", 5664, ""),
    ]
    questions = [
        {
            "id": "H1",
            "text": "原住民提及难民时总体为正面。" if zh else "Host mentions are on balance positive.",
            "outcome": "stance:refugees",
            "groups": "hosts",
            "expect": "> 0",
            "answer": "supported",
            "estimate": first["estimate"],
            "low": first["low"],
            "high": first["high"],
            "n": 1510,
            "n_authors": 702,
            "n_threads": 241,
            "reason": "the 95 % interval lies wholly on the side stated beforehand",
        },
        {
            "id": "H2",
            "text": "原住民比新来者更友好。" if zh else "Hosts are warmer than newcomers.",
            "outcome": "stance:refugees",
            "groups": "hosts vs newcomers",
            "expect": "> 0",
            "answer": "not measurable",
            "n": 2414,
            "n_authors": 1115,
            "n_threads": 280,
            "reason": CONFOUNDED,
        },
        {
            "id": "H3",
            "text": "原住民抱怨推荐页。" if zh else "Hosts complain of the feed.",
            "outcome": "balance:feed",
            "groups": "hosts",
            "expect": "< 0",
            "answer": "undecided",
            "estimate": -0.16,
            "low": -0.35,
            "high": 0.02,
            "n": 453,
            "n_authors": 210,
            "n_threads": 72,
            "reason": "the 95 % interval includes 0",
        },
    ]
    signals = [
        ("hosts", "ip=CN-*", 640),
        ("hosts", "ip=CN-*, lang=en", 62),
        ("newcomers", "ip=US, lang=en", 311),
        ("newcomers", "phrase", 102),
        ("onlookers", "ip=other", 164),
        ("unassigned", "ip unknown", None),
    ]
    return {
        "flow": pd.DataFrame(flow, columns=["step", "n", "note"]),
        "questions": pd.DataFrame(questions),
        "group_signals": pd.DataFrame(signals, columns=["group", "signals", "n_authors"]),
        "events": pd.DataFrame(
            [
                {
                    "name": "新用户涌入" if zh else "The migration starts",
                    "at": pd.Timestamp("2025-01-13T00:00Z"),
                    "day": "2025-01-13",
                },
                {
                    "name": "TikTok 关停" if zh else "TikTok goes dark",
                    "at": pd.Timestamp("2025-01-19T03:30Z"),
                    "day": "2025-01-19",
                },
                {
                    "name": "TikTok 恢复" if zh else "TikTok is back",
                    "at": pd.Timestamp("2025-01-19T17:00Z"),
                    "day": "2025-01-20",
                },
            ]
        ),
    }


@cache
def _made(language: str, seed: int) -> Findings:
    """The tables are made once: most tests want the same."""
    rng = np.random.default_rng(seed)
    sentiment = _sentiment(rng)
    topics, words, prevalence = _topics(rng)
    tables = {
        "corpus_description": _description(),
        "group_sentiment": sentiment,
        "contrasts": _contrasts(sentiment),
        "keyness": _keyness(rng),
        "topics": topics,
        "topic_words": words,
        "topic_prevalence": prevalence,
        "daily": _daily(rng),
        **_rest(language, sentiment),
    }
    return Findings(tables, {})


def plausible(language: str = "en", seed: int = 1, **over: Any) -> Findings:
    """Findings of the demo's shape; ``over`` replaces tables (by name), ``study`` or ``provenance`` keys."""
    tables = {**_made(language, seed).tables, **over.pop("tables", {})}
    # Findings copies each table: nobody changes those of another test
    return Findings(
        tables, study(language, **over.pop("study", {})), provenance(**over.pop("provenance", {}))
    )


@pytest.fixture(scope="session")
def make_findings() -> Callable[..., Findings]:
    return plausible


@pytest.fixture(scope="session")
def composed(make_findings: Callable[..., Findings]) -> dict[str, Any]:
    """The report in both languages as blocks, with its figures drawn: once for all writers of a format."""
    from discourse.report.figures.drawn import draw
    from discourse.report.render import compose

    documents = {language: compose(make_findings(language), language) for language in ("en", "zh")}
    return {language: (document, draw(document.pictures())) for language, document in documents.items()}


@pytest.fixture(scope="session", params=["en", "zh"])
def rendered(
    request: pytest.FixtureRequest, make_findings: Callable[..., Findings], tmp_path_factory: Any
) -> tuple[str, Path]:
    """The report in one language in every format, written once for all who look at it."""
    from discourse.report.render import render

    folder: Path = tmp_path_factory.mktemp(f"run-{request.param}")
    render(make_findings(request.param), folder, request.param)
    return request.param, folder
