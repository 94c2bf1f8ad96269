"""Certificates per second, over bare reportlab drawing the same page.

The bare program gets for nothing what ours works out: where each line stands, how large it is and
which letters are printed. It repeats the calls that drew one certificate, and makes the QR code.
"""

import tomllib
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any, Final
from unittest.mock import patch

import segno
from reportlab.pdfgen.canvas import Canvas

from bot.content import Certificates, load_content
from bot.pdf import certificate_sheet
from bot.pdf.certificate import Bilingual, Certificate, render

_ROUNDS: Final = 15
_EACH: Final = 4
_GOAL: Final = 0.7
_PACK: Final = Path(__file__).parents[1] / "content" / "kostanay"
_SAMPLE: Final = tomllib.loads(
    Path(__file__).with_name("certificate.toml").read_text(encoding="utf-8")
)

CERTIFICATE: Final = Certificate(
    kind="training",
    number="4071 5832 9164 7204",
    holder=_SAMPLE["holder"],
    service_number="39-00127-0",
    basis=Bilingual(**_SAMPLE["basis"]),
    issued_on=date(2026, 3, 14),
    expires_on=date(2027, 3, 13),
    qr="https://komekshi.example/c/" + "Aq3_x-9Z" * 14,
)


class _Recorder:
    """Stands before a canvas and keeps the calls made to it."""

    def __init__(self, file: BytesIO, **options: Any) -> None:  # noqa: ANN401 - passed on
        self.options = options
        self.calls: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = []
        self._canvas = Canvas(file, **options)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        method = getattr(self._canvas, name)

        def call(*args: Any, **named: Any) -> Any:  # noqa: ANN401 - passed on
            self.calls.append((name, args, named))
            return method(*args, **named)

        return call


def main() -> int:
    """Print the ratio, and return 0 when it reaches the goal."""
    texts = load_content(_PACK).certificates
    bare = _bare_program(texts)
    if bare() != render(CERTIFICATE, texts):
        raise AssertionError("both must draw the same page")
    ours_ms, bare_ms, ratio = _compare(lambda: render(CERTIFICATE, texts), bare)
    print(f"bare reportlab and segno   {bare_ms:6.1f} ms")
    print(f"render                     {ours_ms:6.1f} ms")
    print(f"certificates per second    {ratio:6.2f} of bare (goal: at least {_GOAL})")
    print(f"size                       {len(bare()) / 1024:6.1f} KiB (goal: at most 50)")
    return 0 if ratio >= _GOAL else 1


def _bare_program(texts: Certificates) -> Callable[[], bytes]:
    recorders: list[_Recorder] = []

    def recorder(file: BytesIO, **options: Any) -> _Recorder:  # noqa: ANN401 - passed on
        recorders.append(_Recorder(file, **options))
        return recorders[-1]

    with patch.object(certificate_sheet, "Canvas", recorder):
        render(CERTIFICATE, texts)
    [recorded] = recorders

    def bare() -> bytes:
        segno.make_qr(CERTIFICATE.qr, error="m", boost_error=False)
        buffer = BytesIO()
        canvas = Canvas(buffer, **recorded.options)
        for name, args, named in recorded.calls:
            getattr(canvas, name)(*args, **named)
        return buffer.getvalue()

    return bare


def _compare(ours: Callable[[], bytes], bare: Callable[[], bytes]) -> tuple[float, float, float]:
    """Return milliseconds of the processor for each, and the median ratio of bare over ours."""
    times = []
    for _ in range(_ROUNDS):
        pair = []
        for program in (ours, bare):
            start = process_time()
            for _ in range(_EACH):
                program()
            pair.append((process_time() - start) / _EACH * 1000)
        times.append(pair)
    ours_ms, bare_ms = (median(column) for column in zip(*times, strict=True))
    return ours_ms, bare_ms, median(pair[1] / pair[0] for pair in times)
