"""The steps of a study, each a function of what came before; only ``run.py`` knows their order."""

from __future__ import annotations

import difflib
import json
import os
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse import plugins
from discourse.errors import ParameterError, StudyError
from discourse.study.progress import Progress, Silent
from discourse.study.schema import (
    Collection,
    Event,
    Group,
    Question,
    Source,
    Study,
    TargetUse,
    in_language,
    parse_expectation,
)
from discourse.study.spread import spread
from discourse.study.store import Key, Store
from discourse.text.token_lists import Rows

if TYPE_CHECKING:
    from discourse.compare.questions import Asked
    from discourse.corpus.corpus import Corpus
    from discourse.sentiment.target import Target
    from discourse.study.depend import Dependence

#: Outcomes of questions that are about a target.
_OF_TARGETS = ("stance", "balance", "positive", "negative", "coverage")
#: What a post says: columns that nobody needs who only counts posts.
SPOKEN = ["text", "title", "hashtags", "flags", "docvars"]
#: Posts that one task of a step reads; small enough to be spread, large enough to be worth it.
PART = 20_000


def read_corpus(study: Study, store: Store, depend: Dependence, *, workers: int = 1) -> Corpus:
    """Read all sources of a study into one corpus.

    Parameters
    ----------
    study : Study
        A loaded study.
    store : Store
        Where raw exports are kept as a corpus once they are read; in memory where there is no store.
    depend : Dependence
        What each source depends on.
    workers : int
        Processes; the posts are the same for any number.

    Returns
    -------
    Corpus
        Posts of all sources, in the order of the sources; counts and rejects are those of all.
    """
    from discourse.corpus.join import join_corpora

    return join_corpora([_read_source(source, store, depend, workers) for source in study.sources])


def _read_source(source: Source, store: Store, depend: Dependence, workers: int) -> Corpus:
    from discourse.corpus.corpus import Corpus
    from discourse.corpus.read import import_exports, read_posts

    options = _read_options(source)
    if store.folder is None or (Path(source.path) / "corpus.json").is_file():
        return read_posts(source.path, workers=workers, **options)
    place = store.entry(
        depend.corpus(source),
        lambda folder: _drop(import_exports(source.path, folder / "corpus", workers=workers, **options)),
    )
    corpus = Corpus.load(place / "corpus")
    # how the posts were found is said by the study, not by what was kept of an earlier run
    corpus.card = dict(options["card"])
    return corpus


def _drop(_: Any) -> None:
    """Take a result that is not needed."""


def refuse_unknown_names(study: Study) -> None:
    """Refuse a study that names what there is not, before anything is read.

    Parameters
    ----------
    study : Study
        A loaded study.

    Raises
    ------
    StudyError
        If a question asks about a target that the study does not declare.
    InputError
        If a source, a target, an importer or an instrument cannot be found.
    """
    from discourse.sentiment.instruments.resolve import scorer_maker

    for source in study.sources:
        if not os.path.exists(source.path):  # says no to a name too long, too
            shown = source.path if len(source.path) < 200 else f"{source.path[:200]}..."
            raise StudyError(f"there is no file or folder {shown}", where="sources.path")
        if source.importer != "auto":
            plugins.load("importers", source.importer)
    scorer_maker(study.scorer.name)
    names = [target.name for _, target in load_targets(study)]
    for question in study.questions:
        kind, _, name = question.outcome.partition(":")
        if kind in _OF_TARGETS and name not in names:
            near = difflib.get_close_matches(name, names, n=1)
            raise StudyError(
                f"question {question.id!r} asks about the undeclared target {name!r}",
                where="questions.outcome",
                expected=", ".join(names),
                hint=f"did you mean {near[0]!r}?" if near else "declare it under [[targets]]",
            )


def with_cards(study: Study) -> Study:
    """Take the card of an imported corpus where the study does not say how its posts were found.

    Parameters
    ----------
    study : Study
        A loaded study.

    Returns
    -------
    Study
        The same study, with the cards of its sources.
    """
    return study.model_copy(update={"sources": tuple(_with_card(source) for source in study.sources)})


