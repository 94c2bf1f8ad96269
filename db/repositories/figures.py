"""Sums of days for all districts at once, or of one in detail: one statement per method."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    SQLColumnExpression,
    case,
    cast,
    func,
    select,
    true,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from db.lengths import milliseconds_between
from db.models.activities import VOID, Activity
from db.models.people import Assistant
from db.models.shifts import Shift, ShiftState

# What was taken back or refused is no result, and what several people saw is one.
_COUNTS = (
    Activity.state.not_in(VOID),
    Activity.same_as_id.is_(None),
)
_WORKED = case(
    (Shift.state == ShiftState.CLOSED, milliseconds_between(Shift.started_at, Shift.ended_at)),
    else_=0,
)


class ShiftSum(NamedTuple):
    """The shifts of a district: on the days told of, and on those before them."""

    district: str
    shifts: int
    shifts_before: int
    worked_ms: int
    worked_ms_before: int


class ResultSum(NamedTuple):
    """The results of one kind and category in a district: on the days, and before them."""

    district: str
    kind: str
    category: str | None
    entries: int
    entries_before: int
    people: int
    people_before: int


class ShiftsOfDay(NamedTuple):
    """The shifts one assistant began on one day."""

    service_number: str
    day: date
    shifts: int
    worked_ms: int


class ResultsOfDay(NamedTuple):
    """The results of one kind that one assistant had on one day."""

    service_number: str
    day: date
    kind: str
    entries: int
    people: int


class FiguresRepository:
    """Sums of days, beside those of the days before them.

    A shift without a stated end counts, and credits no time. A result that several people saw
    counts once; one that was withdrawn or rejected, not at all.
    """

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def shifts(
        self, since: date, first: date, last: date, districts: Collection[str] | None
    ) -> Sequence[ShiftSum]:
        """Sum the shifts that began from ``first`` to ``last``, and from ``since`` till then.

        ``None`` means all districts.
        """
        told = Shift.local_date >= first
        rows = await self._session.execute(
            select(
                Shift.district_code,
                _count_if(told),
                _count_if(~told),
                _sum_if(told, _WORKED),
                _sum_if(~told, _WORKED),
            )
            .where(Shift.local_date.between(since, last), _in(Shift.district_code, districts))
            .group_by(Shift.district_code)
        )
        return [ShiftSum._make(row) for row in rows]

    async def results(
        self, since: date, first: date, last: date, districts: Collection[str] | None
    ) -> Sequence[ResultSum]:
        """Sum the results of the days from ``first`` to ``last``, and from ``since`` till then.

        ``None`` means all districts.
        """
        told = Activity.local_date >= first
        rows = await self._session.execute(
            select(
                Activity.district_code,
                Activity.kind,
                Activity.category,
                _count_if(told),
                _count_if(~told),
                _sum_if(told, Activity.people_reached),
                _sum_if(~told, Activity.people_reached),
            )
            .where(
                Activity.local_date.between(since, last),
                _in(Activity.district_code, districts),
                *_COUNTS,
            )
            .group_by(Activity.district_code, Activity.kind, Activity.category)
        )
        return [ResultSum._make(row) for row in rows]

    async def shifts_in_detail(
        self, days: Collection[date], district: str
    ) -> Sequence[ShiftsOfDay]:
        """Sum the shifts of a district by assistant and day."""
        rows = await self._session.execute(
            select(
                Assistant.service_number,
                Shift.local_date,
                func.count(),
                cast(func.sum(_WORKED), BigInteger),
            )
            .join(Assistant, Assistant.person_id == Shift.person_id)
            # Each day is looked up by itself: a span would be read for all districts.
            .where(Shift.local_date.in_(days), Shift.district_code == district)
            .group_by(Assistant.service_number, Shift.local_date)
        )
        return [ShiftsOfDay._make(row) for row in rows]

    async def results_in_detail(
        self, days: Collection[date], district: str
    ) -> Sequence[ResultsOfDay]:
        """Sum the results of a district by assistant, day and kind."""
        rows = await self._session.execute(
            select(
                Assistant.service_number,
                Activity.local_date,
                Activity.kind,
                func.count(),
                cast(func.sum(Activity.people_reached), BigInteger),
            )
            .join(Assistant, Assistant.person_id == Activity.person_id)
            .where(Activity.local_date.in_(days), Activity.district_code == district, *_COUNTS)
            .group_by(Assistant.service_number, Activity.local_date, Activity.kind)
        )
        return [ResultsOfDay._make(row) for row in rows]


def _in(
    district: InstrumentedAttribute[str], districts: Collection[str] | None
) -> ColumnElement[bool]:
    return true() if districts is None else district.in_(districts)


def _count_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, 1)))


def _sum_if(condition: ColumnElement[bool], value: SQLColumnExpression[int]) -> ColumnElement[int]:
    # PostgreSQL sums large numbers into decimals.
    return cast(func.sum(case((condition, value), else_=0)), BigInteger)
