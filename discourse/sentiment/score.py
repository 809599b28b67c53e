"""Score posts for what they show toward a target."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pandas as pd

from discourse.errors import ParameterError
from discourse.sentiment.judgment import Judgment
from discourse.sentiment.target import Target, load_target
from discourse.tables import SCORES
from discourse.text.given import refuse_table

if TYPE_CHECKING:
    from discourse.corpus.corpus import Corpus

TargetLike = str | Path | Target
Span = tuple[int, int]


class Scorer(Protocol):
    """An instrument: made for one target, it judges posts."""

    instrument: str

    def score(
        self,
        texts: Sequence[str],
        parents: Sequence[str | None] | None = None,
        spans: Sequence[Span | None] | None = None,
    ) -> list[Judgment]:
        """Judge posts, one judgment a post, in order."""


def score(
    texts: Sequence[str] | pd.Series[Any] | Corpus,
    target: TargetLike | Sequence[TargetLike] = "refugees",
    scorer: str = "lexicon",
    *,
    targets: Sequence[TargetLike] | None = None,
    spans: Sequence[Span | None] | None = None,
    parents: Sequence[str | None] | None = None,
    neutral: float | None = None,
    replies: bool = True,
) -> pd.DataFrame:
    """Judge what each post shows toward a target.

    Parameters
    ----------
    texts : list of str, Series or Corpus
        The posts.  In a corpus a title is read before its text, and a reply that names nobody takes its
        target from the post it answers.
    target : str, pathlib.Path, Target or list of them
        A shipped name, a TOML file or a :class:`discourse.Target`; a list gives one for each text.
    scorer : str
        The instrument: ``lexicon``, ``trained:FOLDER``, ``embeddings``, ``transformers:FOLDER``,
        ``llm:SETTINGS.toml`` or a plug-in's name.
    targets : list, optional
        Several targets for every text: long form, one row a text and target.
    spans : list of (int, int), optional
        Where the target stands in each text (code points), if known; None where not.
    parents : list of str or None, optional
        The post that each text answers.
    neutral : float, optional
        Scores nearer to zero than this are neutral; by default the scorer's own threshold.
    replies : bool
        Whether a reply that names nobody takes the target of the post it answers.

    Returns
    -------
    DataFrame
        The columns of ``tables.SCORES``: label (positive | neutral | negative | absent), score in [-1, 1]
        (NaN where absent or self), confidence in [0, 1], mixed, kind, evidence; one row a text, in order.
        With ``targets`` also row and target; with a corpus also post_id.

    Raises
    ------
    ParameterError
        If a list is not as long as the texts, or a text is not a string.

    Notes
    -----
    Sentiment toward a target is not the tone of a post (Bestvater and Monroe 2023,
    doi:10.1017/pan.2022.10).  Validate on hand-coded posts of your own before a figure is printed.

    Examples
    --------
    >>> frame = score(["The refugees are lovely", "Nice weather"])
    >>> frame["label"].tolist()
    ['positive', 'absent']
    """
    posts, ids, found_parents = _posts(texts, replies)
    parents = found_parents if parents is None else parents
    for name, value in (("spans", spans), ("parents", parents)):
        if value is not None and len(value) != len(posts):
            raise ParameterError(
                f"{name} has {len(value)} entries for {len(posts)} texts", expected="one a text"
            )
    if parents is not None:
        parents = [parent if isinstance(parent, str) else None for parent in parents]  # NaN is no post
    options = {"neutral": neutral, "replies": replies}
    if targets is not None:
        frame = _long(posts, targets, scorer, options, parents, spans)
    else:
        frame = _frame(_judge(posts, target, scorer, options, parents, spans))
    if ids is not None:
        rows = frame["row"] if "row" in frame else range(len(ids))
        frame.insert(0, "post_id", [ids[row] for row in rows])
    return frame


def _posts(texts: Any, replies: bool) -> tuple[list[str], list[str] | None, list[str | None] | None]:
    """Take the texts out of whatever holds them."""
    if hasattr(texts, "to_pandas") and not isinstance(texts, (pd.Series, list)):
        return _corpus_posts(texts.to_pandas(), replies)
    if isinstance(texts, str):
        raise ParameterError(
            "texts is one string", expected="a list of strings", hint="put it in a list: [text]"
        )
    refuse_table(texts)
    posts = list(texts)
    for number, text in enumerate(posts):
        if not isinstance(text, str):
            if not pd.isna(text):
                raise ParameterError(f"text {number} is not a string: {text!r}", expected="strings")
            posts[number] = ""
    return posts, None, None


def _corpus_posts(frame: pd.DataFrame, replies: bool) -> tuple[list[str], list[str], list[str | None] | None]:
    ids = [str(value) for value in frame["post_id"]]
    texts = ["" if pd.isna(value) else str(value) for value in frame["text"]]
    if "title" in frame:
        titles = ["" if pd.isna(value) else str(value).strip() for value in frame["title"]]
        texts = [_titled(title, text) for title, text in zip(titles, texts, strict=True)]
    if not replies or "parent_id" not in frame:
        return texts, ids, None
    by_id = dict(zip(ids, texts, strict=True))
    parents = [None if pd.isna(value) else by_id.get(str(value)) for value in frame["parent_id"]]
    return texts, ids, parents


def _titled(title: str, text: str) -> str:
    """Read a title as the first sentence of its post."""
    if not title or text.startswith(title):
        return text
    return f"{title}\n{text}"


def _judge(
    posts: list[str],
    target: Any,
    scorer: str,
    options: dict[str, Any],
    parents: Sequence[str | None] | None,
    spans: Sequence[Span | None] | None,
) -> list[Judgment]:
    from discourse.sentiment.instruments.resolve import scorer_maker  # which knows what this file defines

    make = scorer_maker(scorer)
    if isinstance(target, (str, Path, Target)):
        judged: list[Judgment] = make(load_target(target), **options).score(
            posts, parents=parents, spans=spans
        )
        return judged
    each = list(target)
    if len(each) != len(posts):
        raise ParameterError(
            f"target has {len(each)} entries for {len(posts)} texts", expected="one target, or one a text"
        )
    return _judge_each(posts, each, make, options, parents, spans)


def _judge_each(
    posts: list[str],
    each: list[Any],
    make: Any,
    options: dict[str, Any],
    parents: Sequence[str | None] | None,
    spans: Sequence[Span | None] | None,
) -> list[Judgment]:
    """Judge posts of which each has a target of its own; texts of one target go together."""
    rows: dict[Target, list[int]] = {}
    for row, target in enumerate(each):
        rows.setdefault(load_target(target), []).append(row)
    judged: list[Judgment | None] = [None] * len(posts)
    for target, numbers in rows.items():
        results = make(target, **options).score(
            [posts[n] for n in numbers],
            parents=None if parents is None else [parents[n] for n in numbers],
            spans=None if spans is None else [spans[n] for n in numbers],
        )
        for number, result in zip(numbers, results, strict=True):
            judged[number] = result
    return [judgment for judgment in judged if judgment is not None]


def _long(
    posts: list[str],
    targets: Sequence[TargetLike],
    scorer: str,
    options: dict[str, Any],
    parents: Sequence[str | None] | None,
    spans: Sequence[Span | None] | None,
) -> pd.DataFrame:
    loaded = [load_target(target) for target in targets]
    columns = [_judge(posts, target, scorer, options, parents, spans) for target in loaded]
    frame = _frame([column[row] for row in range(len(posts)) for column in columns])
    frame.insert(0, "row", [row for row in range(len(posts)) for _ in loaded])
    frame.insert(1, "target", [target.name for _ in posts for target in loaded])
    return frame


def _frame(judgments: list[Judgment]) -> pd.DataFrame:
    columns = {name: [judgment[n] for judgment in judgments] for n, name in enumerate(SCORES.names)}
    return SCORES.conform(pd.DataFrame(columns))
