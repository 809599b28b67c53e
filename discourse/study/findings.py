"""The tables of a study: each function turns posts and scores into the tables that a report prints."""

from __future__ import annotations

import json
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from discourse.compare.sentiment import MIN_AUTHORS
from discourse.errors import NotMeasurable, StudyError
from discourse.study.schema import Study, in_language
from discourse.study.steps import asked, full_texts, group_rules
from discourse.tables import KEYNESS

if TYPE_CHECKING:
    from discourse.corpus.corpus import Corpus
    from discourse.text.tokens import Tokens


def group_posts(posts: pd.DataFrame, study: Study) -> tuple[pd.DataFrame, pd.DataFrame, list[str]]:
    """Assign authors, and with them posts, to the groups of a study.

    Parameters
    ----------
    posts : DataFrame
        Posts.
    study : Study
        Its rules and its sheet of overrides.

    Returns
    -------
    (DataFrame, DataFrame, list of str)
        Authors with group and signals; the posts with ``group``; what is doubtful about the rules.
    """
    from discourse.compare.groups import assign_groups, post_groups, rule_warnings

    rules = group_rules(study)
    if not rules:
        everybody = [{"name": "everybody", "not": [{"ip": ["ZZ"]}]}]
        authors = assign_groups(posts, everybody)
        return authors, posts.assign(group=post_groups(posts, authors)), []
    authors = assign_groups(posts, rules, study.group_overrides)
    return authors, posts.assign(group=post_groups(posts, authors)), rule_warnings(rules, posts)


def group_names(study: Study, posts: pd.DataFrame) -> list[str]:
    """List the groups in the order of the study.

    Parameters
    ----------
    study : Study
        A study.
    posts : DataFrame
        Posts with ``group``.

    Returns
    -------
    list of str
        Declared groups, and ``unassigned`` last if it occurs.
    """
    declared = [group.name for group in study.groups] or ["everybody"]
    return declared + (["unassigned"] if (posts["group"] == "unassigned").any() else [])


def group_pairs(study: Study, posts: pd.DataFrame) -> list[tuple[str, str]]:
    """List the pairs of groups that are compared.

    Parameters
    ----------
    study : Study
        A study.
    posts : DataFrame
        Posts with ``group``.

    Returns
    -------
    list of (str, str)
        All pairs of declared groups, in the order of the study.
    """
    return list(combinations([g for g in group_names(study, posts) if g != "unassigned"], 2))


def read_words(posts: pd.DataFrame) -> Tokens:
    """Cut the posts into words, once for topics and keyness.

    Parameters
    ----------
    posts : DataFrame
        Posts with ``title`` and ``text``.

    Returns
    -------
    Tokens
        One entry a post.
    """
    from discourse.text.tokens import tokenize

    return tokenize(full_texts(posts))


def topic_tables(posts: pd.DataFrame, tokens: Tokens, study: Study) -> dict[str, pd.DataFrame]:
    """Fit topics and compare their prevalence between groups.

    Parameters
    ----------
    posts : DataFrame
        Posts with ``group``.
    tokens : Tokens
        Their words.
    study : Study
        Engine, number of topics, seed, minimum cell.

    Returns
    -------
    dict of str to DataFrame
        ``topics``, ``topic_words``, ``topic_prevalence``, ``topic_contrasts``; nothing where no post has a
        content word.
    """
    from discourse.compare.prevalence import prevalence, prevalence_contrasts
    from discourse.topics.fit import fit_topics

    asked_for = study.topics
    try:
        model = fit_topics(
            tokens,
            asked_for.n_topics,
            engine=asked_for.engine,
            seed=study.study.seed,
            grid=asked_for.grid,
        )
    except NotMeasurable:
        return {}
    return {
        "topics": model.topic_table(posts["post_id"], posts["author"], min_cell=study.study.min_cell),
        "topic_words": model.word_table(10),
        "topic_prevalence": prevalence(
            model, posts, groups=group_names(study, posts), min_cell=study.study.min_cell
        ),
        "topic_contrasts": prevalence_contrasts(
            model, posts, group_pairs(study, posts), seed=study.study.seed, min_cell=study.study.min_cell
        ),
    }


