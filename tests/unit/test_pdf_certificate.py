"""The sheet of a certificate: the same bytes again, everything literal, everything inside."""

import hashlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import segno
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfbase.ttfonts import TTFontParser
from reportlab.pdfgen.canvas import Canvas

from bot.content import Certificates, load_content
from bot.content.certificates import KINDS, CertificateKind, Logo, OnPaper, Signatory
from bot.pdf import certificate_sheet
from bot.pdf.certificate import Bilingual, Certificate, render
from bot.pdf.fonts import printable
from bot.pdf.qr import dark_areas

ROOT = Path(__file__).parents[2]
MM = 72 / 25.4
FRAME = 12 * MM

ORDINARY = Certificate(
    kind="briefing",
    number="4071 5832 9164 7204",
    holder="Үлгіева Айгерім Серікқызы",
    service_number="39-00127-0",
    basis=Bilingual("2026-1 нұсқаулығы", "инструктаж 2026-1"),
    issued_on=date(2026, 3, 14),
    expires_on=date(2027, 3, 13),
    qr="https://komekshi.example/c/" + "Aq3_x-9Z" * 14,
)
NASTY_NAMES = (
    "Иван <b",
    "R&D </para><img src='/etc/passwd'/>",
    "<font color=\"[[[getattr(pow,Word('__globals__'))]]]\">x</font>",
    "{0.__class__} %s $x \\n ) Tj ET (",
    "Салтыкова-Щедрина-Константинопольская Александра-Виктория Мұхаммедғалиқызы-Әбдірахманова",
    "Щ" * 100,
    "ы " * 150,
    "-" * 80,
    '«О\'Нил» "Ко" ’ʼ—',
    "李小龍 😀 \u202e\0",
    "\u200b",
    "i",
)


@pytest.fixture(scope="module")
def texts() -> Certificates:
    return load_content(ROOT / "content" / "kostanay").certificates


@dataclass(frozen=True)
class Line:
    """A line of text as it was drawn: its ends, its baseline and its size in points."""

    text: str
    left: float
    right: float
    y: float
    size: float


def font_of(canvas: Canvas) -> tuple[str, float]:
    state = vars(canvas)
    return state["_fontname"], state["_fontsize"]


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Line]:
    """Return the list that every line drawn from now on is added to."""
    lines: list[Line] = []

    class Seen(Canvas):
        def drawString(self, x: float, y: float, text: str, charSpace: float = 0) -> None:  # type: ignore[override] # noqa: N802, N803
            font, size = font_of(self)
            width = stringWidth(text, font, size) + charSpace * (len(text) - 1)
            lines.append(Line(text, x, x + width, y, size))
            super().drawString(x, y, text, charSpace=charSpace)

        def drawCentredString(self, x: float, y: float, text: str) -> None:  # type: ignore[override] # noqa: N802
            font, size = font_of(self)
            width = stringWidth(text, font, size)
            lines.append(Line(text, x - width / 2, x + width / 2, y, size))
            super().drawCentredString(x, y, text)

    monkeypatch.setattr(certificate_sheet, "Canvas", Seen)
    return lines


def words(lines: list[Line]) -> str:
    return "".join(line.text for line in lines).replace(" ", "")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_one_page_of_a4_within_50_kib(
    kind: CertificateKind, texts: Certificates
) -> None:
    pdf = render(replace(ORDINARY, kind=kind), texts)
    assert pdf.startswith(b"%PDF-")
    assert pdf.count(b"/Type /Page\n") == 1
    assert b"/MediaBox [ 0 0 841.8898 595.2756 ]" in pdf
    assert len(pdf) <= 50 * 1024


def test_i6_the_same_certificate_is_the_same_bytes(texts: Certificates) -> None:
    assert render(ORDINARY, texts) == render(replace(ORDINARY), texts)


def test_i1_any_changed_fact_changes_the_bytes(texts: Certificates) -> None:
    original = render(ORDINARY, texts)
    for changed in (
        replace(ORDINARY, holder="Үлгіева Айгерім"),
        replace(ORDINARY, number="4071 5832 9164 7205"),
        replace(ORDINARY, issued_on=date(2026, 3, 15)),
        replace(ORDINARY, expires_on=None),
        replace(ORDINARY, qr="x"),
    ):
        assert render(changed, texts) != original


