"""Assignments: duties that a coordinator has planned."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base
from db.types import text_enum


class AssignmentState(StrEnum):
    """Whether a duty stands."""

    PLANNED = "planned"
    CANCELLED = "cancelled"


class Assignment(Base):
    """A duty of one person in one district; the shift that kept it names it.

    Moments are UTC. ``noted_at`` is when a coordinator took note that nobody came.
    """

    __tablename__ = "assignments"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("(state = 'cancelled') = (cancelled_at IS NOT NULL)", name="cancelled"),
        Index(
            "uq_assignments_planned_person_id_starts_at",
            "person_id",
            "starts_at",
            unique=True,
            sqlite_where=text("state = 'planned'"),
            postgresql_where=text("state = 'planned'"),
        ),
        Index("ix_assignments_district_code_starts_at", "district_code", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="RESTRICT"))
    district_code: Mapped[str] = mapped_column(ForeignKey("districts.code", ondelete="RESTRICT"))
    state: Mapped[AssignmentState] = mapped_column(text_enum(AssignmentState))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    planned_at: Mapped[datetime]
    planned_by: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="RESTRICT"))
    cancelled_at: Mapped[datetime | None]
    cancelled_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="RESTRICT"))
    noted_at: Mapped[datetime | None]
    noted_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="RESTRICT"))
