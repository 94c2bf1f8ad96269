"""Messages waiting to be sent: put in with the fact they tell of, taken by senders."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from db import receipts
from db.models.base import table_of
from db.models.outbox import Lane, OutboxMessage, OutboxState

ERROR_LENGTH = 500
_LOOKED_AT = 200
_NOW = sa.bindparam("now", type_=OutboxMessage.due_at.type)
# Due, and no sender has it.
_FREE = sa.and_(
    OutboxMessage.state == OutboxState.PENDING,
    OutboxMessage.due_at <= _NOW,
    sa.or_(OutboxMessage.taken_until.is_(None), OutboxMessage.taken_until <= _NOW),
)
# Built once: with every answer somebody asks, and to build one costs more than to execute it.
_ANY_DUE = sa.select(OutboxMessage.id).where(_FREE).limit(1)
_EARLIER = aliased(OutboxMessage)
_DUE = (
    sa.select(OutboxMessage.id)
    .where(
        _FREE,
        ~sa.exists().where(
            _EARLIER.person_id == OutboxMessage.person_id,
            _EARLIER.id < OutboxMessage.id,
            _EARLIER.state == OutboxState.PENDING,
            # One that was never tried and is not due yet is a reminder for later.
            sa.or_(_EARLIER.due_at <= _NOW, _EARLIER.attempts > 0),
        ),
    )
    .order_by(OutboxMessage.lane, OutboxMessage.due_at, OutboxMessage.id)
    .limit(sa.bindparam("most", type_=sa.Integer))
    .with_for_update(skip_locked=True)
)


class OutboxRepository:
    """Adds, takes and settles messages. Every moment is aware; ids are those of `add`."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(
        self,
        *,
        person_id: int,
        kind: str,
        args: dict[str, Any] | None = None,
        now: datetime,
        due_at: datetime | None = None,
        lane: Lane = Lane.NOTICE,
    ) -> OutboxMessage:
        """Put in a message, due now unless said otherwise; all of a transaction go in together.

        Its cause is the update in work. It has its id from the next flush on.
        """
        receipt = receipts.current()
        message = OutboxMessage(
            person_id=person_id,
            kind=kind,
            args=args or {},
            created_at=now,
            due_at=due_at or now,
            state=OutboxState.PENDING,
            attempts=0,
            lane=lane,
            cause=receipt.update_id if receipt else None,
        )
        self._session.add(message)
        return message

    async def has_due(self, now: datetime) -> bool:
        """Tell whether there may be anything to take: asked every second, for next to nothing."""
        return await self._session.scalar(_ANY_DUE, {"now": now}) is not None

    async def take_due(
        self, limit: int, now: datetime, *, lease: timedelta
    ) -> Sequence[OutboxMessage]:
        """Take up to `limit` due messages, oldest of each lane first; no other sender has them.

        A person's messages are taken one by one: the next when the one before is settled, also
        where that was put off. They come back to everybody after `lease` if they are not settled
        by then, nor prolonged: commit before sending, settle after it.
        """
        ids = (await self._session.scalars(_DUE, {"now": now, "most": limit})).all()
        if not ids:
            return []
        taken = await self._session.scalars(
            sa.update(OutboxMessage)
            .where(OutboxMessage.id.in_(ids))
            .values(taken_until=now + lease, attempts=OutboxMessage.attempts + 1)
            .returning(OutboxMessage)
        )
        return sorted(taken, key=lambda message: ids.index(message.id))

    async def renew(self, takings: Collection[tuple[int, int]], until: datetime) -> None:
        """Prolong the leases of these messages, each with the taking (`attempts`) it is held by."""
        taken = sa.tuple_(OutboxMessage.id, OutboxMessage.attempts)
        await self._session.execute(
            sa.update(OutboxMessage)
            .where(taken.in_(takings), OutboxMessage.state == OutboxState.PENDING)
            .values(taken_until=until)
        )

    async def mark_sent(
        self, message_id: int, *, now: datetime, sent_message_id: int | None = None
    ) -> None:
        """Settle a delivered message; `sent_message_id` is Telegram's number of it."""
        await self._session.execute(
            _MARK_SENT, {"which": message_id, "at": now, "number": sent_message_id}
        )

    async def mark_failed(self, message_id: int, *, error: str) -> None:
        """Settle a message that can never be delivered."""
        await self._settle(message_id, OutboxState.FAILED, error=error[:ERROR_LENGTH])

    async def mark_dropped(self, message_id: int, *, error: str) -> None:
        """Settle a message that is too late to be true, or is wanted no more."""
        await self._settle(message_id, OutboxState.DROPPED, error=error[:ERROR_LENGTH])

    async def put_off(
        self, message_id: int, *, due_at: datetime, error: str, attempts: int | None = None
    ) -> None:
        """Give a taken message back, to be taken again at `due_at`.

        `attempts` says which taking it was: one whose lease ran out gives nothing back.
        """
        await self._settle(
            message_id,
            OutboxState.PENDING,
            attempts,
            due_at=due_at,
            error=error[:ERROR_LENGTH],
        )

    async def release(self, message_id: int, *, error: str, attempts: int) -> None:
        """Give a taken message back as if it had not been tried; it keeps its place."""
        await self._settle(
            message_id,
            OutboxState.PENDING,
            attempts,
            error=error[:ERROR_LENGTH],
            attempts=attempts - 1,
        )

    async def follow_clock(self, now: datetime, *, lease: timedelta) -> None:
        """Make due what only waits because the clock was set back, and shorten leases to `lease`.

        A sender that lives prolongs its own. A message put in for a later moment keeps it.
        """
        row = OutboxMessage
        pending = row.state == OutboxState.PENDING
        at_once = sa.or_(row.due_at <= row.created_at, row.attempts > 0)
        await self._session.execute(
            sa.update(row).where(pending, row.due_at > now, at_once).values(due_at=now)
        )
        until = now + lease
        await self._session.execute(
            sa.update(row).where(pending, row.taken_until > until).values(taken_until=until)
        )

    async def is_waiting(self, person_id: int, kind: str) -> bool:
        """Tell whether a message of this kind waits for the person."""
        waiting = sa.exists().where(
            OutboxMessage.person_id == person_id,
            OutboxMessage.kind == kind,
            OutboxMessage.state == OutboxState.PENDING,
        )
        return bool(await self._session.scalar(sa.select(waiting)))

    async def count_waiting(self, now: datetime) -> tuple[int, int]:
        """Return how many messages wait: those that are due, and those for a later moment."""
        due = sa.func.count().filter(OutboxMessage.due_at <= now)
        found = await self._session.execute(
            sa.select(due, sa.func.count()).where(OutboxMessage.state == OutboxState.PENDING)
        )
        counted, waiting = found.one()
        return counted, waiting - counted

    async def oldest_due(self, now: datetime) -> datetime | None:
        """Return since when a message has been due that a sender should have taken by now.

        Mass notices take their time, and one behind another to the same person that was put off
        waits for that one: neither is late. Only the first few are looked at.
        """
        first = (
            sa.select(OutboxMessage.id, OutboxMessage.person_id, OutboxMessage.due_at)
            .where(
                OutboxMessage.state == OutboxState.PENDING,
                OutboxMessage.lane < Lane.BULK,
                OutboxMessage.due_at <= now,
            )
            .order_by(OutboxMessage.lane, OutboxMessage.due_at, OutboxMessage.id)
            .limit(_LOOKED_AT)
            .subquery()
        )
        earlier = aliased(OutboxMessage)
        put_off = sa.exists().where(
            earlier.person_id == first.c.person_id,
            earlier.id < first.c.id,
            earlier.state == OutboxState.PENDING,
            earlier.due_at > now,
            earlier.attempts > 0,
        )
        oldest: datetime | None = await self._session.scalar(
            sa.select(sa.func.min(first.c.due_at)).where(~put_off)
        )
        return oldest

    async def delete_settled(self, before: datetime, limit: int) -> int:
        """Delete up to `limit` settled messages that were due before; return how many it were."""
        old = (
            sa.select(OutboxMessage.id)
            .where(OutboxMessage.state != OutboxState.PENDING, OutboxMessage.due_at < before)
            .limit(limit)
        )
        ids = (await self._session.scalars(old)).all()
        await self._session.execute(sa.delete(OutboxMessage).where(OutboxMessage.id.in_(ids)))
        return len(ids)

    async def _settle(
        self, message_id: int, state: OutboxState, taking: int | None = None, **values: object
    ) -> None:
        # Only a pending one: a sender whose lease ran out must not undo what the next one settled.
        which = [OutboxMessage.id == message_id, OutboxMessage.state == OutboxState.PENDING]
        if taking is not None:
            which.append(OutboxMessage.attempts == taking)
        await self._session.execute(
            sa.update(OutboxMessage).where(*which).values(state=state, taken_until=None, **values)
        )


_TABLE = table_of(OutboxMessage)
# Each notice asks it: to build a statement costs more than to execute it.
_MARK_SENT = (
    sa.update(_TABLE)
    .where(_TABLE.c.id == sa.bindparam("which"), _TABLE.c.state == OutboxState.PENDING)
    .values(
        state=OutboxState.SENT,
        taken_until=None,
        error=None,
        sent_at=sa.bindparam("at"),
        sent_message_id=sa.bindparam("number"),
    )
)
