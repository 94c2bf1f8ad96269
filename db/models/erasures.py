"""Who was erased, for the restore of an older backup; and files waiting to be deleted."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base

OBJECT_LENGTH = 80


class Erasure(Base):
    """A person who was erased: a number and a moment, nothing that tells who it was.

    ``met_at`` is when the person first wrote. A database restored from before that gives the
    number to somebody else, and the moment tells the two apart.
    """

    __tablename__ = "erasures"

    person_id: Mapped[int] = mapped_column(
        sa.ForeignKey("people.id", ondelete="RESTRICT"), primary_key=True, autoincrement=False
    )
    met_at: Mapped[datetime]
    erased_at: Mapped[datetime]


class FileRemoval(Base):
    """A file of the archive that is to go, unless something kept still needs it."""

    __tablename__ = "file_removals"

    name: Mapped[str] = mapped_column(sa.String(OBJECT_LENGTH), primary_key=True)
    asked_at: Mapped[datetime]
