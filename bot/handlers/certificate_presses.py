"""The buttons of certificates; apart, so that other flows can offer them."""

from aiogram.filters.callback_data import CallbackData

from bot.routes import Number
from bot.services.certificate_rules import CertificateKind


class ListCertificates(CallbackData, prefix="certs"):
    """Show the certificates of a person."""

    person_id: Number
    page: Number = 0


class OpenCertificate(CallbackData, prefix="cert"):
    """Show one certificate."""

    certificate_id: Number


class GetSheet(CallbackData, prefix="certpdf"):
    """Send the certificate as PDF."""

    certificate_id: Number


class ChooseKind(CallbackData, prefix="certkind"):
    """Choose what the assistant is given."""

    person_id: Number


class AskBasis(CallbackData, prefix="certbasis"):
    """Ask what it is given for."""

    person_id: Number
    kind: CertificateKind


class IssuePlain(CallbackData, prefix="certissue"):
    """Issue it without a basis; `once` is the key of this press."""

    person_id: Number
    kind: CertificateKind
    once: str


class AskRevoke(CallbackData, prefix="certrevoke"):
    """Revoke it: asks for the reason."""

    certificate_id: Number


class Reissue(CallbackData, prefix="certanew"):
    """Issue it anew with the present name; `once` is the key of this press."""

    certificate_id: Number
    once: str
