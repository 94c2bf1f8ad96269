"""What the bot notes about its own work: jobs that were run, and times when nobody was heard."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base

KEY_LENGTH = 32


class JobRun(Base):
    """One run of a job, by the slot of time it is for, such as a day.

    ``taken_until`` is the lease of the process at work, in the time of its machine.
    """

    __tablename__ = "job_runs"

    job: Mapped[str] = mapped_column(sa.String(KEY_LENGTH), primary_key=True)
    slot: Mapped[str] = mapped_column(sa.String(KEY_LENGTH), primary_key=True)
    taken_until: Mapped[datetime]
    done_at: Mapped[datetime | None]


class Absence(Base):
    """A time from which Telegram kept nothing for us: what people sent in it never came."""

    __tablename__ = "absences"
    __table_args__ = (sa.CheckConstraint("began_at < ended_at", name="has_length"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    began_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime]
