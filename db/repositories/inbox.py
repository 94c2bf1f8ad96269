"""Updates as they arrive: stored once, taken by one process, marked with their effect."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from db.engine import dialect_of, insert_into, lock_numbers
from db.models.base import table_of
from db.models.inbox import ERROR_LENGTH, NOBODY, UNFINISHED, InboxState, InboxUpdate
from db.models.outbox import OutboxMessage
from db.receipts import Receipt, ReceiptLostError

# Any number will do, as long as every process of every release uses the same one.
_LANES = 7_401


class InboxRepository:
    """Queries over ``inbox``. Leases are in the time of the machines, all else in the clock's."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def lock_lanes(self, lanes: Collection[int]) -> None:
        """Let nobody else store or take updates of these lanes until the transaction ends."""
        await lock_numbers(self._session, _LANES, lanes)

    async def add_all(
        self, rows: Sequence[dict[str, Any]], holder: str, until: datetime
    ) -> dict[int, bool]:
        """Insert the updates that are new; return the ids of those, and whether the holder has it.

        It takes every one, but for lanes in which somebody else has something to do.

        Args:
            rows: each a mapping of the columns of one that nobody works on yet.
        """
        found = await self._session.execute(
            _add(dialect_of(self._session)),
            [{**row, "in_lane": row["lane"], "holder": holder, "until": until} for row in rows],
        )
        return {update_id: taken_by is not None for update_id, taken_by in found}

    async def refuse(self, ids: Collection[int], now: datetime) -> None:
        """Note that the updates, just added, are refused; who sent them, and what, is not kept."""
        await self._session.execute(
            sa.update(InboxUpdate)
            .where(InboxUpdate.update_id.in_(ids))
            .values(
                state=InboxState.REFUSED,
                settled_at=now,
                lane=NOBODY,
                payload=None,
                taken_by=None,
                taken_until=None,
            )
        )

    async def count_unfinished(self) -> int:
        """Return how many updates are kept and not answered."""
        counted = sa.select(sa.func.count()).where(_unfinished(InboxUpdate.state))
        return await self._session.scalar(counted) or 0

    async def list_free_lanes(
        self, now: datetime, lease: timedelta, limit: int, *, holder: str, working: Collection[int]
    ) -> Sequence[int]:
        """Return lanes with something to do that nobody works on.

        Args:
            now: the machine's time.
            working: the lanes that the holder works on; what it has taken in others is nobody's:
                the answer to that commit was lost.
        """
        other = aliased(InboxUpdate)
        busy = sa.exists().where(
            other.lane == InboxUpdate.lane,
            _unfinished(other.state),
            other.taken_until > now,
            # A lease that reaches much further was given before the machine's clock was set back;
            # the clock of another machine may be somewhat ahead.
            other.taken_until <= now + 2 * lease,
            sa.or_(other.taken_by != holder, other.lane.in_(working)),
        )
        return (
            await self._session.scalars(
                sa.select(InboxUpdate.lane)
                .where(_unfinished(InboxUpdate.state), ~busy)
                .distinct()
                .limit(limit)
            )
        ).all()

    async def take(
        self, lanes: Collection[int], holder: str, until: datetime
    ) -> Sequence[InboxUpdate]:
        """Take all that is unfinished in the lanes, which are locked, and return it in order."""
        mine = sa.and_(InboxUpdate.lane.in_(lanes), _unfinished(InboxUpdate.state))
        await self._session.execute(
            sa.update(InboxUpdate).where(mine).values(taken_by=holder, taken_until=until)
        )
        found = await self._session.scalars(
            sa.select(InboxUpdate).where(mine).order_by(InboxUpdate.update_id)
        )
        return found.all()

    async def mark_effected(self, receipt: Receipt) -> None:
        """Note, with the transaction of its effect, that the update has taken effect.

        Raises:
            ReceiptLostError: it has already, or another process has taken it over.
        """
        marked = await self._session.execute(
            _MARK_EFFECTED,
            {"which": receipt.update_id, "holder": receipt.holder, "at": receipt.clock()},
        )
        if marked.rowcount != 1:  # type: ignore[attr-defined]
            raise ReceiptLostError(receipt.update_id)

    async def settle(self, ids: Collection[int], holder: str, now: datetime) -> None:
        """Note that the updates are answered; who sent them, and what, is kept no longer."""
        await self._session.execute(_SETTLE, {"ids": list(ids), "holder": holder, "at": now})

    async def lay_aside(
        self, update_id: int, holder: str, now: datetime, *, error: str, reference: str
    ) -> bool:
        """Note that the update has failed for good; tell whether it was still this holder's."""
        laid = await self._session.execute(
            sa.update(InboxUpdate)
            .where(InboxUpdate.update_id == update_id, *_held(holder))
            .values(
                state=InboxState.FAILED,
                settled_at=now,
                taken_until=None,
                error=error[:ERROR_LENGTH],
                reference=reference,
            )
        )
        return bool(laid.rowcount)  # type: ignore[attr-defined]

    async def has_told_like(
        self, error: str, since: datetime, *, kind: str, told: Collection[int]
    ) -> bool:
        """Tell whether an update laid aside with this error was told of since the moment.

        Args:
            kind: of notices that name the reference of such an update.
            told: the people they go to.
        """
        found = await self._session.scalar(
            sa.select(OutboxMessage.id)
            .join(InboxUpdate, InboxUpdate.reference == OutboxMessage.args["reference"].as_string())
            .where(
                OutboxMessage.person_id.in_(told),
                OutboxMessage.kind == kind,
                OutboxMessage.created_at > since,
                InboxUpdate.state == InboxState.FAILED,
                InboxUpdate.error == error[:ERROR_LENGTH],
            )
            .limit(1)
        )
        return found is not None

    async def renew(self, holder: str, until: datetime) -> None:
        """Prolong the leases of everything the holder works on."""
        await self._session.execute(
            sa.update(InboxUpdate).where(*_held(holder)).values(taken_until=until)
        )

    async def renew_one(
        self, update_id: int, holder: str, until: datetime, *, begins: bool
    ) -> tuple[datetime | None, int] | None:
        """Prolong the lease of one update; return when it took effect and how often it was begun.

        Args:
            begins: whether it is begun now.

        Returns:
            None where it is the holder's no more.
        """
        renewed = await self._session.execute(
            sa.update(InboxUpdate)
            .where(InboxUpdate.update_id == update_id, *_held(holder))
            .values(taken_until=until, attempts=InboxUpdate.attempts + int(begins))
            .returning(InboxUpdate.effected_at, InboxUpdate.attempts)
        )
        row = renewed.one_or_none()
        return None if row is None else (row[0], row[1])

    async def release(self, holder: str) -> None:
        """Give back everything the holder has not finished; none of it has brought it down."""
        await self._session.execute(
            sa.update(InboxUpdate)
            .where(*_held(holder))
            .values(
                taken_by=None,
                taken_until=None,
                attempts=sa.case((InboxUpdate.attempts > 0, InboxUpdate.attempts - 1), else_=0),
            )
        )

    async def release_all(self) -> None:
        """Give back everything that anybody has not finished."""
        await self._session.execute(
            sa.update(InboxUpdate)
            .where(_unfinished(InboxUpdate.state))
            .values(taken_by=None, taken_until=None)
        )

    async def forget(self, before: datetime) -> None:
        """Delete the updates received before the moment that are finished."""
        await self._session.execute(
            sa.delete(InboxUpdate).where(
                InboxUpdate.received_at < before, InboxUpdate.settled_at.is_not(None)
            )
        )


