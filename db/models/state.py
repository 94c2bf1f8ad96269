"""What the next message of a chat means, and facts about the database itself."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base


class DialogState(Base):
    """The state and draft of one conversation; `data` is the text of a JSON object."""

    __tablename__ = "dialog_states"

    key: Mapped[str] = mapped_column(sa.String(200), primary_key=True)
    state: Mapped[str | None] = mapped_column(sa.String(200))
    data: Mapped[str] = mapped_column(sa.Text)
    updated_at: Mapped[datetime]


class MetaEntry(Base):
    """One fact about this database, such as the bot it belongs to."""

    __tablename__ = "meta"

    key: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    value: Mapped[str] = mapped_column(sa.Text)
