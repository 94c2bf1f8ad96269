"""Days that digests tell of: shifts and results as they would stand, without the taps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.services.shift_times import local_date
from db.database import UnitOfWork
from db.models.activities import Activity, ActivityState
from db.models.base import Base
from db.models.briefings import AttemptState, BriefingPass, QuizAttempt
from db.models.digests import Digest
from db.models.outbox import OutboxMessage
from db.models.people import Application, ApplicationState, Assistant, AssistantStatus, Person
from db.models.shifts import Place, Shift, ShiftState
from tests.phone import Phone
from tests.town import Town

_HERE = "kostanay"
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
        async with self.town.database.transaction() as uow:
            passed = await uow.session.scalar(
                select(BriefingPass).where(BriefingPass.person_id == person_id)
            )
            assistant = await uow.session.get(Assistant, person_id)
            assert passed is not None
            assert assistant is not None
            passed.signed_at = min(passed.signed_at, started_at)
            await uow.session.flush()
            shift = self._shift(passed, assistant.district_code, started_at, hours)
            shift.start_place = place
            if hours is not None:
                shift.state = state
            return (await uow.shifts.add(shift)).id

    async def crowd(self, names: Sequence[str], *, applicants: int) -> None:
        """Write assistants of Kostanay on duty, each with a forgotten shift, and applications."""
        now = self.town.clock()
        until = now + timedelta(days=300)
        version = self.town.house.content.current_briefing.version
        async with self.town.database.transaction() as uow:
            people = [Person(full_name=name, created_at=now) for name in names]
            waiting = [Person(created_at=now) for _ in range(applicants)]
            await _insert(uow, [*people, *waiting])
            attempts = [
                QuizAttempt(
                    person_id=each.id,
                    version=version,
                    state=AttemptState.PASSED,
                    questions=[],
                    answers=[],
                    started_at=now,
                    finished_at=now,
                )
                for each in people
            ]
            await _insert(uow, attempts)
            passes = [
                BriefingPass(
                    person_id=each.person_id,
                    version=version,
                    attempt_id=each.id,
                    language="kk",
                    undertaking_sha256="0" * 64,
                    score=0,
                    questions_count=0,
                    signed_at=now - timedelta(days=2),
                    valid_until=until,
                )
                for each in attempts
            ]
            standings = [
                Assistant(
                    person_id=each.id,
                    service_number=f"39-{each.id}",
                    district_code=_HERE,
                    status=AssistantStatus.ACTIVE,
                    status_at=now,
                )
                for each in people
            ]
            await _insert(uow, [*passes, *standings])
            forgotten = [self._shift(each, _HERE, now - timedelta(days=1), 12) for each in passes]
            for each in forgotten:
                each.state = ShiftState.UNCONFIRMED
            on_duty = [
                self._shift(each, _HERE, now + timedelta(seconds=number), None)
                for number, each in enumerate(passes)
            ]
            pending = [
                Application(
                    person_id=each.id,
                    district_code=_HERE,
                    state=ApplicationState.PENDING,
                    created_at=now,
                    submitted_at=now,
                )
                for each in waiting
            ]
            await _insert(uow, [*forgotten, *on_duty, *pending])

    def _shift(
        self, passed: BriefingPass, district: str, started_at: datetime, hours: float | None
    ) -> Shift:
        return Shift(
            person_id=passed.person_id,
            district_code=district,
            briefing_pass_id=passed.id,
            briefing_valid_until=passed.valid_until,
            state=ShiftState.OPEN if hours is None else ShiftState.CLOSED,
            local_date=local_date(started_at, self.zone),
            started_at=started_at,
            ended_at=None if hours is None else started_at + timedelta(hours=hours),
            start_place=Place.INSIDE,
            close_at=started_at + timedelta(hours=12),
        )

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


async def _insert(uow: UnitOfWork, rows: Sequence[Base]) -> None:
    uow.session.add_all(rows)
    await uow.session.flush()
