"""Every row as a line of text, the same from both databases: what backups and transfers carry.

A stream of lines is one header, then each table: a line that names its columns and their kinds,
the rows as JSON arrays, a line with their number and sum; and a last line with the hash of all
before it. So what is cut off or changed is seen, and a table is compared without keeping it.
"""

import base64
import json
from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Dialect
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import TypeDecorator, TypeEngine

from db.types import moment_text

# So many rows are turned into text at a time; the loop is free in between.
ROWS_AT_A_TIME = 500
_MODULUS = 2**256


class Kind(StrEnum):
    """What a column holds, whichever database it is of."""

    INTEGER = "integer"
    REAL = "real"
    TEXT = "text"
    MOMENT = "moment"
    DAY = "day"
    FLAG = "flag"
    BYTES = "bytes"
    JSON = "json"


class _Moment(TypeDecorator[str]):
    """A moment as `moment_text`."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else datetime.fromisoformat(value).replace(tzinfo=UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        if value is None:
            return None
        return moment_text(value.replace(tzinfo=UTC) if value.tzinfo is None else value)


class _Day(TypeDecorator[str]):
    """A date as YYYY-MM-DD."""

    impl = sa.Date
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> date | None:  # noqa: ARG002
        return None if value is None else date.fromisoformat(value)

    def process_result_value(self, value: date | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else value.isoformat()


class _Bytes(TypeDecorator[str]):
    """Bytes as base64."""

    impl = sa.LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:  # noqa: ARG002
        return None if value is None else base64.b64decode(value, validate=True)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else base64.b64encode(value).decode()


_TYPES: dict[Kind, TypeEngine[Any]] = {
    Kind.INTEGER: sa.BigInteger(),
    Kind.REAL: sa.Double(),
    Kind.TEXT: sa.Text(),
    Kind.MOMENT: _Moment(),
    Kind.DAY: _Day(),
    Kind.FLAG: sa.Boolean(),
    Kind.BYTES: _Bytes(),
    Kind.JSON: sa.JSON(none_as_null=True),
}
# In this order: an Enum is a String, a DateTime is no Date.
_KINDS: tuple[tuple[type[TypeEngine[Any]], Kind], ...] = (
    (sa.Boolean, Kind.FLAG),
    (sa.String, Kind.TEXT),
    (sa.DateTime, Kind.MOMENT),
    (sa.Date, Kind.DAY),
    (sa.LargeBinary, Kind.BYTES),
    (sa.JSON, Kind.JSON),
    (sa.Integer, Kind.INTEGER),
    (sa.Float, Kind.REAL),
)


def kinds_of(table: sa.Table) -> dict[str, Kind]:
    """Return the kind of each column of a table of the models.

    Raises:
        TypeError: a column is of a type that has no kind yet.
    """
    return {column.name: _kind(column) for column in table.columns}


def _kind(column: sa.Column[Any]) -> Kind:
    plain = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    for type_, kind in _KINDS:
        if isinstance(plain, type_):
            return kind
    raise TypeError(f"{column} has a type that no backup knows")


def plain_table(name: str, kinds: dict[str, Kind]) -> sa.Table:
    """Return the table with columns whose values are what JSON knows, without any rules."""
    columns = [sa.Column(column, _TYPES[kind]) for column, kind in kinds.items()]
    return sa.Table(name, sa.MetaData(), *columns)


def line_of(value: object) -> bytes:
    """Return the one line of a header or a row."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode() + b"\n"


class Sum:
    """The number of rows and a sum over them that does not depend on their order."""

    def __init__(self) -> None:
        self.rows = 0
        self._sum = 0

    def add(self, lines: Iterable[bytes]) -> None:
        """Take in rows, as `line_of` wrote them."""
        for line in lines:
            self.rows += 1
            self._sum = (self._sum + int.from_bytes(sha256(line).digest())) % _MODULUS

    def __str__(self) -> str:
        return f"{self._sum:064x}"


async def read_rows(connection: AsyncConnection, table: sa.Table) -> AsyncIterator[list[bytes]]:
    """Yield the rows of a plain table as lines, some at a time: memory stays flat."""
    statement = sa.select(table).execution_options(yield_per=ROWS_AT_A_TIME)
    async with connection.stream(statement) as found:
        async for rows in found.partitions():
            yield [line_of(list(row)) for row in rows]


async def sum_of(connection: AsyncConnection, table: sa.Table) -> Sum:
    """Return the sum of a plain table as the database holds it."""
    total = Sum()
    async for lines in read_rows(connection, table):
        total.add(lines)
    return total


async def insert_rows(
    connection: AsyncConnection, table: sa.Table, rows: Sequence[Sequence[Any]]
) -> None:
    """Insert rows of a plain table, each with a value for every column."""
    names = [column.name for column in table.columns]
    await connection.execute(table.insert(), [dict(zip(names, row, strict=True)) for row in rows])
