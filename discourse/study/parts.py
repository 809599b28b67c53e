"""Parts of a study file that need not be there: replies, likes, places, words near the target."""

from __future__ import annotations

from pydantic import Field

from discourse.study.choices import Strict


class Replies(Strict):
    """``[replies]``: who answers whom; asked wherever the posts say what they answer."""

    ask: bool = True
    permutations: int = Field(default=1000, ge=99, le=1_000_000)


class Likes(Strict):
    """``[likes]``: what goes with likes, and who is influential; asked wherever posts have likes.

    ``topics`` puts the leading topic of a post among the regressors, beside group, language, stance, frames.
    """

    ask: bool = True
    topics: bool = True


class Places(Strict):
    """``[places]``: where the tone differs; a map only from boundaries of the researcher's own (GeoJSON)."""

    ask: bool = True
    boundaries: str | None = None
    property: str = Field(default="id", description="property of a feature that holds CN-GD, US, ...")


class Nearby(Strict):
    """``[nearby]``: collocates of the first target, and networks of words around it."""

    ask: bool = True
    window: int = Field(default=8, ge=1, le=1_000)
    lines: int = Field(
        default=3, ge=1, description="lines of a concordance a group and stance, if quotes may be"
    )
    cloud: bool = False
