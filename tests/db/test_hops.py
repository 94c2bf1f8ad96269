"""Each statement on SQLite is one hop to its thread, and none of them stands outside."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import closing
from pathlib import Path

import aiosqlite
import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from db.database import Database
from db.engine import create_engine
from db.models import MetaEntry
from tests.backends import migrate_now, sqlite_url

KEYS = sa.select(MetaEntry.key).where(MetaEntry.key.like("hop%")).order_by(MetaEntry.key)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    migrate_now(sqlite_url(tmp_path / "komekshi.db"))
    return tmp_path / "komekshi.db"


@pytest.fixture
async def database(path: Path) -> AsyncIterator[Database]:
    database = Database(create_engine(sqlite_url(path), busy_timeout_s=0.05))
    yield database
    await database.close()


@pytest.fixture
def hops(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Whatever goes to the thread of a connection."""
    gone: list[object] = []
    real: Callable[..., Awaitable[object]] = aiosqlite.Connection._execute

    async def noted(
        self: aiosqlite.Connection, work: object, *args: object, **by: object
    ) -> object:
        gone.append(work)
        return await real(self, work, *args, **by)

    monkeypatch.setattr(aiosqlite.Connection, "_execute", noted)
    return gone


async def test_a_statement_is_one_hop_and_the_end_of_the_transaction_one_more(
    database: Database, hops: list[object]
) -> None:
    await database.ping()  # opens the connection
    hops.clear()

    async with database.transaction() as uow:
        await uow.session.execute(sa.insert(MetaEntry).values(key="hop-1", value="x"))
        assert (await uow.session.scalars(KEYS)).all() == ["hop-1"]
        rows = [{"key": f"hop-{number}", "value": "x"} for number in range(2, 5)]
        await uow.session.execute(sa.insert(MetaEntry), rows)
    assert len(hops) == 4

    hops.clear()
    async with database.reading() as uow:
        assert len((await uow.session.scalars(KEYS)).all()) == 4
    assert len(hops) == 2


async def test_a_transaction_that_asks_nothing_goes_nowhere(
    database: Database, hops: list[object]
) -> None:
    await database.ping()
    hops.clear()

    async with database.transaction():
        pass
    async with database.engine.connect() as connection, connection.begin():
        pass

    assert hops == []


async def test_what_could_not_begin_writes_nothing_however_often_it_is_tried(
    database: Database, path: Path
) -> None:
    insert = sa.insert(MetaEntry).values(key="hop-1", value="x")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        async with database.engine.connect() as connection:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(OperationalError, match="locked"):
                await connection.execute(insert)
            other.execute("ROLLBACK")
            await connection.execute(insert)  # begins now, and is not committed
        async with database.reading() as uow:
            assert (await uow.session.scalars(KEYS)).all() == []


async def test_whoever_is_cancelled_between_two_statements_leaves_nothing_open(
    database: Database, path: Path
) -> None:
    begun = asyncio.Event()

    async def cut_off() -> None:
        async with database.transaction() as uow:
            await uow.session.execute(sa.insert(MetaEntry).values(key="hop-1", value="x"))
            begun.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(cut_off())
    await begun.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    with closing(sqlite3.connect(path, timeout=0)) as other:
        other.execute("INSERT INTO meta VALUES ('hop-2', 'x')")
        other.commit()
    async with database.reading() as uow:
        assert (await uow.session.scalars(KEYS)).all() == ["hop-2"]


@pytest.mark.parametrize("pause_s", [0.0, 0.0005, 0.002, 0.01])
async def test_whoever_is_cancelled_in_the_middle_of_a_hop_leaves_nothing_open(
    database: Database, path: Path, pause_s: float
) -> None:
    async def cut_off() -> None:
        async with database.transaction() as uow:
            for number in range(1_000):
                await uow.session.execute(
                    sa.insert(MetaEntry).values(key=f"hop-{number}", value="x")
                )

    task = asyncio.create_task(cut_off())
    await asyncio.sleep(pause_s)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    async with database.transaction() as uow:
        await uow.session.execute(sa.insert(MetaEntry).values(key="hop-last", value="x"))
    with closing(sqlite3.connect(path)) as other:
        found = other.execute("SELECT key FROM meta WHERE key LIKE 'hop%'").fetchall()
    assert found == [("hop-last",)]
