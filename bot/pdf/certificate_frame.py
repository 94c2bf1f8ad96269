"""The frame of a certificate: thin lines, and a ram's horn in each corner."""

from functools import cache
from typing import Final

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from bot.pdf import ornament

GOLD: Final = (0.64, 0.49, 0.22)

# Home printers leave the outermost 5 mm white.
_OUTER: Final = 10 * mm
_INNER: Final = 11.8 * mm
_CORNER: Final = 30 * mm
_HORN: Final = 16 * mm
_TIP: Final = 11.5 * mm
# The horn is written in whole thousandths of its height: no digit is wasted.
_UNIT: Final = 1000


def draw_frame(canvas: Canvas, width: float, height: float) -> None:
    """Draw the frame of a page of this size, in points."""
    canvas.saveState()
    canvas.setStrokeColorRGB(*GOLD)
    canvas.setFillColorRGB(*GOLD)
    for inset, breadth in ((_OUTER, 1.1), (_INNER, 0.35)):
        canvas.setLineWidth(breadth)
        canvas.lines(
            [
                (_CORNER, inset, width - _CORNER, inset),
                (_CORNER, height - inset, width - _CORNER, height - inset),
                (inset, _CORNER, inset, height - _CORNER),
                (width - inset, _CORNER, width - inset, height - _CORNER),
            ]
        )
    for x, y, degrees in (
        (_TIP, _TIP, -45),
        (width - _TIP, _TIP, 45),
        (width - _TIP, height - _TIP, 135),
        (_TIP, height - _TIP, -135),
    ):
        draw_horns(canvas, x, y, _HORN, degrees)
    canvas.restoreState()


def draw_horns(canvas: Canvas, x: float, y: float, height: float, degrees: float = 0) -> None:
    """Draw a pair of horns in the colour of the moment, its tip at x, y."""
    canvas.saveState()
    canvas.translate(x, y)
    canvas.rotate(degrees)
    canvas.scale(height / _UNIT, height / _UNIT)
    # The same operators again and again: compressed, all but the first cost next to nothing.
    for _ in range(2):
        canvas.drawPath(_horn(), stroke=0, fill=1)
        canvas.scale(-1, 1)
    canvas.restoreState()


def draw_rule(canvas: Canvas, x: float, y: float, half: float) -> None:
    """Draw a level line with a lozenge in its middle, `half` to each side of x, y."""
    gap, high = 4 * mm, 1.5 * mm
    canvas.saveState()
    canvas.setStrokeColorRGB(*GOLD)
    canvas.setFillColorRGB(*GOLD)
    canvas.setLineWidth(0.6)
    canvas.lines([(x - half, y, x - gap, y), (x + gap, y, x + half, y)])
    path = canvas.beginPath()
    path.moveTo(x, y + high)
    path.lineTo(x + high * 0.62, y)
    path.lineTo(x, y - high)
    path.lineTo(x - high * 0.62, y)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()


@cache
def _horn() -> PDFPathObject:
    path = PDFPathObject()
    scaled = tuple((round(x * _UNIT), round(y * _UNIT)) for x, y in ornament.horn())
    first, *curves = ornament.smooth(scaled)
    path.moveTo(*first)
    for curve in curves:
        path.curveTo(*map(round, curve))
    path.close()
    return path
