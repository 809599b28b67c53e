"""One function a mark of the table: what was reached by the default engine, and by the usual script."""

from __future__ import annotations

import time
from itertools import combinations

import numpy as np
from sklearn.metrics import normalized_mutual_info_score

from benchmarks.topics import data
from benchmarks.topics.measures import cnpmi, npmi, postings, said
from benchmarks.topics.usual import fit_usual
from discourse.text.tokens import tokenize
from discourse.topics.choose import stability
from discourse.topics.fit import fit_docs, fit_topics, read_alike
from discourse.topics.matching import match_topics
from discourse.topics.model import TopicModel
from discourse.topics.reading import Reading
from discourse.topics.stability import refit

Line = tuple[str, str, str, str]
READING = Reading(hashtags=True)


def lists(model: TopicModel, lang: str, n: int = 10) -> list[list[str]]:
    top = model.top_words(n)
    own = top[top["lang"] == lang]
    return [own.loc[own["topic"] == t, "word"].tolist() for t in range(model.n_topics)]


def themes(engines: list[str], seeds: int) -> list[Line]:
    """NMI of the leading topic with eight hand-made themes."""
    texts, theme = data.themes()
    reading, docs = read_alike(texts, READING)
    joined = [[*zh, *en] for zh, en in zip(docs["zh"], docs["en"], strict=True)]
    lines = []
    usual = [fit_usual(joined, 8, seed).leading(joined) for seed in range(seeds)]
    baseline = said([_nmi(theme, lead) for lead in usual])
    for engine in engines:
        found = []
        for seed in range(seeds):
            model = fit_docs(docs, 8, reading, engine, seed)
            found.append(_nmi(theme, leading(model.prevalence)))
        lines.append((f"NMI with 8 themes, k = 8 ({engine})", baseline, said(found), ".45"))
    return lines


def leading(prevalence: np.ndarray) -> np.ndarray:
    known = ~np.isnan(prevalence).any(axis=1)
    return np.where(known, np.nan_to_num(prevalence).argmax(axis=1), -1)


def _nmi(theme: list[str], lead: np.ndarray) -> float:
    known = lead >= 0
    return float(normalized_mutual_info_score(np.array(theme)[known], lead[known]))


def translated(engine: str, seeds: int) -> list[Line]:
    """Share of self-translated posts whose halves have the same topic, over that of same-language halves."""
    pairs, same = data.halves()
    texts = [half for pair in [*pairs, *same] for half in pair]
    ratios, shares, others = [], [], []
    for seed in range(seeds):
        rest = data.newcomers()
        keep = np.random.default_rng(seed).random(len(rest)) < 0.9
        model = fit_topics(
            texts + [t for t, k in zip(rest, keep, strict=True) if k], 15, engine=engine, seed=seed
        )
        lead = leading(model.transform(texts)).reshape(-1, 2)
        known = (lead >= 0).all(axis=1)
        agreed = lead[:, 0] == lead[:, 1]
        first = np.arange(len(lead)) < len(pairs)
        shares.append(agreed[known & first].mean())
        others.append(agreed[known & ~first].mean())
        ratios.append(shares[-1] / others[-1])
    name = f"halves of {len(pairs)} self-translated posts over {len(same)} of one language ({engine})"
    reached = f"{said(ratios, 2)}: {np.mean(shares):.2f} / {np.mean(others):.2f}"
    return [(name, "chance .07 (models apart)", reached, ".7; .85 with embeddings")]


def across(engine: str, seeds: int, n: int) -> list[Line]:
    """CNPMI of the words of 20 topics of mixed posts, and their NPMI within each language."""
    zh_sentences, en_sentences = data.sentences()
    of_zh, of_en = postings(zh_sentences), postings(en_sentences)
    size = len(zh_sentences)
    zh_posts, en_posts = data.posts("zh"), data.posts("en")
    ours, both, within, usual, usual_within = [], [], [], [], []
    for seed in range(seeds):
        rng = np.random.default_rng(seed)
        chosen = [
            posts[i] for posts in (zh_posts, en_posts) for i in rng.choice(len(posts), n, replace=False)
        ]
        reading, docs = read_alike(chosen, READING)
        model = fit_docs(docs, 20, reading, engine, seed)
        zh, en = lists(model, "zh"), lists(model, "en")
        ours.append(np.mean([cnpmi(a, b, of_zh, of_en, size) for a, b in zip(zh, en, strict=True)]))
        both.append(sum(bool(a) and bool(b) for a, b in zip(zh, en, strict=True)))
        within.append((npmi(zh, docs["zh"]), npmi(en, docs["en"])))
        apart = [fit_usual(docs[lang], 20, seed).words() for lang in ("zh", "en")]
        order = rng.permutation(20)
        pairs = [(apart[0][t], apart[1][order[t]]) for t in range(20)]
        usual.append(np.mean([cnpmi(a, b, of_zh, of_en, size) for a, b in pairs]))
        usual_within.append((npmi(apart[0], docs["zh"]), npmi(apart[1], docs["en"])))
    lines = [(f"CNPMI, k = 20, {n:,} + {n:,} posts ({engine})", said(usual, 4), said(ours, 4), ".07")]
    lines.append(("topics with words of both languages", "-", f"{min(both)} of 20", "16"))
    for place, lang in enumerate(("zh", "en")):
        pair = (said([row[place] for row in rows]) for rows in (usual_within, within))
        lines.append((f"NPMI within {lang} (whole posts)", *pair, "not lower"))
    return lines


