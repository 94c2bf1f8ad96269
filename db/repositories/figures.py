"""Sums of days for all districts at once, or of one in detail: one statement per method."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    SQLColumnExpression,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
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
# How long before the days a shift may have begun that reaches into them: none is stated to have
# lasted more than a day, but after a standstill of the bot one may end as late as it ends.
_REACHES = timedelta(days=7)


class Stretch(NamedTuple):
    """Local days from ``first`` to ``last``, and the moments at which they begin and are over."""

    first: date
    last: date
    begins: datetime
    ends: datetime


class ShiftSum(NamedTuple):
    """The shifts of a district: how many, and the worked milliseconds, of each stretch in turn."""

    district: str
    shifts: Sequence[int]
    worked_ms: Sequence[int]


class ResultSum(NamedTuple):
    """The results of one kind and category in a district: entries and people of each stretch."""

    district: str
    kind: str
    category: str | None
    entries: Sequence[int]
    people: Sequence[int]


class WorkedShift(NamedTuple):
    """A shift of one assistant; one without a stated end credits no time."""

    service_number: str
    day: date
    started_at: datetime
    ended_at: datetime | None


class ResultsOfDay(NamedTuple):
    """The results of one kind that one assistant had on one day."""

    service_number: str
    day: date
    kind: str
    entries: int
    people: int


class FiguresRepository:
    """Sums of stretches of days beside one another.

    A shift counts on the day it began on; its time counts where it lies, so that midnight splits
    it. One without a stated end credits no time. A result that several people saw counts once;
    one that was withdrawn or rejected, not at all.
    """

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def shifts(
        self,
        stretches: Sequence[Stretch],
        districts: Collection[str] | None,
        going_on: tuple[datetime, datetime] | None = None,
    ) -> Sequence[ShiftSum]:
        """Sum the shifts of each stretch; districts with none in any of them are left out.

        ``None`` means all districts. Shifts that go on, and began after the first moment of
        ``going_on``, count up to the second one.
        """
        first = min(each.first for each in stretches)
        last = max(each.last for each in stretches)
        begins = min(each.begins for each in stretches)
        ends = _stated_end(going_on)
        rows: Iterable[Any] = await self._session.execute(
            select(
                Shift.district_code,
                *(_count_if(Shift.local_date.between(e.first, e.last)) for e in stretches),
                *(_sum_if(_touches(each, ends), _within(each, ends)) for each in stretches),
            )
            .where(
                Shift.local_date.between(first - _REACHES, last),
                or_(Shift.local_date >= first, ends > _at(begins)),
                _in(Shift.district_code, districts),
            )
            .group_by(Shift.district_code)
        )
        count = len(stretches)
        return [ShiftSum(code, sums[:count], sums[count:]) for code, *sums in rows]

    async def results(
        self, stretches: Sequence[Stretch], districts: Collection[str] | None
    ) -> Sequence[ResultSum]:
        """Sum the results of each stretch. ``None`` means all districts."""
        inside = [Activity.local_date.between(each.first, each.last) for each in stretches]
        rows: Iterable[Any] = await self._session.execute(
            select(
                Activity.district_code,
                Activity.kind,
                Activity.category,
                *map(_count_if, inside),
                *(_sum_if(each, Activity.people_reached) for each in inside),
            )
            .where(
                Activity.local_date.between(
                    min(each.first for each in stretches), max(each.last for each in stretches)
                ),
                _in(Activity.district_code, districts),
                *_COUNTS,
            )
            .group_by(Activity.district_code, Activity.kind, Activity.category)
        )
        count = len(stretches)
        return [
            ResultSum(code, kind, category, sums[:count], sums[count:])
            for code, kind, category, *sums in rows
        ]

    async def shifts_in_detail(
        self, days: Collection[date], district: str
    ) -> Sequence[WorkedShift]:
        """Return the shifts of a district that began on the days, or may reach into them."""
        reaching = {min(days) - timedelta(days=ago) for ago in range(1, _REACHES.days + 1)}
        stated_end = case((Shift.state == ShiftState.CLOSED, Shift.ended_at))
        rows = await self._session.execute(
            select(Assistant.service_number, Shift.local_date, Shift.started_at, stated_end)
            .join(Assistant, Assistant.person_id == Shift.person_id)
            # Each day is looked up by itself: a span would be read for all districts.
            .where(Shift.local_date.in_({*days, *reaching}), Shift.district_code == district)
        )
        return [WorkedShift._make(row) for row in rows]

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


def _stated_end(
    going_on: tuple[datetime, datetime] | None,
) -> SQLColumnExpression[datetime | None]:
    """Return when the time of a shift ends: never where nothing is credited."""
    ended = (Shift.state == ShiftState.CLOSED, Shift.ended_at)
    if going_on is None:
        return case(ended)
    after, until = going_on
    believed = and_(Shift.state == ShiftState.OPEN, Shift.started_at > _at(after))
    return case(ended, (believed, _at(until)))


def _touches(stretch: Stretch, ends: SQLColumnExpression[datetime | None]) -> ColumnElement[bool]:
    begins, over = _at(stretch.begins), _at(stretch.ends)
    return and_(Shift.started_at < over, ends > begins, ends > Shift.started_at)


def _within(
    stretch: Stretch, ends: SQLColumnExpression[datetime | None]
) -> SQLColumnExpression[int]:
    begins, over = _at(stretch.begins), _at(stretch.ends)
    return milliseconds_between(
        case((Shift.started_at < begins, begins), else_=Shift.started_at),
        case((ends > over, over), else_=ends),
    )


def _at(moment: datetime) -> SQLColumnExpression[datetime]:
    return literal(moment, Shift.started_at.type)


def _count_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, 1)))


def _sum_if(condition: ColumnElement[bool], value: SQLColumnExpression[int]) -> ColumnElement[int]:
    # PostgreSQL sums large numbers into decimals.
    return cast(func.sum(case((condition, value), else_=0)), BigInteger)
