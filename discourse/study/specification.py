"""Combinations of choices that could as well have been made, and the posts as each would have them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from discourse.compare.confounding import language_class
from discourse.compare.samples import in_text_order
from discourse.errors import StudyError
from discourse.study import steps
from discourse.study.choices import Robustness
from discourse.study.schema import Study
from discourse.study.store import hash_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from discourse.compare.claims import ClaimData
    from discourse.study.material import Material
    from discourse.topics.model import TopicModel

#: The choices, in the order of the figure.
CHOICES = ("groups", "neutral", "scorer", "duplicates", "mentions", "languages", "k")
#: What questions read of a scored post.
_READ = (
    *("post_id", "author", "thread_id", "group", "lang", "platform"),
    *("target", "label", "score", "mention_kind"),
)
#: Conditions that a reading of the group rules leaves out.
_WITHOUT = {
    "declared": (),
    "no-phrases": ("phrase",),
    "no-language": ("lang_share",),
    "place-only": ("phrase", "lang_share"),
}


@dataclass(frozen=True)
class Specification:
    """One combination of choices for one question."""

    question: str
    groups: str
    neutral: float
    scorer: str
    duplicates: str
    mentions: str
    languages: str
    k: int | None = None


def specifications(study: Study) -> list[Specification]:
    """List all combinations of the choices of a study, the declared one first.

    Parameters
    ----------
    study : Study
        A study; without ``[robustness]`` the default choices of
        :class:`discourse.study.choices.Robustness`.

    Returns
    -------
    list of Specification
        For each question all combinations.  Choices that change nothing stand once: rules without phrases
        where no rule has one, numbers of topics for a question on stance, instruments and mentions for one on
        a topic.

    Raises
    ------
    StudyError
        If the study asks no question whose outcome is of a target or a topic.

    Examples
    --------
    >>> raw = {"version": 1, "study": {"title": "T", "question": "?"}, "sources": [{"path": "b.csv"}],
    ...     "questions": [{"id": "H1", "text": "?", "outcome": "stance:refugees", "groups": ["all"]}]}
    >>> found = specifications(Study.model_validate(raw))
    >>> len(found), found[0].groups
    (81, 'declared')
    """
    given = study.robustness or Robustness()
    usual = study.scorer
    rules = _first("declared", _distinct_rules(study, given.groups))
    copies, languages = _first("declared", given.duplicates), _first("all", given.languages)
    of_stance = [
        _first(usual.neutral, given.neutral),
        _first(usual.name, given.scorers),
        _first("all", given.mentions),
    ]
    found = []
    for question in _questions(study):
        topic = is_topical(study, question)
        neutral, scorers, mentions = [part[:1] for part in of_stance] if topic else of_stance
        numbers: list[Any] = _first(None, given.k) if topic else [None]
        options = (rules, neutral, scorers, copies, mentions, languages, numbers)
        found += [Specification(question, *chosen) for chosen in product(*options)]
    return found


def is_topical(study: Study, question: str) -> bool:
    """Say whether a question is about a topic, by its id."""
    return any(q.id == question and q.outcome.startswith("topic:") for q in study.questions)


def _first(declared: Any, others: Sequence[Any]) -> list[Any]:
    return [declared, *(value for value in others if value != declared)]


def _questions(study: Study) -> list[str]:
    known = [q.id for q in study.questions if q.outcome.partition(":")[0] in _TARGETED]
    wanted = list(study.robustness.questions) if study.robustness else []
    wrong = [name for name in wanted if name not in known]
    if wrong or not known:
        raise StudyError(
            f"question {wrong[0]!r} is not about a target or topic"
            if wrong
            else "the study asks nothing of a target or topic",
            where="robustness.questions",
            expected="a question with an outcome such as balance:refugees",
        )
    return wanted or known[:1]


_TARGETED = ("stance", "balance", "positive", "negative", "coverage", "topic")


def _distinct_rules(study: Study, names: Sequence[str]) -> list[str]:
    """Leave out readings of the rules that are the same rules."""
    seen: dict[str, str] = {hash_of(steps.group_rules(study)): "declared"}
    for name in names:
        seen.setdefault(hash_of(rules_without(study, name)), name)
    return list(seen.values())


def rules_without(study: Study, reading: str) -> list[dict[str, Any]]:
    """Give the group rules of a study without conditions of some kind.

    Parameters
    ----------
    study : Study
        A study.
    reading : str
        One of :data:`discourse.study.choices.GroupRules`.

    Returns
    -------
    list of dict
        As :func:`discourse.study.steps.group_rules`.  A condition of which nothing is left goes; a group of
        which no condition is left keeps its own.
    """
    left_out = _WITHOUT[reading]
    rules = []
    for rule in steps.group_rules(study):
        bare: dict[str, Any] = {"name": rule["name"]}
        for part in ("any", "all", "not"):
            kept = [
                {k: v for k, v in condition.items() if k not in left_out} for condition in rule.get(part, ())
            ]
            bare |= {part: [condition for condition in kept if condition]} if any(kept) else {}
        rules.append(bare if {"any", "all"} & set(bare) or not {"any", "all"} & set(rule) else rule)
    return rules


class Variants:
    """The scored posts of a study under any combination of choices.

    Parameters
    ----------
    material : Material
        What a run has read and scored.
    scored : mapping of str to DataFrame
        Instrument to scored posts.
    """

    def __init__(self, material: Material, scored: Mapping[str, pd.DataFrame]) -> None:
        self.material, self.study = material, material.study
        self.scored = scored
        self._groups: dict[str, pd.Series] = {}
        self._frames: dict[tuple[Any, ...], pd.DataFrame] = {}
        self._fitted: dict[int, TopicModel | None] = {}

    def frame(
        self, specification: Specification, target: str, groups: Sequence[str] = ("all",)
    ) -> pd.DataFrame:
        """Give one row a post toward one target, as the choices have it.

        Parameters
        ----------
        specification : Specification
            The choices.
        target : str
            Name of the target.
        groups : sequence of str
            Whose posts are asked for; ``"all"`` is everybody.

        Returns
        -------
        DataFrame
            Columns as in :attr:`discourse.study.material.Material.scored`, those that questions read.
        """
        chosen = specification
        key = (chosen.scorer, chosen.duplicates, chosen.languages, chosen.groups, target, tuple(groups))
        if key not in self._frames:
            self._frames[key] = self._posts(chosen, target, groups)
        return with_mentions(relabelled(self._frames[key], chosen.neutral), chosen.mentions)

    def topics(self, specification: Specification, name: str) -> ClaimData:
        """Give the posts with the share of one topic, as the choices have it.

        Parameters
        ----------
        specification : Specification
            The choices.
        name : str
            Number, label or word of a label of a topic of the declared model.

        Returns
        -------
        ClaimData
            Its topic bears `name`; none does where the declared model has no such topic, or several.

        Notes
        -----
        Under another number of topics it is the topic whose shares go most with those of the declared one
        over all posts (Pearson): a model of more topics may hold half of it.
        """
        from discourse.compare.claims import ClaimData

        chosen, posts = specification, self.material.posts
        posts = posts.assign(group=posts["post_id"].map(self.groups(chosen.groups)).astype("str"))
        kept = ~posts["post_id"].isin(self.copies(chosen.duplicates))
        if chosen.languages != "all":
            kept &= language_class(posts["lang"]) == chosen.languages
        share = self._topic_share(name, chosen.k)
        if isinstance(share, ClaimData):
            return replace(share, posts=posts[kept])
        readable = self.material.readable["post_id"].to_numpy()
        table = pd.DataFrame({"post_id": readable, name: share})
        if self.material.discovered is not None:
            table = table[~self.material.discovered]
        return ClaimData(posts[kept], topics=table, labels={name: name})

    def _topic_share(self, name: str, k: int | None) -> NDArray[np.float64] | ClaimData:
        """Give the share of a topic in the readable posts; the labels where none, or several, are meant."""
        from discourse.compare.claims import ClaimData, topic_named

        model = self.material.topic_model
        labels = {} if model is None else {str(i): label for i, label in enumerate(model.labels())}
        data = ClaimData(self.material.posts, labels=labels)
        found = topic_named(name, data)
        if model is None or len(found) != 1:
            return data
        declared = np.asarray(model.prevalence[:, int(found[0])])
        if k is None:
            return declared
        if k not in self._fitted:
            self._fitted[k] = self.material.fitted(k)
        other = self._fitted[k]
        return data if other is None else nearest_topic(declared, other.prevalence)

    def _posts(self, chosen: Specification, target: str, groups: Sequence[str]) -> pd.DataFrame:
        """Choose posts and groups; what thresholds and mentions change comes after, for each set once."""
        scored = self.scored[chosen.scorer]
        frame = scored.loc[scored["target"] == target, [name for name in _READ if name in scored.columns]]
        frame = frame.assign(group=frame["post_id"].map(self.groups(chosen.groups)).astype("str"))
        kept = ~frame["post_id"].isin(self.copies(chosen.duplicates))
        if chosen.languages != "all":
            kept &= language_class(frame["lang"]) == chosen.languages
        if "all" not in groups:
            kept &= frame["group"].isin(groups)
        frame = frame[kept].reset_index(drop=True)
        few = dict.fromkeys(("label", "mention_kind", "target", "group", "lang"), "object")
        return frame.astype(few).assign(
            **{name: in_text_order(frame[name]) for name in ("author", "thread_id")}
        )

    def groups(self, reading: str) -> pd.Series:
        """Give the group of each post under a reading of the rules."""
        from discourse.compare.groups import assign_groups, post_groups

        if reading not in self._groups:
            posts = self.material.posts
            if reading == "declared":
                group = posts["group"]
            else:
                authors = assign_groups(posts, rules_without(self.study, reading), self.study.group_overrides)
                group = pd.Series(post_groups(posts, authors), index=posts.index)
            self._groups[reading] = pd.Series(group.to_numpy(), index=posts["post_id"].to_numpy())
        return self._groups[reading]

    def copies(self, choice: str) -> frozenset[str]:
        """Give the posts that a choice about copies leaves out, beyond those that the study leaves out."""
        posts = self.material.posts
        exact = set(posts.loc[posts["duplicate_of"].notna(), "post_id"])
        if choice == "declared":
            return frozenset()
        return frozenset(exact if choice == "no-exact" else exact | self._near)

    @cached_property
    def _near(self) -> set[str]:
        from discourse.corpus.near_duplicates import mark_near_duplicates

        posts, given = self.material.posts, self.study.duplicates
        marks = posts["near_duplicate_of"]
        if given.near == "keep":
            marks = mark_near_duplicates(posts, given.threshold, given.min_length)
        return set(posts.loc[pd.Series(marks, index=posts.index).notna(), "post_id"])


def nearest_topic(declared: NDArray[np.float64], shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Choose the topic of another model whose shares go most with those of a declared one.

    Parameters
    ----------
    declared : ndarray of float, shape (n_docs,)
        Shares of the declared topic; NaN where no content word is known.
    shares : ndarray of float, shape (n_docs, n_topics)
        Shares of the topics of the other model.

    Returns
    -------
    ndarray of float, shape (n_docs,)
        A column of `shares`.

    Examples
    --------
    >>> nearest_topic(np.array([0.9, 0.1, 0.5]), np.array([[0.2, 0.8], [0.9, 0.1], [0.5, 0.5]])).tolist()
    [0.8, 0.1, 0.5]
    """
    known = np.isfinite(declared) & np.isfinite(shares).all(axis=1)
    a = declared[known] - declared[known].mean()
    b = shares[known] - shares[known].mean(axis=0)
    length = np.sqrt((b**2).sum(axis=0))
    together = np.divide(a @ b, length, out=np.full(shares.shape[1], -np.inf), where=length > 0)
    return np.asarray(shares[:, int(together.argmax())])


