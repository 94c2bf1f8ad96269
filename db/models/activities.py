"""Activities: results of work on a shift, every version of them, and what is attached."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Date,
    Double,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base
from db.models.erasures import OBJECT_LENGTH
from db.models.people import REASON_LENGTH
from db.types import text_enum

# After so many failures a file is taken for gone.
FETCH_ATTEMPTS = 6
_TO_FETCH = text(f"file_id IS NOT NULL AND sha256 IS NULL AND attempts < {FETCH_ATTEMPTS}")


class ActivityState(StrEnum):
    """Where an entry stands; only ``approved`` ones count in public figures and criteria."""

    SUBMITTED = "submitted"
    EDITED = "edited"
    HAS_ISSUES = "has_issues"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


# What was taken back or refused is no result of a shift.
VOID = (ActivityState.WITHDRAWN, ActivityState.REJECTED)


class AttachmentKind(StrEnum):
    """What came with an entry."""

    PHOTO = "photo"
    VOICE = "voice"
    LOCATION = "location"
    DOCUMENT = "document"


class Activity(Base):
    """One result of work. ``kind`` is a code of the content pack, ``fields`` hold what it asks.

    ``version`` counts from 1 and grows with every change; ``people_reached`` stands beside the
    fields because every digest sums it. ``once_key`` is the key of the press that made it.
    """

    __tablename__ = "activities"
    __table_args__ = (
        CheckConstraint("ends_at >= begins_at", name="ends_after_start"),
        CheckConstraint("people_reached >= 0", name="people_reached"),
        CheckConstraint("version >= 1", name="version"),
        UniqueConstraint("person_id", "once_key"),
        Index("ix_activities_shift_id", "shift_id"),
        Index("ix_activities_person_id_begins_at", "person_id", "begins_at"),
        # Everything a digest asks of a day, so that it never reads the rows themselves.
        Index(
            "ix_activities_day",
            "local_date",
            "district_code",
            "kind",
            "state",
            "people_reached",
            "category",
            "same_as_id",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    shift_id: Mapped[int] = mapped_column(ForeignKey("shifts.id", ondelete="RESTRICT"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="RESTRICT"))
    district_code: Mapped[str] = mapped_column(ForeignKey("districts.code", ondelete="RESTRICT"))
    kind: Mapped[str] = mapped_column(String(12))
    category: Mapped[str | None] = mapped_column(String(12))
    local_date: Mapped[date] = mapped_column(Date)
    begins_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    people_reached: Mapped[int] = mapped_column(default=0)
    fields: Mapped[dict[str, Any]]
    state: Mapped[ActivityState] = mapped_column(text_enum(ActivityState))
    version: Mapped[int] = mapped_column(default=1)
    once_key: Mapped[str] = mapped_column(String(64))
    same_as_id: Mapped[int | None] = mapped_column(ForeignKey("activities.id", ondelete="RESTRICT"))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class ActivityVersion(Base):
    """An entry as it was; the newest version stands here too."""

    __tablename__ = "activity_versions"
    __table_args__ = (UniqueConstraint("activity_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id", ondelete="RESTRICT"))
    version: Mapped[int]
    kind: Mapped[str] = mapped_column(String(12))
    begins_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    fields: Mapped[dict[str, Any]]
    state: Mapped[ActivityState] = mapped_column(text_enum(ActivityState))
    made_at: Mapped[datetime]
    made_by: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="RESTRICT"))
    reason: Mapped[str] = mapped_column(String(REASON_LENGTH), default="")


class Attachment(Base):
    """A photo, voice, document or place sent during a shift; of an entry once it is told which.

    ``file_id`` fetches the file from Telegram; ``sha256`` is the hash of what came. ``archived_as``
    is its name in our archive, known before it comes there, ``not_archived`` why it is not there.
    ``attempts`` counts failed fetches, the next is not before ``try_at``. Degrees for ``lat`` and
    ``lon``.
    """

    __tablename__ = "attachments"
    __table_args__ = (
        Index("ix_attachments_activity_id", "activity_id"),
        Index(
            "ix_attachments_waiting",
            "person_id",
            sqlite_where=text("activity_id IS NULL"),
            postgresql_where=text("activity_id IS NULL"),
        ),
        UniqueConstraint("person_id", "message_id"),
        Index(
            "ix_attachments_to_fetch",
            "id",
            sqlite_where=_TO_FETCH,
            postgresql_where=_TO_FETCH,
        ),
        Index("ix_attachments_archived_as", "archived_as"),
        Index("ix_attachments_sent_at", "sent_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="RESTRICT"))
    shift_id: Mapped[int] = mapped_column(ForeignKey("shifts.id", ondelete="RESTRICT"))
    activity_id: Mapped[int | None] = mapped_column(
        ForeignKey("activities.id", ondelete="RESTRICT")
    )
    kind: Mapped[AttachmentKind] = mapped_column(text_enum(AttachmentKind))
    message_id: Mapped[int]
    album_id: Mapped[str | None] = mapped_column(String(64))
    file_id: Mapped[str | None] = mapped_column(String(200))
    file_unique_id: Mapped[str | None] = mapped_column(String(64))
    size: Mapped[int | None]
    sha256: Mapped[str | None] = mapped_column(String(64))
    archived_as: Mapped[str | None] = mapped_column(String(OBJECT_LENGTH))
    not_archived: Mapped[str | None] = mapped_column(String(32))
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    try_at: Mapped[datetime | None]
    lat: Mapped[float | None] = mapped_column(Double)
    lon: Mapped[float | None] = mapped_column(Double)
    sent_at: Mapped[datetime]
