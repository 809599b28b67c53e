"""The steps of a study, each a function of what came before; only ``run.py`` knows their order.

They stand by what they do: :mod:`discourse.study.reading`, :mod:`discourse.study.scoring`,
:mod:`discourse.study.asking`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from discourse.study.asking import asked
from discourse.study.reading import (
    NEEDED,
    SPOKEN,
    drop_or_keep_duplicates,
    has_words,
    mark_duplicates,
    read_corpus,
    readable_posts,
    refuse_empty,
    refuse_unknown_names,
    with_cards,
)
from discourse.study.rules import Group
from discourse.study.schema import Study
from discourse.study.scoring import (
    PART,
    full_texts,
    learn_to_score,
    load_targets,
    parent_texts,
    score_part,
    score_targets,
)

__all__ = [
    "NEEDED",
    "PART",
    "SPOKEN",
    "asked",
    "drop_or_keep_duplicates",
    "full_texts",
    "group_rules",
    "has_words",
    "learn_to_score",
    "load_targets",
    "mark_duplicates",
    "parent_texts",
    "read_corpus",
    "readable_posts",
    "refuse_empty",
    "refuse_unknown_names",
    "score_part",
    "score_targets",
    "with_cards",
    "write_json",
]


def group_rules(study: Study) -> list[dict[str, Any]]:
    """Write the group rules as plain values.

    Parameters
    ----------
    study : Study
        A study.

    Returns
    -------
    list of dict
        ``name``, ``any``, ``all``, ``not`` of each group, in order.
    """
    return [_rule(group) for group in study.groups]


def _rule(group: Group) -> dict[str, Any]:
    plain = group.model_dump(mode="json", by_alias=True, exclude_none=True)
    plain.pop("label", None)
    return {key: value for key, value in plain.items() if value}


def write_json(path: Path, value: Any) -> None:
    """Write plain values as UTF-8 JSON with sorted keys and a final line end.

    Parameters
    ----------
    path : path
        The file.
    value : object
        Plain values.
    """
    text = json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True)
    path.write_bytes(text.encode("utf-8") + b"\n")
