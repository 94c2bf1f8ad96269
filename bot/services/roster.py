"""The roster: who is planned for duty, from when to when."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.services import audit, notices
from bot.services.clock import Clock
from bot.services.errors import ConflictError, InvalidInputError, NotFoundError
from bot.services.rights import Right, require, require_reach
from bot.services.roster_cards import (
    AssignmentCard,
    Outcome,
    cancel,
    card_of,
    described,
    tell_cancelled,
)
from bot.services.roster_times import FURTHEST, SOON, interval, read_hours
from db.database import Database, UnitOfWork
from db.models.assignments import Assignment, AssignmentState
from db.models.people import AssistantStatus

PLANNED, BEGINS_SOON = "assignment-planned", "assignment-soon"


class RosterService:
    """What coordinators plan for the assistants of their districts.

    Args:
        zone: the region's, whose days and clock duties are planned on.
        longest: a longer duty would outlast its shift, which closes by itself by then.
    """

    def __init__(self, db: Database, clock: Clock, *, zone: ZoneInfo, longest: timedelta) -> None:
        self._db = db
        self._clock = clock
        self._zone = zone
        self._longest = longest

    async def plan(
        self, actor_id: int, person_id: int, day: date, starts: int, ends: int
    ) -> AssignmentCard:
        """Plan a duty on the local day; the person is told now, and reminded before it begins.

        Args:
            starts, ends: in minutes of the day; an end that is not after the start is of the next.

        Raises:
            AccessDeniedError: the actor plans duties nowhere.
            NotFoundError: no such assistant in the actor's districts.
            InvalidInputError: it has begun already, is too far ahead, or is too long.
            ConflictError: the assistant does not serve, or has a duty at that time.
        """
        now = self._clock()
        starts_at, ends_at = interval(day, starts, ends, self._zone)
        async with self._db.transaction() as uow:
            # Their row keeps two plans for one person apart.
            assistant = await uow.people.lock_assistant(person_id)
            if assistant is None:
                await require_reach(uow, actor_id, Right.PLAN_DUTIES)
                raise NotFoundError
            await require(uow, actor_id, Right.PLAN_DUTIES, assistant.district_code)
            if assistant.status is not AssistantStatus.ACTIVE:
                raise ConflictError("error-assignment-status", status=assistant.status)
            await self._check_time(uow, person_id, starts_at, ends_at, now)
            assignment = await uow.assignments.add(
                Assignment(
                    person_id=person_id,
                    district_code=assistant.district_code,
                    state=AssignmentState.PLANNED,
                    starts_at=starts_at,
                    ends_at=ends_at,
                    planned_at=now,
                    planned_by=actor_id,
                )
            )
            await audit.record(
                uow,
                at=now,
                actor_id=actor_id,
                action="assignment.planned",
                subject="assignment",
                subject_id=assignment.id,
                after=described(assignment),
            )
            self._tell(uow, assignment, now)
            return await self._card(uow, assignment.id, now)

    async def plan_typed(
        self, actor_id: int, person_id: int, day: date, typed: str
    ) -> AssignmentCard:
        """Plan a duty whose hours were typed, such as 18-22.

        Raises:
            InvalidInputError: these are no two times, or as for ``plan``.
            AccessDeniedError, NotFoundError, ConflictError: as for ``plan``.
        """
        return await self.plan(actor_id, person_id, day, *read_hours(typed))

    async def cancel(self, actor_id: int, assignment_id: int) -> None:
        """Cancel a duty that is not over; the person is told.

        Raises:
            AccessDeniedError: the actor plans duties nowhere.
            NotFoundError: no such duty in the actor's districts.
            ConflictError: it is cancelled already, over, or a shift keeps it.
        """
        now = self._clock()
        async with self._db.transaction() as uow:
            assignment = await self._lock(uow, actor_id, assignment_id)
            card = await self._card(uow, assignment_id, now)
            if card.outcome is Outcome.CANCELLED:
                raise ConflictError("error-assignment-cancelled", at=assignment.cancelled_at)
            if card.outcome is Outcome.KEPT:
                raise ConflictError("error-assignment-kept")
            if card.over:
                raise ConflictError("error-assignment-over")
            await cancel(uow, assignment, actor_id=actor_id, now=now)
            tell_cancelled(uow, assignment, now)

    async def note_missed(self, actor_id: int, assignment_id: int) -> None:
        """Take note that nobody came to the duty; again, nothing changes.

        Raises:
            AccessDeniedError: the actor plans duties nowhere.
            NotFoundError: no duty in the actor's districts that somebody failed to come to.
        """
        now = self._clock()
        async with self._db.transaction() as uow:
            assignment = await self._lock(uow, actor_id, assignment_id)
            if assignment.noted_at is not None:
                return
            card = await self._card(uow, assignment_id, now)
            if card.outcome is not Outcome.MISSED:
                raise NotFoundError
            assignment.noted_at, assignment.noted_by = now, actor_id
            await audit.record(
                uow,
                at=now,
                actor_id=actor_id,
                action="assignment.missed",
                subject="assignment",
                subject_id=assignment_id,
                after=described(assignment),
            )

    async def _check_time(
        self,
        uow: UnitOfWork,
        person_id: int,
        starts_at: datetime,
        ends_at: datetime,
        now: datetime,
    ) -> None:
        if starts_at < now:
            raise InvalidInputError("error-assignment-past")
        if starts_at - now > FURTHEST:
            raise InvalidInputError("error-not-found")
        if ends_at - starts_at > self._longest:
            hours = self._longest // timedelta(hours=1)
            raise InvalidInputError("error-assignment-length", hours=hours)
        other = await uow.assignments.find_overlapping(person_id, starts_at, ends_at)
        if other is not None:
            same = (other.starts_at, other.ends_at) == (starts_at, ends_at)
            raise ConflictError(
                "error-assignment-same" if same else "error-assignment-overlap",
                start=other.starts_at,
                end=other.ends_at,
                at=other.planned_at,
            )

    def _tell(self, uow: UnitOfWork, assignment: Assignment, now: datetime) -> None:
        person_id, number = assignment.person_id, assignment.id
        notices.send(uow, person_id, PLANNED, now, assignment_id=number)
        remind_at = assignment.starts_at - SOON
        if remind_at > now:
            uow.outbox.add(
                person_id=person_id,
                kind=BEGINS_SOON,
                args={"assignment_id": number},
                now=now,
                due_at=remind_at,
            )

    async def _lock(self, uow: UnitOfWork, actor_id: int, assignment_id: int) -> Assignment:
        found = await uow.assignments.find(assignment_id)
        if found is None:
            await require_reach(uow, actor_id, Right.PLAN_DUTIES)
            raise NotFoundError
        await require(uow, actor_id, Right.PLAN_DUTIES, found.district_code)
        # A shift that begins for it meanwhile holds the person's row.
        await uow.people.lock_assistant(found.person_id)
        locked = await uow.assignments.lock(assignment_id)
        assert locked is not None  # noqa: S101 - none is ever deleted
        return locked

    async def _card(self, uow: UnitOfWork, assignment_id: int, now: datetime) -> AssignmentCard:
        row = await uow.assignments.find_row(assignment_id)
        assert row is not None  # noqa: S101 - its row is held
        return card_of(row, now)
