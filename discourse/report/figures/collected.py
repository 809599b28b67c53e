"""Who was collected: the languages of each group's posts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from discourse.report.figures import style
from discourse.report.figures.bars import Part, stacked_bar
from discourse.report.figures.intervals import margin_text, n_text, percent_ticks
from discourse.report.figures.legend import put_above
from discourse.report.figures.stance import hue_ticks
from discourse.report.numerals import is_unknown, percent
from discourse.report.subject import Subject
from discourse.report.words import words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# a scale of one grey hue: languages are no groups, so they take none of their hues
_TONES = ("#4b5563", "#9aa3af", "#cfd4da", "#eceef0")
_PARTS = ("share_zh", "share_mixed", "share_en", "share_other")


def languages_by_group(rows: Sequence[dict[Any, Any]], subject: Subject, title: str) -> Figure:
    """Draw the share of each language among the posts of each group.

    Parameters
    ----------
    rows : sequence of dict
        Rows of the corpus description: ``group``, ``share_zh``, ``share_en``, ``share_mixed`` and counts.
    subject : Subject
        Labels and hues.
    title : str
        What is seen.

    Returns
    -------
    Figure
        The figure, not yet saved.
    """
    w = words(subject.language)
    with style.drawing():
        figure = style.canvas(25 + 8.5 * len(rows), title)
        axes = figure.subplots()
        for i, row in enumerate(rows):
            _bar(axes, i, row, w)
            margin_text(axes, i, n_text(_posts(row)))
        style.rows_axis(axes, [style.label(subject.group(str(r["group"])), subject.language) for r in rows])
        hue_ticks(axes, [style.hue(subject, str(r["group"])) for r in rows])
        axes.set_xlim(0, 1)
        percent_ticks(axes)
        axes.set_xlabel(w["axis.posts_share"])
        _key(axes, w)
    return figure


def _posts(row: dict[Any, Any]) -> Any:
    if is_unknown(row["n_posts"]) or is_unknown(row["n_comments"]):
        return None
    return int(row["n_posts"]) + int(row["n_comments"])


def _bar(axes: Axes, place: int, row: dict[Any, Any], w: Mapping[str, str]) -> None:
    named = {k: row[k] for k in _PARTS[:3]}
    if any(is_unknown(v) for v in named.values()):
        return
    # what is neither Chinese nor English nor mixed is the rest of the bar
    parts = {**named, "share_other": max(0.0, 1.0 - sum(named.values()))}
    said = {key: f"{w[key]} {percent(share, 1)}" for key, share in parts.items()}
    stacked_bar(
        axes, place, [Part(parts[key], tone, said[key]) for key, tone in zip(_PARTS, _TONES, strict=True)]
    )


def _key(axes: Axes, w: Mapping[str, str]) -> None:
    from matplotlib.patches import Patch

    handles = [Patch(facecolor=tone, label=w[key]) for key, tone in zip(_PARTS, _TONES, strict=True)]
    put_above(axes, handles, handlelength=1.0)
