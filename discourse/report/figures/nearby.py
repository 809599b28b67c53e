"""Words near the target: networks by polarity, and a cloud for those who ask for one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from discourse.report.figures import style
from discourse.report.figures.told import tell
from discourse.report.glyphs import FONTS
from discourse.report.numerals import count, is_unknown
from discourse.report.subject import Subject
from discourse.report.words import words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_SHADES = ("#7fa8c9", "#d9a06f", "#7fbfa8", "#c49ab5", "#c9b06f", "#9aa5d6", "#bf948a", "#a5b37a")
#: Points of a cloud, as wide as a column of text.
_CLOUD = (374, 190)


def word_networks(
    panels: Sequence[tuple[str, pd.DataFrame, pd.DataFrame]], subject: Subject, title: str
) -> Figure:
    """Draw one network of words for each polarity, side by side.

    Parameters
    ----------
    panels : sequence of (polarity, nodes, edges)
        From left to right.
    subject : Subject
        The language.
    title : str
        What is seen.

    Returns
    -------
    Figure
        Words with their meaning below where they are of the other language; the more authors, the larger.
    """
    w = words(subject.language)
    with style.drawing():
        figure = style.canvas(30 + 58 * len(panels), title)
        stacked = figure.subplots(len(panels), 1, squeeze=False)[:, 0]
        for axes, (polarity, nodes, edges) in zip(stacked, panels, strict=True):
            head: dict[str, Any] = {
                "transform": axes.transAxes,
                "va": "top",
                "fontsize": 9,
                "fontweight": "bold",
            }
            axes.text(0.0, 0.99, w[f"polarity.{polarity}"], **head)
            axes.set_axis_off()
            _network(axes, nodes, edges, subject)
    return figure


def _network(axes: Axes, nodes: pd.DataFrame, edges: pd.DataFrame, subject: Subject) -> None:
    place = _layout(nodes, edges)
    for row in edges.to_dict("records"):
        (x1, y1), (x2, y2) = place[row["word_a"]], place[row["word_b"]]
        axes.plot([x1, x2], [y1, y2], color=style.FAINT, linewidth=0.5 + 0.12 * float(row["pmi"]), zorder=1)
    most = float(nodes["n_authors"].fillna(1).max())
    for row in nodes.to_dict("records"):
        x, y = place[row["word"]]
        share = float(row["n_authors"]) / most if not is_unknown(row["n_authors"]) else 0.2
        shade = _SHADES[int(row["community"]) % len(_SHADES)]
        axes.scatter([x], [y], s=16 + 60 * share, color=shade, edgecolor="white", linewidth=0.6, zorder=2)
        axes.annotate(
            _named(row, subject), (x, y), (0, -5), textcoords="offset points", ha="center", va="top",
            fontsize=6.6, linespacing=1.05, color=style.INK, zorder=3,
        ).set_in_layout(False)  # fmt: skip
        tell(axes, x, y, f"{row['word']}: {count(row['n_authors'])}")
    axes.margins(0.1, 0.16)


def _named(row: dict[Any, Any], subject: Subject) -> str:
    """Write a word with its meaning below, if readers of the report may not know its language."""
    foreign = (row["lang"] == "zh") == (subject.language == "en")
    if not foreign or is_unknown(row["gloss"]):
        return str(row["word"])
    return f"{row['word']}\n{style.label(str(row['gloss']), subject.language, 14)}"


def _layout(nodes: pd.DataFrame, edges: pd.DataFrame) -> dict[str, tuple[float, float]]:
    """Place words by springs within each part of the network, and the parts side by side; no chance in it."""
    import networkx as nx  # type: ignore[import-untyped]

    network: Any = nx.Graph()
    network.add_nodes_from(sorted(nodes["word"]))
    network.add_edges_from(sorted(zip(edges["word_a"], edges["word_b"], strict=True)))
    parts = sorted((sorted(part) for part in nx.connected_components(network)), key=lambda p: (-len(p), p[0]))
    place: dict[str, tuple[float, float]] = {}
    left, bottom, tallest, row_width = 0.0, 0.0, 0.0, 3.6 * max(2.0, len(network) ** 0.5)
    for part in parts:
        size = 0.9 * len(part) ** 0.75
        # a view of the network would list its words in the order of a set, which differs from run to run
        piece: Any = nx.Graph()
        piece.add_nodes_from(part)
        piece.add_edges_from(network.edges(part))
        found = nx.spring_layout(piece, seed=1, iterations=200, k=1.6 / len(part) ** 0.5)
        if left + 2 * size > row_width and left > 0:
            left, bottom, tallest = 0.0, bottom - tallest - 1.4, 0.0
        high = 0.8 * size
        if len(part) == 2:  # side by side, their names below them
            size, high, found = 1.2, 0.1, {part[0]: (-0.8, 0.0), part[1]: (0.8, 0.0)}
        for word in part:
            x, y = found[word]
            place[word] = (left + size * (1 + float(x)), bottom + high * (float(y) - 1))
        left, tallest = left + 2 * size + 1.8, max(tallest, 2 * high)
    return place


def word_cloud(rows: pd.DataFrame, subject: Subject, title: str) -> Figure:
    """Draw the words that set two groups apart as a cloud, sized by keyness.

    Parameters
    ----------
    rows : DataFrame
        Keyness of one pair and language: ``word``, ``log_odds_z``, ``group_a``, ``group_b``.
    subject : Subject
        Labels and hues.
    title : str
        What is seen.

    Returns
    -------
    Figure
        Words of the first group in its hue, of the second in its.
    """
    from wordcloud import WordCloud  # type: ignore[import-untyped]

    weights = {str(r["word"]): abs(float(r["log_odds_z"])) for r in rows.to_dict("records")}
    sides = {str(r["word"]): "group_a" if r["log_odds_z"] > 0 else "group_b" for r in rows.to_dict("records")}
    cloud = WordCloud(
        font_path=str(FONTS / "NotoSansSC-Bold-subset.ttf"),
        width=2 * _CLOUD[0],
        height=2 * _CLOUD[1],
        prefer_horizontal=1.0,
        random_state=20250113,
        relative_scaling=0.5,
        max_font_size=110,
        min_font_size=12,
        margin=4,
    ).generate_from_frequencies(weights)
    with style.drawing():
        figure = style.canvas(_CLOUD[1] / 72 * 25.4, title)
        axes = figure.subplots()
        axes.set_xlim(0, 2 * _CLOUD[0])
        axes.set_ylim(2 * _CLOUD[1], 0)
        axes.set_axis_off()
        for (word, _), size, (down, across), _, _ in cloud.layout_:
            group = str(rows[sides[word]].iloc[0])
            axes.text(
                across, down, word, fontsize=size / 2 * 0.92, va="top", ha="left", fontweight="bold",
                color=style.hue(subject, group),
            ).set_in_layout(False)  # fmt: skip
    return figure
