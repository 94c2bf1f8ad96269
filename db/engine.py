"""Engines for SQLite and PostgreSQL: the only code that asks which of the two it is."""

import asyncio
import os
from collections.abc import AsyncIterator, Collection
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from db import strict
from db.errors import DatabaseUnavailableError
from db.hops import OneHopConnection
from db.models.base import Base, plain_json

_SQLITE_DRIVERS = {"sqlite", "sqlite+aiosqlite", strict.STRICT_DRIVER}
_POSTGRESQL_DRIVERS = {"postgresql", "postgresql+psycopg"}
_CONNECT_TIMEOUT_S = 10
# So many connections more than are kept, for as long as all of those are in use.
MAX_OVERFLOW = 10
# Any number will do, as long as every process of every release uses the same one.
_MIGRATION_LOCK = 7_401_852_020
_MIGRATION_WAIT_MS = 120_000

# Primary result codes of SQLite, in an operator's words.
_SQLITE_REASONS = {
    3: "access to the file is denied",
    5: "the file is locked by another program",
    8: "the file or its folder is read-only",
    10: "the disk answers with an error",
    11: "the file is damaged",
    13: "the disk is full",
    14: "the file cannot be opened or created there",
    26: "the file is not a database",
}


def create_engine(url: str, *, busy_timeout_s: float = 10.0, pool_size: int = 5) -> AsyncEngine:
    """Return an engine for `sqlite+aiosqlite:///file.db` or `postgresql+psycopg://...`.

    `busy_timeout_s` is how long SQLite waits for another *process* to finish writing.

    Raises:
        DatabaseUnavailableError: the URL is not one of the two kinds.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise DatabaseUnavailableError("the database URL cannot be read") from None
    if parsed.drivername in _POSTGRESQL_DRIVERS:
        return create_async_engine(
            parsed.set(drivername="postgresql+psycopg"),
            # Prepared statements go stale while a migration runs, and break behind a pooler.
            connect_args={"prepare_threshold": None, "connect_timeout": _CONNECT_TIMEOUT_S},
            pool_size=pool_size,
            max_overflow=MAX_OVERFLOW,
            pool_pre_ping=True,
            hide_parameters=True,
            json_serializer=plain_json,
        )
    if parsed.drivername not in _SQLITE_DRIVERS:
        raise DatabaseUnavailableError(
            "the database URL must begin with sqlite+aiosqlite:/// or postgresql+psycopg://"
        )
    if parsed.database in {None, "", ":memory:"}:
        raise DatabaseUnavailableError("the database URL must name a file: memory keeps nothing")
    engine = create_async_engine(
        parsed.set(drivername=strict.register()),
        # None switches the driver's own transactions off: it begins them too late, and only for
        # some statements, so that concurrent read-then-write loses updates.
        connect_args={"isolation_level": None, "timeout": busy_timeout_s},
        pool_size=pool_size,
        max_overflow=MAX_OVERFLOW,
        hide_parameters=True,
        json_serializer=plain_json,
    )
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def is_sqlite(engine: AsyncEngine) -> bool:
    """Tell which of the two databases it is."""
    return engine.dialect.name == "sqlite"


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # FULL, not NORMAL: in WAL mode NORMAL may lose the last commits at power loss, and by then a
    # person has been told that it is done. Erased rows are overwritten (secure_delete).
    if not isinstance(connection, OneHopConnection):
        raise TypeError("not a connection of ours")
    connection.visit(
        lambda driver: driver.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            " PRAGMA secure_delete=ON;"
        )
    )


def _begin_sqlite(connection: Connection) -> None:
    # A reader that turns writer fails at once, whatever the busy timeout: so a writing transaction
    # takes the lock with its first statement, and a reading one is not able to write at all.
    reading = connection.get_execution_options().get("reading", False)
    driver = connection.connection.dbapi_connection
    if not isinstance(driver, OneHopConnection):
        raise TypeError("not a connection of ours")
    driver.begin_with(
        "PRAGMA query_only=ON; BEGIN" if reading else "PRAGMA query_only=OFF; BEGIN IMMEDIATE"
    )


def sqlite_file(url: str) -> Path | None:
    """Return the file of an SQLite URL; None for a database elsewhere."""
    parsed = make_url(url)
    if parsed.drivername not in _SQLITE_DRIVERS or parsed.database is None:
        return None
    return Path(parsed.database)


def for_reading(engine: AsyncEngine) -> dict[str, Any]:
    """Return the options of a connection whose transactions see one moment and cannot write.

    They belong to connections, not to an engine: where the engine sets an isolation level, a task
    that is cancelled at that very moment never gives its connection back.
    """
    if is_sqlite(engine):
        return {"reading": True}
    return {"postgresql_readonly": True, "isolation_level": "REPEATABLE READ"}


def writers_turn(engine: AsyncEngine) -> AbstractAsyncContextManager[Any]:
    """Return what a writing transaction holds: on SQLite a fair queue of this process.

    SQLite polls for its lock with growing sleeps, so under load somebody waits for ever; in a
    queue the busy timeout is left for other processes only.
    """
    return asyncio.Lock() if is_sqlite(engine) else nullcontext()


async def lock_numbers(session: AsyncSession, space: int, numbers: Collection[int]) -> None:
    """Let no other transaction lock these numbers of the space until this one ends.

    On SQLite a writing transaction holds everything already.
    """
    if session.get_bind().dialect.name == "sqlite" or not numbers:
        return
    # Sorted, so that two who lock the same numbers cannot wait for each other.
    locks = sa.text(
        "SELECT pg_advisory_xact_lock(:space, hashint8(number))"
        " FROM (SELECT unnest(CAST(:numbers AS bigint[])) AS number ORDER BY 1) AS sorted"
    )
    await session.execute(locks, {"space": space, "numbers": sorted(numbers)})


def dialect_of(session: AsyncSession) -> str:
    """Return ``sqlite`` or ``postgresql``."""
    return session.get_bind().dialect.name


def insert_into(table: sa.Table, dialect: str) -> sqlite.Insert | postgresql.Insert:
    """Return an insert that can say what becomes of rows that are there already."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


