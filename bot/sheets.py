"""A certificate of the register as the sheet to be drawn: the same whenever it is drawn."""

from bot.pdf.certificate import Bilingual, Certificate
from bot.services.certificate_number import grouped
from bot.services.certificate_rules import CertificateCard


def sheet_of(card: CertificateCard) -> Certificate:
    """Return what stands on the sheet of a certificate."""
    return Certificate(
        kind=card.kind.value,
        number=grouped(card.number),
        holder=card.holder,
        service_number=card.service_number,
        basis=None if card.basis is None else Bilingual(card.basis.kk, card.basis.ru),
        issued_on=card.issued_on,
        expires_on=card.expires_on,
        qr=card.qr,
    )
