"""Links that people open: invitations and one-time links; and counters behind numbers."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base
from db.types import text_enum


class LinkPurpose(StrEnum):
    """What opening a one-time link does."""

    CLAIM_ADMIN = "claim_admin"
    RELINK_ACCOUNT = "relink_account"


class Invite(Base):
    """An invitation into one district; spent when an application is sent, not when opened."""

    __tablename__ = "invites"
    __table_args__ = (
        UniqueConstraint("created_by", "once_key"),
        CheckConstraint("uses <= uses_limit", name="within_limit"),
        CheckConstraint("uses >= 0 AND uses_limit > 0", name="counts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(32), unique=True)
    # Of the button that made it: pressed twice, it makes one.
    once_key: Mapped[str] = mapped_column(String(16))
    district_code: Mapped[str] = mapped_column(
        ForeignKey("districts.code", ondelete="RESTRICT"), index=True
    )
    created_by: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="RESTRICT"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    uses_limit: Mapped[int]
    uses: Mapped[int] = mapped_column(default=0)
    revoked_at: Mapped[datetime | None]


class OneTimeLink(Base):
    """A link that works once. Only the hash of its secret is kept."""

    __tablename__ = "one_time_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[LinkPurpose] = mapped_column(text_enum(LinkPurpose))
    secret_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="RESTRICT"))
    created_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="RESTRICT"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    used_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="RESTRICT"))


class Counter(Base):
    """The last number given out in a series."""

    __tablename__ = "counters"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[int]
