"""What was planned: questions and comparisons are marked, and the rest is exploration."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from discourse.study.material import Material


def plan_tables(material: Material) -> dict[str, pd.DataFrame]:
    """Compare the study with its plan, and mark the questions by it.

    Parameters
    ----------
    material : Material
        Its study names the plan; its questions are answered.

    Returns
    -------
    dict of str to DataFrame
        ``planned``, and ``questions`` with ``planned`` (planned, changed, exploratory); nothing where the
        study names no plan.
    """
    from discourse.study.planning import planned
    from discourse.tables import QUESTIONS

    if material.study.study.plan is None:
        return {}
    found = planned(material.study)
    asked = found[found["kind"] == "question"].set_index("name")["status"]
    questions = material.tables["questions"]
    marked = questions.assign(planned=questions["id"].map(asked))
    return {"planned": found, "questions": QUESTIONS.conform(marked)}