async def check(engine: AsyncEngine) -> None:
    """Make sure that the database answers and can be written; create SQLite's missing folder.

    Raises:
        DatabaseUnavailableError: it does not, with the reason in one line.
    """
    try:
        if is_sqlite(engine):
            _look_at_file(engine, Path(str(engine.url.database)))
        async with engine.connect() as connection:
            if is_sqlite(engine):
                # Of a read-only file BEGIN IMMEDIATE makes a reader silently: write, and undo it.
                await connection.execute(sa.text("PRAGMA user_version = 1"))
                await connection.rollback()
            elif await connection.scalar(sa.text("SHOW transaction_read_only")) == "on":
                raise DatabaseUnavailableError(f"{name_of(engine)}: the server is read-only")
    except OSError as error:
        raise DatabaseUnavailableError(f"{name_of(engine)}: {error.strerror}") from error
    except DBAPIError as error:
        raise DatabaseUnavailableError(f"{name_of(engine)}: {_reason(error)}") from error


def _look_at_file(engine: AsyncEngine, path: Path) -> None:
    # The driver's thread outlives a connection it could not open, so ask before it tries. Opening
    # the file ourselves would be wrong: closing it again drops SQLite's locks of this process.
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        raise DatabaseUnavailableError(f"{name_of(engine)}: there is a folder in place of the file")
    if path.exists() and not os.access(path, os.R_OK | os.W_OK):
        raise DatabaseUnavailableError(f"{name_of(engine)}: the file may not be read and written")
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise DatabaseUnavailableError(f"{name_of(engine)}: its folder may not be written")


def name_of(engine: AsyncEngine) -> str:
    """Return what an operator knows the database by, without its password."""
    url = engine.url
    if is_sqlite(engine):
        return f"database {url.database}"
    return f"database {url.database} at {url.host}:{url.port or 5432}"


def _reason(error: DBAPIError) -> str:
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None and code & 0xFF in _SQLITE_REASONS:
        return _SQLITE_REASONS[code & 0xFF]
    return next(iter(str(error.orig).splitlines()), type(error.orig).__name__)


def constraint_of(error: IntegrityError) -> str | None:
    """Return the name of the constraint or unique index that refused the write.

    PostgreSQL says it. SQLite names CHECKs, but of a unique violation it tells the columns only,
    which the models turn into the name; None where two names fit, and for its foreign keys.
    """
    told = getattr(getattr(error.orig, "diag", None), "constraint_name", None)
    if isinstance(told, str):
        return told
    kind, _, rest = str(error.orig).partition(" constraint failed: ")
    if kind == "CHECK":
        return rest
    if kind != "UNIQUE":
        return None
    if rest.startswith("index "):
        return rest.removeprefix("index ").strip("'")
    columns = {column.strip() for column in rest.split(",")}
    names = _unique_names(columns)
    return names[0] if len(names) == 1 else None


def _unique_names(columns: set[str]) -> list[str]:
    table = Base.metadata.tables.get(next(iter(columns)).partition(".")[0])
    if table is None:
        return []
    unique: list[tuple[Any, Any]] = [
        (rule.name, rule.columns)
        for rule in table.constraints
        if isinstance(rule, sa.PrimaryKeyConstraint | sa.UniqueConstraint)
    ]
    unique += [(index.name, index.columns) for index in table.indexes if index.unique]
    return [str(name) for name, of in unique if {f"{table.name}.{c.name}" for c in of} == columns]


@asynccontextmanager
async def migrating(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """Open the one transaction of a migration: other processes that migrate wait for its end.

    On SQLite foreign keys are off meanwhile, as a batch rebuild of a parent table would delete the
    children, and are checked before the commit.

    Raises:
        DatabaseUnavailableError: rows without their parents are left; nothing is changed then.
    """
    async with engine.connect() as connection:
        if not is_sqlite(engine):
            async with connection.begin():
                await connection.execute(
                    sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK}
                )
                yield connection
            return
        driver = await connection.get_raw_connection()
        # This connection is closed afterwards, so its settings go with it.
        await driver.driver_connection.executescript(  # type: ignore[union-attr]
            f"PRAGMA foreign_keys=OFF; PRAGMA busy_timeout={_MIGRATION_WAIT_MS}"
        )
        try:
            async with connection.begin():
                yield connection
                orphans = (await connection.execute(sa.text("PRAGMA foreign_key_check"))).all()
                if orphans:
                    tables = ", ".join(sorted({str(row[0]) for row in orphans}))
                    raise DatabaseUnavailableError(f"rows without their parents in: {tables}")
        finally:
            await connection.invalidate()
