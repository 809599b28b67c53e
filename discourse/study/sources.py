"""Parts of a study file: where the posts come from, and what happens to copies."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from typing import Literal

from pydantic import Field, field_validator

from discourse.study.choices import Share
from discourse.study.choices import Strict as _Strict


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