def frame_tables(posts: pd.DataFrame, study: Study) -> dict[str, pd.DataFrame]:
    """Code the frames of a study and compare their shares between groups.

    Parameters
    ----------
    posts : DataFrame
        Posts with ``group``.
    study : Study
        Its ``[[codes]]``: each a shipped frame by its name, or a lexicon of the researcher's own.

    Returns
    -------
    dict of str to DataFrame
        ``frames``; nothing where the study declares none.
    """
    from discourse.compare.frames import group_frames
    from discourse.sentiment.codes import load_code
    from discourse.sentiment.frames import code_frames

    if not study.codes:
        return {}
    frames = [
        load_code(
            code.name,
            lexicon=code.lexicon,
            trained=code.trained,
            values=_hand_codes(posts, code.column) if code.column else None,
        )
        for code in study.codes
    ]
    codes = code_frames(full_texts(posts), frames, wide=True)
    methods = {frame.name: frame.method for frame in frames}
    table = group_frames(
        posts, codes, group_names(study, posts), methods=methods, min_cell=study.study.min_cell
    )
    return {"frames": table}


def _hand_codes(posts: pd.DataFrame, column: str) -> list[Any]:
    """Read a column of the export, which the importer has kept among the document variables."""
    found = [json.loads(text).get(column) if isinstance(text, str) else None for text in posts["docvars"]]
    if all(value is None for value in found):
        raise StudyError(
            f"no post has the column {column!r}", where="codes.column", hint="spell it as the export does"
        )
    return found


def word_tables(posts: pd.DataFrame, tokens: Tokens, study: Study) -> dict[str, pd.DataFrame]:
    """Find the words that distinguish each pair of groups, within each language.

    Parameters
    ----------
    posts : DataFrame
        Posts with ``group`` and ``author``.
    tokens : Tokens
        Their words.
    study : Study
        Groups, seed, minimum cell.

    Returns
    -------
    dict of str to DataFrame
        ``keyness``: for each pair and language the words most typical of either side that at least the
        minimum cell of authors use.

    Notes
    -----
    Stop words are left out.  A group with fewer authors than the minimum cell writes no words here.
    """
    from discourse.compare.keyness import keyness
    from discourse.topics.reading import Reading

    words = Reading().content(tokens)
    groups = [g for g in group_names(study, posts) if g != "unassigned"]
    rows = []
    for lang, docs in words.items():
        spoken = np.array([len(doc) > 0 for doc in docs])
        for a, b in combinations(groups, 2):
            sides = [np.flatnonzero(spoken & (posts["group"] == name).to_numpy()) for name in (a, b)]
            if any(posts["author"].iloc[side].nunique() < MIN_AUTHORS for side in sides):
                continue
            (docs_a, docs_b), (authors_a, authors_b) = (
                [[docs[i] for i in side] for side in sides],
                [posts["author"].iloc[side] for side in sides],
            )
            table = keyness(
                docs_a,
                docs_b,
                authors_a,
                authors_b,
                seed=study.study.seed,
                min_authors=max(study.study.min_cell, 10),
            )
            rows.append(_ends(table).assign(lang=lang, group_a=a, group_b=b))
    return {"keyness": KEYNESS.conform(pd.concat(rows))} if rows else {}


def _ends(table: pd.DataFrame, n: int = 40) -> pd.DataFrame:
    """Keep the words most typical of either side, among those that were tested."""
    tested = table[table["p"].notna()].sort_values("log_odds_z", ascending=False, kind="stable")
    if len(tested) <= 2 * n:
        return tested
    return pd.concat([tested.head(n), tested.tail(n)])


