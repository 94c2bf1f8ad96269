"""A stream of lines back into an empty database, all of it or nothing, and compared afterwards."""

import json
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DataError, IntegrityError, OperationalError, StatementError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession

from db.database import UnitOfWork
from db.dumping import FORMAT, FORMAT_VERSION
from db.engine import check, migrating, name_of
from db.errors import BrokenStreamError, DatabaseNotEmptyError, DatabaseUnavailableError
from db.migrate import downgrade_within, upgrade_within
from db.models import Base
from db.revision import expected, found, refuse_newer
from db.rows import ROWS_AT_A_TIME, Kind, Sum, insert_rows, plain_table, sum_of
from db.upkeep import filling

_LONGEST_LINE = 16 * 1024 * 1024
# What migrations put in: the end of a journal without records, and a series that has not begun.
_FIRST_ROWS: dict[str, list[dict[str, Any]]] = {
    "audit_head": [{"id": 1, "count": 0, "hash": "0" * 64}],
    "counters": [{"name": "service_number", "value": 0}],
}

Afterwards = Callable[[UnitOfWork], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Refilled:
    """What came in: the header's words, and how much."""

    revision: str
    made_at: str
    bot_id: str | None
    tables: int
    rows: int


async def refill(
    engine: AsyncEngine, blocks: AsyncIterator[bytes], *, afterwards: Afterwards
) -> Refilled:
    """Fill an empty database, compare it with what the stream says, and migrate it to this release.

    One that this release has migrated, and nobody has used, is empty too. `afterwards` runs before
    the commit: what it changes is never seen without it. Whatever goes wrong, the database is as
    empty as before.

    Raises:
        DatabaseNotEmptyError: there is something in the database.
        DatabaseTooNewError: the stream is of a newer release.
        BrokenStreamError: the stream was cut off or changed.
        DatabaseUnavailableError: the database cannot be used.
    """
    await check(engine)
    async with aclosing(_lines(blocks)) as lines, migrating(engine) as connection:
        if not await _made_empty(connection):
            raise DatabaseNotEmptyError(name_of(engine))
        first = await anext(lines, b"")
        revision, made_at, bot_id = _header(first)
        refuse_newer(revision)
        await connection.run_sync(lambda sync: upgrade_within(sync, revision))
        filler = _Filler(connection, await connection.run_sync(_columns), first)
        await _fill(connection, filler, lines)
        await filler.compare()
        await connection.run_sync(lambda sync: upgrade_within(sync, expected()))
        async with AsyncSession(connection, expire_on_commit=False) as session:
            await afterwards(UnitOfWork(session))
            await session.flush()
    return Refilled(revision, made_at, bot_id, len(filler.sums), filler.rows)


async def _made_empty(connection: AsyncConnection) -> bool:
    """Take back the migrations of a database that holds nothing else; tell whether it is empty."""
    tables = await connection.run_sync(_columns)
    if not tables:
        return True
    if tables.keys() != Base.metadata.tables.keys():
        return False
    if await connection.run_sync(found) != expected():
        return False
    # Whoever starts on the database begins with this row, and waits from here on.
    await connection.execute(sa.select(Base.metadata.tables["audit_head"]).with_for_update())
    for table in Base.metadata.sorted_tables:
        rows = await connection.execute(sa.select(table).limit(2))
        if [dict(row) for row in rows.mappings()] != _FIRST_ROWS.get(table.name, []):
            return False
    await connection.run_sync(lambda sync: downgrade_within(sync, "base"))
    return True


async def _fill(
    connection: AsyncConnection, filler: "_Filler", lines: AsyncIterator[bytes]
) -> None:
    try:
        async with filling(connection):
            async for line in lines:
                await filler.take(line)
    except OperationalError as error:
        raise DatabaseUnavailableError(str(error.orig).partition("\n")[0]) from error
    except (IntegrityError, DataError, StatementError, TypeError, ValueError) as error:
        raise BrokenStreamError(f"holds what does not fit ({type(error).__name__})") from error


async def _lines(blocks: AsyncIterator[bytes]) -> AsyncGenerator[bytes]:
    """Yield every whole line, with its end."""
    rest = b""
    async for block in blocks:
        *whole, rest = (rest + block).split(b"\n")
        if len(rest) > _LONGEST_LINE:
            break
        for line in whole:
            yield line + b"\n"
    if rest:
        raise BrokenStreamError("is cut off in the middle of a line")


def _columns(connection: sa.Connection) -> dict[str, set[str]]:
    """Return the columns of every table but that of the revision."""
    inspector = sa.inspect(connection)
    return {
        name: {column["name"] for column in inspector.get_columns(name)}
        for name in inspector.get_table_names()
        if name != "alembic_version"
    }


def _parsed(line: bytes) -> Any:  # noqa: ANN401 - JSON
    try:
        return json.loads(line)
    except ValueError:
        raise BrokenStreamError("holds a line that cannot be read") from None


def _header(line: bytes) -> tuple[str, str, str | None]:
    """Return the revision, the moment and the bot of the first line."""
    found = _parsed(line) if line else None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise BrokenStreamError("is no backup of this bot")
    if found.get("version") != FORMAT_VERSION:
        raise BrokenStreamError("has a form that this release does not know")
    return str(found.get("revision")), str(found.get("made_at")), found.get("bot_id")


class _Filler:
    """Takes the lines after the first, in order, and knows whether all of them came."""

    def __init__(
        self, connection: AsyncConnection, expected: dict[str, set[str]], header: bytes
    ) -> None:
        self.sums: dict[str, Sum] = {}
        self._connection = connection
        self._expected = expected
        self._hash = sha256(header)
        self._tables: dict[str, sa.Table] = {}
        self._table: sa.Table | None = None
        self._lines: list[bytes] = []
        self._complete = False

    @property
    def rows(self) -> int:
        """How many rows came."""
        return sum(each.rows for each in self.sums.values())

    async def take(self, line: bytes) -> None:
        """Take one line.

        Raises:
            BrokenStreamError: it is not what should stand here.
        """
        if self._complete:
            raise BrokenStreamError("goes on after its end")
        if line.startswith(b"["):
            self._lines.append(line)
            if len(self._lines) >= ROWS_AT_A_TIME:
                await self._insert()
        else:
            await self._insert()
            await self._take_word(_parsed(line))
        self._hash.update(line)

    async def _take_word(self, word: Any) -> None:  # noqa: ANN401 - JSON
        match word:
            case {"table": str(name), "columns": dict(columns)}:
                await self._begin(name, columns)
            case {"end": str(name), "rows": int(rows), "sum": str(total)}:
                self._end(name, rows, total)
            case {"whole": str(digest), "rows": int(rows)}:
                self._finish(digest, rows)
            case _:
                raise BrokenStreamError("holds a line that no backup has")

    async def _begin(self, name: str, columns: dict[str, str]) -> None:
        if name in self.sums or self._expected.get(name) != set(columns):
            raise BrokenStreamError("tells of another table than its revision has")
        kinds = {column: Kind(kind) for column, kind in columns.items()}
        self._table = self._tables[name] = plain_table(name, kinds)
        self.sums[name] = Sum()
        # A migration may have put in a first row, such as the end of an empty journal.
        await self._connection.execute(self._table.delete())

    def _end(self, name: str, rows: int, total: str) -> None:
        if self._table is None or self._table.name != name:
            raise BrokenStreamError("ends a table that did not begin")
        found = self.sums[name]
        if (found.rows, str(found)) != (rows, total):
            raise BrokenStreamError(f"does not hold the rows of {name} that were put in")
        self._table = None

    def _finish(self, digest: str, rows: int) -> None:
        if self._hash.hexdigest() != digest or rows != self.rows:
            raise BrokenStreamError("was changed after it was made")
        self._complete = True

    async def _insert(self) -> None:
        if not self._lines:
            return
        if self._table is None:
            raise BrokenStreamError("holds a row of no table")
        lines, self._lines = self._lines, []
        self.sums[self._table.name].add(lines)
        await insert_rows(self._connection, self._table, [_parsed(line) for line in lines])

    async def compare(self) -> None:
        """Read every table again and compare it with what came.

        Raises:
            BrokenStreamError: the end or a table never came.
            DatabaseUnavailableError: the database holds something else than it was given.
        """
        if not self._complete:
            raise BrokenStreamError("is cut off before its end")
        lacking = set(self._expected) - set(self.sums)
        if lacking:
            raise BrokenStreamError(f"lacks the tables {', '.join(sorted(lacking))}")
        for name, given in self.sums.items():
            kept = await sum_of(self._connection, self._tables[name])
            if (kept.rows, str(kept)) != (given.rows, str(given)):
                raise DatabaseUnavailableError(f"the table {name} did not keep what it was given")
