"""aiosqlite for SQLAlchemy, with one hop to SQLite's thread for each statement.

A hop costs more than most statements of ours do. The adapter that comes with SQLAlchemy takes one
to make a cursor, one to execute, one to fetch and one to close, and one more to begin; it rolls
back what has been committed. Here all that a statement needs is done in one visit to the thread.
"""

import sqlite3
from collections import deque
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy.connectors.asyncio import AsyncIODBAPIConnection
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
    AsyncAdapt_aiosqlite_dbapi,
)
from sqlalchemy.util import await_

T = TypeVar("T")


class OneHopCursor(AsyncAdapt_aiosqlite_cursor):
    """Executes, fetches and closes at once; what is asked of it afterwards is at hand already."""

    __slots__ = ("_done", "_owner")

    def __init__(self, owner: "OneHopConnection") -> None:
        self._owner = owner
        self._done: sqlite3.Cursor | None = None
        self._rows: deque[Any] = deque()

    @property
    def description(self) -> Any:  # noqa: ANN401 - as the driver tells it
        """The columns of the rows; ``None`` where there can be none."""
        return self._done and self._done.description

    @property
    def rowcount(self) -> int:
        """How many rows were changed; -1 when that is not known."""
        return -1 if self._done is None else self._done.rowcount

    @property
    def lastrowid(self) -> Any:  # noqa: ANN401 - as the driver tells it
        """The number of the row inserted last."""
        return self._done and self._done.lastrowid

    def execute(self, operation: str, parameters: Any = None) -> None:  # noqa: ANN401 - DBAPI's
        """Do the statement and fetch its rows."""
        self._do(lambda cursor: cursor.execute(operation, parameters or ()))

    def executemany(self, operation: str, seq_of_parameters: Any) -> None:  # noqa: ANN401 - DBAPI's
        """Do the statement once for each of the parameters."""
        self._do(lambda cursor: cursor.executemany(operation, seq_of_parameters))

    def close(self) -> None:
        """Let go of the rows; nothing is open."""
        self._rows.clear()

    async def _async_soft_close(self) -> None:
        """Nothing is open, and what it tells of the rows stays."""

    def _do(self, statement: Callable[[sqlite3.Cursor], object]) -> None:
        def visit(connection: sqlite3.Connection) -> sqlite3.Cursor:
            cursor = connection.cursor()
            try:
                statement(cursor)
                if cursor.description:
                    self._rows = deque(cursor.fetchall())
            finally:
                cursor.close()
            return cursor

        self._done = self._owner.visit(visit)


class OneHopConnection(AsyncAdapt_aiosqlite_connection):
    """Begins with the first statement, and rolls back only what was begun."""

    __slots__ = ("_begun", "_to_begin")

    def __init__(self, dbapi: "OneHopDbapi", connection: AsyncIODBAPIConnection) -> None:
        super().__init__(dbapi, connection)
        self._to_begin = ""
        self._begun = False

    def begin_with(self, script: str) -> None:
        """Let the next statement be preceded by the script, which begins a transaction."""
        self._to_begin = script

    def visit(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do the work in the thread of the connection, inside the transaction to be begun.

        Raises:
            sqlite3.Error: SQLite refuses it, or the connection is closed.
        """

        def begin_and_work(connection: sqlite3.Connection) -> T:
            if self._to_begin:
                connection.executescript(self._to_begin)
                # What could not begin is tried again, or the next statement would stand alone.
                self._to_begin = ""
            return work(connection)

        # Also when we are cancelled meanwhile, and never hear how it went.
        self._begun = self._begun or bool(self._to_begin)
        driver = self._connection
        try:
            done: T = await_(driver._execute(begin_and_work, driver._conn))  # noqa: SLF001
        except Exception as error:  # noqa: BLE001 - raised again, as the dialect wants it
            self._handle_exception(error)
        return done

    def cursor(self, server_side: bool = False) -> Any:  # noqa: ANN401 - one of two kinds
        """Return a cursor; one that streams begins what is to be begun."""
        if not server_side:
            return OneHopCursor(self)
        if self._to_begin:
            self.visit(lambda _connection: None)
        return super().cursor(server_side)

    def commit(self) -> None:
        """Commit, where anything was begun."""
        self._end(super().commit)

    def rollback(self) -> None:
        """Roll back, where anything was begun."""
        self._end(super().rollback)

    def _end(self, end: Callable[[], None]) -> None:
        self._to_begin = ""
        if self._begun:
            end()
            self._begun = False


class OneHopDbapi(AsyncAdapt_aiosqlite_dbapi):
    """The driver as SQLAlchemy sees it."""

    def connect(self, *arg: Any, **kw: Any) -> OneHopConnection:  # noqa: ANN401 - the driver's
        """Return a new connection, in a thread of its own."""
        return OneHopConnection(self, super().connect(*arg, **kw)._connection)  # noqa: SLF001
