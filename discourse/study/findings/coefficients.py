"""Regression coefficients of a study in three versions: of stance, of its trend, of likes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from discourse.study.findings.groups import group_names
from discourse.study.schema import in_language

if TYPE_CHECKING:
    from discourse.study.material import Material
    from discourse.study.validation import Coded


def coefficient_versions(coded: Coded, material: Material) -> pd.DataFrame:
    """Estimate every coefficient with a label of one target in it in three versions.

    Parameters
    ----------
    coded : Coded
        The codes toward one target.
    material : Material
        Its scores and posts; of the study groups, events, likes.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.COEFFICIENTS`.
    """
    from discourse.compare import coefficients as of
    from discourse.compare.three_estimates import coded_outcomes
    from discourse.study.findings.validation import settings_of

    study, settings = material.study, settings_of(material.study)
    toward = material.scored[material.scored["target"] == coded.target]
    codes = coded.units.rename(columns={"code": "value"})[["post_id", "value", "pi"]]
    answers = material.posts.set_index("post_id")["parent_id"].notna()
    posts = coded_outcomes(toward, codes)
    posts = posts.assign(comment=posts["post_id"].map(answers).astype("float64"))
    groups = [name for name in group_names(study, toward) if name != "unassigned"]
    made = [
        of.stance_coefficients(posts, groups, settings),
        of.trend_coefficients(posts, groups, settings),
        of.interrupted_coefficients(posts, _windows(material, coded.target), settings),
    ]
    if study.likes.ask and material.posts["likes"].notna().any():
        made.append(_likes(material, coded.target, codes, groups, settings))
    return pd.concat([table for table in made if len(table)], ignore_index=True)


def _likes(
    material: Material, target: str, codes: pd.DataFrame, groups: list[str], settings: Any
) -> pd.DataFrame:
    from discourse.compare.coefficients import like_coefficients
    from discourse.compare.engagement import like_terms
    from discourse.study.findings.likes import collected_at

    posts, terms = like_terms(material.posts, material.scored, target, groups)
    return like_coefficients(posts, terms, codes, target, settings, collected=collected_at(material.study))


def _windows(material: Material, target: str) -> list[tuple[str, Any, Any, Any, str]]:
    """List the events and groups of which the series toward a target is long enough."""
    from discourse.compare.interrupted import event_windows

    table = material.tables.get("interrupted")
    if table is None or table.empty:
        return []
    study = material.study
    language = "zh" if study.study.language == "zh" else "en"
    events = [{"name": in_language(event.name, language), "at": event.at} for event in study.events]
    found = table[(table["target"] == target) & (table["term"] == "level") & table["estimate"].notna()]
    times = material.scored["created_at"].dropna()
    return [
        (str(event["name"]), event["at"], *window, str(group))
        for event, window in event_windows(events, times)
        for group in found.loc[found["event"] == event["name"], "group"]
    ]
