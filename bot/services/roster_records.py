"""The roster as it stands: what is planned, and what may be."""

from collections.abc import Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.services.clock import Clock
from bot.services.errors import NotFoundError
from bot.services.page import PAGE_SIZE, Page, clamp
from bot.services.rights import Right, require, require_reach
from bot.services.roster_cards import AssignmentCard, Planned, card_of, planned_of
from bot.services.roster_times import interval
from bot.services.shift_times import local_date
from db.database import Database

# Buttons lead to the days of one week.
_DAYS_OFFERED = 7


class RosterRecords:
    """Reads planned duties; changes nothing.

    Args:
        zone: the region's, whose days and clock duties are planned on.
        usual: from when to when duties usually are, in minutes of the day.
    """

    def __init__(
        self, db: Database, clock: Clock, *, zone: ZoneInfo, usual: Sequence[tuple[int, int]]
    ) -> None:
        self._db = db
        self._clock = clock
        self._zone = zone
        self._usual = usual

    def days(self) -> list[date]:
        """Return the days a duty may be planned on by a button, today first."""
        today = local_date(self._clock(), self._zone)
        return [today + timedelta(days=ahead) for ahead in range(_DAYS_OFFERED)]

    def usual_hours(self, day: date) -> list[tuple[int, int]]:
        """Return the usual hours that have not begun on the day, in minutes of the day."""
        now = self._clock()
        return [hours for hours in self._usual if interval(day, *hours, self._zone)[0] > now]

    async def card(self, actor_id: int, assignment_id: int) -> AssignmentCard:
        """Return a duty of a district the actor plans for.

        Raises:
            AccessDeniedError: the actor plans duties nowhere.
            NotFoundError: no such duty in the actor's districts.
        """
        async with self._db.reading() as uow:
            row = await uow.assignments.find_row(assignment_id)
            if row is None:
                await require_reach(uow, actor_id, Right.PLAN_DUTIES)
                raise NotFoundError
            await require(uow, actor_id, Right.PLAN_DUTIES, row.assignment.district_code)
            return card_of(row, self._clock())

    async def coming(self, actor_id: int, page: int) -> Page[AssignmentCard]:
        """Return the duties within the actor's reach that are not over, in order of time.

        Raises:
            AccessDeniedError: the actor plans duties nowhere.
        """
        now = self._clock()
        async with self._db.reading() as uow:
            reach = await require_reach(uow, actor_id, Right.PLAN_DUTIES)
            total = await uow.assignments.count_coming(reach.codes, now)
            number = clamp(page, total)
            rows = await uow.assignments.list_coming(
                reach.codes, now, offset=number * PAGE_SIZE, limit=PAGE_SIZE
            )
            return Page([card_of(row, now) for row in rows], number, total)

    async def coming_of(self, actor_id: int, person_id: int) -> list[Planned]:
        """Return an assistant's duties that are not over, in order of time.

        Raises:
            AccessDeniedError: the actor plans duties nowhere.
            NotFoundError: no such assistant in the actor's districts.
        """
        async with self._db.reading() as uow:
            assistant = await uow.people.find_assistant(person_id)
            if assistant is None:
                await require_reach(uow, actor_id, Right.PLAN_DUTIES)
                raise NotFoundError
            await require(uow, actor_id, Right.PLAN_DUTIES, assistant.district_code)
            found = await uow.assignments.list_coming_of(person_id, self._clock())
            return [planned_of(each) for each in found]

    async def own(self, person_id: int, assignment_id: int) -> AssignmentCard:
        """Return a duty of the person's own.

        Raises:
            NotFoundError: it is no duty of the person.
        """
        async with self._db.reading() as uow:
            row = await uow.assignments.find_row(assignment_id)
            if row is None or row.assignment.person_id != person_id:
                raise NotFoundError
            return card_of(row, self._clock())
