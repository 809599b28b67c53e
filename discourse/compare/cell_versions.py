"""One figure in three versions: from human codes alone, from labels alone, and corrected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, cast

import pandas as pd

from discourse.compare.confounding import confounded_with
from discourse.compare.corrected import coded_share, estimated_share
from discourse.compare.sentiment import CLUSTER, too_small
from discourse.errors import DiscourseError
from discourse.stats.correction import Frame, Method

VERSIONS: Final = ("human", "naive", "corrected")
#: Fewer codes than this, in a group or on a side, are not worth an interval.
MIN_CODED: Final = 50
#: A language in which at least this share of a group's posts are written must have codes, and how many.
MAIN_LANGUAGE: Final = 0.2
MIN_CODED_LANGUAGE: Final = 30
LANGUAGES: Final = ("zh", "en", "mixed")


@dataclass(frozen=True)
class Settings:
    """How the figures are computed.

    Parameters
    ----------
    method : {"ppi++", "dsl"}
        The correction.
    level : float
        Confidence level.
    seed : int
        Seed of the folds of ``dsl``.
    min_cell : int
        Versions that rest on fewer authors are not given.
    least_found : int
        Nor those for which people found the thing in fewer coded posts: an interval that no error of the
        instrument entered by chance would be too narrow.
    """

    method: str = "ppi++"
    level: float = 0.95
    seed: int = 0
    min_cell: int = 10
    least_found: int = 0


def by_language(posts: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Give all posts, then those of each language that occurs.

    Parameters
    ----------
    posts : DataFrame
        With ``lang`` folded to zh, en, mixed and other.

    Yields
    ------
    (str, DataFrame)
        ``all`` or a language, and its posts.
    """
    yield "all", posts
    for lang in LANGUAGES:
        part = posts[posts["lang"] == lang]
        if len(part):
            yield lang, part


def group_parts(posts: pd.DataFrame, groups: Sequence[str]) -> Iterator[tuple[dict[str, Any], pd.DataFrame]]:
    """Give the posts of each group, over all languages and in each, with what the figure is.

    Parameters
    ----------
    posts : DataFrame
        With ``group`` and ``lang``.
    groups : sequence of str
        The groups, in order.

    Yields
    ------
    (dict, DataFrame)
        ``figure``, ``group`` and ``lang``, and the posts.
    """
    for group in groups:
        for lang, part in by_language(posts[posts["group"] == group]):
            yield {"figure": "group", "group": group, "lang": lang}, part


def pair_parts(posts: pd.DataFrame, pair: tuple[str, str]) -> Iterator[tuple[dict[str, Any], pd.DataFrame]]:
    """Give the posts of two groups, over all languages and in each that both write.

    Parameters
    ----------
    posts : DataFrame
        With ``group`` and ``lang``.
    pair : tuple of two str
        First minus second.

    Yields
    ------
    (dict, DataFrame)
        ``figure``, ``group`` and ``lang``, and the posts.
    """
    for lang, part in by_language(posts[posts["group"].isin(pair)]):
        if part["group"].nunique() == 2:
            yield {"figure": "difference", "group": " vs ".join(pair), "lang": lang}, part


def cell_versions(
    part: pd.DataFrame,
    cell: dict[str, Any],
    outcome: str,
    pair: tuple[str, str] | None,
    settings: Settings,
) -> list[dict[str, Any]]:
    """Estimate one figure in three versions, or give the reason of each.

    Parameters
    ----------
    part : DataFrame
        One row a post: ``top`` and ``base`` as the instrument says, ``code`` and ``coded_base`` as people
        say (NaN where not coded), ``pi``, ``author``, ``thread_id``, ``group``, ``lang``.
    cell : dict
        What the figure is; goes into each row.
    outcome : str
        Its name; ``coverage`` is compared between groups of any language.
    pair : tuple of two str or None
        Groups compared, first minus second.
    settings : Settings
        Correction, level, seed, minimum cell.

    Returns
    -------
    list of dict
        One row a version: human, naive, corrected.
    """
    sides = [_side(s) for s in ([part] if pair is None else [part[part["group"] == name] for name in pair])]
    common, coding = (
        refusal(part, [side.posts for side in sides], outcome, pair),
        too_few_codes([side.coded for side in sides], settings),
    )
    row = cell | {"level": settings.level, "n": int((part["base"] == 1.0).sum())}
    data: Frame | DiscourseError | None = None
    rows = []
    for version in VERSIONS:
        reason = common or (None if version == "naive" else coding)
        made = _blank() | {"reason": reason}
        if reason is None:
            data = _read(part, pair) if data is None else data
            made |= _estimate(data, version, pair, settings)
        rows.append(row | {"version": version} | _counts(sides, version, settings.min_cell) | made)
    return rows


