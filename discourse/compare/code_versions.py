"""Frames, emotions and topics in three versions: from codes alone, the instrument alone, and corrected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

import pandas as pd

from discourse.compare.cell_versions import Settings, cell_versions, group_parts, pair_parts
from discourse.compare.confounding import language_class
from discourse.compare.questions import Asked
from discourse.tables import CODE_ESTIMATES

#: A frame that people found in fewer coded posts has no corrected share: a rare thing is missed by chance.
LEAST_FOUND: Final = 5


@dataclass(frozen=True)
class CodedAnswers:
    """What an instrument and people say of one frame, emotion or topic.

    Parameters
    ----------
    kind : {"frame", "emotion", "topic"}
        What it is.
    name : str
        Its name.
    posts : DataFrame
        From :func:`coded_answers`.
    target : str, optional
        Toward whom, for an emotion.
    """

    kind: Literal["frame", "emotion", "topic"]
    name: str
    posts: pd.DataFrame
    target: str | None = None

    @property
    def cell(self) -> dict[str, Any]:
        """What stands at the head of each of its rows."""
        return {"kind": self.kind, "name": self.name, "target": self.target or pd.NA}


def coded_answers(
    posts: pd.DataFrame,
    said: pd.Series,
    codes: pd.DataFrame,
    *,
    about: pd.Series | None = None,
    coded_about: pd.Series | None = None,
) -> pd.DataFrame:
    """Put what people answer beside what the instrument answers.

    Parameters
    ----------
    posts : DataFrame
        One row a post: ``post_id``, ``group``, ``lang``, ``author``, ``thread_id``, and where known
        ``created_at`` and ``platform``.
    said : Series of boolean
        What the instrument says of each post, in the same order; NA where it says nothing.
    codes : DataFrame
        One row a coded post: ``post_id``, ``value`` (yes, no), ``pi``.
    about : Series of float, optional
        1 where the instrument finds the post to speak of the target, for shares among such posts.
    coded_about : Series of float, optional
        The same from people, by post id.

    Returns
    -------
    DataFrame
        The posts that the instrument says something of, with ``top``, ``base``, ``code``, ``coded_base``,
        ``pi``; ``lang`` folded to zh, en, mixed and other.

    Examples
    --------
    >>> posts = pd.DataFrame({"post_id": ["1", "2"], "group": "g", "lang": "zh-Hant", "author": ["a", "b"],
    ...     "thread_id": ["1", "2"]})
    >>> codes = pd.DataFrame({"post_id": ["2"], "value": ["no"], "pi": [0.5]})
    >>> found = coded_answers(posts, pd.Series([True, True]), codes)
    >>> found[["top", "code", "coded_base"]].to_numpy().tolist()
    [[1.0, nan, nan], [1.0, 0.0, 1.0]]
    """
    kept = [name for name in ("created_at", "platform") if name in posts.columns]
    out = posts[["post_id", "author", "thread_id", "group", "lang", *kept]].reset_index(drop=True)
    top = said.astype("Float64").to_numpy("float64", na_value=float("nan"))
    out = out.assign(lang=language_class(out["lang"]), top=top)
    out["base"] = 1.0 if about is None else about.to_numpy("float64")
    out = out.merge(codes[["post_id", "value", "pi"]], on="post_id", how="left")
    known = out["value"].notna()
    asked = pd.Series(1.0, out.index) if coded_about is None else out["post_id"].map(coded_about)
    out["coded_base"] = asked.astype("float64").where(known)
    out["pi"] = out["pi"].where(out["coded_base"].notna())
    out["code"] = (out["value"] == "yes").astype("float64").where(out["coded_base"] == 1.0)
    if about is not None:
        out["top"] = out["top"].where(out["base"] == 1.0)
        return out[(out["base"] == 0.0) | out["top"].notna()].reset_index(drop=True)
    return out[out["top"].notna()].reset_index(drop=True)


def code_group_versions(coded: CodedAnswers, groups: Sequence[str], settings: Settings) -> pd.DataFrame:
    """Estimate the share of each group's posts in three versions, for all languages and each.

    Parameters
    ----------
    coded : CodedAnswers
        What is asked, with answers.
    groups : sequence of str
        The groups, in order.
    settings : Settings
        Correction, level, seed, minimum cell.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.CODE_ESTIMATES` with ``figure`` "group".
    """
    return _table(
        [
            row
            for cell, part in group_parts(coded.posts, groups)
            for row in _rows(coded, part, cell, None, settings)
        ]
    )


def code_pair_versions(
    coded: CodedAnswers, pairs: Sequence[tuple[str, str]], settings: Settings
) -> pd.DataFrame:
    """Estimate every difference of two groups in three versions, for all languages and within each.

    Parameters
    ----------
    coded, settings
        As for :func:`code_group_versions`.
    pairs : sequence of (str, str)
        First minus second.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.CODE_ESTIMATES` with ``figure`` "difference".
    """
    return _table(
        [
            row
            for pair in pairs
            for cell, part in pair_parts(coded.posts, pair)
            for row in _rows(coded, part, cell, pair, settings)
        ]
    )


def code_question_versions(coded: CodedAnswers, asked: Sequence[Asked], settings: Settings) -> pd.DataFrame:
    """Estimate the share behind each question about the frame in three versions.

    Parameters
    ----------
    coded, settings
        As for :func:`code_group_versions`.
    asked : sequence of Asked
        Questions about this frame; with an event, the share before it minus the share after it.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.CODE_ESTIMATES` with ``figure`` "question" and its id in ``id``.
    """
    rows: list[dict[str, Any]] = []
    for question in asked:
        wanted = list(question.groups)
        part = coded.posts if "all" in wanted else coded.posts[coded.posts["group"].isin(wanted)]
        pair = (wanted[0], wanted[1]) if len(wanted) == 2 else None
        if question.event is not None:
            if question.at is None or "created_at" not in part.columns or pair is not None:
                continue
            part = part[part["created_at"].notna()]
            after = part["created_at"] >= pd.Timestamp(question.at)
            part = part.assign(group=after.map({True: "after", False: "before"}).astype("object"))
            pair = ("before", "after")
        cell = {"figure": "question", "id": question.id, "group": " vs ".join(wanted), "lang": "all"}
        rows += _rows(coded, part, cell, pair, settings)
    return _table(rows)


def _rows(
    coded: CodedAnswers,
    part: pd.DataFrame,
    cell: dict[str, Any],
    pair: tuple[str, str] | None,
    settings: Settings,
) -> list[dict[str, Any]]:
    asked = replace(settings, least_found=LEAST_FOUND)
    return cell_versions(part, coded.cell | cell, coded.kind, pair, asked)


def _table(rows: list[dict[str, Any]]) -> pd.DataFrame:
    return CODE_ESTIMATES.conform(pd.DataFrame(rows)) if rows else CODE_ESTIMATES.empty()
