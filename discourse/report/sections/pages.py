"""Eight pages of evidence: which ones, and what of each stands in the appendix.

A page holds a finding, its figure, a table or two and how they were computed; what is more, and pages beyond
the eighth, stand in the appendix.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from discourse.report.document import Block, Grid, Heading, Paragraph, Picture

#: Pages of evidence in the main part.
PAGES = 8
#: Rows that the tables of one page hold together; the first table stands on its page, however long it is.
ROWS = 16


@dataclass
class Page:
    """A page of evidence, and what has no room on it."""

    blocks: list[Block] = field(default_factory=list)
    further: list[Block] = field(default_factory=list)


def chosen_pages(sections: Iterable[Sequence[Block]], most: int = PAGES) -> tuple[list[Block], list[Block]]:
    """Divide sections into the pages of evidence and what stands in the appendix.

    Parameters
    ----------
    sections : iterable of sequence of Block
        The most asked for first; a heading of level 2 that begins a page begins a page here.
    most : int
        Pages of evidence.

    Returns
    -------
    (list of Block, list of Block)
        The pages of evidence; then whole pages for the appendix, and figures and tables without a page.

    Examples
    --------
    >>> one = [Heading("A", 2, new_page=True), Grid("a", (), ())]
    >>> two = [Heading("B", 2, new_page=True), Grid("b", (), ())]
    >>> kept, moved = chosen_pages([one, two], most=1)
    >>> [block.text for block in kept if isinstance(block, Heading)]
    ['A']
    >>> [block.text for block in moved if isinstance(block, Heading)]
    ['B']
    """
    pages = [page for section in sections for page in _divided(section)]
    kept = [_with_room(page) for page in pages[:most]]
    beyond = [block for page in pages[most:] for block in page]
    return [b for page in kept for b in page.blocks], [*(b for page in kept for b in page.further), *beyond]


def _divided(section: Sequence[Block]) -> list[list[Block]]:
    pages: list[list[Block]] = []
    for block in section:
        if not pages or (isinstance(block, Heading) and block.level == 2 and block.new_page):
            pages.append([])
        pages[-1].append(block)
    return pages


def flowing(blocks: Iterable[Block]) -> list[Block]:
    """Let sections of the appendix follow each other: none begins a page.

    Examples
    --------
    >>> [block.new_page for block in flowing([Heading("A", 2, new_page=True)])]
    [False]
    """
    return [replace(block, new_page=False) if isinstance(block, Heading) else block for block in blocks]


def _with_room(blocks: Sequence[Block]) -> Page:
    """Keep one figure a heading, and tables while their rows have room."""
    page, rows, drawn = Page(), 0, False
    kicker = ""
    for block in blocks:
        if isinstance(block, Heading):
            drawn, kicker = False, block.kicker or kicker
        if isinstance(block, Picture) and drawn:
            _move(page, block, kicker)
            continue
        if isinstance(block, Grid) and rows and rows + len(block.printed) > ROWS:
            _move(page, block, kicker)
            continue
        rows += len(block.printed) if isinstance(block, Grid) else 0
        drawn = drawn or isinstance(block, Picture)
        page.blocks.append(block)
    _how_too(page)
    return page


def _move(page: Page, block: Block, kicker: str) -> None:
    if not page.further:
        page.further.append(Heading(kicker, 2))
    page.further.append(block)


def _how_too(page: Page) -> None:
    """Say below what was moved, too, how it was computed."""
    how = [block for block in page.blocks if isinstance(block, Paragraph) and block.style == "small"]
    if page.further and how:
        page.further.append(how[-1])