@pytest.mark.parametrize(("seed", "zone"), [("0", "UTC"), ("4711", "Asia/Qostanay")])
def test_i6_another_process_makes_the_same_bytes(texts: Certificates, seed: str, zone: str) -> None:
    program = (
        "import hashlib, sys\n"
        "from tests.unit.test_pdf_certificate import ORDINARY, ROOT, load_content, render\n"
        "texts = load_content(ROOT / 'content' / 'kostanay').certificates\n"
        "print(hashlib.sha256(render(ORDINARY, texts)).hexdigest())"
    )
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == hashlib.sha256(render(ORDINARY, texts)).hexdigest()


def test_j5_sheets_drawn_at_once_in_threads_are_the_same_as_one_by_one(
    texts: Certificates, monkeypatch: pytest.MonkeyPatch
) -> None:
    some = [replace(ORDINARY, holder=name) for name in NASTY_NAMES]
    alone = [render(one, texts) for one in some]
    seek = TTFontParser.seek

    def interrupted(font: TTFontParser, place: int) -> None:
        seek(font, place)
        time.sleep(0)  # where a thread loses its turn: the place is one for all of them

    monkeypatch.setattr(TTFontParser, "seek", interrupted)
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda one: render(one, texts), some))
    assert together == alone


@pytest.mark.parametrize("name", NASTY_NAMES)
def test_f3_f4_f14_a_name_is_printed_literally(
    name: str, texts: Certificates, drawn: list[Line]
) -> None:
    pdf = render(replace(ORDINARY, holder=name), texts)
    assert printable(name).replace(" ", "") in words(drawn)
    assert b"/Image" not in re.sub(rb"/Image[BCI]\b", b"", pdf)
    assert len(pdf) <= 50 * 1024


def test_f7_a_name_in_foreign_letters_is_never_blank(
    texts: Certificates, drawn: list[Line]
) -> None:
    render(replace(ORDINARY, holder="李小龍"), texts)
    assert "���" in [line.text for line in drawn]


def inside(lines: list[Line]) -> bool:
    return all(
        line.left >= FRAME
        and line.right <= 297 * MM - FRAME
        and line.y - 0.3 * line.size >= FRAME
        and line.y + line.size <= 210 * MM - FRAME
        for line in lines
    )


def overlapping(lines: list[Line]) -> list[tuple[str, str]]:
    """Return pairs of lines that touch: letters rise 0.7 and fall 0.2 of their size."""
    boxes = [(line, line.y - 0.2 * line.size, line.y + 0.7 * line.size) for line in lines]
    return [
        (one.text, other.text)
        for place, (one, low, high) in enumerate(boxes)
        for other, other_low, other_high in boxes[place + 1 :]
        if one.left < other.right
        and other.left < one.right
        and low < other_high
        and other_low < high
    ]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", NASTY_NAMES)
def test_no_line_leaves_the_frame_or_touches_another(
    kind: CertificateKind, name: str, texts: Certificates, drawn: list[Line]
) -> None:
    long = "Құқықтық сауаттылық және профилактика дағдылары бойынша семинар, 16 сағат, " * 3
    signatory = Signatory(post=OnPaper(kk="Бастық " * 20, ru="Начальник " * 20), name="Ә. Үлгіев")
    render(
        replace(ORDINARY, kind=kind, holder=name, basis=Bilingual(long, long), number="9" * 40),
        texts.model_copy(update={"signatory": signatory}),
    )
    assert inside(drawn)
    assert overlapping(drawn) == []


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(
    holder=st.text(max_size=200),
    basis=st.builds(Bilingual, st.text(max_size=500), st.text(max_size=500)),
    number=st.text(max_size=60),
    issued_on=st.dates(),
)
def test_whatever_is_written_it_stays_inside_the_frame(
    texts: Certificates, drawn: list[Line], **written: Any
) -> None:
    drawn.clear()
    render(replace(ORDINARY, **written), texts)
    assert inside(drawn)


