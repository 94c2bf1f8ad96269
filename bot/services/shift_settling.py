"""Forgotten shifts before a coordinator: stating their ends, one by one or all at once."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.services import notices
from bot.services.clock import Clock
from bot.services.errors import AppError, NotFoundError
from bot.services.rights import Right, require, require_reach
from bot.services.shift_cards import ShiftCard, ShiftCards, refresh
from bot.services.shift_ends import state_end
from bot.services.wording import clean_reason
from db.database import Database, UnitOfWork
from db.models.shifts import Shift


class ShiftSettling:
    """What coordinators do with shifts whose end nobody has stated.

    Args:
        zone: the region's, for the date a shift belongs to.
    """

    def __init__(self, db: Database, clock: Clock, cards: ShiftCards, *, zone: ZoneInfo) -> None:
        self._db = db
        self._clock = clock
        self._cards = cards
        self._zone = zone

    async def state_end(self, actor_id: int, shift_id: int, ended_at: datetime) -> ShiftCard:
        """Close a shift of the actor's districts, with credit; the person is told.

        Raises:
            AccessDeniedError: the actor settles shifts nowhere.
            NotFoundError: no such shift in the actor's districts.
            ConflictError: its end is stated already, or another shift shares time with it.
            InvalidInputError: it cannot have ended then.
        """
        now = self._clock()
        async with self._db.transaction() as uow:
            shift = await self._lock(uow, actor_id, shift_id)
            await self._settle(uow, shift, ended_at, actor_id=actor_id, reason="", now=now)
            person = await uow.people.find(shift.person_id)
            assert person is not None  # noqa: S101 - a foreign key holds it
            return await self._cards.read(uow, shift, person, now)

    async def unsettled(self, actor_id: int) -> Sequence[int]:
        """Return the ids of all shifts within reach that have no stated end.

        Raises:
            AccessDeniedError: the actor settles shifts nowhere.
        """
        async with self._db.reading() as uow:
            reach = await require_reach(uow, actor_id, Right.SETTLE_SHIFTS)
            return await uow.shifts.list_unconfirmed_ids(reach.codes)

    async def settle_all(
        self, actor_id: int, shift_ids: Sequence[int], length: timedelta, reason: str
    ) -> tuple[int, int]:
        """Close each of the shifts so long after its start, for one reason; the people are told.

        Those settled meanwhile, or out of the actor's reach by now, stay as they are; so do those
        that cannot have lasted so long.

        Returns:
            How many are settled, and how many of those still waiting could not be.

        Raises:
            InvalidInputError: the reason is empty or too long.
            AccessDeniedError: the actor settles shifts nowhere.
        """
        reason = clean_reason(reason)
        now = self._clock()
        settled = 0
        async with self._db.transaction() as uow:
            reach = await require_reach(uow, actor_id, Right.SETTLE_SHIFTS)
            for person_id in await uow.shifts.list_people(shift_ids):
                await uow.people.lock_assistant(person_id)
            shifts = await uow.shifts.lock_unconfirmed(shift_ids, reach.codes)
            for shift in shifts:
                try:
                    end = shift.started_at + length
                    await self._settle(uow, shift, end, actor_id=actor_id, reason=reason, now=now)
                except AppError:
                    # Refused before anything is written: it waits for a decision of its own.
                    continue
                settled += 1
        return settled, len(shifts) - settled

    async def _lock(self, uow: UnitOfWork, actor_id: int, shift_id: int) -> Shift:
        found = await uow.shifts.find_with_person(shift_id)
        if found is None:
            await require_reach(uow, actor_id, Right.SETTLE_SHIFTS)
            raise NotFoundError
        await require(uow, actor_id, Right.SETTLE_SHIFTS, found[0].district_code)
        await uow.people.lock_assistant(found[0].person_id)
        shift = await uow.shifts.lock(shift_id)
        assert shift is not None  # noqa: S101 - shifts are never deleted
        return shift

    async def _settle(
        self,
        uow: UnitOfWork,
        shift: Shift,
        ended_at: datetime,
        *,
        actor_id: int,
        reason: str,
        now: datetime,
    ) -> None:
        await state_end(
            uow, shift, ended_at, actor_id=actor_id, reason=reason, now=now, zone=self._zone
        )
        await refresh(uow, shift, now)
        if shift.person_id != actor_id:
            await notices.send(uow, shift.person_id, "shift-settled", now, shift_id=shift.id)