def _with_card(source: Source) -> Source:
    from discourse.corpus.card import collection_fields, read_card

    if source.collection != Collection() or not (Path(source.path) / "card.toml").is_file():
        return source
    fields = collection_fields(read_card(source.path))
    return source.model_copy(update={"collection": Collection.model_validate(fields)})


def _read_options(source: Source) -> dict[str, Any]:
    return {
        "source": source.importer,
        "mapping": dict(source.mapping) or None,
        "timezone": source.timezone,
        "docvars": dict(source.docvars) or None,
        "key": source.key.encode("utf-8") if source.key else None,
        "card": source.collection.model_dump(mode="json", exclude_none=True),
    }


def mark_duplicates(
    posts: pd.DataFrame, study: Study, store: Store | None = None, key: Key | None = None
) -> pd.DataFrame:
    """Mark posts that nearly repeat another one, or say it again in the other language.

    Parameters
    ----------
    posts : DataFrame
        Posts with ``duplicate_of``.
    study : Study
        Its ``[duplicates]``: nothing is searched for where ``near`` is ``keep``.
    store, key : Store and Key, optional
        Where the marks are kept, and what they depend on.

    Returns
    -------
    DataFrame
        The posts, with ``near_duplicate_of`` and ``twin_of`` where they were searched for.
    """
    if study.duplicates.near == "keep":
        return posts
    from discourse.corpus.near_duplicates import mark_near_duplicates
    from discourse.corpus.twins import mark_twins

    def marks() -> pd.DataFrame:
        near = mark_near_duplicates(posts, study.duplicates.threshold, study.duplicates.min_length)
        return pd.DataFrame({"near_duplicate_of": near, "twin_of": mark_twins(posts)})

    found = store.frame(key, marks) if store is not None and key is not None else marks()
    return posts.assign(**{name: found[name].array for name in found.columns})


def drop_or_keep_duplicates(posts: pd.DataFrame, study: Study) -> tuple[pd.DataFrame, dict[str, int]]:
    """Leave out copies of earlier posts, where the study says so.

    Parameters
    ----------
    posts : DataFrame
        Posts with ``duplicate_of`` and, where searched for, ``near_duplicate_of``.
    study : Study
        Its ``[duplicates]`` decides.

    Returns
    -------
    (DataFrame, dict of str to int)
        The posts to analyse, with a fresh index, and how many were left out, by step.
    """
    left_out: dict[str, int] = {}
    for step, column, action in (
        ("exact duplicates", "duplicate_of", study.duplicates.exact),
        ("near duplicates", "near_duplicate_of", study.duplicates.near),
    ):
        if action == "drop":
            copies = posts[column].notna()
            left_out[step] = int(copies.sum())
            posts = posts[~copies]
    return posts.reset_index(drop=True), left_out


def has_words(posts: pd.DataFrame) -> pd.Series:
    """Say which posts carry a message that can be read.

    Parameters
    ----------
    posts : DataFrame
        Posts with ``text`` and ``title``.

    Returns
    -------
    Series of bool
        False where text and title are both empty: a picture or a video says something, but not to us.
    """
    text = posts["text"].fillna("").str.strip() != ""
    title = posts["title"].fillna("").str.strip() != ""
    return text | title


def readable_posts(posts: pd.DataFrame) -> pd.DataFrame:
    """Give the posts that can be read.

    Parameters
    ----------
    posts : DataFrame
        Posts with ``text`` and ``title``.

    Returns
    -------
    DataFrame
        Those of which :func:`has_words` is true, with a fresh index; where that are all, nothing is copied.
    """
    kept = has_words(posts)
    return (posts if kept.all() else posts[kept]).reset_index(drop=True)


def group_rules(study: Study) -> list[dict[str, Any]]:
    """Write the group rules as plain values.

    Parameters
    ----------
    study : Study
        A study.

    Returns
    -------
    list of dict
        ``name``, ``any``, ``all``, ``not`` of each group, in order.
    """
    return [_rule(group) for group in study.groups]


def _rule(group: Group) -> dict[str, Any]:
    plain = group.model_dump(mode="json", by_alias=True, exclude_none=True)
    plain.pop("label", None)
    return {key: value for key, value in plain.items() if value}