def test_kazakh_stands_left_of_russian_at_the_same_size(
    texts: Certificates, drawn: list[Line]
) -> None:
    render(ORDINARY, texts)
    found = {line.text: line for line in drawn}
    kk, ru = found["Қостанай облысы"], found["Костанайская область"]
    assert kk.right < ru.left
    assert (kk.y, kk.size) == (ru.y, ru.size)


def test_the_sheet_carries_all_it_must(texts: Certificates, drawn: list[Line]) -> None:
    render(ORDINARY, texts)
    for fact in (
        "СЕРТИФИКАТ",
        "Үлгіева Айгерім Серікқызы",
        "4071 5832 9164 7204",
        "39-00127-0",
        "Негізі: 2026-1 нұсқаулығы",
        "Основание: инструктаж 2026-1",
        "2026 ж. 14 наурыз · 14 марта 2026 г.",
        "2027 ж. 13 наурыз · 13 марта 2027 г.",
        "Бұл полиция куәлігі емес",
        "Это не удостоверение полиции",
    ):
        assert fact.replace(" ", "") in words(drawn).replace("\N{NO-BREAK SPACE}", ""), fact


def test_a_letter_of_thanks_has_both_titles_and_no_last_day(
    texts: Certificates, drawn: list[Line]
) -> None:
    render(replace(ORDINARY, kind="thanks", expires_on=None), texts)
    titles = [line.text for line in drawn]
    assert titles.index("АЛҒЫС ХАТ") < titles.index("БЛАГОДАРСТВЕННОЕ ПИСЬМО")
    assert texts.labels.expires_on.ru not in words(drawn)


@pytest.mark.parametrize(
    ("signatory", "seen"),
    [
        (None, ("лауазымы, қолы, аты-жөні",)),
        (Signatory(post=OnPaper(kk="Бастық", ru="Начальник")), ("Бастық", "Начальник")),
        (
            Signatory(post=OnPaper(kk="Бастық", ru="Начальник"), name="Ә. Үлгіев"),
            ("Бастық", "Ә. Үлгіев"),
        ),
    ],
)
def test_the_line_is_signed_as_configured(
    signatory: Signatory | None, seen: tuple[str, ...], texts: Certificates, drawn: list[Line]
) -> None:
    render(ORDINARY, texts.model_copy(update={"signatory": signatory}))
    assert set(seen) <= {line.text for line in drawn}


def test_the_file_says_what_it_is_and_nothing_of_who_made_it(texts: Certificates) -> None:
    pdf = render(ORDINARY, texts)
    for field in (b"Author", b"Creator", b"Producer", b"Subject", b"Keywords"):
        assert b"/%s ()" % field in pdf
    title = re.search(rb"/Title \((.*)\) /Trapped", pdf, re.DOTALL)
    assert title
    assert b"\\376\\377" in title[1]
    assert b"anonymous" not in pdf


@pytest.fixture
def logo() -> Callable[[str], Logo]:
    def made(mode: str) -> Logo:
        buffer = BytesIO()
        Image.new(mode, (300, 200), 120 if mode == "L" else (20, 90, 60, 128)[: len(mode)]).save(
            buffer, "PNG"
        )
        return Logo(buffer.getvalue(), 300, 200)

    return made


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA"])
def test_a_logo_takes_the_place_of_the_horns(
    mode: str, texts: Certificates, logo: Callable[[str], Logo]
) -> None:
    with_logo = texts.model_copy(update={"logo": logo(mode)})
    pdf = render(ORDINARY, with_logo)
    assert b"/Subtype /Image" in pdf
    assert pdf == render(ORDINARY, with_logo)


@pytest.mark.parametrize("text", ["x", ORDINARY.qr, "https://a.example/c/" + "й" * 100])
def test_the_dark_areas_are_the_code(text: str) -> None:
    side, runs = dark_areas(text)
    rows = [bytearray(side) for _ in range(side)]
    for left, bottom, width, height in runs:
        assert height == 1
        rows[side - 1 - bottom][left : left + width] = b"\1" * width
    assert tuple(rows) == segno.make_qr(text, error="m", boost_error=False).matrix


def test_data_is_made_without_loading_what_draws() -> None:
    program = (
        "import sys, bot.pdf.certificate, bot.charts, bot.xlsx\n"
        "print({'reportlab', 'PIL', 'segno', 'xlsxwriter'} & set(sys.modules))"
    )
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"
