"""Frames and emotions compared between groups, and the families in which all tests of a run stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from discourse.study.findings.frames import study_frames
from discourse.study.findings.groups import group_names, group_pairs

if TYPE_CHECKING:
    from discourse.study.material import Material


def code_contrast_tables(material: Material) -> dict[str, pd.DataFrame]:
    """Compare frames between groups, and emotions toward the targets that ask for them.

    Parameters
    ----------
    material : Material
        Its readable posts and their codes; of the study groups, targets with ``emotions``, seed.

    Returns
    -------
    dict of str to DataFrame
        ``code_contrasts`` and ``emotions``; nothing where the study asks for neither.
    """
    made = [_frame_contrasts(material)] if material.study.codes else []
    shares = []
    for target, (codes, instrument) in material.emotions.items():
        shares.append(_emotion_shares(material, target, codes, instrument))
        made.append(_contrasts(material, codes, "emotion", f"emotions toward {target}", instrument, target))
    tables = {"code_contrasts": pd.concat(made, ignore_index=True)} if made else {}
    return tables | ({"emotions": pd.concat(shares, ignore_index=True)} if shares else {})


def _frame_contrasts(material: Material) -> pd.DataFrame:
    methods = {frame.name: frame.method for frame in study_frames(material.study, material.readable)}
    return _contrasts(material, material.codes.drop(columns="post_id"), "frame", "frames", methods, None)


def _contrasts(
    material: Material,
    codes: pd.DataFrame,
    kind: Any,
    family: str,
    instruments: dict[str, str],
    target: str | None,
) -> pd.DataFrame:
    from discourse.compare.families import code_contrasts

    study, posts = material.study, material.readable
    return code_contrasts(
        posts,
        codes,
        group_pairs(study, posts),
        kind=kind,
        family=family,
        instruments=instruments,
        target=target,
        seed=study.study.seed,
        min_cell=study.study.min_cell,
    )


def _emotion_shares(
    material: Material, target: str, codes: pd.DataFrame, instruments: dict[str, str]
) -> pd.DataFrame:
    from discourse.compare.frames import group_frames
    from discourse.tables import EMOTIONS

    study, posts = material.study, material.readable
    table = group_frames(
        posts, codes, group_names(study, posts), methods=instruments, min_cell=study.study.min_cell
    )
    return EMOTIONS.conform(table.rename(columns={"frame": "emotion"}).assign(target=target))


def family_tables(material: Material) -> dict[str, pd.DataFrame]:
    """List the families in which the tests of a run stand.

    Parameters
    ----------
    material : Material
        The tables made before.

    Returns
    -------
    dict of str to DataFrame
        ``families``.
    """
    from discourse.compare.families import declared_families

    return {"families": declared_families(material.tables, material.study.study.adjustment)}
