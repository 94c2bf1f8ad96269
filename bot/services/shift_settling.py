"""Shifts before a coordinator: stating forgotten ends, one or all, and correcting stated ones."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.services import notices
from bot.services.clock import Clock
from bot.services.errors import AppError, ConflictError, NotFoundError
from bot.services.rights import Right, require, require_reach
from bot.services.shift_cards import ShiftCard, ShiftCards, refresh
from bot.services.shift_corrections import must_be_free
from bot.services.shift_ends import check_interval, correct, state_end
from bot.services.shift_times import read_end, read_span
from bot.services.wording import clean_reason
from db.database import Database, UnitOfWork
from db.models.shifts import Shift, ShiftCorrection

Interval = tuple[datetime, datetime]


class ShiftSettling:
    """What coordinators do with the ends of shifts, without being asked to.

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
            return await self._card(uow, shift, now)

    async def state_typed_end(self, actor_id: int, shift_id: int, typed: str) -> ShiftCard:
        """Close such a shift at the first HH:MM after its start.

        Raises:
            InvalidInputError: it is no time, or one still to come.
            AccessDeniedError, NotFoundError, ConflictError: as for ``state_end``.
        """
        now = self._clock()
        async with self._db.transaction() as uow:
            shift = await self._lock(uow, actor_id, shift_id)
            end = read_end(typed, shift.started_at, now, self._zone)
            await self._settle(uow, shift, end, actor_id=actor_id, reason="", now=now)
            return await self._card(uow, shift, now)

    async def read_span(self, actor_id: int, shift_id: int, typed: str) -> Interval:
        """Return the ends that the actor means by HH:MM - HH:MM, having checked them.

        Raises:
            InvalidInputError: these are no two times, or the shift cannot have been then.
            AccessDeniedError, NotFoundError, ConflictError: as for ``correct``.
        """
        now = self._clock()
        async with self._db.reading() as uow:
            shift = await self._find(uow, actor_id, shift_id)
            span = read_span(typed, shift.started_at, now, self._zone)
            await self._check(uow, shift, span, actor_id, now)
        return span

    async def check(self, actor_id: int, shift_id: int, span: Interval) -> None:
        """Make sure that the actor may give the shift these ends.

        Raises:
            AccessDeniedError, NotFoundError, ConflictError, InvalidInputError: as for ``correct``.
        """
        async with self._db.reading() as uow:
            shift = await self._find(uow, actor_id, shift_id)
            await self._check(uow, shift, span, actor_id, self._clock())

    async def correct(self, actor_id: int, shift_id: int, span: Interval, reason: str) -> ShiftCard:
        """Give a shift that has ended these ends, however long ago it was.

        The person is told them and the reason.

        Raises:
            AccessDeniedError: the actor settles shifts nowhere.
            NotFoundError: no such shift in the actor's districts.
            ConflictError: it is open or the actor's own, the person asks for a correction of it,
                or another shift shares time with these ends.
            InvalidInputError: the ends or the reason cannot be taken.
        """
        reason = clean_reason(reason)
        now = self._clock()
        async with self._db.transaction() as uow:
            shift = await self._lock(uow, actor_id, shift_id)
            await self._check(uow, shift, span, actor_id, now)
            correction = await correct(
                uow,
                shift,
                *span,
                action="shift.corrected",
                actor_id=actor_id,
                reason=reason,
                now=now,
                zone=self._zone,
            )
            await self._tell(uow, shift, correction, now)
            return await self._card(uow, shift, now)

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

    async def _find(self, uow: UnitOfWork, actor_id: int, shift_id: int) -> Shift:
        found = await uow.shifts.find_with_person(shift_id)
        if found is None:
            await require_reach(uow, actor_id, Right.SETTLE_SHIFTS)
            raise NotFoundError
        await require(uow, actor_id, Right.SETTLE_SHIFTS, found[0].district_code)
        return found[0]

    async def _lock(self, uow: UnitOfWork, actor_id: int, shift_id: int) -> Shift:
        found = await self._find(uow, actor_id, shift_id)
        await uow.people.lock_assistant(found.person_id)
        shift = await uow.shifts.lock(shift_id)
        assert shift is not None  # noqa: S101 - shifts are never deleted
        return shift

    async def _check(
        self, uow: UnitOfWork, shift: Shift, span: Interval, actor_id: int, now: datetime
    ) -> None:
        if shift.person_id == actor_id:
            raise ConflictError("error-correction-own")
        await must_be_free(uow, shift, span)
        await check_interval(uow, shift, *span, now)

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
        correction = await state_end(
            uow, shift, ended_at, actor_id=actor_id, reason=reason, now=now, zone=self._zone
        )
        if shift.person_id == actor_id:
            await refresh(uow, shift, now)
        else:
            await self._tell(uow, shift, correction, now)

    async def _tell(
        self, uow: UnitOfWork, shift: Shift, correction: ShiftCorrection | None, now: datetime
    ) -> None:
        await refresh(uow, shift, now)
        which = {} if correction is None else {"correction_id": correction.id}
        await notices.send(uow, shift.person_id, "shift-settled", now, shift_id=shift.id, **which)

    async def _card(self, uow: UnitOfWork, shift: Shift, now: datetime) -> ShiftCard:
        person = await uow.people.find(shift.person_id)
        assert person is not None  # noqa: S101 - a foreign key holds it
        return await self._cards.read(uow, shift, person, now)
