"""What a user would otherwise write for a table of posts: jieba, SnowNLP and VADER, gensim, pandas.

Measured on a sample of the posts of a run, step by step, and multiplied up to all of them: each of these
steps takes time in proportion to the posts, once the dictionaries are read.  It makes no report, knows no
target of a stance, and compares groups without an interval.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

#: One pass, as gensim does unless told otherwise; a model that is to be read takes ten.
LDA: dict[str, Any] = {"num_topics": 20, "random_state": 0}
_HAN = "[\u4e00-\u9fff]"


def usual_script(exports: Path, posts: int, sample: int) -> dict[str, Any]:
    """Time the usual script on a sample of an export, and extrapolate.

    Parameters
    ----------
    exports : Path
        Folder of the CSV files.
    posts : int
        Posts of the whole run.
    sample : int
        Posts of the sample; SnowNLP, the slowest by far, reads a tenth of it.

    Returns
    -------
    dict
        ``seconds_by_step`` of the sample; ``seconds`` and ``seconds_without_snownlp`` for all posts.  The
        first is None where SnowNLP is not installed.
    """
    steps: dict[str, float] = {}
    table = _timed(steps, "read", lambda: _read(exports), of=posts)
    table = table.sample(min(sample, len(table)), random_state=0).reset_index(drop=True)
    chinese = table["text"].str.contains(_HAN)
    _warm_up()
    words = _timed(steps, "jieba", lambda: [_cut(text) for text in table["text"]], of=len(table))
    _timed(steps, "VADER", lambda: _vader(table.loc[~chinese, "text"]), of=len(table))
    _timed(steps, "LdaModel", lambda: _lda(words), of=len(table))
    _timed(steps, "pandas", lambda: _compare(table), of=len(table))
    snow = _snownlp(table.loc[chinese, "text"].iloc[: max(sample // 10, 1)].tolist())
    rest = sum(steps.values()) * posts
    return {
        "sample": len(table),
        "microseconds_a_post": {name: round(1e6 * value, 1) for name, value in steps.items()},
        "seconds_without_snownlp": round(rest, 1),
        "snownlp": "skipped: not installed" if snow is None else f"{1 / snow:,.0f} Chinese posts a second",
        "seconds": None if snow is None else round(rest + snow * posts * float(chinese.mean()), 1),
    }


def ratios(usual: dict[str, Any], seconds: float) -> dict[str, Any]:
    """How many times as long the usual script takes, with and without SnowNLP."""
    return {
        name: None if usual[name] is None else round(usual[name] / seconds, 2)
        for name in ("seconds", "seconds_without_snownlp")
    }


def _timed(steps: dict[str, float], name: str, work: Callable[[], Any], *, of: int) -> Any:
    """Note the seconds a post of one step."""
    start = time.perf_counter()
    made = work()
    steps[name] = (time.perf_counter() - start) / max(of, 1)
    return made


def _read(exports: Path) -> pd.DataFrame:
    tables = [pd.read_csv(path, dtype=str) for path in sorted(exports.glob("*.csv"))]
    for table in tables:
        table["text"] = (table["desc"] if "desc" in table else table["content"]).fillna("")
    return pd.concat(tables, ignore_index=True).drop_duplicates("text")


def _warm_up() -> None:
    import jieba

    jieba.setLogLevel(60)
    jieba.lcut("热身")


def _cut(text: str) -> list[str]:
    import jieba

    return [word for word in jieba.lcut(text) if len(word) > 1]


def _vader(texts: pd.Series) -> list[float]:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyzer = SentimentIntensityAnalyzer()
    return [analyzer.polarity_scores(text)["compound"] for text in texts]


def _snownlp(texts: list[str]) -> float | None:
    """Seconds a Chinese post; None where SnowNLP is not installed."""
    try:
        from snownlp import SnowNLP  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        return None
    start = time.perf_counter()
    for text in texts:
        _ = SnowNLP(text).sentiments if text else None
    return (time.perf_counter() - start) / max(len(texts), 1)


def _lda(words: list[list[str]]) -> None:
    from gensim.corpora import Dictionary
    from gensim.models import LdaModel

    dictionary = Dictionary(words)
    dictionary.filter_extremes(no_below=5, no_above=0.5)
    bags = [dictionary.doc2bow(doc) for doc in words]
    model = LdaModel(bags, id2word=dictionary, **LDA)
    for bag in bags:
        model.get_document_topics(bag)


def _compare(table: pd.DataFrame) -> pd.DataFrame:
    """Mean likes by place and length of the post, as a script without groups would give them."""
    likes = table[["liked_count", "like_count"]].apply(pd.to_numeric, errors="coerce").sum(axis=1)
    cells = likes.groupby([table["ip_location"], table["text"].str.len() // 50])
    return pd.DataFrame({"mean": cells.mean(), "count": cells.count()})
