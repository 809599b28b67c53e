"""The answers of a study under other choices, where it declares some."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from discourse.study.material import Material


def robustness_findings(material: Material) -> dict[str, pd.DataFrame]:
    """Answer the questions of a study under every combination of its choices.

    Parameters
    ----------
    material : Material
        Its scores; of the study ``[robustness]`` and the questions.

    Returns
    -------
    dict of str to DataFrame
        ``specifications`` and ``robustness``.
    """
    from discourse.study.robustness import KEPT, robustness_tables

    folder = material.store.folder
    return robustness_tables(material, kept=None if folder is None else folder / KEPT)
