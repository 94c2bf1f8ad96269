"""A bar chart of days or months as a picture for the screen of a phone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from math import ceil, floor, isfinite, log10
from typing import TYPE_CHECKING, Final

from bot.pdf.fonts import Face, printable
from bot.pdf.lines import Step, fitted

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDTH: Final = 1080
"""Pixels; a phone shows it from edge to edge."""
HEIGHT: Final = 720

_MARGIN: Final = 56
_BOTTOM: Final = HEIGHT - 96  # where the bars stand
_TITLE: Final = (Step(46, 34, 1), Step(34, 18, 2))
_SUBTITLE: Final = (Step(28, 22, 1), Step(22, 12, 2))
_SMALL: Final = 26
_GAP: Final = 0.3  # between bars, as a part of a bar's place
_MOST_LINES: Final = 5

_PAPER: Final = "#ffffff"
_INK: Final = "#143339"
_GREY: Final = "#6b6f72"
_LINE: Final = "#e3e5e6"
_BAR: Final = "#2f6f78"
_MARKED: Final = "#c08a2d"


@dataclass(frozen=True, slots=True)
class Bar:
    """One day or month: what stands below it, and how high it is; `marked` bars stand out."""

    label: str
    value: float
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """What a chart shows, in words of the person's language."""

    title: str
    subtitle: str
    bars: Sequence[Bar]


def png(chart: Chart, number: Callable[[float], str]) -> bytes:
    """Return the chart as PNG of 1080 by 720; `number` writes numbers as the language does.

    Takes some 50 ms of the processor: call it in a thread.

    Raises:
        ValueError: there are no bars, or one is below zero.
    """
    # Only now: most runs of the bot never draw.
    from PIL import Image, ImageDraw  # noqa: PLC0415

    if not chart.bars or not all(isfinite(bar.value) and bar.value >= 0 for bar in chart.bars):
        raise ValueError("a chart has bars, and none is below zero")
    picture = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    drawing = _Drawing(ImageDraw.Draw(picture))
    top = drawing.head(chart.title, chart.subtitle)
    drawing.bars(chart.bars, number, top)
    buffer = BytesIO()
    picture.quantize(64).save(buffer, "PNG")
    return buffer.getvalue()


def grid(highest: float) -> list[float]:
    """Return the values at which lines are drawn: from 0 in even steps of 1, 2 or 5 (times ten).

    The last is not below the highest bar; there are at most six.
    """
    rough = max(highest / _MOST_LINES, 0.2)
    power = 10.0 ** floor(log10(rough))
    step = next(step for n in (1, 2, 5, 10) if (step := n * power) >= rough * (1 - 1e-9))
    step = max(step, 1.0)  # what is counted comes in wholes
    return [step * n for n in range(max(ceil(highest / step - 1e-9), 1) + 1)]


class _Drawing:
    def __init__(self, draw: "ImageDraw") -> None:
        self._draw = draw

    def head(self, title: str, subtitle: str) -> float:
        """Write the head and return the y below it."""
        y = self._lines(title, _MARGIN * 0.8, Face.SANS_BOLD, _TITLE, _INK)
        return self._lines(subtitle, y, Face.SANS, _SUBTITLE, _GREY) + _MARGIN

    def _lines(self, text: str, y: float, face: Face, steps: Sequence[Step], colour: str) -> float:
        width = WIDTH - 2 * _MARGIN
        large = _font(face, 100)
        [block] = fitted([printable(text)], lambda part: large.getlength(part) / 100, width, steps)
        size = block.size
        # On a screen each letter takes whole pixels, so small lines come out a little wider.
        while max(map((font := _font(face, size)).getlength, block.lines)) > width:
            size *= 0.97
        for line in block.lines:
            self._draw.text((_MARGIN, y), line, colour, font)
            y += size * 1.32
        return y

    def bars(self, bars: Sequence[Bar], number: Callable[[float], str], top: float) -> None:
        font = _font(Face.SANS, _SMALL)
        lines = grid(max(bar.value for bar in bars))
        scale = (_BOTTOM - top) / lines[-1]
        left = _MARGIN + max(font.getlength(printable(number(line))) for line in lines) + 16
        for line in lines:
            y = round(_BOTTOM - line * scale)
            self._draw.line((left, y, WIDTH - _MARGIN, y), _GREY if line == 0 else _LINE, 2)
            self._draw.text((left - 16, y), printable(number(line)), _GREY, font, anchor="rm")
        width = (WIDTH - _MARGIN - left) / len(bars)
        middles = [left + (place + 0.5) * width for place in range(len(bars))]
        half = max(width * (1 - _GAP) / 2, 1)
        tops = [round(_BOTTOM - bar.value * scale) for bar in bars]
        for bar, middle, high in zip(bars, middles, tops, strict=True):
            if bar.value:
                area = (round(middle - half), high, round(middle + half), _BOTTOM - 1)
                self._draw.rectangle(area, _MARKED if bar.marked else _BAR)
        values = [printable(number(bar.value)) if bar.value else "" for bar in bars]
        if max(map(font.getlength, values)) + 6 < width:
            for text, middle, high in zip(values, middles, tops, strict=True):
                self._draw.text((middle, high - 8), text, _INK, font, anchor="md")
        self._labels([bar.label for bar in bars], middles, width)

    def _labels(self, labels: Sequence[str], middles: Sequence[float], width: float) -> None:
        """Write every label, or every second, third ... where they would touch."""
        font = _font(Face.SANS, _SMALL)
        texts = [_cut(printable(label), font) for label in labels]
        every = ceil((max(map(font.getlength, texts)) + 12) / width)
        for text, middle in list(zip(texts, middles, strict=True))[::every]:
            half = font.getlength(text) / 2
            x = min(max(middle, half + 8), WIDTH - half - 8)
            self._draw.text((x, _BOTTOM + 8), text, _GREY, font, anchor="ma")


def _cut(text: str, font: "FreeTypeFont") -> str:
    """Return a label cut off visibly where it is wider than a third of the picture."""
    while font.getlength(text) > WIDTH / 3:
        text = f"{text[: -2 if text.endswith('…') else -1]}…"
    return text


def _font(face: Face, size: float) -> "FreeTypeFont":
    from PIL import ImageFont  # noqa: PLC0415 - see png

    return ImageFont.truetype(face.path, size, layout_engine=ImageFont.Layout.BASIC)
