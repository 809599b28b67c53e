"""Scoring the posts of a study toward its targets, part by part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, cast, overload

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.processes import can_fork
from discourse.study.handing import Handed, hand
from discourse.study.mapped import Mapped
from discourse.study.measures import TargetUse
from discourse.study.progress import Progress, Silent
from discourse.study.schema import Study
from discourse.study.spread import goes_elsewhere, spread
from discourse.study.store import Key, Store
from discourse.text.token_lists import Rows

if TYPE_CHECKING:
    from discourse.sentiment.target import Target
    from discourse.study.depend import Dependence
    from discourse.text.tokens import Tokens

#: Posts that one task of a step reads at most; small enough to be spread, large enough to be worth it.
PART = 20_000
#: Posts of the smallest task that is worth its way to another process.
LEAST = 5_000
#: Tasks of a small study: several a worker, so that all are busy until the end.
TASKS = 16
#: Posts that are done before processes are forked, so that these know what it takes.
FEW = 200


def part_of(n_posts: int) -> int:
    """Say how many posts of a study one task reads, whoever does it.

    Examples
    --------
    >>> part_of(6_000), part_of(100_000), part_of(1_000_000)
    (5000, 6250, 20000)
    """
    return min(PART, max(LEAST, -(-n_posts // TASKS)))


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
    return hand(posts, _parent_places(posts)).read()


def _parent_places(posts: pd.DataFrame) -> NDArray[np.int64]:
    """Find the row of the post that each post answers; -1 where it was not collected."""
    from discourse.compare.lookup import rows_of

    return rows_of(posts["parent_id"], posts["post_id"], keep="last")


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
    return hand(posts).read()


class FullTexts(Sequence[str]):
    r"""Title and text of each post, read when they are looked at: no list holds all texts.

    Parameters
    ----------
    posts : DataFrame
        Posts with ``title`` and ``text``.
    mapped : Mapped
        Where they lie.

    Examples
    --------
    >>> texts = FullTexts(pd.DataFrame({"title": ["a", None], "text": ["b", "c"]}), Mapped())
    >>> texts[0], texts[1:], list(texts)
    ('a\nb', ['c'], ['a\nb', 'c'])
    """

    def __init__(self, posts: pd.DataFrame, mapped: Mapped) -> None:
        self._posts, self._mapped = posts[["title", "text"]], mapped
        self._number, self._part = -1, list[str]()

    def __len__(self) -> int:
        return len(self._posts)

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> list[str]: ...

    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return [self[i] for i in range(*place.indices(len(self)))]
        if not -len(self) <= place < len(self):
            raise IndexError(place)
        number, at = divmod(place % len(self), PART)
        if number != self._number:  # a part is kept: texts are mostly looked at one after the other
            self._number, self._part = (
                number,
                full_texts(self._posts.iloc[number * PART : (number + 1) * PART]),
            )
            self._mapped.unlook()
        return self._part[at]

    def __iter__(self) -> Iterator[str]:
        return (self[i] for i in range(len(self)))


def score_targets(
    posts: pd.DataFrame,
    study: Study,
    *,
    workers: int = 1,
    progress: Progress | None = None,
    store: Store | None = None,
    depend: Dependence | None = None,
    mapped: Mapped | None = None,
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
    mapped : Mapped, optional
        Where the scores of a large study lie.

    Returns
    -------
    (DataFrame, dict of str to str)
        One row a post and target (``post_id``, ``target``, ``label``, ``score``, ``confidence``, ``mixed``,
        ``mention_kind`` and the columns of the post that comparisons read), and target to instrument.
    """
    from discourse.sentiment.instruments.resolve import make_scorer

    progress, mapped = progress or Silent(), mapped or Mapped()
    parents = _parent_places(posts)
    carried = posts[["post_id", "author", "thread_id", "group", "lang", "platform", "created_at"]]
    tables, instruments = [], {}
    for use, target in load_targets(study):
        progress.say(f"   toward {target.name}")
        parts = _parts_to_score(posts, parents if use.replies else None, use, study, mapped)
        small = _parts_to_score(posts[:FEW], None, use, study, mapped)[0]
        keys = [depend.scores(use, number) if depend else None for number in range(len(parts))]
        if store is not None and depend is not None:
            store.note(depend.parts(), len(parts))
        made = _score_parts(parts, keys, study, workers, store or Store(), small)
        scores = mapped.stack(
            part.assign(target=target.name).rename(columns={"kind": "mention_kind"})
            for part in progress.track(made, total=len(parts), what="parts")
        )
        instruments[target.name] = make_scorer(study.scorer.name, target, study.scorer.neutral).instrument
        tables.append(_beside(carried, scores))
    return tables[0] if len(tables) == 1 else mapped.stack(tables), instruments