@cache
def _add(dialect: str) -> sa.Insert:
    """Return the insert of updates in `in_lane`, taken by `holder` with a lease to `until`."""
    other = _TABLE.alias("other")
    holder = sa.bindparam("holder", type_=_TABLE.c.taken_by.type)
    elsewhere = sa.exists().where(
        other.c.lane == sa.bindparam("in_lane", type_=_TABLE.c.lane.type),
        # Written out: many rows at once take no list.
        sa.literal_column("other.state IN ('pending', 'effected')", sa.Boolean),
        sa.or_(other.c.taken_by.is_(None), other.c.taken_by != holder),
    )
    adding = insert_into(_TABLE, dialect).values(
        attempts=sa.case((~elsewhere, 1), else_=0),
        taken_by=sa.case((~elsewhere, holder)),
        taken_until=sa.case((~elsewhere, sa.bindparam("until", type_=_TABLE.c.taken_until.type))),
    )
    return adding.on_conflict_do_nothing(index_elements=[_TABLE.c.update_id]).returning(
        _TABLE.c.update_id, _TABLE.c.taken_by
    )


def _held(holder: str) -> tuple[sa.ColumnElement[bool], ...]:
    return (InboxUpdate.taken_by == holder, _unfinished(InboxUpdate.state))


def _unfinished(state: sa.SQLColumnExpression[InboxState]) -> sa.ColumnElement[bool]:
    # Written out: SQLite takes a partial index only for the very words of its condition.
    states: sa.BindParameter[tuple[InboxState, ...]] = sa.bindparam(
        "unfinished", UNFINISHED, expanding=True, literal_execute=True, unique=True
    )
    return state.in_(states)


_TABLE = table_of(InboxUpdate)
# Each update asks these: to build a statement costs more than to execute it.
_MARK_EFFECTED = (
    sa.update(_TABLE)
    .where(
        _TABLE.c.update_id == sa.bindparam("which"),
        _TABLE.c.state == InboxState.PENDING,
        _TABLE.c.taken_by == sa.bindparam("holder"),
    )
    .values(state=InboxState.EFFECTED, effected_at=sa.bindparam("at"))
)
_SETTLE = (
    sa.update(_TABLE)
    .where(
        _TABLE.c.update_id.in_(sa.bindparam("ids", expanding=True)),
        _TABLE.c.taken_by == sa.bindparam("holder"),
        _unfinished(_TABLE.c.state),
    )
    .values(
        state=InboxState.DONE,
        settled_at=sa.bindparam("at"),
        lane=NOBODY,
        payload=None,
        taken_until=None,
    )
)
