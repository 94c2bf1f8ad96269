"""Many writers at once: nobody's change is lost, and nobody is told that a database is locked."""

import asyncio
import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.exc import IntegrityError

from db.database import Database
from db.engine import constraint_of
from db.models import MetaEntry

NOW = datetime(2026, 3, 1, 7, tzinfo=UTC)


async def open_once(database: Database, chat: str) -> bool:
    """Open what may be open once only: look, wait as handlers do, then insert."""
    try:
        async with database.transaction() as uow:
            if await uow.meta.find(chat) is not None:
                return False
            await asyncio.sleep(0.02)
            uow.session.add(MetaEntry(key=chat, value="open"))
    except IntegrityError as error:
        if constraint_of(error) != "pk_meta":
            raise
        return False
    return True


@pytest.mark.parametrize("taps", [8, 50])
async def test_b1_of_many_simultaneous_taps_one_opens(database: Database, taps: int) -> None:
    opened = await asyncio.gather(*(open_once(database, "shift") for _ in range(taps)))
    assert sorted(opened) == [False] * (taps - 1) + [True]


async def increment(database: Database) -> None:
    async with database.transaction() as uow:
        entry = await uow.session.scalar(
            sa.select(MetaEntry).where(MetaEntry.key == "count").with_for_update()
        )
        assert entry is not None
        entry.value = str(int(entry.value) + 1)


@pytest.mark.parametrize("writers", [8, 50])
async def test_b2_readers_that_turn_writers_lose_no_change(
    database: Database, writers: int
) -> None:
    async with database.transaction() as uow:
        await uow.meta.put("count", "0")
    await asyncio.gather(*(increment(database) for _ in range(writers)))
    async with database.reading() as uow:
        assert await uow.meta.find("count") == str(writers)


async def test_b2_readers_are_served_while_a_writer_works(database: Database) -> None:
    async with database.transaction() as writer:
        await writer.meta.put("count", "1")
        for _ in range(20):
            async with database.reading() as reader:
                assert await reader.meta.find("count") is None


async def test_b2_two_processes_lose_no_change(database: Database, database_url: str) -> None:
    async with database.transaction() as uow:
        await uow.meta.put("count", "0")
    program = (
        "import asyncio, runpy, sys\n"
        "from db.database import Database\n"
        "from db.engine import create_engine\n"
        "increment = runpy.run_path(sys.argv[1])['increment']\n"
        "async def main():\n"
        "    database = Database(create_engine(sys.argv[2], busy_timeout_s=30))\n"
        "    await asyncio.gather(*(increment(database) for _ in range(100)))\n"
        "    await database.close()\n"
        "asyncio.run(main())\n"
    )
    writers = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", program, __file__, database_url)
        for _ in range(2)
    ]
    assert [await writer.wait() for writer in writers] == [0, 0]
    async with database.reading() as uow:
        assert await uow.meta.find("count") == "200"


async def fill_outbox(database: Database, count: int) -> None:
    async with database.transaction() as uow:
        for number in range(count):
            uow.outbox.add(person_id=number, kind="digest", now=NOW + timedelta(seconds=number))


async def test_two_takers_of_the_outbox_never_share_a_row(
    database: Database, other_database: Database
) -> None:
    await fill_outbox(database, 40)
    later = NOW + timedelta(minutes=1)

    async def take(source: Database) -> list[int]:
        taken: list[int] = []
        while True:
            async with source.transaction() as uow:
                rows = await uow.outbox.take_due(3, later, lease=timedelta(minutes=2))
                await asyncio.sleep(0.001)
                taken += [row.id for row in rows]
            if not rows:
                return taken

    first, second = await asyncio.gather(take(database), take(other_database))
    assert len(first) + len(second) == 40
    assert len({*first, *second}) == 40


async def test_a_reader_cut_off_while_it_is_let_in_gives_its_connection_back(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL is asked over the network how a transaction is to be read."""

    def cut_off(*_: object) -> None:
        raise asyncio.CancelledError

    with monkeypatch.context() as trouble:
        trouble.setattr(PGDialect_psycopg, "set_isolation_level", cut_off)
        with suppress(asyncio.CancelledError):
            async with database.reading() as uow:
                await uow.session.execute(sa.text("SELECT 1"))

    assert database.pool()[0] == 0
