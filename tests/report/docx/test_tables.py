from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from discourse.report.document import Cell, Column, Grid
from discourse.report.docx.tables import TEXT_WIDTH, column_widths

CELLS = st.text(alphabet="ab 难民-1", max_size=80)


@given(
    st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=6),
    st.lists(st.booleans(), min_size=3, max_size=3),
)
def test_columns_fill_the_page_and_no_more(rows, wide):
    grid = Grid("c", tuple(Column("t", wide=w) for w in wide), tuple(map(tuple, rows)))
    widths = column_widths(grid)
    assert sum(widths) == TEXT_WIDTH
    assert all(width > 0 for width in widths)


def test_many_columns_share_the_page():
    grid = Grid("c", tuple(Column("a very long title " * 3) for _ in range(24)), ())
    assert sum(column_widths(grid)) == TEXT_WIDTH
    assert min(column_widths(grid)) > 0


def test_a_column_of_running_text_takes_the_rest():
    grid = Grid("c", (Column("n"), Column("text", wide=True)), (("1", "x"),))
    narrow, wide = column_widths(grid)
    assert wide > 4 * narrow


def test_a_name_with_its_swatch_is_not_broken():
    grid = Grid(
        "c",
        (Column("g"), *(Column("n") for _ in range(8))),
        ((Cell("Newcomers", "#0067a5"), *("0.08 [0.03, 0.12]",) * 8),),
    )
    assert column_widths(grid)[0] >= 11 * 94
