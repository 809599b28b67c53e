"""Heatmaps whose names can be read."""

from __future__ import annotations

from itertools import pairwise

from matplotlib.figure import Figure

from discourse.report.figures.heatmap import Field, heatmap, name_fields

TRAITS = ["Newcomers", "Onlookers", "Merchants", "Language: English", "Language: mixed", "Kind: comment"]


def test_slanted_names_on_top_stand_beside_each_other() -> None:
    figure = Figure(figsize=(4.0, 3.0))
    axes = figure.subplots()
    heatmap(axes, [[Field(0.1, "0.1") for _ in TRAITS]], low=-1, high=1)
    name_fields(axes, ["a topic"], TRAITS, slanted=True)
    figure.draw_without_rendering()
    named = [tick.label2 for tick in axes.xaxis.get_major_ticks()]
    assert [label.get_text() for label in named] == TRAITS
    assert all(label.get_visible() and label.get_rotation() == 30 for label in named)
    starts = [label.get_window_extent().x0 for label in named]
    assert all(b > a for a, b in pairwise(starts))
