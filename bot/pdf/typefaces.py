"""Our faces as reportlab uses them."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Final

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from bot.pdf.fonts import Face
from bot.pdf.lines import Measure

_ONE_BY_ONE: Final = Lock()


@contextmanager
def pressing() -> Iterator[None]:
    """Let one document at a time be made, every face known to reportlab under its value.

    A font that is registered belongs to all threads, and while it is cut down to the letters used
    it reads its file at one place for all of them: two at once fail, or print a wrong letter. The
    interpreter runs one thread at a time anyway, so nothing is lost by waiting here.
    """
    with _ONE_BY_ONE:
        # Streams as they are, not in letters for mailers of the last century: a fifth smaller.
        rl_config.useA85 = 0
        known = pdfmetrics.getRegisteredFontNames()
        for face in Face:
            if face.value not in known:
                pdfmetrics.registerFont(TTFont(face.value, str(face.path)))
        yield


def measure(face: Face, *, tracking: float = 0) -> Measure:
    """Return what measures a text at size 1, with so much space between its letters."""
    font = pdfmetrics.getFont(face.value)

    def width(text: str) -> float:
        return font.stringWidth(text, 1) + tracking * (len(text) - 1)

    return width
