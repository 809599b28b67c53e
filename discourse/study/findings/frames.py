"""In which frames the groups speak."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd

from discourse.errors import StudyError
from discourse.study.findings.groups import group_names

if TYPE_CHECKING:
    from discourse.sentiment.frames import FrameCoder
    from discourse.study.material import Material
    from discourse.study.schema import Study


def frame_tables(material: Material) -> dict[str, pd.DataFrame]:
    """Code the frames of a study and compare their shares between groups.

    Parameters
    ----------
    material : Material
        Its readable posts, and the ``[[codes]]`` of the study: each a shipped frame by its name, or a
        lexicon, a trained model or a column of the researcher's own.

    Returns
    -------
    dict of str to DataFrame
        ``frames``; nothing where the study declares none.
    """
    from discourse.compare.frames import group_frames

    study, posts = material.study, material.readable
    if not study.codes:
        return {}
    codes = material.codes.drop(columns="post_id")
    methods = {frame.name: frame.method for frame in study_frames(study, posts)}
    table = group_frames(
        posts, codes, group_names(study, posts), methods=methods, min_cell=study.study.min_cell
    )
    return {"frames": table}


def study_frames(study: Study, posts: pd.DataFrame) -> list[FrameCoder]:
    """Load the frames of a study.

    Parameters
    ----------
    study : Study
        Its ``[[codes]]``.
    posts : DataFrame
        The posts, for codes that are a column of the export.

    Returns
    -------
    list of FrameCoder
        In the order of the study.
    """
    from discourse.sentiment.codes import load_code

    return [
        load_code(
            code.name,
            lexicon=code.lexicon,
            trained=code.trained,
            values=_hand_codes(posts, code.column) if code.column else None,
        )
        for code in study.codes
    ]


def _hand_codes(posts: pd.DataFrame, column: str) -> list[Any]:
    """Read a column of the export, which the importer has kept among the document variables."""
    found = [json.loads(text).get(column) if isinstance(text, str) else None for text in posts["docvars"]]
    if all(value is None for value in found):
        raise StudyError(
            f"no post has the column {column!r}", where="codes.column", hint="spell it as the export does"
        )
    return found