def comparison_tables(
    scored: pd.DataFrame, study: Study, instruments: dict[str, str]
) -> dict[str, pd.DataFrame]:
    """Compare the groups, day by day too, and answer the questions.

    Parameters
    ----------
    scored : DataFrame
        One row a post and target.
    study : Study
        Groups, questions, events, zone, seed.
    instruments : dict of str to str
        Target to scorer and version.

    Returns
    -------
    dict of str to DataFrame
        ``group_sentiment``, ``contrasts``, ``daily``, ``events``, ``questions``.
    """
    from discourse.compare.questions import answer_questions
    from discourse.compare.sentiment import group_sentiment, sentiment_contrasts
    from discourse.compare.trend import daily_series, events_table

    head = study.study
    language = "zh" if head.language == "zh" else "en"
    groups = group_names(study, scored)
    pairs = group_pairs(study, scored)
    questions = [asked(question, language) for question in study.questions]
    events = [{"name": in_language(e.name, language), "at": e.at} for e in study.events]
    return {
        "group_sentiment": group_sentiment(
            scored, instrument=instruments, min_cell=head.min_cell, interval=head.interval, seed=head.seed
        ),
        "contrasts": sentiment_contrasts(
            scored,
            pairs,
            instrument=instruments,
            seed=head.seed,
            min_cell=head.min_cell,
            interval=head.interval,
        ),
        "daily": daily_series(scored, head.timezone, groups=groups, min_cell=head.min_cell),
        "events": events_table(events, head.timezone),
        "questions": answer_questions(
            questions, scored, seed=head.seed, min_cell=head.min_cell, interval=head.interval
        ),
    }


def description_tables(
    corpus: Corpus,
    posts: pd.DataFrame,
    authors: pd.DataFrame,
    study: Study,
    left_out: dict[str, int],
) -> dict[str, pd.DataFrame]:
    """Describe the corpus, the way of its records, and the signals behind the groups.

    Parameters
    ----------
    corpus : Corpus
        As it was read.
    posts : DataFrame
        The posts analysed, with ``group``.
    authors : DataFrame
        Authors with group and signals.
    study : Study
        Minimum cell and groups.
    left_out : dict of str to int
        Copies that the study leaves out, by step.

    Returns
    -------
    dict of str to DataFrame
        ``flow``, ``corpus_description``, ``group_signals``.
    """
    from discourse.compare.description import describe_corpus, flow
    from discourse.compare.groups import group_signals
    from discourse.study.steps import has_words

    left_out = left_out | {"without words": int((~has_words(posts)).sum())}
    min_cell = study.study.min_cell
    return {
        "flow": flow(corpus.counts, left_out),
        "corpus_description": describe_corpus(posts, group_names(study, posts), min_cell=min_cell),
        "group_signals": group_signals(authors, min_cell=min_cell),
    }


def copy_tables(marked: pd.DataFrame, authors: pd.DataFrame, study: Study) -> dict[str, pd.DataFrame]:
    """Say what dropping copies would change, and which clusters of near copies there are.

    Parameters
    ----------
    marked : DataFrame
        All posts, with their marks.
    authors : DataFrame
        Authors with group.
    study : Study
        Minimum cell.

    Returns
    -------
    dict of str to DataFrame
        ``dropped_copies`` and ``near_clusters`` (clusters by fewer authors than the minimum cell are left
        out); nothing where near copies were not searched for.
    """
    from discourse.compare.groups import post_groups
    from discourse.corpus.copies import dropped_copies, near_clusters

    if study.duplicates.near == "keep":
        return {}
    clusters = near_clusters(marked)
    return {
        "dropped_copies": dropped_copies(marked.assign(group=post_groups(marked, authors))),
        "near_clusters": clusters[clusters["n_authors"] >= study.study.min_cell].reset_index(drop=True),
    }


def limit_counts(corpus: Corpus, posts: pd.DataFrame, authors: pd.DataFrame) -> dict[str, int]:
    """Count what the limits of a report must say.

    Parameters
    ----------
    corpus : Corpus
        As it was read.
    posts : DataFrame
        The posts analysed.
    authors : DataFrame
        Authors with group.

    Returns
    -------
    dict of str to int
        As :func:`discourse.study.limits.write_limits` reads them.
    """
    from discourse.study.steps import has_words

    flags = posts["flags"].map(lambda value: set(value) if value is not None else set())
    opening = posts[posts["kind"] == "post"]
    copies = posts["duplicate_of"].notna() | posts["near_duplicate_of"].notna()
    return {
        "rejected": int(corpus.counts["rejected"]),
        "unread": int((~has_words(posts)).sum()),
        "time_lost": int(posts["created_at"].isna().sum()),
        "time_assumed": int(sum("zone-assumed" in found for found in flags)),
        "unassigned": int((authors["group"] == "unassigned").sum()),
        "shown": int(opening["comments"].fillna(0).sum()),
        "collected": int((posts["kind"] != "post").sum()),
        "copies": int(copies.sum()),
        "left": int((~copies).sum()),
    }
