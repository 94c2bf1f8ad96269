"""Migrations: every step both ways, and their end is what the models say."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from db import migrate
from db.engine import create_engine, for_reading
from db.errors import DatabaseTooNewError, DatabaseTooOldError, DatabaseUnavailableError
from db.models import Base
from db.revision import current, expected, known, require_current
from tests.backends import sqlite_url

REVISIONS = [
    script.revision for script in reversed(list(ScriptDirectory("db/migrations").walk_revisions()))
]


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(
        connection, opts={"compare_type": True, "compare_server_default": True}
    )
    return list(compare_metadata(context, Base.metadata))


def test_the_names_of_the_files_are_the_revisions_in_their_order() -> None:
    assert list(known()) == REVISIONS


async def test_each_revision_goes_up_down_and_up_again(empty_engine: AsyncEngine) -> None:
    below = "base"
    for revision in REVISIONS:
        await migrate.upgrade(empty_engine, revision)
        await migrate.downgrade(empty_engine, below)
        await migrate.upgrade(empty_engine, revision)
        assert await current(empty_engine) == revision
        below = revision
    await migrate.downgrade(empty_engine, "base")
    async with empty_engine.connect() as connection:
        tables = await connection.run_sync(lambda sync: sa.inspect(sync).get_table_names())
    assert set(tables) == {"alembic_version"}


async def test_migrations_end_at_the_models(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        await connection.execution_options(**for_reading(engine))
        assert await connection.run_sync(differences) == []


async def test_checks_in_the_database_are_those_of_the_models(engine: AsyncEngine) -> None:

    def names(connection: Connection) -> dict[str, set[object]]:
        inspector = sa.inspect(connection)
        return {
            table: {check["name"] for check in inspector.get_check_constraints(table)}
            for table in Base.metadata.tables
        }

    async with engine.connect() as connection:
        found = await connection.run_sync(names)
    wanted = {
        name: {str(c.name) for c in table.constraints if isinstance(c, sa.CheckConstraint)}
        for name, table in Base.metadata.tables.items()
    }
    assert found == wanted


async def test_an_upgrade_is_done_once_however_often_it_is_asked(engine: AsyncEngine) -> None:
    await migrate.upgrade(engine)
    await require_current(engine)
    assert await current(engine) == expected()


async def test_b11_a_newer_database_is_refused_and_named(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    for refused in (migrate.upgrade, require_current):
        with pytest.raises(DatabaseTooNewError, match=f"9999.*{expected()}"):
            await refused(engine)
    assert await current(engine) == "9999"


async def test_b11_an_older_database_is_refused_until_it_is_migrated(
    empty_engine: AsyncEngine,
) -> None:
    with pytest.raises(DatabaseTooOldError, match="revision none"):
        await require_current(empty_engine)
    await migrate.upgrade(empty_engine)
    await require_current(empty_engine)


async def test_two_processes_that_migrate_at_once_both_succeed(
    empty_database_url: str, empty_engine: AsyncEngine
) -> None:
    script = (
        "import asyncio, sys; from db import migrate; from db.engine import create_engine\n"
        "async def main():\n"
        "    engine = create_engine(sys.argv[1])\n"
        "    await migrate.upgrade(engine)\n"
        "    await engine.dispose()\n"
        "asyncio.run(main()); assert 'aiogram' not in sys.modules"
    )
    processes = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-W", "error", "-c", script, empty_database_url,
            stderr=subprocess.PIPE,
        )
        for _ in range(3)
    ]  # fmt: skip
    for process in processes:
        _, said = await process.communicate()
        assert process.returncode == 0, said.decode()
    await require_current(empty_engine)


async def test_orphans_stop_a_migration_of_sqlite_and_nothing_is_changed(tmp_path: Path) -> None:
    engine = create_engine(sqlite_url(tmp_path / "orphans.db"))
    await migrate.upgrade(engine)
    async with engine.begin() as connection:
        for statement in (
            "CREATE TABLE parent (id INTEGER PRIMARY KEY)",
            "CREATE TABLE child (parent_id INTEGER REFERENCES parent (id))",
        ):
            await connection.execute(sa.text(statement))
    raw = await engine.raw_connection()
    assert raw.driver_connection is not None
    await raw.driver_connection.executescript(
        "PRAGMA foreign_keys=OFF; INSERT INTO child VALUES (7); PRAGMA foreign_keys=ON"
    )
    raw.close()

    with pytest.raises(DatabaseUnavailableError, match="without their parents in: child"):
        await migrate.downgrade(engine, "base")
    assert await current(engine) == expected()
    await engine.dispose()
