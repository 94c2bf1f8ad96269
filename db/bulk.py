"""Many rows at once, in the way of SQLite or of PostgreSQL."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection


async def copy_rows(
    connection: AsyncConnection,
    table: sa.Table,
    columns: Sequence[sa.Column[Any]],
    rows: Sequence[tuple[Any, ...]],
) -> None:
    """Insert rows whose values are as the driver takes them, in one go."""
    quote = connection.dialect.identifier_preparer.quote
    names = ", ".join(quote(column.name) for column in columns)
    if connection.dialect.name == "sqlite":
        places = ", ".join("?" for _ in columns)
        into = f"INSERT INTO {quote(table.name)} ({names}) VALUES ({places})"  # noqa: S608 - ours
        await connection.exec_driver_sql(into, list(rows))
        return
    driver: Any = (await connection.get_raw_connection()).driver_connection
    async with (
        driver.cursor() as cursor,
        cursor.copy(f"COPY {quote(table.name)} ({names}) FROM STDIN") as copy,
    ):
        for row in rows:
            await copy.write_row(row)


async def follow_numbers(connection: AsyncConnection, column: sa.Column[Any]) -> None:
    """Let the database go on counting after the highest number there; SQLite does so by itself."""
    if connection.dialect.name == "sqlite":
        return
    table = column.table.name
    sequence = sa.func.pg_get_serial_sequence(table, column.name)
    highest = sa.select(sa.func.max(column)).scalar_subquery()
    await connection.execute(
        sa.select(sa.func.setval(sequence, highest)).where(highest.is_not(None))
    )
