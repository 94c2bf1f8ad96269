"""The lines of a list that a person sent as a file, whatever program made it."""

import codecs
import re
from collections.abc import Iterable, Iterator
from itertools import islice

from bot.services.errors import InvalidInputError
from bot.services.number_list import Line
from bot.xlsx_reading import LargeSheetError, UnreadableSheetError, rows

LARGEST_FILE = 5 * 1024 * 1024
MOST_LINES = 5_000

_ZIP, _PDF = b"PK", b"%PDF"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LINE = re.compile(r"[^\r\n]+")


def lines_in(content: bytes) -> list[Line]:
    """Return the lines of a text, or the rows of a workbook with a tab between their cells.

    What the file is, its bytes say: its name and type are anybody's to choose. Empty lines are
    left out. Call it in a thread: a large workbook takes a second.

    Raises:
        InvalidInputError: it is neither, or larger than a list may be.
    """
    if not content.startswith(_ZIP):
        return _few(lines_of(_decoded(content)))
    try:
        return _few((row.number, "\t".join(row.cells)) for row in rows(content))
    except LargeSheetError as error:
        raise InvalidInputError("error-list-large") from error
    except UnreadableSheetError as error:
        raise InvalidInputError("error-list-form") from error


def lines_of(text: str) -> Iterator[Line]:
    """Yield the lines of a text that are not empty, with their numbers from 1."""
    number, end = 1, 0
    for found in _LINE.finditer(text):
        number += _breaks(text[end : found.start()])
        if not found.group().isspace():
            yield number, found.group()
        end = found.end()


def _breaks(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def _decoded(content: bytes) -> str:
    if content.startswith(_UTF16):
        return content.decode("utf-16", errors="replace")
    if b"\0" in content or content.startswith(_PDF):
        raise InvalidInputError("error-list-form")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What spreadsheets here write by themselves; the digits are the same in any of them.
        return content.decode("cp1251", errors="replace")


def _few(lines: Iterable[Line]) -> list[Line]:
    few = list(islice(lines, MOST_LINES + 1))
    if len(few) > MOST_LINES:
        raise InvalidInputError("error-list-long", limit=MOST_LINES)
    return few