class _Side(NamedTuple):
    """The posts of one group with those that people coded, and the authors of both."""

    posts: pd.DataFrame
    coded: pd.DataFrame
    authors: int
    coded_authors: int


def _side(posts: pd.DataFrame) -> _Side:
    coded = posts[posts["coded_base"].notna()]
    return _Side(posts, coded, posts["author"].nunique(), coded["author"].nunique())


def _counts(sides: list[_Side], version: str, least: int) -> dict[str, Any]:
    """Count codes and authors; where few authors stand behind a version neither is told."""
    authors = min(side.authors if version == "naive" else side.coded_authors for side in sides)
    if 0 < authors < least:
        return {"n_coded": pd.NA, "n_authors": pd.NA}
    return {"n_coded": sum(len(side.coded) for side in sides), "n_authors": authors}


def refusal(
    part: pd.DataFrame, sides: list[pd.DataFrame], outcome: str, pair: tuple[str, str] | None
) -> str | None:
    """Say why a figure can be given in no version, or None.

    Parameters
    ----------
    part, outcome, pair
        As for :func:`cell_versions`.
    sides : list of DataFrame
        The posts of each group.

    Returns
    -------
    str or None
    """
    for side in sides:
        if (reason := too_small(side[side["base"] == 1.0])) is not None:
            return reason
    if pair is None or outcome == "coverage" or "before" in pair:
        return None
    trait = confounded_with(part[part["base"] == 1.0], pair)
    if trait is not None and any(_uncoded_language(side) for side in sides):
        return f"the groups differ in {trait}, and nobody has checked the instrument in both"
    return None


def _uncoded_language(side: pd.DataFrame) -> bool:
    """Say whether a main language of a group has too few codes."""
    shares = side["lang"].value_counts(normalize=True)
    coded = side.loc[side["coded_base"].notna(), "lang"].value_counts()
    main = [lang for lang, share in shares.items() if share >= MAIN_LANGUAGE]
    return any(coded.get(lang, 0) < MIN_CODED_LANGUAGE for lang in main)


def too_few_codes(sides: Sequence[pd.DataFrame], settings: Settings) -> str | None:
    """Say why codes are too few for any version that rests on them, or None.

    Parameters
    ----------
    sides : sequence of DataFrame
        The posts of each group, as for :func:`cell_versions`.
    settings : Settings
        Minimum cell, and the least number of coded posts in which the thing was found.

    Returns
    -------
    str or None
    """
    coded = [side[side["coded_base"].notna()] for side in sides]
    if any(len(side) < MIN_CODED for side in coded):
        return f"fewer than {MIN_CODED} codes"
    if any(side.loc[side["coded_base"] == 1.0, "author"].nunique() < settings.min_cell for side in coded):
        return f"fewer than {settings.min_cell} authors"
    if any((side["code"] == 1.0).sum() < settings.least_found for side in coded):
        return f"people found it in fewer than {settings.least_found} coded posts"
    return None


def _read(part: pd.DataFrame, pair: tuple[str, str] | None) -> Frame | DiscourseError:
    """Sort the posts once for all versions."""
    try:
        return coded_share(
            part, "top", "code", "base", "coded_base", "group" if pair else None, pair or ("a", "b"), CLUSTER
        )
    except DiscourseError as error:
        return error


def _estimate(
    data: Frame | DiscourseError, version: str, pair: tuple[str, str] | None, settings: Settings
) -> dict[str, Any]:
    if isinstance(data, DiscourseError):
        return {"reason": data.message}
    method = cast("Method", settings.method if version == "corrected" else version)
    try:
        found, said = estimated_share(
            data, method, pair or ("all posts",), CLUSTER, level=settings.level, seed=settings.seed
        )
    except DiscourseError as error:
        return {"reason": error.message}
    return {"estimate": found.estimate, "low": found.low, "high": found.high, "method": said}


def _blank() -> dict[str, Any]:
    return dict.fromkeys(("estimate", "low", "high"), float("nan")) | {"method": pd.NA}
