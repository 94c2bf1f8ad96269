"""Shifts that somebody may have forgotten: asked about first, closed later."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

import structlog

from bot.services import audit, notices
from bot.services.clock import Clock
from bot.services.shift_cards import refresh
from bot.services.shift_ends import described
from bot.services.shift_times import ShiftRules
from db.database import Database, UnitOfWork
from db.models.shifts import Shift, ShiftState

log = structlog.get_logger(__name__)


class ShiftReminders:
    """What the timetable does with open shifts; each run asks the database what is due."""

    def __init__(self, db: Database, clock: Clock, rules: ShiftRules) -> None:
        self._db = db
        self._clock = clock
        self._rules = rules

    async def run_due(self) -> None:
        """Remind of planned ends, ask about long shifts, and close those nobody answered for."""
        now = self._clock()
        async with self._db.reading() as uow:
            to_ask = await uow.shifts.list_to_ask(now)
            to_close = await uow.shifts.list_to_close(now)
        for shift_id in to_ask:
            await self._ask(shift_id, now)
        by_district: defaultdict[str, list[int]] = defaultdict(list)
        for shift_id, district in to_close:
            by_district[district].append(shift_id)
        for shift_ids in by_district.values():
            await self._close(shift_ids, now)

    async def _ask(self, shift_id: int, now: datetime) -> None:
        async with self._db.transaction() as uow:
            shift = await uow.shifts.lock(shift_id)
            if shift is None or shift.ask_at is None or shift.ask_at > now:
                return
            if await self._remind_of_end(uow, shift, now):
                return
            shift.ask_at, shift.asked_at = None, now
            # A question that was late, as after a standstill, leaves time to answer too.
            shift.close_at = max(shift.close_at, now + self._rules.again)
            notices.send(uow, shift.person_id, "shift-question", now, shift_id=shift.id)
            refresh(uow, shift, now)

    async def _remind_of_end(self, uow: UnitOfWork, shift: Shift, now: datetime) -> bool:
        """Tell that the planned end has come, where that is what is due; return whether it was.

        The question comes later, after the longest believable stay.
        """
        duty = shift.assignment_id and await uow.assignments.find(shift.assignment_id)
        if not duty or shift.ask_at != duty.ends_at:
            return False
        again = self._rules.again
        shift.ask_at = max(shift.started_at + self._rules.longest, now + again)
        shift.close_at = max(shift.close_at, shift.ask_at + again)
        notices.send(uow, shift.person_id, "shift-planned-end", now, shift_id=shift.id)
        refresh(uow, shift, now)
        return True

    async def _close(self, shift_ids: Collection[int], now: datetime) -> None:
        """Close those of a district together, so that its coordinators are told once."""
        async with self._db.transaction() as uow:
            told: defaultdict[int, list[int]] = defaultdict(list)
            # Every shift is locked before the journal is: who ends one locks them in that order.
            for shift in await uow.shifts.lock_to_close(shift_ids, now):
                await _close(uow, shift, now)
                for coordinator in await notices.coordinators_for(
                    uow, shift.district_code, shift.person_id
                ):
                    told[coordinator].append(shift.id)
            for coordinator, forgotten in told.items():
                if len(forgotten) == 1:
                    of_one = {"shift_id": forgotten[0]}
                    notices.send(uow, coordinator, "shift-forgotten", now, **of_one)
                else:
                    notices.send(uow, coordinator, "shifts-forgotten", now, shift_ids=forgotten)


async def _close(uow: UnitOfWork, shift: Shift, now: datetime) -> None:
    before = described(shift)
    shift.state, shift.ended_at = ShiftState.UNCONFIRMED, max(now, shift.started_at)
    await audit.record(
        uow,
        at=now,
        actor_id=None,
        action="shift.unconfirmed",
        subject="shift",
        subject_id=shift.id,
        before=before,
        after=described(shift),
    )
    refresh(uow, shift, now)
    notices.send(uow, shift.person_id, "shift-unconfirmed", now, shift_id=shift.id)
    log.info("shift_unconfirmed", shift_id=shift.id)