def stable(engine: str, draws: int, n: int) -> list[Line]:
    """Jaccard of matched top words between bootstrap samples of authors (here each post has its own)."""
    reading, docs = read_alike(data.posts("zh")[:n], READING)
    ours, usual = [], []
    for draw in range(draws):
        chosen = np.random.default_rng(draw).integers(0, n, n)
        sample = {lang: [rows[i] for i in chosen] for lang, rows in docs.items()}
        ours.append(lists(fit_docs(sample, 20, reading, engine, 0), "zh"))
        usual.append(fit_usual(sample["zh"], 20, draw).words())
    agree = [[_matched(a, b) for a, b in combinations(fits, 2)] for fits in (usual, ours)]
    coherent = [[npmi(fit, docs["zh"]) for fit in fits] for fits in (usual, ours)]
    name = f"stability, k = 20, {n:,} Chinese posts, {draws} bootstrap samples ({engine})"
    return [
        (name, f"{np.mean(agree[0]):.3f}", f"{np.mean(agree[1]):.3f}", ".45"),
        ("NPMI of these (whole posts)", said(coherent[0]), said(coherent[1]), "not lower"),
    ]


def _matched(a: list[list[str]], b: list[list[str]]) -> float:
    return stability([frozenset(words) for words in a], [frozenset(words) for words in b])


def speed(engine: str, n: int) -> list[Line]:
    """Processor seconds from content words to topics and prevalences, and from texts on."""
    texts = data.posts("zh")[:n]
    fit_topics(texts[:500], 5)  # dictionaries are read once a process
    start = time.process_time()
    reading, docs = read_alike(texts, READING)
    read = time.process_time() - start
    start = time.process_time()
    fit_docs(docs, 20, reading, engine, 0)
    ours = time.process_time() - start
    usual = fit_usual(docs["zh"], 20, 0, place=True).seconds
    name = f"{n:,} posts, k = 20, fit and inference ({engine}), processor seconds"
    return [
        (name, f"{usual:.1f}", f"{ours:.1f}, {usual / ours:.1f} times faster", "3 times"),
        (
            "the same from raw texts on",
            f"{usual + read:.1f}",
            f"{ours + read:.1f}, {(usual + read) / (ours + read):.1f} times faster",
            "3 times",
        ),
    ]


def apart(n: int) -> list[Line]:
    """Match models apart through the dictionary: the check."""
    texts = data.posts("zh")[:n] + data.posts("en")[:n]
    overlap = match_topics(fit_topics(texts, 40, languages="separate"))["overlap"]
    return [("gloss overlap of models apart, matched", "-", f"{overlap.mean():.3f}", "-")]


def links() -> list[Line]:
    """Learn from posts put together with their answers: what that gives and what it costs, in the demo.

    Links of one half of the threads are learned from; in the other half a comment in one language should have
    the topic of the post in the other that it answers.
    """
    posts = data.demo()
    tokens = tokenize((posts["title"].fillna("") + "\n" + posts["text"].fillna("")).tolist())
    threads = sorted(set(posts["thread_id"]))
    shown = dict(zip(threads, np.random.default_rng(0).random(len(threads)) < 0.5, strict=True))
    learned = posts["thread_id"].map(shown).to_numpy(dtype=bool)
    answered = posts["parent_id"].where(posts["parent_id"].isin(posts["post_id"])).fillna(posts["post_id"])
    place = {name: at for at, name in enumerate(posts["post_id"])}
    pairs = np.array(
        [(at, place[to]) for at, to in enumerate(answered) if at != place[to] and not learned[at]]
    )
    short = posts["lang"].astype("object").str[:2].to_numpy()
    across = pairs[[{short[a], short[b]} == {"zh", "en"} for a, b in pairs]]
    lines = []
    for name, keys in (("each post alone", None), ("posts with their answers", answered)):
        pool = (
            None if keys is None else [k if known else None for k, known in zip(keys, learned, strict=True)]
        )
        model = fit_topics(tokens, 14, seed=20250113, pool=pool)
        lead = leading(model.prevalence)[across]
        lead = lead[(lead >= 0).all(axis=1)]
        agreed = (lead[:, 0] == lead[:, 1]).mean()
        chance = (np.bincount(lead[:, 0], minlength=14) / len(lead)) @ (
            np.bincount(lead[:, 1], minlength=14) / len(lead)
        )
        steady = refit(model, posts["author"], n_fits=4).stability.mean()
        cohere = np.nanmean(model.coherence("c_npmi"))
        reached = f"{agreed:.3f} (chance {chance:.3f}); NPMI {cohere:.3f}; stability {steady:.3f}"
        lines.append((f"answers across languages with the topic of their post, {name}", "-", reached, "-"))
    return lines
