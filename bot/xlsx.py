"""Tables of plain values as an XLSX file, in which nothing a person typed becomes a formula."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any, Final, TypeAlias
from zoneinfo import ZoneInfo

Value: TypeAlias = str | int | float | Decimal | date | datetime | timedelta | None
"""What a cell may hold; a datetime is aware, a timedelta is shown in hours and minutes."""

_OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
# What a spreadsheet takes for the beginning of a formula once somebody edits or copies the cell.
_LIKE_A_FORMULA: Final = re.compile("\\s*[=+@\uff1d\uff0b\uff20\uff0d\N{MINUS SIGN}-]")
_UNPRINTABLE: Final = re.compile("[\0-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_A_NAME: Final = re.compile(r"[\[\]:*?/\\'\0-\x1f]")
_LONGEST_TEXT: Final = 32_767
_LONGEST_NAME: Final = 31
_MOST_ROWS: Final = 1_048_576
_ROUNDED_FROM: Final = 10**15  # a spreadsheet keeps 15 digits of a number


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, and its width in digits of the usual letter."""

    heading: str
    width: float = 14


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, headings that stay in sight, then the rows."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]


def table(
    name: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
    *,
    zone: ZoneInfo,
    made_at: datetime,
) -> bytes:
    """Return a workbook with one sheet; otherwise as `workbook`."""
    return workbook([Sheet(name, columns, rows)], zone=zone, made_at=made_at)


def workbook(sheets: Sequence[Sheet], *, zone: ZoneInfo, made_at: datetime) -> bytes:
    """Return a workbook of these sheets, whose names differ.

    Rows pass one by one through a temporary file, so memory stays flat; call it in a thread.
    Moments are shown in `zone`. The same input gives the same bytes.

    Raises:
        ValueError: a row does not fit the columns, a moment is naive, a number is no number, or
            there are more than 1 048 575 rows.
    """
    # Only now: most runs of the bot never export.
    from xlsxwriter import Workbook  # noqa: PLC0415

    buffer = BytesIO()
    with Workbook(buffer, _OPTIONS) as book:
        book.set_properties({"created": _local(made_at, ZoneInfo("UTC"))})
        for sheet in sheets:
            _fill(book, sheet, zone)
    return buffer.getvalue()


def _fill(book: Any, sheet: Sheet, zone: ZoneInfo) -> None:  # noqa: ANN401 - untyped
    page = book.add_worksheet(_sheet_name(sheet.name))
    heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    write = _Writer(book, page, zone)
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width)
        page.write_string(0, place, _text(column.heading), heading)
    page.freeze_panes(1, 0)
    for number, row in enumerate(sheet.rows, start=1):
        if number >= _MOST_ROWS:
            raise ValueError("a sheet holds no more rows")
        for place, (_, value) in enumerate(zip(sheet.columns, row, strict=True)):
            write.cell(number, place, value)


class _Writer:
    """Writes values into the cells of a sheet, each in the form of its type."""

    def __init__(self, book: Any, sheet: Any, zone: ZoneInfo) -> None:  # noqa: ANN401 - untyped
        self._sheet = sheet
        self._zone = zone
        self._guarded = book.add_format({"quote_prefix": True})
        self._moment = book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
        self._day = book.add_format({"num_format": "dd.mm.yyyy"})
        self._span = book.add_format({"num_format": "[h]:mm"})

    def cell(self, row: int, place: int, value: Value) -> None:
        match value:
            case None:
                pass
            case str():
                form = self._guarded if _LIKE_A_FORMULA.match(value) else None
                self._sheet.write_string(row, place, _text(value), form)
            case datetime():
                local = _local(value, self._zone)
                self._sheet.write_datetime(row, place, local, self._moment)
            case date():
                self._sheet.write_datetime(row, place, value, self._day)
            case timedelta():
                self._sheet.write_datetime(row, place, value, self._span)
            case int() if abs(value) >= _ROUNDED_FROM:
                self._sheet.write_string(row, place, str(value), self._guarded)
            case _:
                self._number(row, place, value)

    def _number(self, row: int, place: int, value: float | Decimal) -> None:
        if not Decimal(value).is_finite():
            raise ValueError("neither infinity nor nothing is a number")
        self._sheet.write_number(row, place, value)


def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a naive datetime has no place on a clock")
    return moment.astimezone(zone).replace(tzinfo=None)


def _text(text: str) -> str:
    """Return what a cell can hold: no character that breaks the file, cut off visibly."""
    held = _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)
    return held if len(held) <= _LONGEST_TEXT else f"{held[: _LONGEST_TEXT - 1]}…"


def _sheet_name(name: str) -> str:
    held = _NOT_IN_A_NAME.sub(" ", _text(name)).strip()
    # A spreadsheet keeps this name for itself.
    return f"{held}_" if held.lower() == "history" else held[:_LONGEST_NAME].strip() or "1"