def relabelled(frame: pd.DataFrame, neutral: float) -> pd.DataFrame:
    """Label scores by another threshold.

    Parameters
    ----------
    frame : DataFrame
        With ``label`` and ``score``.
    neutral : float
        Scores nearer to zero are neutral.

    Returns
    -------
    DataFrame
        A copy; posts that are absent, or have no score, keep their label.

    Examples
    --------
    >>> posts = pd.DataFrame({"label": ["positive", "absent"], "score": [0.12, float("nan")]})
    >>> relabelled(posts, 0.15)["label"].tolist()
    ['neutral', 'absent']
    """
    score = frame["score"].astype("float64")
    label = np.where(score >= neutral, "positive", np.where(score <= -neutral, "negative", "neutral"))
    # a score of zero is neutral whatever the threshold
    label = np.where(score == 0.0, "neutral", label)
    given = frame["label"].astype("object")
    known = score.notna() & given.notna() & (given != "absent")
    return frame.assign(label=given.mask(known, label))


def with_mentions(frame: pd.DataFrame, choice: str) -> pd.DataFrame:
    """Let only some kinds of mention count; a post with another kind counts as not mentioning.

    Examples
    --------
    >>> posts = pd.DataFrame({"label": ["positive"], "score": [0.5], "mention_kind": ["reply"]})
    >>> with_mentions(posts, "no-replies")["label"].tolist()
    ['absent']
    """
    if choice == "all":
        return frame
    kind = frame["mention_kind"].astype("object")
    dropped = kind.notna() & ((kind == "reply") if choice == "no-replies" else (kind != "named"))
    return frame.assign(
        label=frame["label"].astype("object").mask(dropped, "absent"),
        score=frame["score"].mask(dropped),
        mention_kind=kind.mask(dropped, None),
    )
