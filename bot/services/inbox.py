"""Updates on their way in: kept from their arrival until they are answered."""

import json
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.services import notices
from bot.services.clock import Clock
from db.database import Database, UnitOfWork
from db.models.grants import Role
from db.models.inbox import InboxState, InboxUpdate
from db.receipts import Receipt, ReceiptLostError

Json = dict[str, Any]

# A process that has not been heard of for so long works on nothing any more.
LEASE = timedelta(seconds=15)
_SURE_S = 12.0  # less than the lease by what a slow commit may take
# Telegram repeats an update for a day; a repeat must still be known then.
KEPT = timedelta(hours=48)
NOTICE = "update-laid-aside"
# A fault that hits everybody is told to the admins once in this time.
_TELL_AGAIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Arrived:
    """An update as Telegram handed it over; ``lane`` is the Telegram id of its sender."""

    update_id: int
    lane: int
    update: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Taken:
    """An update to be worked on here.

    ``is_taken_over`` tells whether others had it before; ``since`` is the earliest monotonic time,
    in seconds, at which it can have been taken here.
    """

    update_id: int
    lane: int
    update: Json
    received_at: datetime
    effected_at: datetime | None
    is_taken_over: bool
    since: float

    @property
    def is_surely_ours(self) -> bool:
        """Whether nobody can have taken it over yet, even if its lease was never renewed."""
        return time.monotonic() - self.since < _SURE_S


@dataclass(frozen=True, slots=True)
class Stored:
    """What was new of what arrived: to be worked on here, in order, and refused."""

    taken: list[Taken]
    refused: list[Arrived]


