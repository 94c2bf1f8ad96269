"""The pages of a table: rows as high as their fullest cell, parted where a page ends.

Lengths are in points unless multiplied by `mm`; y grows upwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from bot.pdf.fonts import Face, printable
from bot.pdf.lines import Block, Step, fitted
from bot.pdf.table import Table
from bot.pdf.typefaces import measure, pressing

_WIDTH, _HEIGHT = landscape(A4)
_LEFT, _TOP, _BOTTOM = 14 * mm, _HEIGHT - 14 * mm, 16 * mm
_INNER: Final = _WIDTH - 2 * _LEFT
_PAD, _GAP, _SPACE = 1.2 * mm, 1 * mm, 3 * mm
_LEADING: Final = 1.25
_ASCENT: Final = 0.8  # how far the letters of a line rise, in sizes

_TITLE: Final = (Step(15, 10, 1), Step(10, 6, 2))
_SUBTITLE: Final = (Step(10, 7, 1), Step(7, 5, 3))
_HEADING: Final = (Step(7.5, 5, 1),)
_CELL: Final = (Step(8, 7, 2), Step(7, 5, 3))
_FOOT: Final = (Step(8, 6, 2), Step(6, 4, 3))
_PAGE_SIZE, _PAGE_Y = 7.5, 9 * mm

_RULE: Final = (0.72, 0.72, 0.74)
_HEAD_GROUND: Final = (0.93, 0.94, 0.95)
_TEXT: Final = (0.13, 0.13, 0.14)


@dataclass(frozen=True, slots=True)
class _Line:
    """A text above or below the table."""

    block: Block
    face: Face

    @property
    def height(self) -> float:
        return len(self.block.lines) * self.block.size * _LEADING + _GAP


@dataclass(frozen=True, slots=True)
class _Row:
    cells: Sequence[Block]
    face: Face

    @property
    def height(self) -> float:
        return max(len(cell.lines) * cell.size * _LEADING for cell in self.cells) + 2 * _PAD


def draw(table: Table) -> bytes:
    """Return the pages as PDF."""
    with pressing():
        return _drawn(table)


def _drawn(table: Table) -> bytes:
    whole = sum(column.share for column in table.columns)
    widths = [_INNER * column.share / whole for column in table.columns]
    titles = [
        _line(text, Face.SANS if place else Face.SANS_BOLD, _SUBTITLE if place else _TITLE)
        for place, text in enumerate(table.titles)
    ]
    head = _head(table, widths)
    foot = [_line(text, Face.SANS, _FOOT) for text in table.foot]
    pages = _pages(
        [_row(texts, widths) for texts in table.rows],
        room=_TOP - _BOTTOM - head.height,
        above=sum(line.height for line in titles) + _SPACE,
        below=sum(line.height for line in foot) + _SPACE,
    )
    buffer = BytesIO()
    canvas = Canvas(
        buffer,
        pagesize=(_WIDTH, _HEIGHT),
        invariant=1,
        pageCompression=1,
        initialFontName=Face.SANS.value,  # type: ignore[arg-type] # a name, whatever the stubs say
        lang="kk",
    )
    canvas.setTitle(printable(table.titles[0]))
    for unsaid in (canvas.setAuthor, canvas.setSubject, canvas.setCreator, canvas.setProducer):
        unsaid("")
    for number, rows in enumerate(pages, start=1):
        y = _write_lines(canvas, titles, _TOP) - _SPACE if number == 1 else _TOP
        y = _write_rows(canvas, widths, [head, *rows], y)
        if number == len(pages):
            _write_lines(canvas, foot, y - _SPACE)
        canvas.setFont(Face.SANS.value, _PAGE_SIZE)
        canvas.drawRightString(_WIDTH - _LEFT, _PAGE_Y, f"{number} / {len(pages)}")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _line(text: str, face: Face, steps: Sequence[Step]) -> _Line:
    return _Line(_fit([text], face, _INNER, steps)[0], face)


def _head(table: Table, widths: Sequence[float]) -> _Row:
    cells = []
    for column, width in zip(table.columns, widths, strict=True):
        blocks = _fit(column.heading, Face.SANS_BOLD, width - 2 * _PAD, _HEADING)
        cells.append(Block(tuple(line for block in blocks for line in block.lines), blocks[0].size))
    return _Row(cells, Face.SANS_BOLD)


def _row(texts: Sequence[str], widths: Sequence[float]) -> _Row:
    cells = [
        _fit([text], Face.SANS, width - 2 * _PAD, _CELL)[0]
        for text, width in zip(texts, widths, strict=True)
    ]
    return _Row(cells, Face.SANS)


def _fit(texts: Sequence[str], face: Face, width: float, steps: Sequence[Step]) -> list[Block]:
    return fitted([printable(text) for text in texts], measure(face), width, steps)


def _pages(rows: Sequence[_Row], *, room: float, above: float, below: float) -> list[list[_Row]]:
    """Deal the rows out; the last page keeps room for what stands below the table."""
    pages: list[list[_Row]] = [[]]
    left = room - above
    for row in rows:
        if row.height > left:
            pages.append([])
            left = room
        pages[-1].append(row)
        left -= row.height
    if below > left:
        pages.append([])
    return pages


def _write_lines(canvas: Canvas, lines: Sequence[_Line], y: float) -> float:
    for line in lines:
        _write(canvas, line.block, line.face, _LEFT, y)
        y -= line.height
    return y


def _write_rows(canvas: Canvas, widths: Sequence[float], rows: Sequence[_Row], y: float) -> float:
    """Write the headings and the rows below them; return where they end."""
    canvas.setFillColorRGB(*_HEAD_GROUND)
    canvas.rect(_LEFT, y - rows[0].height, _INNER, rows[0].height, stroke=0, fill=1)
    canvas.setStrokeColorRGB(*_RULE)
    canvas.setLineWidth(0.5)
    canvas.line(_LEFT, y, _LEFT + _INNER, y)
    for row in rows:
        x = _LEFT
        for cell, width in zip(row.cells, widths, strict=True):
            _write(canvas, cell, row.face, x + _PAD, y - _PAD)
            x += width
        y -= row.height
        canvas.line(_LEFT, y, _LEFT + _INNER, y)
    return y


def _write(canvas: Canvas, block: Block, face: Face, x: float, top: float) -> None:
    canvas.setFillColorRGB(*_TEXT)
    canvas.setFont(face.value, block.size)
    for place, line in enumerate(block.lines):
        canvas.drawString(x, top - block.size * (_ASCENT + place * _LEADING), line)
