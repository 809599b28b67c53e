"""The stages of a study against the script that people usually write, in one run, as ratios.

    python -m benchmarks.stages [--posts 20000] [--runs 5]

One process.  The usual script: jieba.lcut, NLTK's TweetTokenizer, SnowNLP and VADER for sentiment (they
score the tone of a post and know no target), gensim's LdaModel.  Runs are interleaved and the median is
taken.  Reads $DISCOURSE_SHARED or ../shared; prints that it was skipped where neither is there.  SnowNLP is
timed only where it is installed (it is no dependency of ours).
"""

from __future__ import annotations

import argparse
import csv
import gzip
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent


def bench_folder() -> Path:
    """Where the benchmark texts lie, if they do."""
    return Path(os.environ.get("DISCOURSE_SHARED", HERE.parents[1] / "shared")) / "bench"


def read_texts(name: str, n: int) -> list[str]:
    csv.field_size_limit(10**7)
    with gzip.open(bench_folder() / name, "rt", encoding="utf-8", newline="") as handle:
        rows = csv.DictReader(handle)
        return [row["text"] for row, _ in zip(rows, range(n), strict=False)]


def compare(
    stage: str, ours: Callable[[], Any], usual: Callable[[], Any], n_ours: int, n_usual: int, runs: int
) -> dict[str, Any]:
    """Time two functions alternately and give posts a second of each."""
    seconds: dict[str, list[float]] = {"ours": [], "usual": []}
    for _ in range(runs):
        for name, function in (("ours", ours), ("usual", usual)):
            start = time.perf_counter()
            function()
            seconds[name].append(time.perf_counter() - start)
    rate = n_ours / statistics.median(seconds["ours"])
    other = n_usual / statistics.median(seconds["usual"])
    return {"stage": stage, "ours": rate, "usual": other, "ratio": rate / other}


def segmentation(zh: Sequence[str], runs: int) -> dict[str, Any]:
    import jieba

    from discourse.text.segment import segment_zh

    jieba.setLogLevel(60)
    segment_zh("热身")
    jieba.lcut("热身")
    return compare(
        "segment zh (jieba.lcut)",
        lambda: [segment_zh(text) for text in zh],
        lambda: [jieba.lcut(text) for text in zh],
        len(zh),
        len(zh),
        runs,
    )


def tokens(en: Sequence[str], runs: int) -> dict[str, Any]:
    from nltk.tokenize import TweetTokenizer

    from discourse.text.tokens import tokenize

    usual = TweetTokenizer()
    return compare(
        "tokenize en (TweetTokenizer)",
        lambda: tokenize(en),
        lambda: [usual.tokenize(text) for text in en],
        len(en),
        len(en),
        runs,
    )


def sentiment(
    texts: Sequence[str], stage: str, usual: Callable[[str], Any], n_usual: int, runs: int
) -> dict[str, Any]:
    from discourse.sentiment.score import score

    score(texts[:10])
    return compare(
        stage,
        lambda: score(texts),
        lambda: [usual(text) for text in texts[:n_usual]],
        len(texts),
        n_usual,
        runs,
    )


def topics(zh: Sequence[str], runs: int) -> dict[str, Any]:
    import jieba
    from gensim.corpora import Dictionary
    from gensim.models import LdaModel

    from discourse.topics.fit import fit_topics

    def usual() -> None:
        words = [[w for w in jieba.lcut(text) if len(w) > 1] for text in zh]
        dictionary = Dictionary(words)
        dictionary.filter_extremes(no_below=5, no_above=0.5)
        bags = [dictionary.doc2bow(doc) for doc in words]
        model = LdaModel(bags, num_topics=20, id2word=dictionary, passes=10, iterations=50, random_state=0)
        for bag in bags:
            model.get_document_topics(bag)

    return compare(
        "topics k=20, fit and inference (LdaModel)",
        lambda: fit_topics(zh, n_topics=20, seed=0).prevalence,
        usual,
        len(zh),
        len(zh),
        runs,
    )


def rows(posts: int, runs: int) -> list[dict[str, Any]]:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    zh, en = read_texts("zh-short.csv.gz", posts), read_texts("en-tweets.csv.gz", posts)
    named_zh = [f"{text} 难民" for text in zh]
    named_en = [f"{text} refugees" for text in en]
    vader = SentimentIntensityAnalyzer()
    found = [
        segmentation(zh, runs),
        tokens(en, runs),
        sentiment(named_en, "score en (VADER)", vader.polarity_scores, len(en), runs),
    ]
    try:
        from snownlp import SnowNLP
    except ImportError:
        print("SnowNLP is not installed: scoring of Chinese is compared with nothing", file=sys.stderr)
        rate = sentiment(named_zh, "score zh (nothing)", lambda text: None, 1, runs)
        found.append(rate | {"usual": float("nan"), "ratio": float("nan")})
    else:
        found.append(sentiment(named_zh, "score zh (SnowNLP)", lambda t: SnowNLP(t).sentiments, 300, runs))
    found.append(topics(zh, 1))
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    if not bench_folder().is_dir():
        print(f"skipped: there are no texts in {bench_folder()}")
        return 0
    print(f"{'stage':<44}{'ours, posts/s':>15}{'usual, posts/s':>16}{'ratio':>8}")
    for row in rows(arguments.posts, arguments.runs):
        print(f"{row['stage']:<44}{row['ours']:>15,.0f}{row['usual']:>16,.0f}{row['ratio']:>8.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
