"""Marks at figures that no human codes stand behind: a reader must not take them for corrected ones."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from discourse.report.document import Block, Cell, Grid, Picture
from discourse.report.sections.context import Context, capital
from discourse.report.selection import topic_label

Page = Callable[[Context], list[Block]]
#: Tables (keys of their captions) and figures that count who wrote, and rest on no label.
_COUNTED = ("section.cohorts", "section.mixing", "section.indices", "table.language_choice")
_COUNTED_FIGURES = ("reply-mixing",)
#: An estimate with its interval, as cells print it.
_INTERVAL = re.compile(r"\d.*\[")


def code_name(context: Context, outcome: str) -> str:
    """Give the label of a frame, an emotion or a topic, of this with its number."""
    kind, _, name = outcome.partition(":")
    if kind == "frame":
        return context.subject.frame(name)
    if kind == "topic":
        return coded_topic(context, name)
    return capital(context.say.w.get(f"emotion.{name}", name))


def coded_topic(context: Context, name: str) -> str:
    """Call a topic as the table of topics does; "none of these" where people found none."""
    if name == "none":
        return capital(context.word("topic.none"))
    topics = context.findings.table("topics")
    known = topics.loc[topics["topic"] == int(name), "label"]
    return topic_label(int(name), known.iloc[0]) if len(known) else str(int(name) + 1)


def uncoded(context: Context, kind: str, names: list[str]) -> list[str]:
    """List the frames or emotions that nobody has coded, in words."""
    table = context.findings.table("code_estimates")
    coded = set(table.loc[table["kind"] == kind, "name"])
    return [code_name(context, f"{kind}:{name}") for name in names if name not in coded]


def uncoded_note(context: Context, kind: str, names: list[str]) -> list[str]:
    """Say which frames or emotions of a table nobody has coded: none, some of them, or all."""
    left = uncoded(context, kind, names)
    if not left:
        return []
    say = context.say
    if len(left) == len(names):
        return [say.note("nobody_coded")]
    return [say.note("nobody_coded_list", list=say.joined(left))]


def instrument_note(context: Context, kind: str, names: list[str]) -> str:
    """Say below a figure of the instrument alone that it is uncorrected."""
    gap = "" if context.language == "zh" else " "
    if len(uncoded(context, kind, names)) == len(names):
        return gap + context.say.note("nobody_coded")
    return gap + context.say.note("by_instrument", section=context.word("section.codes_three"))


def marked(page: Page, note: Callable[[Context], str]) -> Page:
    """Let a page carry a mark below each of its figures and tables of estimates.

    Parameters
    ----------
    page : callable
        Writes the blocks of a section.
    note : callable
        Gives the mark, or nothing.

    Returns
    -------
    callable
        The same section; tables without an interval (of words, of counts) stay as they are.
    """

    def written(context: Context) -> list[Block]:
        blocks, said = page(context), note(context)
        return [_marked(context, block, said) for block in blocks] if said else blocks

    return written


def _marked(context: Context, block: Block, said: str) -> Block:
    if _is_counted(context, block):
        return block
    if isinstance(block, Picture) and said not in block.caption:
        gap = "" if context.language == "zh" else " "
        return replace(block, caption=f"{block.caption}{gap}{said}")
    if isinstance(block, Grid) and said not in block.notes and _estimates(block):
        return replace(block, notes=(*block.notes, said))
    return block


def _is_counted(context: Context, block: Block) -> bool:
    if isinstance(block, Picture):
        return block.name in _COUNTED_FIGURES
    return isinstance(block, Grid) and block.caption in {context.word(key) for key in _COUNTED}


def _estimates(grid: Grid) -> bool:
    return any(_INTERVAL.search(_text(cell)) for row in grid.rows for cell in row)


def _text(cell: str | Cell) -> str:
    return cell if isinstance(cell, str) else cell.text


def nobody(context: Context) -> str:
    """Say that nobody coded what a page shows, whatever else was coded."""
    return context.say.note("nobody_coded")


def topics_of_a_model(context: Context) -> str:
    """Say of figures of topics that they are those of the model, and where those stand that people coded."""
    if "topic" not in set(context.findings.table("code_estimates")["kind"]):
        return nobody(context)
    return context.say.note("topics_by_model", section=context.word("section.topics_three"))


def labels_of_stance(context: Context) -> str:
    """Say of figures of stance that they are those of labels; where people coded, where the others stand."""
    coded = set(context.findings.table("validation")["target"])
    if context.target not in coded:
        return context.say.note("nobody_coded")
    return context.say.note("naive_caption", section=context.word("section.three"))


def other_targets(context: Context) -> str:
    """Name the targets toward which nobody has coded."""
    coded = set(context.findings.table("validation")["target"])
    left = [context.subject.target(name) for name in context.subject.targets if name not in coded]
    if not left or not coded:
        return "" if coded else context.say.note("nobody_coded")
    return context.say.note("nobody_coded_list", list=context.say.joined(left))
