"""Updates of Telegram, kept from their arrival until nobody can send them again."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base
from db.types import text_enum

REFERENCE_LENGTH = 16
HOLDER_LENGTH = 40
ERROR_LENGTH = 500


class InboxState(StrEnum):
    """Where an update stands.

    ``pending``: nothing has come of it yet. ``effected``: its effect is committed, the person is
    not answered yet. ``done``. ``failed``: laid aside. ``refused``: too many at once.
    """

    PENDING = "pending"
    EFFECTED = "effected"
    DONE = "done"
    FAILED = "failed"
    REFUSED = "refused"


# In place of the sender, once nobody needs to know.
NOBODY = 0
UNFINISHED = (InboxState.PENDING, InboxState.EFFECTED)
_UNFINISHED = sa.text("state IN ('pending', 'effected')")


class InboxUpdate(Base):
    """One update, by Telegram's number of it.

    ``lane`` is the Telegram id of whoever sent it, until it is answered: updates of one lane are
    handled in order.
    ``taken_until`` is the lease of the process at work, in the time of its machine. ``payload`` is
    the update's JSON text, kept until it is finished and with a failed one.
    """

    __tablename__ = "inbox"
    __table_args__ = (
        sa.Index(
            "ix_inbox_unfinished",
            "lane",
            "update_id",
            sqlite_where=_UNFINISHED,
            postgresql_where=_UNFINISHED,
        ),
        sa.Index("ix_inbox_received_at", "received_at"),
        sa.CheckConstraint(
            "(state IN ('pending', 'effected')) = (settled_at IS NULL)", name="settled_has_moment"
        ),
        sa.CheckConstraint(
            "state NOT IN ('pending', 'effected') OR payload IS NOT NULL", name="open_has_payload"
        ),
    )

    update_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    lane: Mapped[int]
    received_at: Mapped[datetime]
    state: Mapped[InboxState] = mapped_column(text_enum(InboxState))
    payload: Mapped[str | None] = mapped_column(sa.Text)
    attempts: Mapped[int]
    taken_by: Mapped[str | None] = mapped_column(sa.String(HOLDER_LENGTH))
    taken_until: Mapped[datetime | None]
    effected_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    reference: Mapped[str | None] = mapped_column(sa.String(REFERENCE_LENGTH))
    error: Mapped[str | None] = mapped_column(sa.String(ERROR_LENGTH))
