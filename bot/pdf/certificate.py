"""A certificate or a letter of thanks as plain data, and its sheet as PDF."""

from dataclasses import dataclass
from datetime import date

from bot.content.certificates import CertificateKind, Certificates


@dataclass(frozen=True, slots=True)
class Bilingual:
    """Words in the two languages of a sheet."""

    kk: str
    ru: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """What differs from sheet to sheet. All texts are literal and of any length.

    `number` stands as it is printed, `expires_on` is the last valid day, `qr` is the text of the
    QR code, at most 400 bytes, so that a phone still reads it from paper.
    """

    kind: CertificateKind
    number: str
    holder: str
    service_number: str | None
    basis: Bilingual | None
    issued_on: date
    expires_on: date | None
    qr: str


def render(certificate: Certificate, texts: Certificates) -> bytes:
    """Return the sheet, one page A4: from the same certificate and texts always the same bytes.

    Takes some 20 ms of the processor: call it in a thread; several at once are safe.
    """
    # Only now: reportlab takes longer to load than all else that a light command needs.
    from bot.pdf.certificate_sheet import draw  # noqa: PLC0415

    return draw(certificate, texts)
