"""Parts of a study file: what is measured in a post: targets, topics, codes, and by which instrument."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from discourse.study.choices import Strict as _Strict
from discourse.study.choices import Text


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
    fits: int = Field(default=10, ge=0, le=1_000)
    labels: str | None = None
    n_topics: int | Literal["auto"] = 10
    grid: tuple[Annotated[int, Field(ge=2, le=1_000)], ...] = ()
    covariates: tuple[str, ...] = ("language", "kind", "week")

    @field_validator("n_topics")
    @classmethod
    def _at_least_two(cls, value: int | str) -> int | str:
        if isinstance(value, int) and not 2 <= value <= 1_000:
            raise ValueError("a topic model needs at least 2 topics, and 1,000 at most")
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
