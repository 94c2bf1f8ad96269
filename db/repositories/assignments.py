"""Planned duties: one statement per method."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, exists, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from db.models.assignments import Assignment, AssignmentState
from db.models.people import Person
from db.models.shifts import Shift


class AssignmentRow(NamedTuple):
    """A duty, whose it is, and the shift that keeps it, if one does."""

    assignment: Assignment
    person: Person
    shift_id: int | None


class AssignmentsRepository:
    """Queries over ``assignments``; what is cancelled is in no list."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, assignment: Assignment) -> Assignment:
        """Insert the duty and return it with its id; the person has none at that time."""
        self._session.add(assignment)
        await self._session.flush()
        return assignment

    async def find(self, assignment_id: int) -> Assignment | None:
        """Return the duty."""
        return await self._session.get(Assignment, assignment_id)

    async def find_row(self, assignment_id: int) -> AssignmentRow | None:
        """Return the duty with its person and its shift."""
        found = await self._rows(_ROWS.where(Assignment.id == assignment_id))
        return found[0] if found else None

    async def lock(self, assignment_id: int) -> Assignment | None:
        """Return the duty as it stands now, locked until the transaction ends."""
        return await self._session.scalar(
            select(Assignment)
            .where(Assignment.id == assignment_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )

    async def find_overlapping(
        self, person_id: int, starts_at: datetime, ends_at: datetime
    ) -> Assignment | None:
        """Return a duty of the person that shares time with the interval."""
        return await self._session.scalar(
            select(Assignment)
            .where(
                _PLANNED,
                Assignment.person_id == person_id,
                Assignment.starts_at < ends_at,
                Assignment.ends_at > starts_at,
            )
            .order_by(Assignment.starts_at)
            .limit(1)
        )

    async def list_open(
        self, person_id: int, district: str, starts_by: datetime, ends_after: datetime
    ) -> Sequence[Assignment]:
        """Return the person's duties at that time which no shift keeps, in order of time."""
        found = await self._session.scalars(
            _OPEN,
            {"which": person_id, "where": district, "by": starts_by, "after": ends_after},
        )
        return found.all()

    async def lock_coming(self, person_id: int, now: datetime) -> Sequence[Assignment]:
        """Return the person's duties that are not over and that no shift keeps, locked."""
        return (
            await self._session.scalars(
                select(Assignment)
                .where(
                    _PLANNED,
                    Assignment.person_id == person_id,
                    Assignment.ends_at > now,
                    ~exists().where(Shift.assignment_id == Assignment.id),
                )
                .order_by(Assignment.id)
                .with_for_update()
            )
        ).all()

    async def list_coming_of(self, person_id: int, now: datetime) -> Sequence[Assignment]:
        """Return the person's duties that are not over, in order of time."""
        return (
            await self._session.scalars(
                select(Assignment)
                .where(_PLANNED, Assignment.person_id == person_id, Assignment.ends_at > now)
                .order_by(Assignment.starts_at)
            )
        ).all()

    async def list_coming(
        self, districts: Collection[str] | None, now: datetime, *, offset: int, limit: int
    ) -> Sequence[AssignmentRow]:
        """Return the duties that are not over, in order of time; ``None`` means all districts."""
        return await self._rows(
            _ROWS.where(_PLANNED, _in(districts), Assignment.ends_at > now)
            .order_by(Assignment.starts_at, Assignment.id)
            .offset(offset)
            .limit(limit)
        )

    async def count_coming(self, districts: Collection[str] | None, now: datetime) -> int:
        """Count the duties that are not over; ``None`` means all districts."""
        return (
            await self._session.scalar(
                select(func.count()).where(_PLANNED, _in(districts), Assignment.ends_at > now)
            )
            or 0
        )

    async def list_starting(
        self, district: str, since: datetime, until: datetime
    ) -> Sequence[AssignmentRow]:
        """Return the duties that begin from one moment to before the other, in order of time."""
        return await self._rows(
            _ROWS.where(
                _PLANNED,
                Assignment.district_code == district,
                Assignment.starts_at >= since,
                Assignment.starts_at < until,
            ).order_by(Assignment.starts_at, Assignment.id)
        )

    async def list_districts_starting(self, since: datetime, until: datetime) -> Sequence[str]:
        """Return the districts in which any duty begins within that time."""
        return (
            await self._session.scalars(
                select(Assignment.district_code)
                .where(_PLANNED, Assignment.starts_at >= since, Assignment.starts_at < until)
                .distinct()
            )
        ).all()

    async def list_missed(
        self, district: str, since: datetime, until: datetime
    ) -> Sequence[AssignmentRow]:
        """Return the duties that began within that time, to which nobody came, not noted as such.

        A shift of the person at that time counts, also one that began too early to keep the duty.
        """
        came = exists().where(
            _OTHER.person_id == Assignment.person_id,
            _OTHER.started_at < Assignment.ends_at,
            or_(_OTHER.ended_at.is_(None), _OTHER.ended_at > Assignment.starts_at),
        )
        return await self._rows(
            _ROWS.where(
                _PLANNED,
                Assignment.district_code == district,
                Assignment.starts_at >= since,
                Assignment.starts_at < until,
                Assignment.noted_at.is_(None),
                Shift.id.is_(None),
                ~came,
            ).order_by(Assignment.starts_at, Assignment.id)
        )

    async def _rows(self, query: Select[Assignment, Person, int]) -> list[AssignmentRow]:
        return [AssignmentRow(*row) for row in await self._session.execute(query)]


_OTHER = aliased(Shift)
_PLANNED = Assignment.state == AssignmentState.PLANNED
_ROWS = (
    select(Assignment, Person, Shift.id)
    .join(Person, Person.id == Assignment.person_id)
    .outerjoin(Shift, Shift.assignment_id == Assignment.id)
)
# Built once: every start of a shift asks it.
_OPEN = (
    select(Assignment)
    .where(
        _PLANNED,
        Assignment.person_id == bindparam("which"),
        Assignment.district_code == bindparam("where"),
        Assignment.starts_at <= bindparam("by"),
        Assignment.ends_at > bindparam("after"),
        ~exists().where(Shift.assignment_id == Assignment.id),
    )
    .order_by(Assignment.starts_at)
)


def _in(districts: Collection[str] | None) -> ColumnElement[bool]:
    return true() if districts is None else Assignment.district_code.in_(districts)
