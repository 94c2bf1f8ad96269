"""A table as PDF: every row once, in order, whatever it holds."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pdf.fonts import Face
from bot.pdf.lines import Block
from bot.pdf.table import Column, Table, render
from bot.pdf.table_sheet import _pages, _Row

NASTY = ("", "Иван <b", "R&D <img src='/etc/passwd'>", "Ә" * 300, "名前 ✿", "a\n\nb\t\0c", "-" * 90)


def small_table(*rows: tuple[str, str]) -> Table:
    return Table(
        titles=["Журнал", "наурыз"],
        columns=[Column(["Аты", "Имя"], 3), Column(["№"], 1)],
        rows=rows,
        foot=["Соңы"],
    )


def page_count(pdf: bytes) -> int:
    return pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page /")


@pytest.mark.parametrize("text", NASTY)
def test_f3_any_text_is_printed_literally_and_the_file_is_made(text: str) -> None:
    assert render(small_table((text, "1"), ("Дана", text))).startswith(b"%PDF")


def test_the_same_table_is_the_same_file() -> None:
    table = small_table(("Үлгіев Ерлан", "1"), ("Образцова Дана", "2"))
    assert render(table) == render(table)


def test_an_empty_table_is_one_page_of_headings() -> None:
    assert page_count(render(small_table())) == 1


def test_a_long_table_goes_on_over_pages() -> None:
    table = small_table(*((f"Үлгіев {number}", str(number)) for number in range(200)))
    assert page_count(render(table)) > 5


def test_a_row_that_does_not_fit_the_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        render(Table(["x"], [Column(["y"], 1)], [("a", "b")], []))


@settings(max_examples=60)
@given(st.lists(st.integers(1, 9), max_size=80), st.floats(0, 90), st.floats(0, 90))
def test_every_row_stands_once_in_its_order_on_a_page_that_holds_it(
    lines: list[int], above: float, below: float
) -> None:
    rows = [_Row([Block(("x",) * count, 8.0)], Face.SANS) for count in lines]

    pages = _pages(rows, room=120, above=above, below=below)

    assert [row for page in pages for row in page] == rows
    for number, page in enumerate(pages):
        taken = sum(row.height for row in page)
        room = 120 - (above if number == 0 else 0) - (below if number == len(pages) - 1 else 0)
        assert taken <= room or len(page) <= 1
