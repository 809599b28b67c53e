"""How fast topics are fitted against the usual gensim script: ``python benchmarks/topics.py [POSTS]``.

One process, one run each, 20 topics, the same words; processor seconds.  The usual script is
``LdaModel(passes=10, iterations=50)`` and ``get_document_topics``.  Beside the times stands what came out:
c_v and NPMI of the ten top words, mean of three seeds, and the agreement of topics between seeds.  Then the
eight themes of a coded corpus: normalised mutual information of the leading topic with the theme, k = 8, mean
of five seeds.

Reads bench/zh-short.csv.gz and corpora/rednote-aigc-topics.csv from $DISCOURSE_SHARED or ../shared; prints
"skipped" where they are not.
"""

from __future__ import annotations

import csv
import gzip
import itertools
import logging
import os
import sys
import time
import warnings
from pathlib import Path

import numpy as np
from gensim.corpora import Dictionary
from gensim.models import LdaModel
from sklearn.metrics import normalized_mutual_info_score

from discourse.topics.choose import stability, top_sets
from discourse.topics.coherence import topic_coherence
from discourse.topics.fit import fit_docs, fit_topics
from discourse.topics.model import TopicModel
from discourse.topics.reading import Reading
from discourse.topics.vocabulary import Limits, vocabulary_of

SHARED = Path(os.environ.get("DISCOURSE_SHARED", Path(__file__).resolve().parents[2] / "shared"))
READING = Reading(languages=("zh",))
LIMITS = Limits(min_posts=10)
ENGINES = ("lda", "nmf")


def read_posts(n: int) -> list[str]:
    with gzip.open(SHARED / "bench" / "zh-short.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return [row["text"] for row in itertools.islice(csv.DictReader(file), n)]


def usual_script(docs: list[list[str]], seed: int) -> tuple[LdaModel, float]:
    start = time.process_time()
    kept = set(vocabulary_of(docs, LIMITS))
    dictionary = Dictionary([[word for word in doc if word in kept] for doc in docs])
    bags = [dictionary.doc2bow(doc) for doc in docs]
    model = LdaModel(bags, 20, id2word=dictionary, passes=10, iterations=50, random_state=seed)
    for bag in bags:
        model.get_document_topics(bag)
    return model, time.process_time() - start


def ours(docs: list[list[str]], engine: str, seed: int) -> tuple[TopicModel, float]:
    start = time.process_time()
    model = fit_docs({"zh": docs}, 20, READING, engine, seed, LIMITS)
    return model, time.process_time() - start


def words_of_gensim(model: LdaModel) -> list[list[str]]:
    return [[word for word, _ in model.show_topic(t, 10)] for t in range(20)]


def words_of_ours(model: TopicModel) -> list[list[str]]:
    top = model.top_words(10)
    return [list(top.loc[top["topic"] == t, "word"]) for t in range(model.n_topics)]


def quality(fits: list[list[list[str]]], docs: list[list[str]]) -> str:
    c_v, npmi = (
        np.mean([np.nanmean(topic_coherence(words, docs, measure=m)) for words in fits])
        for m in ("c_v", "c_npmi")
    )
    sets = [[frozenset(words) for words in fit] for fit in fits]
    agreement = np.mean([stability(a, b) for a, b in itertools.combinations(sets, 2)])
    return f"c_v {c_v:.3f}  NPMI {npmi:+.3f}  agreement of seeds {agreement:.2f}"


def speed_and_quality(n: int) -> None:
    docs = [doc for doc in READING.content(read_posts(n))["zh"] if doc]
    print(f"{len(docs):,} posts with words, {sum(map(len, docs)) / len(docs):.1f} words each, k = 20")
    sample = docs[:10_000]
    base, usual = usual_script(docs, 0)
    few = [words_of_gensim(usual_script(sample, seed)[0]) for seed in range(3)]
    del base
    print(f"gensim script   {usual:6.1f} s              {quality(few, sample)}")
    for engine in ENGINES:
        _, took = ours(docs, engine, 0)
        few = [words_of_ours(ours(sample, engine, seed)[0]) for seed in range(3)]
        print(f"fit_topics {engine}  {took:6.1f} s  ratio {usual / took:4.1f}  {quality(few, sample)}")


def themes() -> None:
    path = SHARED / "corpora" / "rednote-aigc-topics.csv"
    if not path.exists():
        print("themes: skipped")
        return
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    texts = [f"{row['title']}\n{row['desc']}" for row in rows]
    for engine in ENGINES:
        found = []
        for seed in range(5):
            model = fit_topics(texts, 8, engine=engine, seed=seed, lang="zh")
            known = ~np.isnan(model.prevalence).any(axis=1)
            lead = model.prevalence[known].argmax(axis=1)
            theme = [row["topic"] for row, k in zip(rows, known, strict=True) if k]
            found.append(normalized_mutual_info_score(theme, lead))
        same = stability(top_sets(model), top_sets(fit_topics(texts, 8, engine=engine, seed=99, lang="zh")))
        span = f"{min(found):.2f}-{max(found):.2f}"
        print(f"8 themes, {engine}: NMI {np.mean(found):.2f} ({span}), agreement {same:.2f}")


def main() -> None:
    if not (SHARED / "bench").is_dir():
        print("skipped: no bench folder")
        return
    warnings.filterwarnings("ignore")
    logging.disable(logging.WARNING)
    speed_and_quality(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)
    themes()


if __name__ == "__main__":
    main()
