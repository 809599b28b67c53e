"""Reading a study's sources: the corpus, its copies, and which posts can be read."""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from discourse import plugins
from discourse.corpus.urls import is_url, shown
from discourse.errors import ParameterError, StudyError
from discourse.study.schema import Study
from discourse.study.scoring import load_targets
from discourse.study.sources import Collection, Source
from discourse.study.store import Key, Store
from discourse.tables import POSTS

if TYPE_CHECKING:
    from discourse.corpus.corpus import Corpus
    from discourse.study.depend import Dependence

#: Outcomes of questions that are about a target.
_OF_TARGETS = ("stance", "balance", "positive", "negative", "coverage")
#: The columns of posts that analyses read; lists of hashtags alone would hold as much as the texts.
NEEDED = [name for name in POSTS.names if name not in ("hashtags", "source_file", "source_line")]
_AT_ONCE = 100_000
#: What a post says: columns that nobody needs who only counts posts.
SPOKEN = ["text", "title", "flags", "docvars"]


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
        if is_url(source.path):
            raise StudyError(
                f"the study names a url, {shown(source.path)[:200]}",
                where="sources.path",
                expected="files and folders of this machine; discourse run (run_study) alone copies urls",
                hint="discourse import the url, and name the folder of the corpus",
            )
        if not os.path.exists(source.path):  # says no to a name too long, too
            brief = source.path if len(source.path) < 200 else f"{source.path[:200]}..."
            raise StudyError(f"there is no file or folder {brief}", where="sources.path")
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


def has_words(posts: pd.DataFrame, looked: Callable[[], None] = lambda: None) -> pd.Series:
    """Say which posts carry a message that can be read.

    Parameters
    ----------
    posts : DataFrame
        Posts with ``text`` and ``title``.
    looked : callable, optional
        Called behind each hundred thousand posts: the texts of a large study lie on disk.

    Returns
    -------
    Series of bool
        False where text and title are both empty: a picture or a video says something, but not to us.
    """
    said = []
    for start in range(0, max(1, len(posts)), _AT_ONCE):
        said.append(_says_something(posts.iloc[start : start + _AT_ONCE]))
        looked()
    whole: pd.Series = pd.concat(said)
    return whole


def _says_something(posts: pd.DataFrame) -> pd.Series:
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
