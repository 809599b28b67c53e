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


def test_an_interval_stays_on_one_line_where_all_columns_have_room_for_that():
    figure = "−0.25 [−0.41, −0.09]"
    names = ("p, adjusted", "Positive", "Negative", "Residual")
    columns = (
        Column("Topic", wide=True),
        Column("Mean stance", "right"),
        *(Column(n, "right") for n in names),
    )
    widths = column_widths(
        Grid("c", columns, (("房租、物价、另算 / paid, insurance, eggs", figure, *("0.1",) * 4),))
    )
    assert widths[1] >= 9 * 103 + 3 * 130 + 8 * 60 + 120  # digits, signs, marks, and the margins of the cell


def test_a_list_of_chinese_words_breaks_between_them():
    figures = tuple(Column("Coherence", "right") for _ in range(6))
    grid = Grid(
        "c",
        (*figures, Column("Topic", wide=True)),
        ((*("0.5",) * 6, "英语老师、在线、雅思、作业、拼音、语法"),),
    )
    assert (
        min(column_widths(grid)) >= len("Coherence") * 94
    )  # the list asks for its longest word, not for all
