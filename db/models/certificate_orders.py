"""Certificates ordered in bulk: the order, and each line of the list it came from."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base
from db.models.certificates import BASIS_LENGTH, CertificateKind
from db.types import text_enum

NUMBER_LENGTH = 20
SHOWN_LENGTH = 40


class OrderState(StrEnum):
    """Where an order stands: ``draft`` until it was confirmed, ``dropped`` when it was not to be.

    ``stopped`` by a person; ``forbidden`` when who ordered it had lost the right; ``keyless`` when
    the signing key went out of use. From these three it can be resumed.
    """

    DRAFT = "draft"
    DROPPED = "dropped"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FORBIDDEN = "forbidden"
    KEYLESS = "keyless"


class ItemState(StrEnum):
    """Where a line of the list stands."""

    WAITING = "waiting"
    ISSUED = "issued"
    REFUSED = "refused"


class Refusal(StrEnum):
    """Why a line of the list brings no certificate."""

    NO_NUMBER = "no_number"
    MALFORMED = "malformed"
    CHECK_DIGIT = "check_digit"
    UNKNOWN = "unknown"
    DOUBLED = "doubled"
    DISMISSED = "dismissed"
    NO_BRIEFING = "no_briefing"
    FAILED = "failed"


class CertificateOrder(Base):
    """One order for many certificates of one kind; ``once`` is the key of the question it answers.

    ``person_id`` is who confirmed it, or before that who sent the list. ``message_id`` is the
    message in that person's chat that shows it, ``shown`` what it says there; while ``telling``,
    a notice that draws it anew is on its way.
    """

    __tablename__ = "certificate_orders"
    __table_args__ = (
        CheckConstraint("(basis_kk IS NULL) = (basis_ru IS NULL)", name="basis_in_both"),
        CheckConstraint(
            "state IN ('draft', 'dropped') OR started_at IS NOT NULL", name="started_has_moment"
        ),
        Index("ix_certificate_orders_state", "state"),
        Index("ix_certificate_orders_person_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    once: Mapped[str] = mapped_column(String(40), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="RESTRICT"))
    kind: Mapped[CertificateKind] = mapped_column(text_enum(CertificateKind))
    basis_kk: Mapped[str | None] = mapped_column(String(BASIS_LENGTH))
    basis_ru: Mapped[str | None] = mapped_column(String(BASIS_LENGTH))
    state: Mapped[OrderState] = mapped_column(text_enum(OrderState))
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    message_id: Mapped[int | None]
    shown: Mapped[str] = mapped_column(String(SHOWN_LENGTH), default="")
    shown_at: Mapped[datetime | None]
    telling: Mapped[bool] = mapped_column(default=False)


class CertificateOrderItem(Base):
    """A service number of the list, ``line`` counted from 1, or a line in which there is none.

    The number is kept as it was written; the rest of the line is not. ``attempts`` counts failures
    that were nobody's fault.
    """

    __tablename__ = "certificate_order_items"
    __table_args__ = (
        # Nobody stands twice in one order; lines that name nobody may be many.
        UniqueConstraint("order_id", "person_id"),
        UniqueConstraint("certificate_id"),
        CheckConstraint(
            "(state = 'issued') = (certificate_id IS NOT NULL)", name="issued_has_certificate"
        ),
        CheckConstraint("(state = 'refused') = (refusal IS NOT NULL)", name="refused_has_reason"),
        CheckConstraint("state = 'refused' OR person_id IS NOT NULL", name="names_a_person"),
        Index("ix_certificate_order_items_order_id_state_id", "order_id", "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("certificate_orders.id", ondelete="CASCADE"))
    line: Mapped[int]
    number: Mapped[str] = mapped_column(String(NUMBER_LENGTH))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="RESTRICT"))
    state: Mapped[ItemState] = mapped_column(text_enum(ItemState))
    refusal: Mapped[Refusal | None] = mapped_column(text_enum(Refusal))
    certificate_id: Mapped[int | None] = mapped_column(
        ForeignKey("certificates.id", ondelete="RESTRICT")
    )
    attempts: Mapped[int] = mapped_column(default=0)
