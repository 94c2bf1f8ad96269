"""A shift before a coordinator: stating its forgotten end, or correcting a stated one."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.services import notices
from bot.services.clock import Clock
from bot.services.errors import ConflictError, NotFoundError
from bot.services.rights import Right, require, require_reach
from bot.services.shift_cards import ShiftCard, ShiftCards, refresh
from bot.services.shift_corrections import must_be_free
from bot.services.shift_ends import check_interval, correct, state_end
from bot.services.shift_times import read_end, read_times
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
            await settle(
                uow, shift, ended_at, actor_id=actor_id, reason="", now=now, zone=self._zone
            )
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
            await settle(uow, shift, end, actor_id=actor_id, reason="", now=now, zone=self._zone)
            return await self._card(uow, shift, now)

    async def read_span(self, actor_id: int, shift_id: int, typed: str) -> Interval:
        """Return the ends that the actor means by HH:MM - HH:MM or HH:MM, having checked them.

        Raises:
            InvalidInputError: these are no times, or the shift cannot have been then.
            AccessDeniedError, NotFoundError, ConflictError: as for ``correct``.
        """
        now = self._clock()
        async with self._db.reading() as uow:
            shift = await self._find(uow, actor_id, shift_id)
            span = read_times(typed).around(shift.started_at, now, self._zone)
            await check_correction(uow, shift, span, actor_id, now)
        return span

    async def check(self, actor_id: int, shift_id: int, span: Interval) -> None:
        """Make sure that the actor may give the shift these ends.

        Raises:
            AccessDeniedError, NotFoundError, ConflictError, InvalidInputError: as for ``correct``.
        """
        async with self._db.reading() as uow:
            shift = await self._find(uow, actor_id, shift_id)
            await check_correction(uow, shift, span, actor_id, self._clock())

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
            await correct_ended(
                uow, shift, span, actor_id=actor_id, reason=reason, now=now, zone=self._zone
            )
            return await self._card(uow, shift, now)

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

    async def _card(self, uow: UnitOfWork, shift: Shift, now: datetime) -> ShiftCard:
        person = await uow.people.find(shift.person_id)
        assert person is not None  # noqa: S101 - a foreign key holds it
        return await self._cards.read(uow, shift, person, now)


async def check_correction(
    uow: UnitOfWork, shift: Shift, span: Interval, actor_id: int, now: datetime
) -> None:
    """Make sure that the actor may give the shift these ends.

    Raises:
        ConflictError, InvalidInputError: as for ``ShiftSettling.correct``.
    """
    if shift.person_id == actor_id:
        raise ConflictError("error-correction-own")
    await must_be_free(uow, shift, span)
    await check_interval(uow, shift, *span, now)


async def correct_ended(
    uow: UnitOfWork,
    shift: Shift,
    span: Interval,
    *,
    actor_id: int,
    reason: str,
    now: datetime,
    zone: ZoneInfo,
) -> None:
    """Give a locked shift these ends; the person is told them and the reason.

    Raises:
        ConflictError, InvalidInputError: as for ``ShiftSettling.correct``; nothing is written.
    """
    await check_correction(uow, shift, span, actor_id, now)
    correction = await correct(
        uow,
        shift,
        *span,
        action="shift.corrected",
        actor_id=actor_id,
        reason=reason,
        now=now,
        zone=zone,
    )
    _tell(uow, shift, correction, now)


async def settle(
    uow: UnitOfWork,
    shift: Shift,
    ended_at: datetime,
    *,
    actor_id: int,
    reason: str,
    now: datetime,
    zone: ZoneInfo,
) -> None:
    """State the end of a locked shift; the person is told, where it is not their own word.

    Raises:
        ConflictError, InvalidInputError: as for ``ShiftSettling.state_end``; nothing is written.
    """
    correction = await state_end(
        uow, shift, ended_at, actor_id=actor_id, reason=reason, now=now, zone=zone
    )
    if shift.person_id == actor_id:
        refresh(uow, shift, now)
    else:
        _tell(uow, shift, correction, now)


def _tell(uow: UnitOfWork, shift: Shift, correction: ShiftCorrection | None, now: datetime) -> None:
    refresh(uow, shift, now)
    which = {} if correction is None else {"correction_id": correction.id}
    notices.send(uow, shift.person_id, "shift-settled", now, shift_id=shift.id, **which)
