"""The sheet of a certificate: where everything stands, on A4 lying on its side.

Lengths are in points unless multiplied by `mm`; y grows upwards. Kazakh stands on the left.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import Final, Protocol, TypeAlias
from zoneinfo import ZoneInfo

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from bot.content.certificates import Certificates, Labels, Logo, Sheet, Signatory
from bot.i18n.formats import Formats
from bot.pdf import qr
from bot.pdf.certificate import Bilingual, Certificate
from bot.pdf.certificate_frame import GOLD, draw_frame, draw_horns, draw_rule
from bot.pdf.fonts import Face, printable
from bot.pdf.lines import Block, Step, fitted
from bot.pdf.typefaces import measure, pressing

Colour: TypeAlias = tuple[float, float, float]

_WIDTH, _HEIGHT = landscape(A4)
_MIDDLE: Final = _WIDTH / 2
_COLUMN: Final = 114 * mm
_LEFT, _RIGHT = _MIDDLE - 62 * mm, _MIDDLE + 62 * mm  # the middles of the columns
_FOOT_LEFT, _FOOT_RIGHT, _FOOT = _MIDDLE - 74 * mm, _MIDDLE + 74 * mm, 84 * mm

_INK: Final = (0.08, 0.2, 0.23)
_TEXT: Final = (0.15, 0.15, 0.16)
_GREY: Final = (0.36, 0.36, 0.38)
_BLACK: Final = (0, 0, 0)

_TRACKING: Final = 0.1
_ASCENT: Final = 0.72  # how far the letters of a line rise, in sizes


class _Words(Protocol):
    @property
    def kk(self) -> str: ...
    @property
    def ru(self) -> str: ...


@dataclass(frozen=True, slots=True)
class _Style:
    face: Face
    colour: Colour
    steps: tuple[Step, ...]
    leading: float = 1.4


_HEADING: Final = _Style(Face.SERIF_BOLD, _INK, (Step(10.5, 7, 1), Step(7, 4, 2)))
_ISSUER: Final = _Style(Face.SERIF, _INK, (Step(9.5, 8, 1), Step(8, 4, 2)))
_SUBTITLE: Final = _Style(Face.SERIF_ITALIC, _INK, (Step(14, 9.5, 1), Step(9.5, 6, 2)))
_NAME: Final = _Style(
    Face.SERIF, _TEXT, (Step(38, 26, 1), Step(27, 17, 2), Step(17, 10, 3)), leading=1.2
)
_SMALL: Final = _Style(Face.SERIF, _GREY, (Step(9.5, 6, 1),))
_STATEMENT: Final = _Style(Face.SERIF, _TEXT, (Step(12.5, 11, 3), Step(11, 6, 4)))
_BASIS: Final = _Style(Face.SERIF_ITALIC, _TEXT, (Step(10.5, 9, 2), Step(9, 5, 3)))
_NUMBER: Final = _Style(Face.SERIF_BOLD, _INK, (Step(13, 6, 1),))
_VALUE: Final = _Style(Face.SERIF, _TEXT, (Step(10, 6, 1),))
_LABEL: Final = _Style(Face.SERIF, _GREY, (Step(7.5, 5, 1),))
_POST: Final = _Style(Face.SERIF, _TEXT, (Step(9, 7, 1), Step(7, 4, 2)))
_VERIFICATION: Final = _Style(Face.SERIF, _GREY, (Step(7.4, 4, 2),))

# A day has no zone; Formats wants one for moments only.
_DAYS: Final = {language: Formats(language, ZoneInfo("UTC")) for language in ("kk", "ru")}


def draw(certificate: Certificate, texts: Certificates) -> bytes:
    """Return the sheet as PDF."""
    with pressing():
        return _drawn(certificate, texts)


def _drawn(certificate: Certificate, texts: Certificates) -> bytes:
    words = texts.sheet(certificate.kind)
    buffer = BytesIO()
    canvas = Canvas(
        buffer,
        pagesize=(_WIDTH, _HEIGHT),
        invariant=1,
        pageCompression=1,
        initialFontName=Face.SERIF.value,  # type: ignore[arg-type] # a name, whatever the stubs say
        lang="kk",
    )
    canvas.setTitle(f"{words.names.kk} · {words.names.ru} · {certificate.number}")
    for unsaid in (canvas.setAuthor, canvas.setSubject, canvas.setCreator, canvas.setProducer):
        unsaid("")
    draw_frame(canvas, _WIDTH, _HEIGHT)
    sheet = _Sheet(canvas, texts.labels)
    sheet.head(texts, words)
    sheet.holder(certificate)
    sheet.body(words, certificate.basis)
    sheet.signature(texts.signatory)
    sheet.code(certificate.qr)
    sheet.facts(certificate)
    sheet.pair(texts.verification, 23 * mm, _VERIFICATION)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


class _Sheet:
    """Sets texts on a canvas; y is the top of a text's first line."""

    def __init__(self, canvas: Canvas, labels: Labels) -> None:
        self._canvas = canvas
        self._labels = labels

    def head(self, texts: Certificates, words: Sheet) -> None:
        if texts.logo:
            self._logo(texts.logo)
        else:
            self._canvas.setFillColorRGB(*GOLD)
            draw_horns(self._canvas, _MIDDLE, 178 * mm, 13 * mm)
        self.pair(texts.heading, 188 * mm, _HEADING, width=92 * mm)
        self.pair(texts.issuer, 182.5 * mm, _ISSUER, width=92 * mm)
        title = words.title
        if title.kk == title.ru:
            self._titles([title.kk], 165 * mm, 40)
        else:
            self._titles([title.kk, title.ru], 166 * mm, 27)
        if words.subtitle:
            self.pair(words.subtitle, 148 * mm, _SUBTITLE)

    def holder(self, certificate: Certificate) -> None:
        [name] = self._fit([certificate.holder], _NAME, 2 * _COLUMN)
        height = name.size * (_ASCENT + _NAME.leading * (len(name.lines) - 1))
        self._draw(name, _MIDDLE, 127.5 * mm + height / 2, _NAME)
        draw_rule(self._canvas, _MIDDLE, 114 * mm, 52 * mm)
        if certificate.service_number:
            number = f"№\N{NO-BREAK SPACE}{certificate.service_number}"
            label = self._labels.assistant
            self.pair(Bilingual(f"{label.kk} {number}", f"{label.ru} {number}"), 108.5 * mm, _SMALL)

    def body(self, words: Sheet, basis: Bilingual | None) -> None:
        self.pair(words.statement, 99.5 * mm, _STATEMENT)
        if basis:
            label = self._labels.basis
            both = Bilingual(f"{label.kk}: {basis.kk}", f"{label.ru}: {basis.ru}")
            self.pair(both, 78.5 * mm, _BASIS)

    def signature(self, signatory: Signatory | None) -> None:
        half = _FOOT / 2 - 6 * mm
        self._canvas.setStrokeColorRGB(*_GREY)
        self._canvas.setLineWidth(0.5)
        self._canvas.line(_FOOT_LEFT - half, 40 * mm, _FOOT_LEFT + half, 40 * mm)
        if signatory:
            self._stacked(signatory.post, _FOOT_LEFT, 60 * mm, 5 * mm, _POST)
        if signatory and signatory.name:
            self._set([signatory.name], [_FOOT_LEFT], 38 * mm, _FOOT, _VALUE)
        else:
            self._stacked(self._labels.signature, _FOOT_LEFT, 38 * mm, 4 * mm, _LABEL)

    def code(self, text: str) -> None:
        side, runs = qr.dark_areas(text)
        canvas, size = self._canvas, 33 * mm
        canvas.saveState()
        canvas.translate(_MIDDLE - size / 2, 28 * mm)
        canvas.scale(size / side, size / side)
        canvas.setFillColorRGB(*_BLACK)
        path = PDFPathObject([f"{x} {y} {width} {height} re" for x, y, width, height in runs])
        canvas.drawPath(path, stroke=0, fill=1)
        canvas.restoreState()

    def facts(self, certificate: Certificate) -> None:
        labels = self._labels
        facts = [(labels.number, certificate.number, _NUMBER)]
        for label, day in (
            (labels.issued_on, certificate.issued_on),
            (labels.expires_on, certificate.expires_on),
        ):
            if day:
                written = " · ".join(_DAYS[language].date(day, "long") for language in ("kk", "ru"))
                facts.append((label, written, _VALUE))
        step = 12 * mm
        top = 43.5 * mm + step * len(facts) / 2
        for label, value, style in facts:
            self._set([f"{label.kk} · {label.ru}"], [_FOOT_RIGHT], top, _FOOT, _LABEL)
            self._set([value], [_FOOT_RIGHT], top - 4 * mm, _FOOT, style)
            top -= step

    def pair(self, words: _Words, y: float, style: _Style, *, width: float = _COLUMN) -> None:
        """Set both languages alike, each in the middle of its column."""
        self._set([words.kk, words.ru], [_LEFT, _RIGHT], y, width, style)

    def _stacked(self, words: _Words, x: float, y: float, step: float, style: _Style) -> None:
        for place, block in enumerate(self._fit([words.kk, words.ru], style, _FOOT)):
            self._draw(block, x, y - step * place * len(block.lines), style)

    def _set(
        self, texts: list[str], xs: list[float], y: float, width: float, style: _Style
    ) -> None:
        for x, block in zip(xs, self._fit(texts, style, width), strict=True):
            self._draw(block, x, y, style)

    def _fit(self, texts: list[str], style: _Style, width: float) -> list[Block]:
        return fitted([printable(text) for text in texts], measure(style.face), width, style.steps)

    def _draw(self, block: Block, x: float, y: float, style: _Style) -> None:
        self._canvas.setFillColorRGB(*style.colour)
        self._canvas.setFont(style.face.value, block.size)
        for place, line in enumerate(block.lines):
            baseline = y - block.size * (_ASCENT + style.leading * place)
            self._canvas.drawCentredString(x, baseline, line)

    def _titles(self, titles: list[str], y: float, size: float) -> None:
        capitals = [printable(title.upper()) for title in titles]
        widths = [measure(Face.SERIF_BOLD, tracking=_TRACKING)(line) for line in capitals]
        size = min(size, 2 * _COLUMN / max(widths))
        self._canvas.setFillColorRGB(*_INK)
        self._canvas.setFont(Face.SERIF_BOLD.value, size)
        for place, (line, width) in enumerate(zip(capitals, widths, strict=True)):
            baseline = y - size * (_ASCENT + 1.3 * place)
            self._canvas.drawString(
                _MIDDLE - width * size / 2, baseline, line, charSpace=_TRACKING * size
            )

    def _logo(self, logo: Logo) -> None:
        scale = 19 * mm / max(logo.width, logo.height)
        width, height = logo.width * scale, logo.height * scale
        left, bottom = _MIDDLE - width / 2, 184.5 * mm - height / 2
        picture = ImageReader(BytesIO(logo.png))
        self._canvas.drawImage(picture, left, bottom, width, height, mask="auto")
