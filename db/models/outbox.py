"""Messages to people, kept until they are delivered or given up."""

from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base
from db.types import text_enum


class OutboxState(StrEnum):
    """Where a message stands; only pending ones are taken."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"


class Lane(IntEnum):
    """What goes before what, however long it has been due."""

    OWED = 0
    NOTICE = 1
    BULK = 2


class OutboxMessage(Base):
    """One notice to one person: its kind and the ids it tells of, not words.

    `taken_until` is the lease of the sender at work: a sender that died loses it. `cause` is the
    number of the update that led to it, and `lane` a `Lane`.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        sa.Index(
            "ix_outbox_due",
            "lane",
            "due_at",
            "id",
            sqlite_where=sa.text("state = 'pending'"),
            postgresql_where=sa.text("state = 'pending'"),
        ),
        sa.Index("ix_outbox_person_id", "person_id"),
        sa.CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_has_moment"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int]
    kind: Mapped[str] = mapped_column(sa.String(64))
    args: Mapped[dict[str, Any]]
    cause: Mapped[int | None]
    lane: Mapped[int] = mapped_column(server_default="1")
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    state: Mapped[OutboxState] = mapped_column(text_enum(OutboxState))
    attempts: Mapped[int]
    taken_until: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(sa.String(500))
    sent_at: Mapped[datetime | None]
    sent_message_id: Mapped[int | None]
