"""Roles as grants: (person, role, scope)."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base
from db.types import text_enum

_IN_FORCE = "revoked_at IS NULL AND district_code IS NOT NULL"
_IN_FORCE_REGION = "revoked_at IS NULL AND district_code IS NULL"


class Role(StrEnum):
    """What a person may be; several at once, each in its own scope."""

    ASSISTANT = "assistant"
    COORDINATOR = "coordinator"
    ADMIN = "admin"
    OBSERVER = "observer"


class Grant(Base):
    """One role of one person in one district, or in the whole region (no district)."""

    __tablename__ = "grants"
    __table_args__ = (
        # Two indexes, because a null is never equal to a null.
        Index(
            "uq_grants_in_force_district",
            "person_id",
            "role",
            "district_code",
            unique=True,
            sqlite_where=text(_IN_FORCE),
            postgresql_where=text(_IN_FORCE),
        ),
        Index(
            "uq_grants_in_force_region",
            "person_id",
            "role",
            unique=True,
            sqlite_where=text(_IN_FORCE_REGION),
            postgresql_where=text(_IN_FORCE_REGION),
        ),
        Index("ix_grants_role_district_code", "role", "district_code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="RESTRICT"))
    role: Mapped[Role] = mapped_column(text_enum(Role))
    district_code: Mapped[str | None] = mapped_column(
        ForeignKey("districts.code", ondelete="RESTRICT")
    )
    given_at: Mapped[datetime]
    given_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="RESTRICT"))
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="RESTRICT"))
