"""What an assistant sees of their own work: today, this month and the last."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.services.activity_cards import EntryLine, line_of
from bot.services.clock import Clock
from bot.services.roster_cards import Planned, planned_of
from bot.services.shift_times import local_date, split_at_midnight
from db.database import Database, UnitOfWork
from db.models.activities import VOID, ActivityState
from db.models.shifts import Shift, ShiftState
from db.repositories.activities import ActivitySum


@dataclass(frozen=True, slots=True)
class KindSum:
    """Entries of one kind that count, and the people they reached."""

    entries: int
    people_reached: int


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """A month of one person, in days of the region's zone.

    Attributes:
        first: the first day of the month.
        shifts: those that began in it.
        unconfirmed: those of them that have no stated end, and so credit no time.
        worked: the time of stated shifts that lies in the month.
        by_day: the same for each day that has any.
        by_kind: entries that count, by the kind's code.
        by_state: every entry, by where it stands.
    """

    first: date
    shifts: int
    unconfirmed: int
    worked: timedelta
    by_day: Mapping[date, timedelta]
    by_kind: Mapping[str, KindSum]
    by_state: Mapping[ActivityState, int]

    @property
    def entries(self) -> int:
        """Entries that count: neither withdrawn nor rejected."""
        return sum(each.entries for each in self.by_kind.values())

    @property
    def people_reached(self) -> int:
        """The people reached by them."""
        return sum(each.people_reached for each in self.by_kind.values())


@dataclass(frozen=True, slots=True)
class DayShift:
    """The shift of today; moments are UTC."""

    id: int
    state: ShiftState
    started_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class MyDay:
    """Today, this month and the last.

    Attributes:
        today: by the region's clock.
        shift: the one going on, or the last that touched today.
        entries: of that shift, in order of time.
        returned: how many entries wait for the person to mend them.
        waiting: ids of attachments that belong to no entry yet, the oldest first.
        duties: planned and not over, in order of time.
        certificates: how many the person has been given.
    """

    today: date
    shift: DayShift | None
    entries: Sequence[EntryLine]
    this_month: MonthFigures
    last_month: MonthFigures
    returned: int
    waiting: Sequence[int]
    duties: Sequence[Planned]
    certificates: int


class MyDayService:
    """Sums up a person's own shifts and entries; changes nothing."""

    def __init__(self, db: Database, clock: Clock, zone: ZoneInfo) -> None:
        self._db = db
        self._clock = clock
        self._zone = zone

    async def look(self, person_id: int) -> MyDay:
        """Return the person's day and months."""
        now = self._clock()
        today = local_date(now, self._zone)
        first = today.replace(day=1)
        async with self._db.reading() as uow:
            latest = await uow.shifts.find_latest(person_id)
            shift = latest if latest is not None and self._touches(latest, today) else None
            rows = await uow.activities.list_of_shift(shift.id) if shift is not None else []
            return MyDay(
                today=today,
                shift=None
                if shift is None
                else DayShift(shift.id, shift.state, shift.started_at, shift.ended_at),
                entries=[line_of(row) for row in rows],
                this_month=await self._month(uow, person_id, first),
                last_month=await self._month(uow, person_id, _month_before(first)),
                returned=await uow.activities.count_in_state(person_id, ActivityState.HAS_ISSUES),
                waiting=[each.id for each in await uow.attachments.list_waiting(person_id)],
                duties=[
                    planned_of(each)
                    for each in await uow.assignments.list_coming_of(person_id, now)
                ],
                certificates=await uow.certificates.count_of_person(person_id),
            )

    async def month(self, person_id: int, day: date) -> MonthFigures:
        """Return the figures of the month the day lies in."""
        async with self._db.reading() as uow:
            return await self._month(uow, person_id, day.replace(day=1))

    def _touches(self, shift: Shift, today: date) -> bool:
        return shift.ended_at is None or local_date(shift.ended_at, self._zone) >= today

    async def _month(self, uow: UnitOfWork, person_id: int, first: date) -> MonthFigures:
        after = _month_after(first)
        since, until = self._midnight(first), self._midnight(after)
        shifts = await uow.shifts.list_between(person_id, since, until)
        begun = [shift for shift in shifts if first <= shift.local_date < after]
        by_day = self._days(shifts, first, after)
        sums = await uow.activities.sums(person_id, since, until)
        return MonthFigures(
            first=first,
            shifts=len(begun),
            unconfirmed=sum(shift.state is ShiftState.UNCONFIRMED for shift in begun),
            worked=sum(by_day.values(), timedelta()),
            by_day=by_day,
            by_kind=_by_kind(sums),
            by_state=_by_state(sums),
        )

    def _days(self, shifts: Iterable[Shift], first: date, after: date) -> dict[date, timedelta]:
        days: defaultdict[date, timedelta] = defaultdict(timedelta)
        for shift in shifts:
            if shift.state is not ShiftState.CLOSED or shift.ended_at is None:
                continue
            for day, length in split_at_midnight(shift.started_at, shift.ended_at, self._zone):
                if first <= day < after:
                    days[day] += length
        return dict(days)

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self._zone).astimezone(UTC)


def _by_kind(sums: Iterable[ActivitySum]) -> dict[str, KindSum]:
    kinds: dict[str, KindSum] = {}
    for each in sums:
        if each.state in VOID:
            continue
        known = kinds.get(each.kind, KindSum(0, 0))
        kinds[each.kind] = KindSum(
            known.entries + each.entries, known.people_reached + each.people_reached
        )
    return kinds


def _by_state(sums: Iterable[ActivitySum]) -> dict[ActivityState, int]:
    states: defaultdict[ActivityState, int] = defaultdict(int)
    for each in sums:
        states[each.state] += each.entries
    return dict(states)


def _month_after(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _month_before(first: date) -> date:
    return (first - timedelta(days=1)).replace(day=1)
