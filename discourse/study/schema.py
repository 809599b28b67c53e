"""What a study file can say (version 1), checked before anything runs."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator, model_validator

from discourse.study.choices import Phase, Robustness, Text
from discourse.study.choices import Strict as _Strict
from discourse.study.parts import Likes, Nearby, Places, Replies

Share = Annotated[float, Field(ge=0.0, le=1.0)]


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


class Collection(_Strict):
    """``[sources.collection]``: how the posts were found; written into the limits."""

    how: str | None = None
    keywords: tuple[str, ...] = ()
    sorted: str | None = None
    per_keyword_cap: int | None = Field(default=None, ge=1)
    per_post_cap: int | None = Field(default=None, ge=1)
    sub_comments: bool | None = None
    collected: dt.date | dt.datetime | None = None
    licence: str | None = None
    legal_basis: str | None = None
    note: str | None = None


class Source(_Strict):
    """``[[sources]]``: one file or folder of exports."""

    path: str
    importer: str = "auto"
    timezone: str | None = None
    docvars: dict[str, str] = Field(default_factory=dict)
    mapping: dict[str, str] = Field(default_factory=dict)
    key: str | None = Field(default=None, description="fixed project key; only for synthetic corpora")
    collection: Collection = Collection()

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str | None) -> str | None:
        return None if value is None else known_zone(value)


class Duplicates(_Strict):
    """``[duplicates]``: what happens to posts with the same text."""

    exact: Literal["mark", "drop", "keep"] = "mark"
    near: Literal["mark", "drop", "keep"] = "keep"
    threshold: Share = 0.8
    min_length: int = Field(default=12, ge=1)


class Condition(_Strict):
    """One condition of a group rule; all its keys must hold together."""

    ip: tuple[str, ...] | str | None = None
    lang_share: dict[Literal["zh", "en", "mixed", "other"], Share] | None = None
    phrase: tuple[str, ...] | str | None = None
    merchant: bool | None = None
    docvars: dict[str, str | tuple[str, ...]] | None = None
    platform: tuple[str, ...] | str | None = None
    kind: tuple[str, ...] | str | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Condition:
        if not self.model_dump(exclude_none=True):
            raise ValueError("an empty condition is true of everybody; name at least one signal")
        return self


class Group(_Strict):
    """``[[groups]]``: a rule over the signals of an author."""

    name: str = Field(min_length=1)
    label: Text | None = None
    any: tuple[Condition, ...] = ()
    all: tuple[Condition, ...] = ()
    not_: tuple[Condition, ...] = Field(default=(), alias="not")

    @field_validator("name")
    @classmethod
    def _not_reserved(cls, value: str) -> str:
        if value in ("all", "unassigned"):
            raise ValueError(f"{value!r} is reserved; choose another name")
        return value

    @model_validator(mode="after")
    def _has_a_rule(self) -> Group:
        if not (self.any or self.all or self.not_):
            raise ValueError("a group needs at least one of any, all, not")
        return self


class TargetUse(_Strict):
    """``[[targets]]``: a shipped target (``use``) or one of the researcher's own (``file``).

    ``emotions`` asks which emotions are shown toward it, too.
    """

    use: str | None = None
    file: str | None = None
    label: Text | None = None
    replies: bool = False
    emotions: bool = False

    @model_validator(mode="after")
    def _one_of_both(self) -> TargetUse:
        if (self.use is None) == (self.file is None):
            raise ValueError("a target needs exactly one of use, file")
        return self


class Scorer(_Strict):
    """``[scorer]``: the instrument."""

    name: str = "lexicon"
    neutral: float = Field(default=0.15, ge=0.0, lt=1.0)


class Topics(_Strict):
    """``[topics]``: the topic model.

    ``inference = "split"`` learns topics from one half of the authors and compares groups in the posts of the
    other.  ``fits`` samples of the authors are fitted again for the uncertainty of the model; 0 takes the
    model as given.  ``labels`` is a file with people's labels (``discourse topics sheet``).  ``grid`` holds
    numbers of topics that are fitted and judged: ``n_topics = "auto"`` takes the best of them, any other
    number is judged beside them.  ``covariates`` are traits of posts that are asked beside the group
    (:func:`discourse.compare.topic_covariates.topic_terms`); none leaves that analysis out.
    """

    engine: str = "lsa"
    languages: Literal["separate", "joint"] = "joint"
    inference: Literal["same", "split"] = "same"
    fits: int = Field(default=10, ge=0)
    labels: str | None = None
    n_topics: int | Literal["auto"] = 10
    grid: tuple[Annotated[int, Field(ge=2)], ...] = ()
    covariates: tuple[str, ...] = ("language", "kind", "week")

    @field_validator("n_topics")
    @classmethod
    def _at_least_two(cls, value: int | str) -> int | str:
        if isinstance(value, int) and value < 2:
            raise ValueError("a topic model needs at least 2 topics")
        return value

    @field_validator("fits")
    @classmethod
    def _none_or_some(cls, value: int) -> int:
        if value == 1:
            raise ValueError("one fit shows no spread; 0 for none, or 2 and more")
        return value


class Code(_Strict):
    """``[[codes]]``: a frame: a shipped one by its name, or the researcher's own.

    ``lexicon`` is a list of phrases (TSV), ``trained`` the folder of a model, ``column`` a column of the
    export with hand codes.
    """

    name: str
    label: Text | None = None
    lexicon: str | None = None
    trained: str | None = None
    column: str | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Code:
        if sum(way is not None for way in (self.lexicon, self.trained, self.column)) > 1:
            raise ValueError("a code has one of lexicon, trained, column")
        return self


class Event(_Strict):
    """``[[events]]``: a moment drawn as a line; its time carries a zone."""

    name: Text
    at: dt.datetime

    @field_validator("at")
    @classmethod
    def _aware(cls, value: dt.datetime) -> dt.datetime:
        if value.tzinfo is None:
            raise ValueError("needs a zone, such as 2025-01-18T22:30:00-05:00")
        return value


class Series(_Strict):
    """``[[series]]``: an outside daily series."""

    path: str
    date: str
    value: str
    label: Text


class Question(_Strict):
    """``[[questions]]``: what is asked of the data, and the direction stated beforehand."""

    id: str
    text: Text
    outcome: str
    groups: tuple[str, ...] = Field(min_length=1, max_length=2)
    expect: str = "> 0"
    equivalence: float | None = Field(default=None, gt=0)
    event: str | None = None

    @field_validator("expect")
    @classmethod
    def _readable(cls, value: str) -> str:
        parse_expectation(value)
        return value

    @field_validator("outcome")
    @classmethod
    def _known_outcome(cls, value: str) -> str:
        kind, _, name = value.partition(":")
        if kind not in OUTCOMES or not name:
            raise ValueError("one of " + ", ".join(f"{k}:NAME" for k in OUTCOMES))
        if kind == "return" and not (name.isdecimal() and int(name) >= 1):
            raise ValueError("a return is asked in days: return:7")
        return value


#: Beginnings of outcomes; those of the second line are answered by :mod:`discourse.compare.claims`.
OUTCOMES = (
    *("stance", "balance", "positive", "negative", "coverage", "lang"),
    *("frame", "topic", "emotion", "place", "contact", "docvar", "return"),
)


def parse_expectation(text: str) -> tuple[str, float]:
    """Read an expectation such as ``"> 0"``.

    Parameters
    ----------
    text : str
        A direction (``>`` or ``<``) and a number.

    Returns
    -------
    (str, float)
        The direction and the number.

    Raises
    ------
    ValueError
        If the text is anything else.

    Examples
    --------
    >>> parse_expectation("> 0")
    ('>', 0.0)
    """
    sign, number = text.strip()[:1], text.strip()[1:]
    if sign not in (">", "<"):
        raise ValueError(f"{text!r} is no expectation; write one such as '> 0' or '< 0.1'")
    try:
        return sign, float(number)
    except ValueError:
        raise ValueError(f"{text!r} is no expectation; write one such as '> 0' or '< 0.1'") from None


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


def known_zone(name: str) -> str:
    """Check that a zone is in the time zone database.

    Parameters
    ----------
    name : str
        An IANA name.

    Returns
    -------
    str
        The same name.

    Raises
    ------
    ValueError
        If there is no such zone.

    Examples
    --------
    >>> known_zone("Asia/Shanghai")
    'Asia/Shanghai'
    """
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"{name!r} is no time zone; write one such as Asia/Shanghai") from None
    return name
