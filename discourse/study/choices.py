"""Parts of a study file: phases of time, and the choices whose influence on an answer is looked at."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

Text = str | dict[Literal["en", "zh"], str]
Share = Annotated[float, Field(ge=0.0, le=1.0)]

#: How the group rules may be read: as declared, or without conditions of some kind.
GroupRules = Literal["declared", "no-phrases", "no-language", "place-only"]
#: Which copies are left out, beside those that the study leaves out.
Copies = Literal["declared", "no-exact", "no-near"]
#: Which mentions count.
Mentions = Literal["all", "no-replies", "named"]
#: Which posts count, by language.
Languages = Literal["all", "zh", "en", "mixed"]


class Strict(BaseModel):
    """A part of a study: unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Phase(Strict):
    """``[[phases]]``: a span of time that lasts until the next one.

    ``from`` is a day (it begins at midnight in the zone of the study) or a moment with a zone; the first
    phase may leave it out.
    """

    name: str = Field(min_length=1)
    label: Text | None = None
    start: dt.datetime | dt.date | None = Field(default=None, alias="from")

    @field_validator("start")
    @classmethod
    def _aware(cls, value: dt.datetime | dt.date | None) -> dt.datetime | dt.date | None:
        if isinstance(value, dt.datetime) and value.tzinfo is None:
            raise ValueError("needs a zone, such as 2025-01-18T22:30:00-05:00, or a day alone")
        return value


class Robustness(Strict):
    """``[robustness]``: which choices are varied, all combined with all, and for which questions.

    ``questions`` are ids; the first of the study by default.  ``scorers`` are further instruments beside the
    declared one, ``k`` further numbers of topics, for questions on a topic.
    """

    questions: tuple[str, ...] = ()
    groups: tuple[GroupRules, ...] = ("declared", "no-phrases", "no-language")
    neutral: tuple[Annotated[float, Field(ge=0.0, lt=1.0)], ...] = (0.1, 0.15, 0.2)
    scorers: tuple[str, ...] = ()
    duplicates: tuple[Copies, ...] = ("declared", "no-exact", "no-near")
    mentions: tuple[Mentions, ...] = ("all", "no-replies", "named")
    languages: tuple[Languages, ...] = ("all", "zh", "en")
    k: tuple[Annotated[int, Field(ge=2, le=1_000)], ...] = ()

    @field_validator("k")
    @classmethod
    def _each_once(cls, value: tuple[int, ...]) -> tuple[int, ...]:
        if len(set(value)) != len(value):
            raise ValueError("name each number of topics once")
        return value

    @field_validator("groups", "neutral", "duplicates", "mentions", "languages")
    @classmethod
    def _some(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not value or len(set(value)) != len(value):
            raise ValueError("name each choice once, and at least one")
        return value
