"""People, their consents, and what they are in the service."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base
from db.types import text_enum

NAME_LENGTH = 100
NAME_KEY_LENGTH = 2 * NAME_LENGTH
REASON_LENGTH = 500


class AssistantStatus(StrEnum):
    """Where an assistant stands: ``trainee -> active <-> suspended -> dismissed``."""

    TRAINEE = "trainee"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    DISMISSED = "dismissed"


class ApplicationState(StrEnum):
    """Where an application stands; ``draft`` is a registration in progress."""

    DRAFT = "draft"
    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Person(Base):
    """Anyone who ever wrote to the bot. What they have not told yet is null."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    telegram_id: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    language: Mapped[str | None] = mapped_column(String(2))
    full_name: Mapped[str | None] = mapped_column(String(NAME_LENGTH))
    # Databases fold the case of Latin letters only; this one is folded by us.
    name_key: Mapped[str | None] = mapped_column(String(NAME_KEY_LENGTH), index=True)
    phone: Mapped[str | None] = mapped_column(String(16), unique=True)
    blocked_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class Consent(Base):
    """A consent to process personal data: which text, in which language, when."""

    __tablename__ = "consents"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="RESTRICT"), index=True)
    version: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(2))
    text_sha256: Mapped[str] = mapped_column(String(64))
    given_at: Mapped[datetime]


class Assistant(Base):
    """A person taken on as a public assistant; the service number is theirs for good."""

    __tablename__ = "assistants"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="RESTRICT"), primary_key=True, autoincrement=False
    )
    service_number: Mapped[str] = mapped_column(String(20), unique=True)
    district_code: Mapped[str] = mapped_column(
        ForeignKey("districts.code", ondelete="RESTRICT"), index=True
    )
    status: Mapped[AssistantStatus] = mapped_column(text_enum(AssistantStatus))
    status_reason: Mapped[str] = mapped_column(String(REASON_LENGTH), default="")
    status_at: Mapped[datetime]


class Application(Base):
    """A request to become an assistant. One person has at most one that is open."""

    __tablename__ = "applications"
    __table_args__ = (
        CheckConstraint(
            "state IN ('draft', 'withdrawn') OR district_code IS NOT NULL", name="has_district"
        ),
        Index(
            "uq_applications_open_person",
            "person_id",
            unique=True,
            sqlite_where=text("state IN ('draft', 'pending')"),
            postgresql_where=text("state IN ('draft', 'pending')"),
        ),
        Index("ix_applications_state_district_code", "state", "district_code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="RESTRICT"), index=True)
    district_code: Mapped[str | None] = mapped_column(
        ForeignKey("districts.code", ondelete="RESTRICT")
    )
    invite_id: Mapped[int | None] = mapped_column(ForeignKey("invites.id", ondelete="RESTRICT"))
    state: Mapped[ApplicationState] = mapped_column(text_enum(ApplicationState))
    created_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="RESTRICT"))
    reason: Mapped[str] = mapped_column(String(REASON_LENGTH), default="")
