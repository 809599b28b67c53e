"""Parts of a study file: the rules by which authors belong to groups."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator, model_validator

from discourse.study.choices import Share, Text
from discourse.study.choices import Strict as _Strict


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
