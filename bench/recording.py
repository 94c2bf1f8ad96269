"""What an act asks of the database, recorded from the real thing and played again without it."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

import aiosqlite
import sqlalchemy as sa
from aiogram.methods import TelegramMethod
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
)


Params = Any


@dataclass
class Transaction:
    """One transaction as it was: every statement as SQLAlchemy and as the driver was given it."""

    reading: bool
    asked: list[tuple[sa.Executable, Params]] = field(default_factory=list)
    driven: list[tuple[str, Params, bool]] = field(default_factory=list)
    """SQL, parameters, and whether these are many."""
    committed: bool = False


@dataclass
class Act:
    """What one update asked of the database and of Telegram, and how often it changed threads."""

    transactions: list[Transaction] = field(default_factory=list)
    calls: list[TelegramMethod[Any]] = field(default_factory=list)
    hops: int = 0

    @property
    def statements(self) -> int:
        """How many statements it was, beside those that begin and end transactions."""
        return sum(len(each.driven) for each in self.transactions)


class Recorder:
    """Notes what goes through an engine into the act of the moment."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.act = Act()
        self._open: dict[sa.Connection, Transaction] = {}
        for name in ("begin", "before_execute", "before_cursor_execute", "commit", "rollback"):
            event.listen(engine.sync_engine, name, getattr(self, f"_{name}"))

    def begin_act(self) -> Act:
        """Note into a new act from now on, and return it."""
        self.act = Act()
        return self.act

    def _begin(self, connection: sa.Connection) -> None:
        reading = bool(connection.get_execution_options().get("reading", False))
        self._open[connection] = Transaction(reading)
        self.act.transactions.append(self._open[connection])

    def _before_execute(
        self,
        connection: sa.Connection,
        asked: sa.Executable,
        many: Params,
        one: Params,
        _options: object,
    ) -> None:
        self._open[connection].asked.append((asked, many or one or None))

    def _before_cursor_execute(
        self,
        connection: sa.Connection,
        _cursor: object,
        sql: str,
        given: Params,
        _ctx: object,
        many: bool,
    ) -> None:
        self._open[connection].driven.append((sql, given, many))

    def _commit(self, connection: sa.Connection) -> None:
        self._open[connection].committed = True

    def _rollback(self, _connection: sa.Connection) -> None:
        """Nothing is noted: a transaction that did not commit was undone."""


@contextmanager
def counted_hops(recorder: Recorder) -> Iterator[None]:
    """Count for the recorder's acts whatever is put into the queue of an SQLite thread."""
    # The one place all its calls go through.
    real: Callable[..., Awaitable[object]] = aiosqlite.Connection._execute  # noqa: SLF001

    async def counted(self: aiosqlite.Connection, *args: object, **named: object) -> object:
        recorder.act.hops += 1
        return await real(self, *args, **named)

    with patch.object(aiosqlite.Connection, "_execute", counted):
        yield


Player = Callable[[Act], Awaitable[None]]


@asynccontextmanager
async def raw_player(file: Path) -> AsyncIterator[Player]:
    """Give what plays acts on aiosqlite alone, in its usual manner."""
    async with aiosqlite.connect(file, isolation_level=None) as connection:
        for pragma in _PRAGMAS:
            await connection.execute(pragma)

        async def play(act: Act) -> None:
            for transaction in act.transactions:
                await connection.execute("BEGIN" if transaction.reading else "BEGIN IMMEDIATE")
                for sql, given, many in transaction.driven:
                    if many:
                        await connection.executemany(sql, given)
                    elif sql.startswith("SELECT") or " RETURNING " in sql:
                        async with connection.execute(sql, given) as cursor:
                            await cursor.fetchall()
                    else:
                        await connection.execute(sql, given)
                if transaction.committed:
                    await connection.commit()
                else:
                    await connection.rollback()

        yield play


@asynccontextmanager
async def orm_player(file: Path) -> AsyncIterator[Player]:
    """Give what plays acts through sessions of the ORM on SQLAlchemy's own aiosqlite dialect."""
    engine = create_async_engine(
        f"sqlite+aiosqlite:///{file}", connect_args={"isolation_level": None}, hide_parameters=True
    )

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: DBAPIConnection, _record: object) -> None:
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: sa.Connection) -> None:
        reading = connection.get_execution_options().get("reading", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    writing = async_sessionmaker(engine, expire_on_commit=False)
    reading = async_sessionmaker(
        engine, expire_on_commit=False, execution_options={"reading": True}
    )

    async def play(act: Act) -> None:
        for transaction in act.transactions:
            sessions = reading if transaction.reading else writing
            async with sessions() as session:
                for asked, given in transaction.asked:
                    await _ask(session, asked, given)
                if transaction.committed:
                    await session.commit()

    try:
        yield play
    finally:
        await engine.dispose()


async def _ask(session: AsyncSession, asked: sa.Executable, given: Params) -> None:
    result = await session.execute(asked, given)
    if asked.is_select or getattr(asked, "exported_columns", None):
        result.all()
