"""The append-only journal, the end of its chain, and the keys of what it says about people."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base
from db.types import CanonicalJson

HASH_LENGTH = 64


class AuditRecord(Base):
    """One act: who did what to which object. Triggers refuse to change or delete it.

    `hash` is SHA-256 over all other columns, `prev_hash` included. Personal values stand in
    `sealed` only, encrypted under the key of `person_id`.
    """

    __tablename__ = "audit_records"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor_id: Mapped[int | None]
    action: Mapped[str] = mapped_column(sa.String(64))
    subject: Mapped[str] = mapped_column(sa.String(32))
    subject_id: Mapped[str] = mapped_column(sa.String(64))
    before: Mapped[dict[str, Any] | None] = mapped_column(CanonicalJson)
    after: Mapped[dict[str, Any] | None] = mapped_column(CanonicalJson)
    person_id: Mapped[int | None]
    sealed: Mapped[str | None] = mapped_column(sa.Text)
    prev_hash: Mapped[str] = mapped_column(sa.String(HASH_LENGTH))
    hash: Mapped[str] = mapped_column(sa.String(HASH_LENGTH))

    __table_args__ = (
        sa.Index("ix_audit_records_subject_subject_id", "subject", "subject_id"),
        sa.Index("ix_audit_records_person_id", "person_id"),
    )


class AuditHead(Base):
    """The only row of the table: how many records there are and the hash of the last.

    Whoever writes a record locks it first, so the chain has one end for all processes.
    """

    __tablename__ = "audit_head"
    __table_args__ = (sa.CheckConstraint("id = 1", name="only_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    count: Mapped[int]
    hash: Mapped[str] = mapped_column(sa.String(HASH_LENGTH))


class PersonKey(Base):
    """The key of one person's sealed values. Deleting the row erases them; the chain stays whole.

    No foreign key to people: the key outlives a row of theirs or dies before it.
    """

    __tablename__ = "person_keys"

    person_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    created_at: Mapped[datetime]
