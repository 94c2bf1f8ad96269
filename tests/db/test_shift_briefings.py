"""No valid briefing, no shift: what the database itself refuses."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from db.database import Database
from db.models.briefings import AttemptState, BriefingPass, BriefingVersion, QuizAttempt
from db.models.districts import District
from db.models.people import Person
from db.models.shifts import Place, Shift, ShiftState

SIGNED = datetime(2026, 3, 9, 10, 0, 0, 500_000, tzinfo=UTC)
VALID_UNTIL = SIGNED + timedelta(days=365)
SECOND = timedelta(seconds=1)


async def brief(database: Database) -> None:
    async with database.transaction() as uow:
        uow.session.add(District(code="rudny", position=0, names={}))
        uow.session.add(BriefingVersion(version="1", sha256="0" * 64, published_at=SIGNED))
        uow.session.add(Person(id=1, telegram_id=1, created_at=SIGNED))
        await uow.session.flush()
        attempt = await uow.briefings.add_attempt(
            QuizAttempt(
                person_id=1,
                version="1",
                state=AttemptState.PASSED,
                questions=[],
                answers=[],
                score=0,
                started_at=SIGNED,
                finished_at=SIGNED,
            )
        )
        await uow.passes.add(
            BriefingPass(
                person_id=1,
                version="1",
                attempt_id=attempt.id,
                language="kk",
                undertaking_sha256="0" * 64,
                score=0,
                questions_count=0,
                signed_at=SIGNED,
                valid_until=VALID_UNTIL,
            )
        )


async def work(database: Database, started_at: datetime) -> int:
    async with database.transaction() as uow:
        shift = Shift(
            person_id=1,
            district_code="rudny",
            briefing_pass_id=1,
            briefing_valid_until=VALID_UNTIL,
            state=ShiftState.CLOSED,
            local_date=started_at.date(),
            started_at=started_at,
            ended_at=started_at + SECOND,
            start_place=Place.NONE,
            close_at=started_at + SECOND,
        )
        return (await uow.shifts.add(shift)).id


async def move(database: Database, shift_id: int, started_at: datetime) -> None:
    async with database.transaction() as uow:
        shift = await uow.shifts.lock(shift_id)
        assert shift is not None
        shift.started_at = started_at


async def test_a_shift_lies_between_the_signature_and_the_end_of_its_briefing(
    database: Database,
) -> None:
    await brief(database)
    for refused in (SIGNED - timedelta(days=200), SIGNED - SECOND, VALID_UNTIL):
        with pytest.raises(IntegrityError):
            await work(database, refused)

    shift_id = await work(database, SIGNED)
    await work(database, VALID_UNTIL - SECOND)
    with pytest.raises(IntegrityError):
        await move(database, shift_id, SIGNED - SECOND)
