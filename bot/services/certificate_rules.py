"""What certificates are to the services: kinds, terms, where they stand, what may be shown."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from bot.services.errors import InvalidInputError
from bot.services.wording import clean_words
from db.models.certificate_orders import CertificateOrder
from db.models.certificates import BASIS_LENGTH, Certificate, CertificateKind

__all__ = [
    "Address",
    "Basis",
    "CertificateCard",
    "CertificateKind",
    "CertificateRules",
    "Verdict",
    "Verification",
    "kept_basis",
    "read_basis",
]

Address: TypeAlias = Callable[[str, str], str]
"""From the number and the signed code of a certificate to the text of its QR code."""

_LINES = re.compile(r"\r?\n")
_BOTH = 2


@dataclass(frozen=True, slots=True)
class CertificateRules:
    """What the region decides: months of validity by kind (absent: for good), and whether a passed
    briefing issues its certificate by itself.
    """

    months: Mapping[CertificateKind, int]
    issued_on_pass: bool


class Verdict(StrEnum):
    """Where a certificate stands on a day; ``unknown`` is anything that is none of ours."""

    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Basis:
    """Why it is given, in the two languages of the sheet."""

    kk: str
    ru: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateCard:
    """A certificate as its holder and the staff see it, with all that its sheet needs.

    Days are of the region, ``revoked_at`` is UTC; ``replaced_by`` is the number of the one issued
    instead.
    """

    id: int
    number: str
    kind: CertificateKind
    person_id: int
    holder: str
    service_number: str
    basis: Basis | None
    issued_on: date
    expires_on: date | None
    qr: str
    verdict: Verdict
    revoked_at: datetime | None
    revoked_reason: str
    replaced_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What anybody may learn of a certificate: where it stands, and what the paper shows.

    Only ``verdict`` is set for an unknown one. Days are of the region.
    """

    verdict: Verdict
    number: str = ""
    kind: CertificateKind | None = None
    holder: str = ""
    service_number: str = ""
    issued_on: date | None = None
    expires_on: date | None = None
    revoked_on: date | None = None


def read_basis(text: str) -> Basis:
    """Return a basis as typed: a line in Kazakh and one in Russian, or one line for both.

    Raises:
        InvalidInputError: more lines, an unreadable or a long one.
    """
    lines = [line for line in _LINES.split(text) if line.strip()]
    if len(lines) > _BOTH:
        raise InvalidInputError("error-certificate-basis")
    cleaned = [clean_words(line, BASIS_LENGTH) for line in lines] or [clean_words("", BASIS_LENGTH)]
    return Basis(cleaned[0], cleaned[-1])


def kept_basis(row: Certificate | CertificateOrder) -> Basis | None:
    """Return the basis that a certificate or an order was given."""
    return Basis(row.basis_kk, row.basis_ru) if row.basis_kk and row.basis_ru else None


def verdict_on(certificate: Certificate, today: date) -> Verdict:
    """Tell where the certificate stands on the day."""
    if certificate.revoked_at is not None:
        return Verdict.REVOKED
    if certificate.expires_on is not None and certificate.expires_on < today:
        return Verdict.EXPIRED
    return Verdict.VALID


def card_of(
    certificate: Certificate, today: date, successor: Certificate | None = None
) -> CertificateCard:
    """Return the certificate as plain data, as it stands on the day."""
    return CertificateCard(
        id=certificate.id,
        number=certificate.number,
        kind=certificate.kind,
        person_id=certificate.person_id,
        holder=certificate.holder,
        service_number=certificate.service_number,
        basis=kept_basis(certificate),
        issued_on=certificate.issued_on,
        expires_on=certificate.expires_on,
        qr=certificate.qr,
        verdict=verdict_on(certificate, today),
        revoked_at=certificate.revoked_at,
        revoked_reason=certificate.revoked_reason,
        replaced_by=None if successor is None else successor.number,
    )
