"""Rows by the ten thousand: the quickest way into each database, in the caller's transaction."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from db.bulk import copy_rows, follow_numbers
from db.models.base import Base, table_of
from db.types import UtcDateTime, moment_text

_Process = Callable[[Any], Any] | None
_WITHOUT_ZONE = len("2026-03-09 20:00:00.000000")


class BulkRepository:
    """Writes rows past the session: no object is made, every constraint is still the database's."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def last_id(self, model: type[Base]) -> int:
        """Return the highest number in use; 0 without any, and where rows have no numbers."""
        number = table_of(model).autoincrement_column
        if number is None:
            return 0
        return await self._session.scalar(sa.select(sa.func.max(number))) or 0

    async def insert(self, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert the rows; all have the same columns, and numbers where the table has them."""
        connection = await self._session.connection()
        table = table_of(model)
        columns = [table.c[name] for name in rows[0]]
        values = [
            _converted([row[column.name] for row in rows], _process(column, connection))
            for column in columns
        ]
        await copy_rows(connection, table, columns, list(zip(*values, strict=True)))

    async def drop_indexes(self, models: Iterable[type[Base]]) -> None:
        """Drop the indexes that only make reading quick, until ``build_indexes``.

        Sorting once is faster than keeping in order all along. Undone with the transaction.
        """
        connection = await self._session.connection()
        for index in _plain_indexes(models):
            await connection.execute(sa.schema.DropIndex(index))

    async def build_indexes(self, models: Iterable[type[Base]]) -> None:
        """Build them again."""
        connection = await self._session.connection()
        for index in _plain_indexes(models):
            await connection.execute(sa.schema.CreateIndex(index))

    async def follow_numbers(self, models: Iterable[type[Base]]) -> None:
        """Let the next row that brings no number get one after the highest in use."""
        connection = await self._session.connection()
        for model in models:
            number = table_of(model).autoincrement_column
            if number is not None:
                await follow_numbers(connection, number)


def _plain_indexes(models: Iterable[type[Base]]) -> list[sa.Index]:
    return sorted(
        (index for model in models for index in table_of(model).indexes if not index.unique),
        key=lambda index: str(index.name),
    )


def _process(column: sa.Column[Any], connection: AsyncConnection) -> _Process:
    dialect = connection.dialect
    if dialect.name == "sqlite" and isinstance(column.type, UtcDateTime):
        # The text SQLite keeps, made in a quarter of the time.
        return _moment
    process: _Process = column.type.dialect_impl(dialect).bind_processor(dialect)
    return process


def _moment(value: datetime | None) -> str | None:
    if value is None:
        return None
    if value.tzinfo is UTC:
        return value.isoformat(sep=" ", timespec="microseconds")[:_WITHOUT_ZONE]
    return moment_text(value)


def _converted(values: list[Any], process: _Process) -> list[Any]:
    """Return the values as the driver takes them; rows in a row often share one object."""
    if process is None:
        return values
    converted, last, done = [], object(), None
    for value in values:
        if value is not last:
            last, done = value, process(value)
        converted.append(done)
    return converted
