"""Certificates and letters of thanks as they were issued, and the keys that signed them."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base
from db.models.people import NAME_LENGTH, REASON_LENGTH
from db.types import text_enum

BASIS_LENGTH = 200
QR_LENGTH = 400


class CertificateKind(StrEnum):
    """What a certificate is for."""

    BRIEFING = "briefing"
    TRAINING = "training"
    SERVICE = "service"
    THANKS = "thanks"


class CertificateKey(Base):
    """A public key that signed codes, and its days of use in the region.

    ``last_day`` is its last day: after a rotation the day of that, after a theft the day before:
    even before ``first_day``, when nothing it ever signed is trusted.
    """

    __tablename__ = "certificate_keys"
    __table_args__ = (CheckConstraint("id BETWEEN 0 AND 255", name="id_fits_a_code"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    public: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    first_day: Mapped[date]
    last_day: Mapped[date | None]


class Certificate(Base):
    """What stands on one sheet, kept so that it can be drawn again to the byte.

    ``once`` is the key of the press that issued it. ``expires_on`` is the last valid day in the
    region. ``issued_by`` is null where the bot itself issued it. ``replaces_id`` is the
    certificate this one was issued instead of; that one is revoked without a reason in words.
    """

    __tablename__ = "certificates"
    __table_args__ = (
        CheckConstraint("expires_on IS NULL OR expires_on >= issued_on", name="days_in_order"),
        CheckConstraint("revoked_at IS NOT NULL OR revoked_reason = ''", name="reason_of_revoking"),
        CheckConstraint("(basis_kk IS NULL) = (basis_ru IS NULL)", name="basis_in_both"),
        Index("ix_certificates_person_id_id", "person_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(16), unique=True)
    once: Mapped[str] = mapped_column(String(40), unique=True)
    kind: Mapped[CertificateKind] = mapped_column(text_enum(CertificateKind))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="RESTRICT"))
    holder: Mapped[str] = mapped_column(String(NAME_LENGTH))
    service_number: Mapped[str] = mapped_column(String(20))
    basis_kk: Mapped[str | None] = mapped_column(String(BASIS_LENGTH))
    basis_ru: Mapped[str | None] = mapped_column(String(BASIS_LENGTH))
    issued_on: Mapped[date]
    expires_on: Mapped[date | None]
    code: Mapped[str] = mapped_column(String(112))
    qr: Mapped[str] = mapped_column(String(QR_LENGTH))
    issued_at: Mapped[datetime]
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="RESTRICT"))
    replaces_id: Mapped[int | None] = mapped_column(
        ForeignKey("certificates.id", ondelete="RESTRICT"), unique=True
    )
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="RESTRICT"))
    revoked_reason: Mapped[str] = mapped_column(String(REASON_LENGTH), default="")
