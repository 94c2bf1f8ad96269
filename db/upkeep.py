"""What is done to a whole database at once, in the way of SQLite or of PostgreSQL."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

_REFERENCES = sa.text(
    "SELECT conrelid::regclass::text AS place, quote_ident(conname) AS name FROM pg_constraint"
    " WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY 1, 2"
)
_NUMBERED = sa.text(
    "SELECT quote_ident(table_name) AS place, quote_ident(column_name) AS name,"
    " pg_get_serial_sequence(quote_ident(table_name), column_name) AS series"
    " FROM information_schema.columns WHERE table_schema = current_schema()"
    " AND pg_get_serial_sequence(quote_ident(table_name), column_name) IS NOT NULL"
)


@asynccontextmanager
async def filling(connection: AsyncConnection) -> AsyncIterator[None]:
    """Let rows come in any order while the block runs; afterwards references and numbers hold.

    The connection is one of `migrating`: on SQLite that checks the references itself, before the
    commit, and the next number is always the largest one and one.
    """
    if connection.dialect.name == "sqlite":
        yield
        return
    references = (await connection.execute(_REFERENCES)).all()
    await _alter(connection, references, "DEFERRABLE INITIALLY DEFERRED")
    yield
    # Checks every reference now: one that leads nowhere raises here.
    await connection.execute(sa.text("SET CONSTRAINTS ALL IMMEDIATE"))
    await _alter(connection, references, "NOT DEFERRABLE")
    for each in (await connection.execute(_NUMBERED)).all():
        # The names are those the database gave, quoted by it.
        go_on = (
            f"SELECT setval(:series, coalesce(max({each.name}), 1), max({each.name}) IS NOT NULL)"  # noqa: S608
            f" FROM {each.place}"
        )
        await connection.execute(sa.text(go_on), {"series": each.series})


async def _alter(connection: AsyncConnection, references: Sequence[sa.Row[Any]], how: str) -> None:
    for each in references:
        change = f"ALTER TABLE {each.place} ALTER CONSTRAINT {each.name} {how}"
        await connection.execute(sa.text(change))


async def compact(engine: AsyncEngine) -> None:
    """Let go of what was deleted: its bytes are in no file of the database afterwards.

    On SQLite deleted rows are overwritten at once, but older pages stand in the log file until it
    is emptied; a reader at work may hold that up until the next time.
    """
    if engine.dialect.name == "sqlite":
        async with engine.connect() as connection:
            driver = await connection.get_raw_connection()
            await driver.driver_connection.executescript(  # type: ignore[union-attr]
                "PRAGMA query_only=OFF; PRAGMA wal_checkpoint(TRUNCATE)"
            )
        return
    async with engine.connect() as connection:
        outside = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await outside.execute(sa.text("VACUUM"))
