"""Shifts: one statement per method."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select, true, union_all, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models.activities import Activity
from db.models.base import table_of
from db.models.people import Person
from db.models.shifts import Shift, ShiftState, TrackPoint


class ShiftsRepository:
    """Queries over ``shifts``."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, shift: Shift) -> Shift:
        """Insert the shift and return it with its id; the person has no open one."""
        self._session.add(shift)
        await self._session.flush()
        return shift

    async def lock(self, shift_id: int) -> Shift | None:
        """Return the shift, locked until the transaction ends."""
        return await self._session.scalar(
            select(Shift)
            .where(Shift.id == shift_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )

    async def note_card(self, shift_id: int, message_id: int) -> None:
        """Keep which message is the shift's card."""
        await self._session.execute(_NOTE_CARD, {"which": shift_id, "message_id": message_id})

    async def lock_open(self, person_id: int) -> Shift | None:
        """Return the person's open shift, locked until the transaction ends."""
        return await self._session.scalar(
            select(Shift)
            .where(Shift.person_id == person_id, Shift.ended_at.is_(None))
            .with_for_update()
        )

    async def lock_in(
        self, ids: Collection[int], state: ShiftState, districts: Collection[str] | None
    ) -> Sequence[Shift]:
        """Return those of the shifts that are in the state, locked in one order."""
        return (
            await self._session.scalars(
                select(Shift)
                .where(Shift.id.in_(ids), Shift.state == state, _in(districts))
                .order_by(Shift.id)
                .with_for_update()
            )
        ).all()

    async def find(self, shift_id: int) -> Shift | None:
        """Return the shift."""
        return await self._session.get(Shift, shift_id)

    async def find_with_person(self, shift_id: int) -> tuple[Shift, Person] | None:
        """Return the shift and whose it is."""
        row = (await self._session.execute(_WITH_PERSON, {"which": shift_id})).one_or_none()
        return None if row is None else (row[0], row[1])

    async def find_latest(self, person_id: int) -> Shift | None:
        """Return the person's shift that began last."""
        return await self._session.scalar(_LATEST, {"which": person_id})

    async def find_overlapping(
        self, person_id: int, started_at: datetime, ended_at: datetime, *, but: int
    ) -> Shift | None:
        """Return another shift of the person that shares time with the interval.

        One without a stated end counts by its start only: nobody knows how long it was.
        """
        inside = and_(Shift.started_at >= started_at, Shift.started_at < ended_at)
        around = and_(
            Shift.started_at < ended_at,
            Shift.ended_at > started_at,
            Shift.state == ShiftState.CLOSED,
        )
        before = and_(Shift.state == ShiftState.OPEN, Shift.started_at < ended_at)
        return await self._session.scalar(
            select(Shift)
            .where(Shift.person_id == person_id, Shift.id != but, or_(inside, around, before))
            .limit(1)
        )

    async def list_in(
        self,
        state: ShiftState,
        districts: Collection[str] | None,
        *,
        offset: int,
        limit: int,
    ) -> Sequence[tuple[Shift, Person]]:
        """Return the shifts in the state, oldest first; ``None`` means all districts."""
        return await self._page(Shift.state == state, districts, offset=offset, limit=limit)

    async def list_with_people(
        self, ids: Collection[int], state: ShiftState, districts: Collection[str] | None
    ) -> Sequence[tuple[Shift, Person]]:
        """Return those of the shifts that are in the state, oldest first."""
        rows = await self._session.execute(
            select(Shift, Person)
            .join(Person, Person.id == Shift.person_id)
            .where(Shift.id.in_(ids), Shift.state == state, _in(districts))
            .order_by(Shift.started_at, Shift.id)
        )
        return [(row[0], row[1]) for row in rows]

    async def list_unconfirmed_ids(self, districts: Collection[str] | None) -> Sequence[int]:
        """Return the ids of all shifts without a stated end; ``None`` means all districts."""
        return (
            await self._session.scalars(
                select(Shift.id)
                .where(Shift.state == ShiftState.UNCONFIRMED, _in(districts))
                .order_by(Shift.id)
            )
        ).all()

    async def list_of_day(
        self,
        day: date,
        districts: Collection[str] | None,
        *,
        offset: int,
        limit: int,
    ) -> Sequence[tuple[Shift, Person]]:
        """Return the shifts that began on the local day, in order of time."""
        return await self._page(Shift.local_date == day, districts, offset=offset, limit=limit)

    async def _page(
        self,
        which: ColumnElement[bool],
        districts: Collection[str] | None,
        *,
        offset: int,
        limit: int,
    ) -> Sequence[tuple[Shift, Person]]:
        rows = await self._session.execute(
            select(Shift, Person)
            .join(Person, Person.id == Shift.person_id)
            .where(which, _in(districts))
            .order_by(Shift.started_at, Shift.id)
            .offset(offset)
            .limit(limit)
        )
        return [(row[0], row[1]) for row in rows]

    async def count_of_day(self, day: date, districts: Collection[str] | None) -> int:
        """Count the shifts that began on the local day."""
        return (
            await self._session.scalar(
                select(func.count()).where(Shift.local_date == day, _in(districts))
            )
            or 0
        )

    async def list_closed_ids(
        self, day: date, districts: Collection[str] | None, *, but_person: int
    ) -> Sequence[int]:
        """Return the ids of the day's shifts that have a stated end, in order of time."""
        return (
            await self._session.scalars(
                select(Shift.id)
                .where(
                    Shift.local_date == day,
                    _in(districts),
                    Shift.state == ShiftState.CLOSED,
                    Shift.person_id != but_person,
                )
                .order_by(Shift.started_at, Shift.id)
            )
        ).all()

    async def list_people(self, ids: Collection[int]) -> Sequence[int]:
        """Return whose the shifts are, each person once, in one order."""
        return (
            await self._session.scalars(
                select(Shift.person_id)
                .where(Shift.id.in_(ids))
                .distinct()
                .order_by(Shift.person_id)
            )
        ).all()

    async def list_of_person(
        self, person_id: int, districts: Collection[str] | None, *, offset: int, limit: int
    ) -> Sequence[tuple[Shift, Person]]:
        """Return the person's shifts, the latest first; ``None`` means in all districts."""
        rows = await self._session.execute(
            select(Shift, Person)
            .join(Person, Person.id == Shift.person_id)
            .where(Shift.person_id == person_id, _in(districts))
            .order_by(Shift.started_at.desc(), Shift.id.desc())
            .offset(offset)
            .limit(limit)
        )
        return [(row[0], row[1]) for row in rows]

    async def list_between(
        self, person_id: int, since: datetime, until: datetime
    ) -> Sequence[Shift]:
        """Return the person's shifts that share time with the interval, in order of time."""
        return (
            await self._session.scalars(
                select(Shift)
                .where(
                    Shift.person_id == person_id,
                    Shift.started_at < until,
                    or_(Shift.ended_at.is_(None), Shift.ended_at >= since),
                )
                .order_by(Shift.started_at, Shift.id)
            )
        ).all()

    async def count_of_person(self, person_id: int, districts: Collection[str] | None) -> int:
        """Count the person's shifts; ``None`` means in all districts."""
        return (
            await self._session.scalar(
                select(func.count()).where(Shift.person_id == person_id, _in(districts))
            )
            or 0
        )

    async def count(self, state: ShiftState, districts: Collection[str] | None) -> int:
        """Count the shifts in the state; ``None`` means all districts."""
        return (
            await self._session.scalar(
                select(func.count()).where(Shift.state == state, _in(districts))
            )
            or 0
        )

    async def list_to_ask(self, now: datetime) -> Sequence[int]:
        """Return ids of open shifts whose person is to be asked."""
        return (
            await self._session.scalars(
                select(Shift.id)
                .where(Shift.state == ShiftState.OPEN, Shift.ask_at <= now)
                .order_by(Shift.id)
            )
        ).all()

    async def list_to_close(self, now: datetime) -> Sequence[tuple[int, str]]:
        """Return ids and districts of open shifts asked about without an answer for too long."""
        rows = await self._session.execute(
            select(Shift.id, Shift.district_code).where(*_to_close(now)).order_by(Shift.id)
        )
        return [(row[0], row[1]) for row in rows]

    async def lock_to_close(self, ids: Collection[int], now: datetime) -> Sequence[Shift]:
        """Return those of the shifts that are still to be closed, locked in one order."""
        return (
            await self._session.scalars(
                select(Shift)
                .where(Shift.id.in_(ids), *_to_close(now))
                .order_by(Shift.id)
                .with_for_update()
            )
        ).all()

    async def last_sign(self, shift: Shift) -> datetime | None:
        """Return the last moment at which an entry or the track shows the person at work."""
        last: datetime | None = await self._session.scalar(_LAST_SIGN, {"which": shift.id})
        return last

    async def forget_places(self, before: datetime) -> None:
        """Delete where the shifts that ended before the moment began and ended."""
        await self._session.execute(
            update(Shift)
            .where(
                Shift.ended_at < before,
                or_(Shift.start_lat.is_not(None), Shift.end_lat.is_not(None)),
            )
            .values(
                start_lat=None,
                start_lon=None,
                start_accuracy_m=None,
                end_lat=None,
                end_lon=None,
                end_accuracy_m=None,
            )
        )


def _to_close(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return Shift.state == ShiftState.OPEN, Shift.ask_at.is_(None), Shift.close_at <= now


def _in(districts: Collection[str] | None) -> ColumnElement[bool]:
    return true() if districts is None else Shift.district_code.in_(districts)


_SHIFTS = table_of(Shift)
_SIGNS = union_all(
    select(func.max(Activity.ends_at).label("at")).where(Activity.shift_id == bindparam("which")),
    select(func.max(TrackPoint.at)).where(TrackPoint.shift_id == bindparam("which")),
).subquery()
# Asked at every turn: to build a statement costs more than to execute it.
_LAST_SIGN = select(func.max(_SIGNS.c.at))
_LATEST = (
    select(Shift)
    .where(Shift.person_id == bindparam("which"))
    .order_by(Shift.started_at.desc(), Shift.id.desc())
    .limit(1)
)
_WITH_PERSON = (
    select(Shift, Person)
    .join(Person, Person.id == Shift.person_id)
    .where(Shift.id == bindparam("which"))
)
_NOTE_CARD = (
    update(_SHIFTS)
    .where(_SHIFTS.c.id == bindparam("which"))
    .values(card_message_id=bindparam("message_id"))
)
