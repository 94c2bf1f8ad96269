"""Lists in files: any program's are read, and none of them can harm the reader."""

import tracemalloc
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import xlsx
from bot.lists import lines_in, lines_of
from bot.services.errors import InvalidInputError
from bot.services.number_list import read_numbers
from bot.services.service_number import format_number
from bot.services.states import Refusal

FIRST, SECOND = format_number("39", 1), format_number("39", 2)
WRONG = FIRST[:-1] + str((int(FIRST[-1]) + 1) % 10)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{LINK}"><sheets>'
    '<sheet name="a" sheetId="1" r:id="r1"/>'
    '<sheet name="b" sheetId="2" r:id="r2" state="hidden"/></sheets></workbook>'
)
LINKS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    + "".join(
        f'<Relationship Id="r{n}" Type="{LINK}/worksheet" Target="{target}"/>'
        for n, target in ((1, "/xl/worksheets/one.xml"), (2, "worksheets/two.xml"))
    )
    + "</Relationships>"
)


def sheet(cells: str) -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>'


def workbook(
    one: str | bytes, strings: str | None = None, more: Mapping[str, bytes] | None = None
) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", BOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", LINKS)
        archive.writestr("xl/worksheets/one.xml", one)
        archive.writestr("xl/worksheets/two.xml", sheet("<row><c><v>hidden</v></c></row>"))
        if strings is not None:
            archive.writestr("xl/sharedStrings.xml", strings)
        for name, content in (more or {}).items():
            archive.writestr(name, content)
    return buffer.getvalue()


def why(content: bytes) -> str:
    with pytest.raises(InvalidInputError) as refused:
        lines_in(content)
    return refused.value.message


def test_every_kind_of_cell_is_read_and_a_hidden_sheet_is_not() -> None:
    strings = (
        f'<sst xmlns="{MAIN}"><si><t>shared</t></si>'
        "<si><r><t>in </t></r><r><t>parts</t></r><rPh><t>aid</t></rPh></si></sst>"
    )
    one = sheet(
        '<row r="3"><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row><row r="4"/>'
        '<row r="7"><c t="inlineStr"><is><t>here</t></is></c>'
        '<c t="str"><f>A1&amp;"x"</f><v>worked out</v></c><c><v>12</v></c></row>'
    )

    assert lines_in(workbook(one, strings)) == [
        (3, "shared\tin parts"),
        (7, "here\tworked out\t12"),
    ]


def test_a_prefix_for_every_name_changes_nothing() -> None:
    one = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row><x:c><x:v>a</x:v></x:c></x:row>'
        "</x:sheetData></x:worksheet>"
    )
    assert lines_in(workbook(one)) == [(1, "a")]


def test_what_our_own_tables_write_is_read() -> None:
    rows: list[list[xlsx.Value]] = [["=1+1", FIRST], ["Әсел\nқызы", None], [None, SECOND]]
    content = xlsx.table(
        "x",
        [xlsx.Column("a"), xlsx.Column("b")],
        rows,
        zone=ZoneInfo("UTC"),
        made_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    assert [line for _, line in lines_in(content)] == [
        "a\tb",
        f"=1+1\t{FIRST}",
        "Әсел\nқызы",
        SECOND,
    ]


ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    f'<worksheet xmlns="{MAIN}"><sheetData><row><c><v>&b;</v></c></row></sheetData></worksheet>'
)
OUTSIDE = (
    '<!DOCTYPE x SYSTEM "file:///etc/passwd">'
    f'<worksheet xmlns="{MAIN}"><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>'
)


@pytest.mark.parametrize(
    "one",
    [
        ENTITIES,
        OUTSIDE,
        sheet("<a>" * 99 + "</a>" * 99),
        "<a>" * 5_000_000,
        "no XML",
        "",
        sheet('<row><c t="s"><v>5</v></c></row>'),
        sheet("<row><c><v>1</c></row>"),
        b"\xff\xfe\x00",
        sheet("<row><c><v>&#0;</v></c></row>"),
    ],
    ids=["entities", "outside", "deep", "deepest", "text", "empty", "no such", "cut", "odd", "nul"],
)
def test_f9_a_workbook_made_to_harm_is_refused(one: str | bytes) -> None:
    assert why(workbook(one)) == "error-list-form"


@pytest.mark.parametrize("part", ["xl/worksheets/one.xml", "xl/media/picture.png"])
def test_f9_what_would_unpack_to_too_much_is_refused_unread(part: str) -> None:
    zeros = b"0" * 100_000_000
    inside = part.endswith("one.xml")
    bomb = workbook(zeros) if inside else workbook(sheet(""), None, {part: zeros})
    assert len(bomb) < 105_000
    tracemalloc.start()
    assert why(bomb) == "error-list-large"
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()