def learn_to_score(study: Study, workers: int) -> None:
    """Read what it takes to score and cut posts, before processes are forked that will do it.

    Parameters
    ----------
    study : Study
        Targets and scorer.
    workers : int
        Processes; nothing is read for one, nor where others than forks of this one do it.
    """
    from discourse.sentiment.instruments.resolve import may_spread

    if workers == 1 or goes_elsewhere() or not can_fork() or not may_spread(study.scorer.name):
        return
    for use, target in load_targets(study):
        words = " ".join(name for names in target.names.values() for name in names[:1])
        # with a character that jieba alone knows how to cut
        posts = pd.DataFrame({"title": [None], "text": [f"{words} 欢迎 welcome 二〇二五"]})
        score_part(hand(posts), None, use.file or use.use or "", study.scorer.name, study.scorer.neutral)
        cut_part(hand(posts))


def _beside(carried: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    """Put scores beside the columns of their posts, without a copy of either."""
    names = ["target", *(name for name in scores.columns if name != "target")]
    columns = {name: carried[name] for name in carried.columns} | {name: scores[name] for name in names}
    return pd.DataFrame(columns, copy=False)


def _parts_to_score(
    posts: pd.DataFrame, parents: NDArray[np.int64] | None, use: TargetUse, study: Study, mapped: Mapped
) -> Rows[tuple[Any, ...]]:
    """Give the tasks of scoring, each made when it is given out: no list holds all texts."""
    scorer, neutral = study.scorer.name, study.scorer.neutral
    reference, size = use.file or use.use or "", part_of(len(posts))

    def part(number: int) -> tuple[Any, ...]:
        here = slice(number * size, (number + 1) * size)
        answered = None if parents is None else hand(posts, parents[here])
        task = hand(posts, here), answered, reference, scorer, neutral
        mapped.unlook()  # in a fork, too
        return task

    return Rows(max(1, -(-len(posts) // size)), part)


def _score_parts(
    parts: Rows[tuple[Any, ...]],
    keys: Sequence[Key | None],
    study: Study,
    workers: int,
    store: Store,
    small: tuple[Any, ...],
) -> Iterator[pd.DataFrame]:
    """Give the scores of each part in order: from the store where it has them, else scored and kept."""
    from discourse.sentiment.instruments.resolve import may_spread

    missing = [i for i, key in enumerate(keys) if key is None or not store.has(key)]
    tasks = Rows(len(missing), lambda i: parts[missing[i]])
    workers = workers if may_spread(study.scorer.name) else 1
    made = spread(score_part, tasks, workers, small=small)
    for i, key in enumerate(keys):
        if i in missing:
            scores = next(made)
            yield store.frame(key, partial(_given, scores)) if key is not None else scores
        else:
            yield store.frame(cast("Key", key), lambda i=i: score_part(*parts[i]))  # type: ignore[misc]


def _given(frame: pd.DataFrame) -> pd.DataFrame:
    return frame


def score_part(
    posts: Handed, parents: Handed | None, target: str, scorer: str, neutral: float
) -> pd.DataFrame:
    """Score one part: a pure function of its arguments, so that any process may run it.

    Parameters
    ----------
    posts : Handed
        The posts.
    parents : Handed, optional
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

    answered = None if parents is None else parents.read()
    scored: pd.DataFrame = score(posts.read(), target, scorer, parents=answered, neutral=neutral)
    return scored


def cut_part(posts: Handed) -> Tokens:
    """Cut one part into words, in any process.

    Parameters
    ----------
    posts : Handed
        The posts.

    Returns
    -------
    Tokens
        One list of words a post.
    """
    from discourse.text.tokens import tokenize

    return tokenize(posts.read())


def parts_to_cut(posts: pd.DataFrame, mapped: Mapped) -> Rows[tuple[Handed]]:
    """Give the tasks of cutting posts into words, each made when it is given out.

    Parameters
    ----------
    posts : DataFrame
        Posts with ``title`` and ``text``.
    mapped : Mapped
        Where they lie.

    Returns
    -------
    Rows of tuple
        The argument of :func:`cut_part`, one a part.
    """
    size = part_of(len(posts))

    def part(number: int) -> tuple[Handed]:
        task = (hand(posts, slice(number * size, (number + 1) * size)),)
        mapped.unlook()  # in a fork, too
        return task

    return Rows(-(-len(posts) // size), part)
