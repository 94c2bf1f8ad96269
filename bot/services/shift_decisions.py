"""Decisions on corrections of shifts, by a coordinator of the district."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.services import notices
from bot.services.clock import Clock
from bot.services.errors import ConflictError, NotFoundError
from bot.services.rights import Right, require, require_reach
from bot.services.shift_cards import CorrectionCard, refresh
from bot.services.shift_corrections import (
    close_request,
    lock_request,
    record_request,
    request_card,
)
from bot.services.shift_ends import check_interval, set_interval
from bot.services.wording import clean_reason
from db.database import Database, UnitOfWork
from db.models.shifts import CorrectionState, Shift, ShiftCorrection


class ShiftDecisionService:
    """What coordinators do with requests to correct shifts.

    Args:
        zone: the region's, for the date a shift belongs to.
    """

    def __init__(self, db: Database, clock: Clock, *, zone: ZoneInfo) -> None:
        self._db = db
        self._clock = clock
        self._zone = zone

    async def approve(self, actor_id: int, correction_id: int) -> CorrectionCard:
        """Give the shift the ends asked for; the person is told.

        Raises:
            AccessDeniedError: the actor settles shifts nowhere.
            NotFoundError: no such request in the actor's districts.
            ConflictError: it is decided already or the actor's own, or by now another shift
                shares time with the new ends.
        """
        now = self._clock()
        async with self._db.transaction() as uow:
            correction, shift = await self._lock_to_decide(uow, actor_id, correction_id)
            await check_interval(uow, shift, correction.started_at, correction.ended_at, now)
            # What it replaces may have changed since it was asked for.
            correction.old_started_at, correction.old_ended_at = shift.started_at, shift.ended_at
            await close_request(
                uow, correction, CorrectionState.APPROVED, actor_id=actor_id, reason="", now=now
            )
            await set_interval(
                uow,
                shift,
                correction.started_at,
                correction.ended_at,
                action="shift.corrected",
                actor_id=actor_id,
                reason=correction.reason,
                now=now,
                zone=self._zone,
            )
            return await self._decided(uow, correction, shift, now)

    async def reject(self, actor_id: int, correction_id: int, reason: str) -> CorrectionCard:
        """Leave the shift as it is; the person is told the reason.

        Raises:
            InvalidInputError: the reason is empty or too long.
            AccessDeniedError, NotFoundError, ConflictError: as for ``approve``.
        """
        reason = clean_reason(reason)
        now = self._clock()
        async with self._db.transaction() as uow:
            correction, shift = await self._lock_to_decide(uow, actor_id, correction_id)
            await close_request(
                uow, correction, CorrectionState.REJECTED, actor_id=actor_id, reason=reason, now=now
            )
            await record_request(
                uow, correction, shift, "rejected", actor_id=actor_id, reason=reason, now=now
            )
            return await self._decided(uow, correction, shift, now)

    async def card(self, actor_id: int, correction_id: int) -> CorrectionCard:
        """Return a request: one's own, or one of a district where one decides.

        Raises:
            AccessDeniedError, NotFoundError: it is neither.
        """
        async with self._db.reading() as uow:
            correction = await uow.shift_corrections.find(correction_id)
            if correction is None:
                await require_reach(uow, actor_id, Right.SETTLE_SHIFTS)
                raise NotFoundError
            found = await uow.shifts.find_with_person(correction.shift_id)
            assert found is not None  # noqa: S101 - a foreign key holds it
            if found[0].person_id != actor_id:
                await require(uow, actor_id, Right.SETTLE_SHIFTS, found[0].district_code)
            return await request_card(uow, correction, found[0])

    async def _lock_to_decide(
        self, uow: UnitOfWork, actor_id: int, correction_id: int
    ) -> tuple[ShiftCorrection, Shift]:
        try:
            correction, shift = await lock_request(uow, correction_id)
        except NotFoundError:
            await require_reach(uow, actor_id, Right.SETTLE_SHIFTS)
            raise
        await require(uow, actor_id, Right.SETTLE_SHIFTS, shift.district_code)
        if shift.person_id == actor_id:
            raise ConflictError("error-correction-own")
        return correction, shift

    async def _decided(
        self, uow: UnitOfWork, correction: ShiftCorrection, shift: Shift, now: datetime
    ) -> CorrectionCard:
        refresh(uow, shift, now)
        notices.send(uow, shift.person_id, "correction-decided", now, correction_id=correction.id)
        return await request_card(uow, correction, shift)
