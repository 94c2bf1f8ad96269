"""Days that digests tell of: shifts and results as they would stand, without the taps."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.services.shift_times import local_date
from db.models.activities import Activity, ActivityState
from db.models.briefings import BriefingPass
from db.models.digests import Digest
from db.models.outbox import OutboxMessage
from db.models.people import Assistant
from db.models.shifts import Place, Shift, ShiftState
from tests.phone import Phone
from tests.town import Town

_KEYS = count(1)


@dataclass(frozen=True)
class Days:
    """Writes what happened in a town."""

    town: Town

    async def shift(
        self,
        phone: Phone,
        started_at: datetime,
        *,
        hours: float | None = 2.0,
        state: ShiftState = ShiftState.CLOSED,
        place: Place = Place.INSIDE,
    ) -> int:
        """Write a shift of the assistant, who is briefed; without hours it is open."""
        person_id = (await self.town.me(phone)).person_id
        ended_at = None if hours is None else started_at + timedelta(hours=hours)
        async with self.town.database.transaction() as uow:
            passed = await uow.session.scalar(
                select(BriefingPass).where(BriefingPass.person_id == person_id)
            )
            assistant = await uow.session.get(Assistant, person_id)
            assert passed is not None
            assert assistant is not None
            passed.signed_at = min(passed.signed_at, started_at)
            await uow.session.flush()
            shift = Shift(
                person_id=person_id,
                district_code=assistant.district_code,
                briefing_pass_id=passed.id,
                briefing_valid_until=passed.valid_until,
                state=ShiftState.OPEN if ended_at is None else state,
                local_date=local_date(started_at, self.zone),
                started_at=started_at,
                ended_at=ended_at,
                start_place=place,
                close_at=started_at + timedelta(hours=12),
            )
            return (await uow.shifts.add(shift)).id

    async def result(
        self,
        phone: Phone,
        shift_id: int,
        at: datetime,
        kind: str = "patrol",
        *,
        people: int = 0,
        category: str | None = None,
        state: ActivityState = ActivityState.SUBMITTED,
        same_as: int | None = None,
    ) -> int:
        """Write a result of the shift."""
        person_id = (await self.town.me(phone)).person_id
        async with self.town.database.transaction() as uow:
            assistant = await uow.session.get(Assistant, person_id)
            assert assistant is not None
            entry = Activity(
                shift_id=shift_id,
                person_id=person_id,
                district_code=assistant.district_code,
                kind=kind,
                category=category,
                local_date=local_date(at, self.zone),
                begins_at=at,
                ends_at=at,
                people_reached=people,
                fields={},
                state=state,
                once_key=f"key-{next(_KEYS)}",
                same_as_id=same_as,
                created_at=at,
                updated_at=at,
            )
            return (await uow.activities.add(entry)).id

    async def digests(self) -> list[Digest]:
        """Return every digest there is, oldest first."""
        async with self.town.database.reading() as uow:
            return list(await uow.session.scalars(select(Digest).order_by(Digest.id)))

    async def notices(self) -> list[OutboxMessage]:
        """Return every notice that is a digest."""
        async with self.town.database.reading() as uow:
            found = select(OutboxMessage).where(OutboxMessage.kind == "digest")
            return list(await uow.session.scalars(found))

    async def run(self) -> None:
        """Let the timetable ask what is due, and the sender send it."""
        await self.town.house.services.digest_making.run_due()
        await self.town.settle()

    @property
    def zone(self) -> ZoneInfo:
        """The region's."""
        return self.town.house.content.region.zone
