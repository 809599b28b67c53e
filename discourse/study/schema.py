"""What a study file can say (version 1), checked before anything runs."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from discourse.study.choices import Phase, Robustness, Text
from discourse.study.choices import Strict as _Strict
from discourse.study.measures import Code, Scorer, TargetUse, Topics
from discourse.study.parts import Likes, Nearby, Places, Replies
from discourse.study.questions import Event, Question, Series
from discourse.study.rules import Group
from discourse.study.sources import Duplicates, Source, known_zone


def in_language(text: Text | None, language: str, default: str = "") -> str:
    """Take a text in the reader's language.

    Parameters
    ----------
    text : str or dict or None
        One text for all languages, or ``{"en": ..., "zh": ...}``.
    language : str
        ``"en"`` or ``"zh"``.
    default : str
        What to give where there is none.

    Returns
    -------
    str
        The text in that language, else in the other one, else the default.

    Examples
    --------
    >>> in_language({"en": "Hosts", "zh": "原住民"}, "zh")
    '原住民'
    >>> in_language({"en": "Hosts"}, "zh")
    'Hosts'
    """
    if text is None:
        return default
    if isinstance(text, str):
        return text
    return text.get(language) or next(iter(text.values()), default)  # type: ignore[call-overload]


class Head(_Strict):
    """``[study]``: what is asked, in which language and zone, with which seed."""

    title: Text
    question: Text
    language: Literal["en", "zh", "en+zh"] = "en"
    timezone: str = "UTC"
    seed: int = Field(default=0, ge=0, lt=2**32)
    min_cell: int = Field(default=10, ge=1)
    synthetic: bool = False
    interval: Literal["analytic", "bootstrap"] = "analytic"
    adjustment: Literal["Holm", "Benjamini-Hochberg"] = "Holm"
    plan: str | None = None

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        return known_zone(value)


class Validation(_Strict):
    """``[validation]``: human codes of a drawn sample, by which the figures are corrected.

    ``codes`` is the folder of a sample (``discourse code sample``), or one for each target; ``twins`` the
    folder of bilingual items coded by the same codebook; ``groups`` the folder of coded authors
    (``discourse code sample --unit author``), which says how good the group rules are.
    """

    codes: str | tuple[str, ...]
    method: Literal["ppi++", "dsl"] = "ppi++"
    twins: str | None = None
    groups: str | None = None

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders of codes, however many there are."""
        return (self.codes,) if isinstance(self.codes, str) else self.codes


class Quotes(_Strict):
    """``[quotes]``: whether and how posts are quoted.

    ``consent`` says how it was obtained; verbatim quotes need it.  ``sheet`` is a sheet of
    ``discourse quotes`` in which a person filled in ``paraphrase``.  Under ``masked`` a line is printed as it
    stands only if ``authors`` (by default the smallest cell) write the same.  ``gloss`` prints Chinese lines
    word by word in English, too.
    """

    policy: Literal["none", "masked", "paraphrase", "verbatim"] = "none"
    consent: str | None = None
    sheet: str | None = None
    authors: int | None = Field(default=None, ge=2)
    gloss: bool = True

    @model_validator(mode="after")
    def _verbatim_needs_consent(self) -> Quotes:
        if self.policy == "verbatim" and not self.consent:
            raise ValueError('verbatim quotes need consent = "..." (how it was obtained)')
        return self


class Study(_Strict):
    """A whole study file, version 1.

    Examples
    --------
    >>> study = Study.model_validate(
    ...     {"version": 1, "study": {"title": "T", "question": "Q?"}, "sources": [{"path": "posts.csv"}]}
    ... )
    >>> study.study.min_cell
    10
    """

    version: Literal[1]
    study: Head
    sources: tuple[Source, ...] = Field(min_length=1)
    duplicates: Duplicates = Duplicates()
    groups: tuple[Group, ...] = ()
    group_overrides: str | None = None
    targets: tuple[TargetUse, ...] = Field(default=(TargetUse(use="refugees"),), min_length=1)
    scorer: Scorer = Scorer()
    topics: Topics = Topics()
    codes: tuple[Code, ...] = ()
    events: tuple[Event, ...] = ()
    phases: tuple[Phase, ...] = ()
    series: tuple[Series, ...] = ()
    questions: tuple[Question, ...] = ()
    validation: Validation | None = None
    robustness: Robustness | None = None
    replies: Replies = Replies()
    likes: Likes = Likes()
    places: Places = Places()
    nearby: Nearby = Nearby()
    quotes: Quotes = Quotes()

    @model_validator(mode="after")
    def _names_agree(self) -> Study:
        names = [group.name for group in self.groups]
        _refuse_twice("group", names)
        _refuse_twice("question", [question.id for question in self.questions])
        _refuse_twice("phase", [phase.name for phase in self.phases])
        for wanted in self.robustness.questions if self.robustness else ():
            if wanted not in {question.id for question in self.questions}:
                raise ValueError(f"robustness names the undeclared question {wanted!r}")
        for question in self.questions:
            unknown = sorted(set(question.groups) - set(names) - {"all"})
            if unknown and names:
                raise ValueError(f"question {question.id!r} asks about the undeclared group {unknown[0]!r}")
            _refuse_undeclared(question, self.events, self.codes)
            _refuse_unasked_emotion(question, self.targets)
        if any(source.key for source in self.sources) and not self.study.synthetic:
            raise ValueError("sources.key would give the pseudonyms away; only a synthetic study may")
        return self

    def as_dict(self) -> dict[str, Any]:
        """Give the effective study as plain values, for ``run.json``."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)


def _refuse_undeclared(question: Question, events: tuple[Event, ...], codes: tuple[Code, ...]) -> None:
    """Refuse a question about an event or a frame that the study does not declare."""
    names = {n for e in events for n in (e.name.values() if isinstance(e.name, dict) else (e.name,))}
    if question.event is not None and question.event not in names:
        raise ValueError(f"question {question.id!r} names the undeclared event {question.event!r}")
    kind, _, frame = question.outcome.partition(":")
    if kind == "frame" and frame not in {code.name for code in codes}:
        raise ValueError(f"question {question.id!r} asks about the undeclared frame {frame!r}")


def _refuse_unasked_emotion(question: Question, targets: tuple[TargetUse, ...]) -> None:
    """Refuse a question about an emotion toward a target of which the study asks for none."""
    kind, _, name = question.outcome.partition(":")
    if kind != "emotion":
        return
    _, _, target = name.partition(":")
    known = [use.use for use in targets if use.emotions]
    # the name of a target of one's own stands in its file, which is read later
    if not known or (target and None not in known and target not in known):
        about = f"emotions toward {target!r}" if target else "emotions"
        raise ValueError(f"question {question.id!r} asks about {about}; give that target emotions = true")


def _refuse_twice(what: str, names: list[str]) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"the {what} {twice[0]!r} is declared twice")