class InboxService:
    """Stores, takes and finishes updates for one process, the `holder`.

    Args:
        holder: a name no other process has.
    """

    def __init__(self, db: Database, clock: Clock, holder: str) -> None:
        self._db = db
        self._clock = clock
        self.holder = holder

    async def store(
        self, arrived: Sequence[Arrived], refuses: Callable[[Arrived], bool] = lambda _: False
    ) -> Stored:
        """Keep the updates that are new, all but the words of those that are refused.

        One that was stored before is passed over. One of a person whom another process is busy
        with is left until that is done.

        Args:
            refuses: asked once, in order, about each that is new; it counts for nothing when
                this raises.
        """
        since, now, until = time.monotonic(), self._clock(), _machine_time() + LEASE
        ordered = sorted(arrived, key=lambda each: each.update_id)
        async with self._db.transaction(effect=False) as uow:
            await uow.inbox.lock_lanes({each.lane for each in arrived})
            added = await uow.inbox.add_all(
                [_row(each, now) for each in ordered], self.holder, until
            )
            new = {each.update_id: each for each in ordered if each.update_id in added}
            refused = {number for number, each in new.items() if refuses(each)}
            if refused:
                await uow.inbox.refuse(refused, now)
        return Stored(
            [
                Taken(number, each.lane, dict(each.update), now, None, False, since)
                for number, each in new.items()
                if added[number] and number not in refused
            ],
            [new[number] for number in sorted(refused)],
        )

    async def take(self, limit: int, working: Callable[[], Collection[int]]) -> list[Taken]:
        """Take what nobody works on: left by a process that died, or held up by another.

        Args:
            working: returns the lanes that are worked on here, or about to be. What this process
                holds in others was taken by a commit whose answer never came.
        """
        since = time.monotonic()
        async with self._db.reading() as uow:
            lanes = await self._list_free(uow, limit, working())
        if not lanes:
            return []
        async with self._db.transaction(effect=False) as uow:
            await uow.inbox.lock_lanes(lanes)
            # Another process may have been quicker, or this one have begun to work there.
            still = set(await self._list_free(uow, limit, working()))
            rows = await uow.inbox.take(
                [lane for lane in lanes if lane in still], self.holder, _machine_time() + LEASE
            )
            return [_taken(row, since) for row in rows]

    async def _list_free(
        self, uow: UnitOfWork, limit: int, working: Collection[int]
    ) -> Sequence[int]:
        return await uow.inbox.list_free_lanes(
            _machine_time(), LEASE, limit, holder=self.holder, working=working
        )

    async def settle(self, receipts: Sequence[Receipt]) -> None:
        """Note that the updates are answered, and write what their answers left to be written."""
        async with self._db.transaction(effect=False) as uow:
            await _close(uow, receipts)
            ids = [receipt.update_id for receipt in receipts]
            await uow.inbox.settle(ids, self.holder, self._clock())

    async def lay_aside(self, receipt: Receipt, error: str, reference: str) -> None:
        """Note that the update has failed for good; the admins are told, of one fault once an hour.

        Args:
            error: the kind of the fault, without anything a person wrote.
            reference: the number that the person was told and the log has.
        """
        now = self._clock()
        async with self._db.transaction(effect=False) as uow:
            await _close(uow, [receipt])
            laid = await uow.inbox.lay_aside(
                receipt.update_id, self.holder, now, error=error, reference=reference
            )
            if laid:
                await _tell_admins(uow, now, error, reference)

    async def hold(self, receipt: Receipt, *, begins: bool = False) -> int:
        """Make sure that the update is still worked on here, and prolong its lease.

        The receipt knows then whether the update has taken effect: the answer to the commit of
        that may have been lost.

        Args:
            begins: whether it is begun now, after another process may have died of it.

        Returns:
            How often it was begun.

        Raises:
            ReceiptLostError: another process has taken it over.
        """
        until = _machine_time() + LEASE
        async with self._db.transaction(effect=False) as uow:
            held = await uow.inbox.renew_one(
                receipt.update_id, receipt.holder, until, begins=begins
            )
        if held is None:
            raise ReceiptLostError(receipt.update_id)
        receipt.effected_at = receipt.effected_at or held[0]
        return held[1]

    async def renew(self) -> None:
        """Prolong the leases of this process."""
        async with self._db.transaction(effect=False) as uow:
            await uow.inbox.renew(self.holder, _machine_time() + LEASE)

    async def release(self) -> None:
        """Give back what this process has not finished, so that nobody waits for its leases."""
        async with self._db.transaction(effect=False) as uow:
            await uow.inbox.release(self.holder)

    async def release_all(self) -> None:
        """Give back what any process has not finished, where there can be no other."""
        async with self._db.transaction(effect=False) as uow:
            await uow.inbox.release_all()

    async def forget_old(self) -> None:
        """Delete what nobody can send again any more."""
        async with self._db.transaction(effect=False) as uow:
            await uow.inbox.forget(self._clock() - KEPT)


def _row(arrived: Arrived, now: datetime) -> dict[str, Any]:
    return {
        "update_id": arrived.update_id,
        "lane": arrived.lane,
        "received_at": now,
        "state": InboxState.PENDING,
        "payload": json.dumps(arrived.update, ensure_ascii=True),
    }


async def _tell_admins(uow: UnitOfWork, now: datetime, error: str, reference: str) -> None:
    """Tell the admins, unless they were told of such a fault less than an hour ago."""
    admins = await uow.grants.list_person_ids(Role.ADMIN, None)
    since = now - _TELL_AGAIN
    if await uow.inbox.has_told_like(error, since, kind=NOTICE, told=admins):
        return
    for person_id in admins:
        notices.send(uow, person_id, NOTICE, now, reference=reference)


async def _close(uow: UnitOfWork, receipts: Sequence[Receipt]) -> None:
    """Write what answers left to be written, in one order, so that no two wait for each other."""
    closing = [item for receipt in receipts for item in receipt.closing.items()]
    for _, write in sorted(closing, key=lambda item: item[0]):
        await write(uow)


def _taken(row: InboxUpdate, since: float) -> Taken:
    update: Json = json.loads(row.payload or "{}")
    return Taken(row.update_id, row.lane, update, row.received_at, row.effected_at, True, since)


def _machine_time() -> datetime:
    """Return the time leases are in: that of the machines, whatever a clock is moved to."""
    return datetime.now(UTC)