def load_targets(study: Study) -> list[tuple[TargetUse, Target]]:
    """Load the targets of a study.

    Parameters
    ----------
    study : Study
        A study.

    Returns
    -------
    list of (TargetUse, Target)
        In the order of the study.

    Raises
    ------
    InputError
        If a target is not shipped, or its file cannot be read.
    """
    from discourse.sentiment.target import load_target

    return [(use, load_target(use.file or use.use or "")) for use in study.targets]


def parent_texts(posts: pd.DataFrame) -> list[str | None]:
    """Find the text of the post that each post answers, where it was collected.

    Parameters
    ----------
    posts : DataFrame
        Posts with ``post_id``, ``parent_id``, ``title`` and ``text``.

    Returns
    -------
    list of (str or None)
        One a post.
    """
    return _texts_at(posts, _parent_places(posts))


def _parent_places(posts: pd.DataFrame) -> NDArray[np.int64]:
    """Find the row of the post that each post answers; -1 where it was not collected."""
    ids = posts["post_id"]
    last = (~ids.duplicated(keep="last")).to_numpy()
    rows = np.flatnonzero(last)
    found = pd.Index(ids[last]).get_indexer(pd.Index(posts["parent_id"].fillna("")))
    known = (found >= 0) & posts["parent_id"].notna().to_numpy()
    return np.where(known, rows[found] if len(rows) else -1, -1).astype(np.int64)


def _texts_at(posts: pd.DataFrame, rows: NDArray[np.int64]) -> list[str | None]:
    texts: list[str | None] = [None] * len(rows)
    known = np.flatnonzero(rows >= 0)
    for at, text in zip(known.tolist(), full_texts(posts.iloc[rows[known]]), strict=True):
        texts[at] = text
    return texts


def full_texts(posts: pd.DataFrame) -> list[str]:
    """Join title and text of each post, as a reader sees them.

    Parameters
    ----------
    posts : DataFrame
        Posts with ``title`` and ``text``.

    Returns
    -------
    list of str
        One a post; the title stands in a line of its own before the text.
    """
    titles = posts["title"].fillna("").tolist()
    return [
        f"{title}\n{text}" if title else text
        for title, text in zip(titles, posts["text"].fillna(""), strict=True)
    ]


def score_targets(
    posts: pd.DataFrame,
    study: Study,
    *,
    workers: int = 1,
    progress: Progress | None = None,
    store: Store | None = None,
    depend: Dependence | None = None,
) -> tuple[pd.DataFrame, dict[str, str]]:
    """Score all posts toward all targets, part by part.

    Parameters
    ----------
    posts : DataFrame
        Posts with ``group``.
    study : Study
        Targets, scorer and threshold.
    workers : int
        Processes; the result does not depend on them.
    progress : Progress, optional
        Told what happens.
    store, depend : Store and Dependence, optional
        Where each scored part is kept, and what it depends on.

    Returns
    -------
    (DataFrame, dict of str to str)
        One row a post and target (``post_id``, ``target``, ``label``, ``score``, ``confidence``, ``mixed``,
        ``mention_kind`` and the columns of the post that comparisons read), and target to instrument.
    """
    from discourse.sentiment.instruments.resolve import make_scorer

    progress = progress or Silent()
    parents = _parent_places(posts)
    carried = posts[["post_id", "author", "thread_id", "group", "lang", "platform", "created_at"]]
    tables, instruments = [], {}
    for use, target in load_targets(study):
        progress.say(f"   toward {target.name}")
        parts = _parts_to_score(posts, parents if use.replies else None, use, study)
        keys = [depend.scores(use, number) if depend else None for number in range(len(parts))]
        scores = pd.concat(
            progress.track(
                _score_parts(parts, keys, study, workers, store or Store()), total=len(parts), what="parts"
            ),
            ignore_index=True,
        )
        instruments[target.name] = make_scorer(study.scorer.name, target, study.scorer.neutral).instrument
        tables.append(
            carried.assign(target=target.name).join(scores.rename(columns={"kind": "mention_kind"}))
        )
    return tables[0] if len(tables) == 1 else pd.concat(tables, ignore_index=True), instruments


