"""Invented histories in a real database: it takes every row, and works on as if they had grown."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.pack import briefing_rules, certificate_rules, served_districts
from bot.sample import ledger, seeding
from bot.sample.cast import Sizes
from bot.services import audit
from bot.services.applications import NUMBER_SERIES
from bot.services.briefing import BriefingService
from bot.services.certificate_issuing import CertificateIssuer
from bot.services.service_number import format_number
from bot.services.territory import TerritoryService
from db.database import Database
from db.models import Activity, Assistant, AuditRecord, Base, Certificate, Person, PersonKey, Shift
from db.models.shifts import ShiftState
from tests.samples import rows_of, seed
from tests.town import CERTIFICATE_SEED, shipped_content

NOW = datetime(2026, 3, 9, 10, tzinfo=UTC)
SIZES = Sizes.of(40, 200, 40)


@pytest.fixture
async def region(database: Database) -> Database:
    """A database that knows the districts and the briefing of the shipped pack."""
    content = shipped_content()
    await TerritoryService(database, lambda: NOW).sync(served_districts(content))
    rules = briefing_rules(content.current_briefing)
    await BriefingService(database, lambda: NOW, rules).publish([rules])
    return database


async def counts(database: Database) -> dict[str, int]:
    async with database.reading() as uow:
        return {
            table.name: await uow.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


async def indexes(database: Database) -> set[tuple[str, str | None]]:
    async with database.engine.connect() as connection:
        return await connection.run_sync(
            lambda sync: {
                (table, index["name"])
                for table in sa.inspect(sync).get_table_names()
                for index in sa.inspect(sync).get_indexes(table)
            }
        )


async def test_what_was_made_is_what_stands_there(region: Database) -> None:
    before = await counts(region)
    seeded = await seed(region, SIZES, NOW)
    after = await counts(region)

    made = rows_of(SIZES, NOW)
    assert seeded.rows == {table.__tablename__: len(rows) for table, rows in made.items()}
    assert {name: after[name] - before[name] for name in seeded.rows} == seeded.rows
    async with region.reading() as uow:
        for row in made[Shift][:50]:
            stored = await uow.session.get_one(Shift, row["id"])
            assert {name: getattr(stored, name) for name in row} == row
        for row in made[Activity][:50]:
            entry = await uow.session.get_one(Activity, row["id"])
            assert {name: getattr(entry, name) for name in row} == row


async def test_the_journal_tells_it_once_and_stays_whole(region: Database) -> None:
    before = (await audit.verify(region)).count
    seeded = await seed(region, SIZES, NOW)

    report = await audit.verify(region)
    assert report.problem is None
    # Of the signing key and of the history; nothing of any person.
    assert report.count == before + 2
    async with region.reading() as uow:
        record = await uow.session.get_one(AuditRecord, report.count)
        assert (record.action, record.actor_id) == ("sample.seeded", None)
        assert record.after == {"days": SIZES.days, "rows": seeded.rows}
        assert await uow.session.scalar(sa.select(sa.func.count()).select_from(PersonKey)) == 0


async def test_many_rows_come_in_batches_and_find_their_indexes_again(
    region: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seeding, "_MANY", 100)
    monkeypatch.setattr(ledger, "_FULL", 150)
    before = await indexes(region)

    told: list[int] = []
    seeded = await seed(region, SIZES, NOW, progress=told.append)

    assert await indexes(region) == before
    assert len(told) > 3
    assert told == sorted(told)
    assert seeded.rows == {
        name.__tablename__: len(rows) for name, rows in rows_of(SIZES, NOW).items()
    }


async def test_whoever_comes_next_gets_the_next_numbers(region: Database) -> None:
    await seed(region, SIZES, NOW)

    async with region.transaction() as uow:
        last = await uow.bulk.last_id(Person)
        newcomer = await uow.people.add(Person(telegram_id=5, created_at=NOW))
        assert newcomer.id == last + 1
        assert await uow.counters.next(NUMBER_SERIES) == SIZES.assistants + 1


async def test_a_second_history_stands_beside_the_first(region: Database) -> None:
    await seed(region, SIZES, NOW)
    await seed(region, SIZES, NOW)

    async with region.reading() as uow:
        numbers = set(await uow.session.scalars(sa.select(Assistant.service_number)))
        open_shifts = await uow.shifts.count(ShiftState.OPEN, None)
    assert numbers == {format_number("39", number) for number in range(1, 2 * SIZES.assistants + 1)}
    assert open_shifts
    assert (await audit.verify(region)).problem is None


async def test_a_history_that_breaks_off_leaves_nothing(
    region: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seeding, "_MANY", 100)
    monkeypatch.setattr(ledger, "_FULL", 150)
    before, known = await counts(region), await indexes(region)

    def stop(_done: int) -> None:
        raise KeyError("enough")

    with pytest.raises(KeyError, match="enough"):
        await seed(region, SIZES, NOW, progress=stop)

    assert (await counts(region), await indexes(region)) == (before, known)


async def test_a_key_signs_nothing_of_the_days_before_it(region: Database) -> None:
    content = shipped_content()
    first_day = NOW - timedelta(days=10)
    issuer = CertificateIssuer(
        content.region.zone,
        certificate_rules(content),
        CERTIFICATE_SEED,
        lambda _number, code: code,
    )
    async with region.transaction() as uow:
        await issuer.signing(uow, first_day)

    await seed(region, SIZES, NOW)

    async with region.reading() as uow:
        days = set(await uow.session.scalars(sa.select(Certificate.issued_on)))
    assert days
    assert min(days) >= first_day.date()
