"""The tables of a study: each function turns posts and scores into the tables that a report prints."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pandas as pd

from discourse.study.schema import Study, in_language
from discourse.study.steps import asked, group_rules

if TYPE_CHECKING:
    from discourse.corpus.corpus import Corpus


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


def comparison_tables(scored: pd.DataFrame, study: Study, instrument: str) -> dict[str, pd.DataFrame]:
    """Compare the groups, day by day too, and answer the questions.

    Parameters
    ----------
    scored : DataFrame
        One row a post and target.
    study : Study
        Groups, questions, events, zone, seed.
    instrument : str
        The scorer and its version.

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
    pairs = list(combinations([g for g in groups if g != "unassigned"], 2))
    questions = [asked(question, language) for question in study.questions]
    events = [{"name": in_language(e.name, language), "at": e.at} for e in study.events]
    return {
        "group_sentiment": group_sentiment(scored, instrument=instrument, min_cell=head.min_cell),
        "contrasts": sentiment_contrasts(
            scored, pairs, instrument=instrument, seed=head.seed, min_cell=head.min_cell
        ),
        "daily": daily_series(scored, head.timezone, groups=groups, min_cell=head.min_cell),
        "events": events_table(events, head.timezone),
        "questions": answer_questions(questions, scored, seed=head.seed, min_cell=head.min_cell),
    }


def description_tables(
    corpus: Corpus, posts: pd.DataFrame, authors: pd.DataFrame, study: Study
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

    Returns
    -------
    dict of str to DataFrame
        ``flow``, ``corpus_description``, ``group_signals``.
    """
    from discourse.compare.description import describe_corpus, flow
    from discourse.compare.groups import group_signals
    from discourse.study.steps import has_words

    left_out = {}
    if study.duplicates.exact == "drop":
        left_out["exact copies of a text"] = len(corpus) - len(posts)
    left_out["without words"] = int((~has_words(posts)).sum())
    min_cell = study.study.min_cell
    return {
        "flow": flow(corpus.counts, left_out),
        "corpus_description": describe_corpus(posts, group_names(study, posts), min_cell=min_cell),
        "group_signals": group_signals(authors, min_cell=min_cell),
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
    return {
        "rejected": int(corpus.counts["rejected"]),
        "unread": int((~has_words(posts)).sum()),
        "time_lost": int(posts["created_at"].isna().sum()),
        "time_assumed": int(sum("zone-assumed" in found for found in flags)),
        "unassigned": int((authors["group"] == "unassigned").sum()),
        "shown": int(opening["comments"].fillna(0).sum()),
        "collected": int((posts["kind"] != "post").sum()),
    }