def _parts_to_score(
    posts: pd.DataFrame, parents: NDArray[np.int64] | None, use: TargetUse, study: Study
) -> Rows[tuple[Any, ...]]:
    """Give the tasks of scoring, each made when it is given out: no list holds all texts."""
    scorer, neutral = study.scorer.name, study.scorer.neutral
    reference = use.file or use.use or ""

    def part(number: int) -> tuple[Any, ...]:
        here = slice(number * PART, (number + 1) * PART)
        answered = None if parents is None else _texts_at(posts, parents[here])
        return full_texts(posts.iloc[here]), answered, reference, scorer, neutral

    return Rows(max(1, -(-len(posts) // PART)), part)


def _score_parts(
    parts: Rows[tuple[Any, ...]], keys: Sequence[Key | None], study: Study, workers: int, store: Store
) -> Iterator[pd.DataFrame]:
    """Give the scores of each part in order: from the store where it has them, else scored and kept."""
    from discourse.sentiment.instruments.resolve import may_spread

    missing = [i for i, key in enumerate(keys) if key is None or not store.has(key)]
    tasks = Rows(len(missing), lambda i: parts[missing[i]])
    made = spread(score_part, tasks, workers if may_spread(study.scorer.name) else 1)
    for i, key in enumerate(keys):
        if i in missing:
            scores = next(made)
            yield store.frame(key, partial(_given, scores)) if key is not None else scores
        else:
            yield store.frame(cast("Key", key), lambda i=i: score_part(*parts[i]))  # type: ignore[misc]


def _given(frame: pd.DataFrame) -> pd.DataFrame:
    return frame


def score_part(
    texts: list[str], parents: list[str | None] | None, target: str, scorer: str, neutral: float
) -> pd.DataFrame:
    """Score one part: a pure function of its arguments, so that any process may run it.

    Parameters
    ----------
    texts : list of str
        The posts.
    parents : list of (str or None), optional
        The posts that they answer.
    target : str
        Name of a shipped target, or the path of a target file.
    scorer : str
        Name of the instrument.
    neutral : float
        Threshold below which a score is neutral.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.SCORES`, one row a text.
    """
    from discourse.sentiment.score import score

    scored: pd.DataFrame = score(texts, target, scorer, parents=parents, neutral=neutral)
    return scored


def asked(question: Question, language: str, events: Sequence[Event] = ()) -> Asked:
    """Turn a question of the study into what the comparison answers.

    Parameters
    ----------
    question : Question
        A question of the study.
    language : {"en", "zh"}
        Language of its wording in the report.
    events : sequence of Event
        The events of the study, one of which the question may name.

    Returns
    -------
    Asked
        The question.
    """
    from discourse.compare.questions import Asked

    direction, bound = parse_expectation(question.expect)
    event = _event_of(question, events)
    return Asked(
        id=question.id,
        text=in_language(question.text, language),
        outcome=question.outcome,
        groups=question.groups,
        direction=direction,
        bound=bound,
        equivalence=question.equivalence,
        event=in_language(event.name, language) if event else question.event,
        at=event.at if event else None,
    )


def _event_of(question: Question, events: Sequence[Event]) -> Event | None:
    for event in events:
        names = event.name.values() if isinstance(event.name, dict) else (event.name,)
        if question.event is not None and question.event in names:
            return event
    return None


def write_json(path: Path, value: Any) -> None:
    """Write plain values as UTF-8 JSON with sorted keys and a final line end.

    Parameters
    ----------
    path : path
        The file.
    value : object
        Plain values.
    """
    text = json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True)
    path.write_bytes(text.encode("utf-8") + b"\n")


def refuse_empty(posts: pd.DataFrame) -> None:
    """Refuse a study without a single post.

    Parameters
    ----------
    posts : DataFrame
        The posts to analyse.

    Raises
    ------
    DiscourseError
        If there is none.
    """
    if posts.empty:
        raise ParameterError(
            "the sources hold no post that can be read", hint="look at rejects.csv of: discourse import"
        )
