"""Tables for a spreadsheet: values keep their kind, and no text becomes a formula."""

import re
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.xlsx import Column, Value, table

ZONE = ZoneInfo("Asia/Qostanay")
NOW = datetime(2026, 7, 1, 20, 30, tzinfo=UTC)
SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def made(*rows: list[Value], headings: tuple[str, ...] = ("A",), name: str = "Sheet") -> bytes:
    return table(name, [Column(text) for text in headings], rows, zone=ZONE, made_at=NOW)


def part(book: bytes, name: str) -> str:
    with ZipFile(BytesIO(book)) as archive:
        return archive.read(name).decode()


def cells(book: bytes) -> dict[str, tuple[str, str]]:
    """Return (kind, content) of each cell but the headings."""
    sheet = ET.fromstring(part(book, "xl/worksheets/sheet1.xml"))  # noqa: S314 - our own file
    return {
        cell.attrib["r"]: (cell.attrib.get("t", "n"), "".join(cell.itertext()))
        for cell in sheet.iter(f"{SPACE}c")
        if not re.fullmatch("[A-Z]+1", cell.attrib["r"])
    }


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+77010000000",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        "=cmd|' /C calc'!A0",
        '=HYPERLINK("http://a.example")',
    ],
)
def test_f5_what_looks_like_a_formula_is_text_also_after_editing(text: str) -> None:
    book = made([text])

    kind, content = cells(book)["A2"]
    assert kind == "inlineStr"
    assert content.lstrip("�") == text.lstrip("\t\r")
    assert "<f>" not in part(book, "xl/worksheets/sheet1.xml")
    assert re.search(r'<c r="A2" s="[1-9]', part(book, "xl/worksheets/sheet1.xml"))
    assert 'quotePrefix="1"' in part(book, "xl/styles.xml")


def test_f5_a_phone_stays_whole() -> None:
    assert cells(made(["+77010000000"]))["A2"] == ("inlineStr", "+77010000000")


def test_f5_links_and_numbers_typed_as_text_stay_text() -> None:
    book = made(["https://a.example"], ["007"], ["1e5"])
    assert [content for _, content in cells(book).values()] == ["https://a.example", "007", "1e5"]
    assert {kind for kind, _ in cells(book).values()} == {"inlineStr"}
    assert "hyperlink" not in part(book, "xl/worksheets/sheet1.xml")


@given(st.text(st.characters(codec=None), max_size=50))
def test_f6_any_text_makes_a_file_that_can_be_read(text: str) -> None:
    kind, content = cells(made([text]))["A2"] if text else ("inlineStr", "")
    assert kind == "inlineStr"
    assert len(content) >= len(text) or "\r" in text


def test_f6_what_a_file_cannot_hold_is_seen_as_a_substitute() -> None:
    assert cells(made(["a\0b\ud800c\x1b[0m"]))["A2"][1] == "a�b�c�[0m"


def test_a_text_too_long_for_a_cell_is_cut_off_visibly() -> None:
    content = cells(made(["ә" * 40_000]))["A2"][1]
    assert len(content) == 32_767
    assert content.endswith("ә…")


def test_each_value_keeps_its_kind() -> None:
    book = made(
        [1, 2.5, Decimal("0.1"), None, date(2026, 7, 1), NOW, timedelta(hours=30)],
        headings=tuple("ABCDEFG"),
    )
    found = cells(book)
    assert "D2" not in found
    assert {kind for kind, _ in found.values()} == {"n"}
    assert [content for _, content in found.values()][:3] == ["1", "2.5", "0.1"]
    styles = part(book, "xl/styles.xml")
    for form in ("dd.mm.yyyy", "dd.mm.yyyy hh:mm", "[h]:mm"):
        assert f'formatCode="{form}"' in styles
    assert found["G2"][1] == "1.25"


def test_a_moment_is_shown_in_the_zone_of_the_region() -> None:
    # 20:30 UTC on 1 July is 01:30 on 2 July in Kostanay; 46205 counts the days since 1900.
    days = float(cells(made([NOW]))["A2"][1])
    assert days == pytest.approx(46205 + 1.5 / 24)


def test_a_number_that_a_spreadsheet_would_round_becomes_text() -> None:
    assert cells(made([4071583291647204]))["A2"] == ("inlineStr", "4071583291647204")
    assert cells(made([407158329164720]))["A2"] == ("n", "407158329164720")


@pytest.mark.parametrize(
    "row",
    [
        [datetime(2026, 7, 1)],  # noqa: DTZ001 - the fault
        [float("nan")],
        [float("inf")],
        [Decimal("nan")],
        ["a", "b"],
        [],
    ],
)
def test_what_does_not_fit_is_a_value_error(row: list[Value]) -> None:
    with pytest.raises(ValueError, match=r"."):
        made(row)


def test_headings_stay_in_sight_and_columns_have_their_widths() -> None:
    columns = [Column("Аудан", 30), Column("Ауысым", 9)]
    sheet = part(table("Есеп", columns, [], zone=ZONE, made_at=NOW), "xl/worksheets/sheet1.xml")
    assert 'state="frozen"' in sheet
    assert 'topLeftCell="A2"' in sheet
    assert re.findall(r'<col [^>]*width="(\d+)', sheet) == ["30", "9"]
    assert "Аудан" in sheet


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Шілде 2026", "Шілде 2026"),
        ("a/b\\c:d*e?[f]'", "a b c d e  f"),
        ("x" * 40, "x" * 31),
        ("History", "History_"),
        ("", "1"),
        ("''", "1"),
    ],
)
def test_any_name_is_made_one_of_a_sheet(name: str, written: str) -> None:
    assert f'<sheet name="{written}"' in part(made(name=name), "xl/workbook.xml")


def test_the_same_table_is_the_same_bytes() -> None:
    assert made(["a"], [1]) == made(["a"], [1])


def test_memory_does_not_grow_with_the_rows() -> None:
    def rows(count: int) -> Iterator[list[Value]]:
        return (["Қостанай қаласы", number] for number in range(count))

    def peak(count: int) -> int:
        tracemalloc.start()
        table("t", [Column("a"), Column("b")], rows(count), zone=ZONE, made_at=NOW)
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    peak(1)
    assert peak(8000) < 2 * peak(500)
