"""The mandatory briefing: versions, reading, quiz attempts, and who passed what when."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base
from db.types import text_enum


class AttemptState(StrEnum):
    """Where an attempt at the quiz stands; ``superseded`` by a newer version of the briefing."""

    OPEN = "open"
    PASSED = "passed"
    FAILED = "failed"
    SUPERSEDED = "superseded"


class BriefingVersion(Base):
    """A version as it was when first loaded: its content may never change again."""

    __tablename__ = "briefing_versions"

    version: Mapped[str] = mapped_column(String(20), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime]


class BriefingProgress(Base):
    """How far a person has read a version; ``modules_read`` counts those finished.

    A pass ends a reading, and a repeat begins the next: ``after_attempt_id`` is the attempt that
    earned the pass before this reading, or 0. ``opened_at`` is when the first unread module was
    opened. The pause after the attempt ``lifted_attempt_id`` was ended by a coordinator at
    ``lifted_at``.
    """

    __tablename__ = "briefing_progress"
    __table_args__ = (CheckConstraint("modules_read >= 0", name="modules_read"),)

    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="RESTRICT"), primary_key=True, autoincrement=False
    )
    version: Mapped[str] = mapped_column(
        ForeignKey("briefing_versions.version", ondelete="RESTRICT"), primary_key=True
    )
    modules_read: Mapped[int]
    after_attempt_id: Mapped[int]
    opened_at: Mapped[datetime]
    lifted_attempt_id: Mapped[int | None]
    lifted_at: Mapped[datetime | None]


class QuizAttempt(Base):
    """One attempt: the questions drawn, with their options' order, and the answers so far.

    ``questions`` is ``[{"code": ..., "order": [2, 0, 1]}, ...]``; ``answers`` holds the chosen
    option of each question answered, as an index into the bank's options.
    """

    __tablename__ = "quiz_attempts"
    __table_args__ = (
        CheckConstraint("(state = 'open') = (finished_at IS NULL)", name="finished"),
        Index(
            "uq_quiz_attempts_open_person",
            "person_id",
            unique=True,
            sqlite_where=text("finished_at IS NULL"),
            postgresql_where=text("finished_at IS NULL"),
        ),
        Index("ix_quiz_attempts_person_id_version", "person_id", "version"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="RESTRICT"))
    version: Mapped[str] = mapped_column(
        ForeignKey("briefing_versions.version", ondelete="RESTRICT")
    )
    state: Mapped[AttemptState] = mapped_column(text_enum(AttemptState))
    questions: Mapped[list[Any]]
    answers: Mapped[list[Any]]
    score: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class BriefingPass(Base):
    """A briefing passed and signed: a line of the briefing journal.

    ``notified_at`` is when the holder was told of its end; ``notified_version`` is the newest
    version they were told to read instead.
    """

    __tablename__ = "briefing_passes"
    __table_args__ = (
        # What a shift refers to, so that the database itself knows whose pass it is and
        # until when it holds.
        UniqueConstraint("id", "person_id", "valid_until"),
        CheckConstraint("valid_until > signed_at", name="holds_a_while"),
        Index("ix_briefing_passes_person_id_valid_until", "person_id", "valid_until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="RESTRICT"))
    version: Mapped[str] = mapped_column(
        ForeignKey("briefing_versions.version", ondelete="RESTRICT")
    )
    attempt_id: Mapped[int] = mapped_column(
        ForeignKey("quiz_attempts.id", ondelete="RESTRICT"), unique=True
    )
    language: Mapped[str] = mapped_column(String(2))
    undertaking_sha256: Mapped[str] = mapped_column(String(64))
    score: Mapped[int]
    questions_count: Mapped[int]
    signed_at: Mapped[datetime]
    valid_until: Mapped[datetime]
    notified_at: Mapped[datetime | None]
    notified_version: Mapped[str | None] = mapped_column(String(20))
