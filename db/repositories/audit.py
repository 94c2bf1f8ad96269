"""The journal's rows, the end of its chain, and the keys of persons."""

from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from db.models.audit import AuditHead, AuditRecord, PersonKey
from db.models.base import table_of
from db.types import stored_moment_text

_ROWS_PER_FETCH = 2000
_BELOW_ALL = -(2**63)
# Every act asks these: past the session, which would keep an account of what is never read again.
_APPEND = sa.insert(table_of(AuditRecord))
_MOVE_HEAD = sa.update(table_of(AuditHead))
_LOCK_HEAD = sa.select(AuditHead).with_for_update().execution_options(populate_existing=True)


class StoredRecord(NamedTuple):
    """A record as it is hashed: the moment as `moment_text`, JSON as its canonical text."""

    seq: int
    at: str
    actor_id: int | None
    action: str
    subject: str
    subject_id: str
    before: str | None
    after: str | None
    person_id: int | None
    sealed: str | None
    prev_hash: str
    hash: str


class AuditRepository:
    """Adds and reads records; nothing here changes or deletes one."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def lock_head(self) -> AuditHead:
        """Return the end of the chain, locked until the transaction ends."""
        head: AuditHead | None = await self._session.scalar(_LOCK_HEAD)
        if head is None:
            raise LookupError("the journal has lost its head row")
        return head

    async def find_head(self) -> AuditHead | None:
        """Return the end of the chain as last committed."""
        head: AuditHead | None = await self._session.scalar(sa.select(AuditHead))
        return head

    async def append(self, record: Mapping[str, Any]) -> None:
        """Insert the record, all its columns, and move the end of the chain, which is locked."""
        await self._session.execute(_APPEND, record)
        await self._session.execute(_MOVE_HEAD, {"count": record["seq"], "hash": record["hash"]})

    async def get(self, seq: int) -> AuditRecord:
        """Return one record.

        Raises:
            NoResultFound: there is none with this number.
        """
        return await self._session.get_one(AuditRecord, seq)

    async def list_of(
        self, subject: str, subject_id: str, *, limit: int = 100
    ) -> list[AuditRecord]:
        """Return the latest records of one object, newest first."""
        found = await self._session.scalars(
            sa.select(AuditRecord)
            .where(AuditRecord.subject == subject, AuditRecord.subject_id == subject_id)
            .order_by(AuditRecord.seq.desc())
            .limit(limit)
        )
        return list(found)

    async def stream(self) -> AsyncIterator[list[StoredRecord]]:
        """Yield every record in order, in batches.

        A batch is read by its range of numbers, so no driver ever holds a million rows.
        """
        columns = AuditRecord.__table__.c
        texts: dict[str, sa.ColumnElement[str]] = {
            "at": stored_moment_text(columns.at),
            "before": sa.type_coerce(columns.before, sa.Text),
            "after": sa.type_coerce(columns.after, sa.Text),
        }
        statement = (
            sa.select(
                *(texts.get(name, columns[name]).label(name) for name in StoredRecord._fields)
            )
            .where(columns.seq > sa.bindparam("last"))
            .order_by(columns.seq)
            .limit(_ROWS_PER_FETCH)
        )
        last = _BELOW_ALL
        while rows := (await self._session.execute(statement, {"last": last})).all():
            yield list(map(StoredRecord._make, rows))
            last = rows[-1].seq

    async def find_key(self, person_id: int) -> bytes | None:
        """Return the key of a person's sealed values, or None: never made, or erased."""
        key: bytes | None = await self._session.scalar(
            sa.select(PersonKey.key).where(PersonKey.person_id == person_id)
        )
        return key

    async def add_key(self, person_id: int, key: bytes, *, now: datetime) -> None:
        """Keep a new key."""
        self._session.add(PersonKey(person_id=person_id, key=key, created_at=now))
        await self._session.flush()

    async def delete_key(self, person_id: int) -> bool:
        """Erase what the journal says of a person; False when there was nothing to erase."""
        erased = await self._session.scalar(
            sa.delete(PersonKey)
            .where(PersonKey.person_id == person_id)
            .returning(PersonKey.person_id)
        )
        return erased is not None