def test_f9_a_part_that_lies_about_its_size_is_refused() -> None:
    honest = workbook(sheet("<row><c><v>1</v></c></row>") + " " * 40_000_000)
    size = len(sheet("<row><c><v>1</v></c></row>")) + 40_000_000
    lying = honest.replace(size.to_bytes(4, "little"), (1_000).to_bytes(4, "little"))
    assert lying != honest
    tracemalloc.start()
    assert why(lying) == "error-list-form"
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_f9_a_crowd_of_parts_or_strings_is_refused() -> None:
    crowd = workbook(sheet(""), None, {f"p{n}": b"" for n in range(1_001)})
    strings = f'<sst xmlns="{MAIN}">' + "<si/>" * 500_001 + "</sst>"
    assert why(crowd) == "error-list-large"
    assert why(workbook(sheet(""), strings)) == "error-list-large"


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_f9_an_odd_way_of_packing_is_refused(method: int) -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        archive.writestr("xl/workbook.xml", BOOK)
    assert why(buffer.getvalue()) == "error-list-form"


@given(st.integers(0, 1_200), st.integers(0, 255))
def test_f9_a_damaged_workbook_is_read_or_refused_and_never_fails(place: int, byte: int) -> None:
    content = bytearray(workbook(sheet(f"<row><c><v>{FIRST}</v></c></row>")))
    content[place % len(content)] = byte
    with suppress(InvalidInputError):
        lines_in(bytes(content))


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for start in (b"", b"PK\x03\x04", b"\xff\xfe"):
        with suppress(InvalidInputError):
            read_numbers(lines_in(start + content), "39")


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7 1 0 obj", b"\x89PNG\r\n\x1a\n\0", b"\xd0\xcf\x11\xe0\xa1\0", b"a\0b"]
)
def test_a_file_of_another_kind_is_refused(content: bytes) -> None:
    assert why(content) == "error-list-form"


def test_lines_keep_their_numbers_over_any_break_and_empty_lines() -> None:
    assert list(lines_of("a\r\n\r\n  \nb\rc")) == [(1, "a"), (4, "b"), (5, "c")]


@pytest.mark.parametrize(
    "text",
    [
        f"{FIRST} {SECOND}",
        f"{FIRST},{SECOND}",
        f"{FIRST};{SECOND};",
        f"№{FIRST}\n\n\n№ {SECOND}",
        f"{FIRST} - {SECOND}",
        f"-{FIRST}\n- {SECOND}-",
        f"(«{FIRST}»/{SECOND})",
        f"{FIRST}\t{SECOND}".replace("-", "\u2011"),
        f"{FIRST}|{SECOND}".replace("-", "\u2013"),
        f"{FIRST} {SECOND}".translate({ord("0") + n: 0xFF10 + n for n in range(10)}),
        f"Тізім\n1. Үлгіев Ерлан {FIRST} 8-701-000-00-01 2026-03-09\n2) {SECOND}, +7-701-111-11-11",
    ],
)
def test_numbers_are_found_between_whatever_people_write(text: str) -> None:
    entries = read_numbers(list(lines_of(text)), "39")
    assert [(entry.number, entry.refusal) for entry in entries] == [(FIRST, None), (SECOND, None)]


@pytest.mark.parametrize(
    ("written", "refusal"),
    [
        (WRONG, Refusal.CHECK_DIGIT),
        (FIRST[1:], Refusal.NO_NUMBER),
        ("39-1-2", Refusal.MALFORMED),
        ("39-00001", Refusal.MALFORMED),
        (f"{FIRST}-{SECOND}", Refusal.MALFORMED),
        ("39-" + "0" * 30 + "-1", Refusal.MALFORMED),
        (FIRST.replace("-", ""), Refusal.NO_NUMBER),
        ("Үлгіев Ерлан", Refusal.NO_NUMBER),
    ],
)
def test_a_slip_is_named_and_nobody_is_lost_by_it(written: str, refusal: Refusal) -> None:
    [_, entry] = read_numbers([(1, SECOND), (2, written)], "39")
    assert (entry.line, entry.refusal) == (2, refusal)
    assert len(entry.number) <= 20
    assert (entry.number == "") == (refusal is Refusal.NO_NUMBER)


def test_a_heading_is_passed_over_and_only_the_first_line_is_one() -> None:
    entries = read_numbers([(1, "Нөмірі"), (2, FIRST), (3, "Нөмірі")], "39")
    assert [(entry.line, entry.refusal) for entry in entries] == [
        (2, None),
        (3, Refusal.NO_NUMBER),
    ]


@given(st.text(max_size=300))
def test_no_text_makes_the_reading_fail(text: str) -> None:
    try:
        entries = read_numbers(list(lines_of(text)), "39")
    except InvalidInputError:
        return
    assert all(len(entry.number) <= 20 for entry in entries)
