"""Many shifts before a coordinator: their ends stated or corrected, all for one reason."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.services.clock import Clock
from bot.services.errors import AppError
from bot.services.rights import Reach, Right, require_reach
from bot.services.shift_cards import ShiftLine, line_of
from bot.services.shift_settling import Interval, check_correction, correct_ended, settle
from bot.services.shift_times import read_times
from bot.services.wording import clean_reason
from db.database import Database, UnitOfWork
from db.models.shifts import Shift, ShiftState


@dataclass(frozen=True, slots=True)
class Proposed:
    """A shift as it is, and the ends it would get, or why it cannot get them."""

    shift: ShiftLine
    span: Interval | None
    refusal: AppError | None


class BulkSettling:
    """What coordinators do with the ends of many shifts at once.

    A shift that cannot be changed as the others are stays as it is, and the others go on.

    Args:
        zone: the region's, in which times are typed and dates are meant.
    """

    def __init__(self, db: Database, clock: Clock, *, zone: ZoneInfo) -> None:
        self._db = db
        self._clock = clock
        self._zone = zone

    async def unsettled(self, actor_id: int) -> Sequence[int]:
        """Return the ids of all shifts within reach that have no stated end.

        Raises:
            AccessDeniedError: the actor settles shifts nowhere.
        """
        async with self._db.reading() as uow:
            reach = await require_reach(uow, actor_id, Right.SETTLE_SHIFTS)
            return await uow.shifts.list_unconfirmed_ids(reach.codes)

    async def settle(
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
        async with self._db.transaction() as uow:
            shifts = await self._lock(uow, actor_id, shift_ids, ShiftState.UNCONFIRMED)
            left = await _each(
                shifts,
                lambda shift: settle(
                    uow,
                    shift,
                    shift.started_at + length,
                    actor_id=actor_id,
                    reason=reason,
                    now=now,
                    zone=self._zone,
                ),
            )
        return len(shifts) - len(left), len(left)

    async def correctable(self, actor_id: int, day: date) -> Sequence[int]:
        """Return the ids of the day's shifts within reach that have ended, but the actor's own.

        Raises:
            AccessDeniedError: the actor settles shifts nowhere.
        """
        async with self._db.reading() as uow:
            reach = await require_reach(uow, actor_id, Right.SETTLE_SHIFTS)
            return await uow.shifts.list_closed_ids(day, reach.codes, but_person=actor_id)

    async def propose(
        self, actor_id: int, shift_ids: Sequence[int], typed: str
    ) -> Sequence[Proposed]:
        """Return which ends the shifts would get by HH:MM - HH:MM or HH:MM, in order of time.

        Raises:
            InvalidInputError: these are no times.
            AccessDeniedError: the actor settles shifts nowhere.
        """
        times, now = read_times(typed), self._clock()
        async with self._db.reading() as uow:
            reach = await require_reach(uow, actor_id, Right.SETTLE_SHIFTS)
            rows = await uow.shifts.list_with_people(shift_ids, ShiftState.CLOSED, reach.codes)
            proposed = []
            for shift, person in rows:
                line = line_of(shift, person)
                try:
                    span = times.around(shift.started_at, now, self._zone)
                    await check_correction(uow, shift, span, actor_id, now)
                except AppError as refusal:
                    proposed.append(Proposed(line, None, refusal))
                else:
                    proposed.append(Proposed(line, span, None))
        return proposed

    async def correct(
        self, actor_id: int, shift_ids: Sequence[int], typed: str, reason: str
    ) -> tuple[int, int]:
        """Give each of the shifts the ends that ``propose`` tells; the people are told the reason.

        Those out of the actor's reach by now stay as they are; so do those that cannot have been
        then, have these ends already, or whose correction is asked for.

        Returns:
            How many are corrected, and how many of those within reach are not.

        Raises:
            InvalidInputError: these are no times, or the reason is empty or too long.
            AccessDeniedError: the actor settles shifts nowhere.
        """
        times, reason = read_times(typed), clean_reason(reason)
        now = self._clock()
        async with self._db.transaction() as uow:
            shifts = await self._lock(uow, actor_id, shift_ids, ShiftState.CLOSED)

            async def correct(shift: Shift) -> None:
                span = times.around(shift.started_at, now, self._zone)
                await correct_ended(
                    uow, shift, span, actor_id=actor_id, reason=reason, now=now, zone=self._zone
                )

            left = await _each(shifts, correct)
        return len(shifts) - len(left), len(left)

    async def _lock(
        self, uow: UnitOfWork, actor_id: int, shift_ids: Sequence[int], state: ShiftState
    ) -> Sequence[Shift]:
        reach: Reach = await require_reach(uow, actor_id, Right.SETTLE_SHIFTS)
        for person_id in await uow.shifts.list_people(shift_ids):
            await uow.people.lock_assistant(person_id)
        return await uow.shifts.lock_in(shift_ids, state, reach.codes)


async def _each(
    shifts: Sequence[Shift], change: Callable[[Shift], Awaitable[None]]
) -> Sequence[Shift]:
    """Change the shifts one after another; return those that were refused, as they are."""
    left = []
    for shift in shifts:
        try:
            await change(shift)
        except AppError:
            # Refused before anything is written: it waits for a decision of its own.
            left.append(shift)
    return left
