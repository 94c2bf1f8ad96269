"""Shifts: one interval in UTC each, their corrections, and shared tracks."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    Date,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base
from db.models.people import REASON_LENGTH
from db.types import text_enum


class ShiftState(StrEnum):
    """Where a shift stands; an ``unconfirmed`` one credits nothing until its end is stated."""

    OPEN = "open"
    CLOSED = "closed"
    UNCONFIRMED = "unconfirmed"


class Place(StrEnum):
    """What a fence says of a point: it flags, a person decides."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"
    NONE = "none"


class CorrectionState(StrEnum):
    """Where a request to correct a shift stands."""

    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Shift(Base):
    """One start and, later, one end. It belongs to the local date it began on.

    ``lat`` and ``lon`` are degrees, accuracies are metres; they are deleted after their term.
    ``ask_at`` is when the person is to be asked whether they are still on duty, ``asked_at`` when
    they were; ``close_at`` is when an unanswered shift closes by itself. ``assignment_id`` is the
    planned duty it keeps; without one it is unplanned.
    """

    __tablename__ = "shifts"
    __table_args__ = (
        # No valid briefing, no shift: the pass is this person's, and holds at the start. That it
        # is signed by then, triggers see to.
        ForeignKeyConstraint(
            ["briefing_pass_id", "person_id", "briefing_valid_until"],
            ["briefing_passes.id", "briefing_passes.person_id", "briefing_passes.valid_until"],
            name="fk_shifts_briefing_pass",
            ondelete="RESTRICT",
        ),
        CheckConstraint("started_at < briefing_valid_until", name="briefed"),
        CheckConstraint("ended_at IS NULL OR ended_at >= started_at", name="ends_after_start"),
        CheckConstraint("(state = 'open') = (ended_at IS NULL)", name="ended"),
        Index(
            "uq_shifts_open_person",
            "person_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        # One duty, one shift.
        Index(
            "uq_shifts_assignment_id",
            "assignment_id",
            unique=True,
            sqlite_where=text("assignment_id IS NOT NULL"),
            postgresql_where=text("assignment_id IS NOT NULL"),
        ),
        Index("ix_shifts_person_id_started_at", "person_id", "started_at"),
        # Everything a digest asks of a day, so that it never reads the rows themselves.
        Index(
            "ix_shifts_day",
            "local_date",
            "district_code",
            "state",
            "started_at",
            "ended_at",
        ),
        Index(
            "ix_shifts_state",
            "state",
            "started_at",
            sqlite_where=text("state <> 'closed'"),
            postgresql_where=text("state <> 'closed'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="RESTRICT"))
    district_code: Mapped[str] = mapped_column(ForeignKey("districts.code", ondelete="RESTRICT"))
    briefing_pass_id: Mapped[int]
    briefing_valid_until: Mapped[datetime]
    state: Mapped[ShiftState] = mapped_column(text_enum(ShiftState))
    local_date: Mapped[date] = mapped_column(Date)
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    start_place: Mapped[Place] = mapped_column(text_enum(Place))
    start_lat: Mapped[float | None] = mapped_column(Double)
    start_lon: Mapped[float | None] = mapped_column(Double)
    start_accuracy_m: Mapped[float | None] = mapped_column(Double)
    end_place: Mapped[Place | None] = mapped_column(text_enum(Place, name="end_place"))
    end_lat: Mapped[float | None] = mapped_column(Double)
    end_lon: Mapped[float | None] = mapped_column(Double)
    end_accuracy_m: Mapped[float | None] = mapped_column(Double)
    card_message_id: Mapped[int | None]
    track_m: Mapped[float] = mapped_column(Double, default=0.0)
    ask_at: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]
    close_at: Mapped[datetime]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="RESTRICT"))
    assignment_id: Mapped[int | None] = mapped_column(
        ForeignKey("assignments.id", ondelete="RESTRICT")
    )


class ShiftCorrection(Base):
    """A request to correct the ends of a shift, and what was decided."""

    __tablename__ = "shift_corrections"
    __table_args__ = (
        CheckConstraint("ended_at >= started_at", name="ends_after_start"),
        Index(
            "uq_shift_corrections_pending_shift",
            "shift_id",
            unique=True,
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
        Index("ix_shift_corrections_shift_id", "shift_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    shift_id: Mapped[int] = mapped_column(ForeignKey("shifts.id", ondelete="RESTRICT"))
    state: Mapped[CorrectionState] = mapped_column(text_enum(CorrectionState))
    old_started_at: Mapped[datetime]
    old_ended_at: Mapped[datetime | None]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(String(REASON_LENGTH))
    asked_at: Mapped[datetime]
    asked_by: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="RESTRICT"))
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="RESTRICT"))
    decision_reason: Mapped[str] = mapped_column(String(REASON_LENGTH), default="")


class TrackPoint(Base):
    """One point of a live location that the person shares during a shift."""

    __tablename__ = "track_points"
    __table_args__ = (Index("ix_track_points_shift_id_at", "shift_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    shift_id: Mapped[int] = mapped_column(ForeignKey("shifts.id", ondelete="RESTRICT"))
    at: Mapped[datetime]
    lat: Mapped[float] = mapped_column(Double)
    lon: Mapped[float] = mapped_column(Double)
    accuracy_m: Mapped[float | None] = mapped_column(Double)
