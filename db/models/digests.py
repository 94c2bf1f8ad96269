"""Digests: what a coordinator wants to be told, what was told, and what was looked at."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base
from db.types import text_enum


class DigestKind(StrEnum):
    """Why a digest exists: ``opened`` was asked for, the others come by themselves.

    They come in this order: that of the day is worked through, so it stands below the others.
    ``morning`` is the note of the day's duties, which has a time of its own.
    """

    MORNING = "morning"
    MONTHLY = "monthly"
    WEEKLY = "weekly"
    DAILY = "daily"
    OPENED = "opened"


class DigestState(StrEnum):
    """Where a digest stands; ``skipped`` when it would have come too late to be of use."""

    QUEUED = "queued"
    SENT = "sent"
    SKIPPED = "skipped"


class DigestSettings(Base):
    """How a coordinator wants the digest of one district; without a row, as everybody gets it.

    ``at_minute`` counts from local midnight. Bit 0 of ``days`` is Monday; of a day without its
    bit there is no daily digest. A release that knows no weekly and monthly ones leaves them on.
    """

    __tablename__ = "digest_settings"
    __table_args__ = (
        CheckConstraint("at_minute BETWEEN 0 AND 1439", name="at_minute"),
        CheckConstraint("days BETWEEN 0 AND 127", name="days"),
    )

    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="RESTRICT"), primary_key=True, autoincrement=False
    )
    district_code: Mapped[str] = mapped_column(
        ForeignKey("districts.code", ondelete="RESTRICT"), primary_key=True
    )
    at_minute: Mapped[int]
    days: Mapped[int]
    quiet: Mapped[bool]
    weekly: Mapped[bool] = mapped_column(server_default=true())
    monthly: Mapped[bool] = mapped_column(server_default=true())


class Digest(Base):
    """One digest of one district for one person; the key makes it exist once.

    ``local_date`` is the day it was to come on. ``figures`` are the sums of what it tells of, as
    they stood when it was made; a skipped one has none.
    """

    __tablename__ = "digests"
    __table_args__ = (
        UniqueConstraint("person_id", "district_code", "kind", "local_date"),
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_has_moment"),
        Index("ix_digests_local_date", "local_date"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="RESTRICT"))
    district_code: Mapped[str] = mapped_column(ForeignKey("districts.code", ondelete="RESTRICT"))
    kind: Mapped[DigestKind] = mapped_column(text_enum(DigestKind))
    local_date: Mapped[date] = mapped_column(Date)
    state: Mapped[DigestState] = mapped_column(text_enum(DigestState))
    due_at: Mapped[datetime]
    made_at: Mapped[datetime]
    figures: Mapped[dict[str, Any]]
    sent_at: Mapped[datetime | None]
    message_id: Mapped[int | None]


class DigestMark(Base):
    """An exception a coordinator has looked at: the place of a shift, or a person reminded."""

    __tablename__ = "digest_marks"
    __table_args__ = (
        UniqueConstraint("shift_id"),
        Index("ix_digest_marks_person_id_made_at", "person_id", "made_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="RESTRICT"))
    shift_id: Mapped[int | None] = mapped_column(ForeignKey("shifts.id", ondelete="RESTRICT"))
    made_at: Mapped[datetime]
    made_by: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="RESTRICT"))
