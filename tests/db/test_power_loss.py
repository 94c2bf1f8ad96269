"""What the power, a full disk and a long reader may do to a file of SQLite."""

import shutil
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from db.database import Database
from db.engine import create_engine
from db.faults import is_passing
from db.upkeep import compact
from tests.backends import migrate_now, sqlite_url

PAGE = 4096


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "komekshi.db"
    migrate_now(sqlite_url(path))
    return path


@pytest.fixture
async def database(file: Path) -> AsyncIterator[Database]:
    database = Database(create_engine(sqlite_url(file)))
    yield database
    await database.close()


async def put(database: Database, key: str, value: str = "") -> None:
    async with database.transaction() as uow:
        await uow.meta.put(key, value)


async def put_many(database: Database, count: int) -> None:
    async with database.transaction() as uow:
        for number in range(count):
            await uow.meta.put(f"half-{number}", "x" * PAGE)


def log_size(file: Path) -> int:
    return Path(f"{file}-wal").stat().st_size


def pages_of(file: Path) -> int:
    return file.stat().st_size // PAGE


def as_on_disk(file: Path, folder: Path, *, cut: int = 0, torn: bytes = b"") -> Path:
    """Copy the file and its log as a machine without power finds them, the log's end damaged."""
    folder.mkdir()
    copy = Path(shutil.copy(file, folder))
    log = Path(f"{file}-wal").read_bytes()
    Path(f"{copy}-wal").write_bytes(log[: len(log) - cut] + torn)
    return copy


def kept(file: Path) -> set[str]:
    with sqlite3.connect(file) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        keys = {key for (key,) in connection.execute("SELECT key FROM meta")}
    connection.close()
    return keys


async def test_b5_what_was_committed_is_there_after_the_power_was_lost(
    database: Database, file: Path, tmp_path: Path
) -> None:
    for number in range(5):
        await put(database, f"told-{number}")
    synced = log_size(file)
    told = {f"told-{number}" for number in range(5)}
    async with database.transaction() as uow:
        await uow.meta.put("untold", "x" * 4_000_000)
        grown = log_size(file) - synced
        assert grown > 0  # more than fits into memory is in the log before its commit
        for number, cut in enumerate((0, 1, grown // 2, grown)):
            copy = as_on_disk(file, tmp_path / str(number), cut=cut, torn=b"\xff" * 700)
            assert told <= kept(copy)
            assert "untold" not in kept(copy)

    async with database.engine.connect() as connection:
        # FULL: the log is on the disk before a commit returns.
        assert await connection.scalar(sa.text("PRAGMA synchronous")) == 2


async def test_b5_a_commit_cut_in_two_is_undone_whole(
    database: Database, file: Path, tmp_path: Path
) -> None:
    await put(database, "first")
    before = log_size(file)
    async with database.transaction() as uow:
        for number in range(40):
            await uow.meta.put(f"second-{number}", "x" * 500)
    grown = log_size(file) - before

    for number, share in enumerate((0.1, 0.5, 0.9)):
        copy = as_on_disk(file, tmp_path / str(number), cut=int(grown * share))
        assert {key for key in kept(copy) if "-" in key} == set()
        assert "first" in kept(copy)


async def test_b9_a_long_reader_holds_nobody_up_and_the_log_is_bounded(
    database: Database, file: Path
) -> None:
    async with database.reading() as uow:
        assert await uow.meta.find("written-0") is None
        for number in range(60):
            await put(database, f"written-{number}", "x" * PAGE)
        assert await uow.meta.find("written-0") is None  # still the moment it began with
    for number in range(60):
        await put(database, f"written-{number}", "y" * PAGE)

    # SQLite begins the log anew once it has a thousand pages and nobody reads the old ones.
    assert log_size(file) < 2_000 * PAGE
    await compact(database.engine)
    assert log_size(file) == 0


async def test_a_full_disk_undoes_the_whole_and_passes(database: Database, file: Path) -> None:
    await put(database, "before")
    pages = pages_of(file)

    def fill_up(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA max_page_count = {pages + 4}")
        cursor.close()

    await database.close()
    sa.event.listen(database.engine.sync_engine, "connect", fill_up)
    with pytest.raises(OperationalError, match="full") as refused:
        await put_many(database, 40)
    assert is_passing(refused.value)
    sa.event.remove(database.engine.sync_engine, "connect", fill_up)
    await database.close()

    assert {key for key in kept(file) if key.startswith(("half", "before"))} == {"before"}
    await put(database, "after")
    assert "after" in kept(file)
