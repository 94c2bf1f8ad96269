"""Shifts as they are on record: one's own, and those of the districts one watches over."""

from collections.abc import Collection
from datetime import date
from zoneinfo import ZoneInfo

from bot.services.clock import Clock
from bot.services.errors import NotFoundError
from bot.services.page import PAGE_SIZE, Page, clamp
from bot.services.rights import Right, require, require_reach
from bot.services.shift_cards import ShiftCard, ShiftCards, ShiftLine, line_of
from bot.services.shift_times import local_date
from db.database import Database, UnitOfWork
from db.models.shifts import ShiftState


class ShiftRecords:
    """Reads shifts; changes nothing.

    Args:
        zone: the region's, for the day that is today.
    """

    def __init__(self, db: Database, clock: Clock, cards: ShiftCards, *, zone: ZoneInfo) -> None:
        self._db = db
        self._clock = clock
        self._cards = cards
        self._zone = zone

    def today(self) -> date:
        """Return the region's local date."""
        return local_date(self._clock(), self._zone)

    async def own_card(self, person_id: int, shift_id: int) -> ShiftCard:
        """Return a shift of the person's own.

        Raises:
            NotFoundError: it is no shift of the person.
        """
        async with self._db.reading() as uow:
            found = await uow.shifts.find_with_person(shift_id)
            if found is None or found[0].person_id != person_id:
                raise NotFoundError
            return await self._cards.read(uow, *found, self._clock())

    async def latest(self, person_id: int) -> ShiftCard | None:
        """Return the person's shift that began last."""
        async with self._db.reading() as uow:
            shift = await uow.shifts.find_latest(person_id)
            person = await uow.people.find(person_id)
            if shift is None or person is None:
                return None
            return await self._cards.read(uow, shift, person, self._clock())

    async def own(self, person_id: int, page: int) -> Page[ShiftLine]:
        """Return the person's shifts, the latest first."""
        async with self._db.reading() as uow:
            return await _of_person(uow, person_id, page, None)

    async def of_person(self, actor_id: int, person_id: int, page: int) -> Page[ShiftLine]:
        """Return an assistant's shifts in the districts the actor watches over, the latest first.

        Raises:
            AccessDeniedError: the actor watches over no district.
            NotFoundError: no such assistant in the actor's districts.
        """
        async with self._db.reading() as uow:
            reach = await require_reach(uow, actor_id, Right.SEE_DUTY)
            assistant = await uow.people.find_assistant(person_id)
            if assistant is None:
                raise NotFoundError
            await require(uow, actor_id, Right.SEE_DUTY, assistant.district_code)
            return await _of_person(uow, person_id, page, reach.codes)

    async def card(self, actor_id: int, shift_id: int) -> ShiftCard:
        """Return a shift of a district the actor watches over.

        Raises:
            AccessDeniedError: the actor watches over none.
            NotFoundError: no such shift in the actor's districts.
        """
        async with self._db.reading() as uow:
            found = await uow.shifts.find_with_person(shift_id)
            if found is None:
                await require_reach(uow, actor_id, Right.SEE_DUTY)
                raise NotFoundError
            await require(uow, actor_id, Right.SEE_DUTY, found[0].district_code)
            return await self._cards.read(uow, *found, self._clock())

    async def on_duty(self, actor_id: int, page: int) -> Page[ShiftLine]:
        """Return who is on duty now within the actor's reach, the longest first.

        Raises:
            AccessDeniedError: the actor watches over no district.
        """
        return await self._listed(actor_id, ShiftState.OPEN, page)

    async def unconfirmed(self, actor_id: int, page: int) -> Page[ShiftLine]:
        """Return the shifts within the actor's reach that have no stated end, oldest first.

        Raises:
            AccessDeniedError: the actor watches over no district.
        """
        return await self._listed(actor_id, ShiftState.UNCONFIRMED, page)

    async def of_day(self, actor_id: int, day: date, page: int) -> Page[ShiftLine]:
        """Return the shifts within the actor's reach that began on the day, in order of time.

        Raises:
            AccessDeniedError: the actor watches over no district.
        """
        async with self._db.reading() as uow:
            reach = await require_reach(uow, actor_id, Right.SEE_DUTY)
            total = await uow.shifts.count_of_day(day, reach.codes)
            number = clamp(page, total)
            rows = await uow.shifts.list_of_day(
                day, reach.codes, offset=number * PAGE_SIZE, limit=PAGE_SIZE
            )
            return Page([line_of(*row) for row in rows], number, total)

    async def still(
        self, actor_id: int, ids: Collection[int], state: ShiftState
    ) -> list[ShiftLine]:
        """Return those of the shifts within the actor's reach that are still in the state.

        Raises:
            AccessDeniedError: the actor watches over no district.
        """
        async with self._db.reading() as uow:
            reach = await require_reach(uow, actor_id, Right.SEE_DUTY)
            rows = await uow.shifts.list_with_people(ids, state, reach.codes)
            return [line_of(*row) for row in rows]

    async def _listed(self, actor_id: int, state: ShiftState, page: int) -> Page[ShiftLine]:
        async with self._db.reading() as uow:
            reach = await require_reach(uow, actor_id, Right.SEE_DUTY)
            total = await uow.shifts.count(state, reach.codes)
            number = clamp(page, total)
            rows = await uow.shifts.list_in(
                state, reach.codes, offset=number * PAGE_SIZE, limit=PAGE_SIZE
            )
            return Page([line_of(*row) for row in rows], number, total)


async def _of_person(
    uow: UnitOfWork, person_id: int, page: int, districts: Collection[str] | None
) -> Page[ShiftLine]:
    total = await uow.shifts.count_of_person(person_id, districts)
    number = clamp(page, total)
    rows = await uow.shifts.list_of_person(
        person_id, districts, offset=number * PAGE_SIZE, limit=PAGE_SIZE
    )
    return Page([line_of(*row) for row in rows], number, total)
