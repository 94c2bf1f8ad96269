"""Which of several processes runs the timetable: one, and another soon after that one is gone."""

import fcntl
import os
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from db.engine import is_sqlite

# Any number will do, as long as every process of every release uses the same one.
_TIMETABLE_LOCK = 7_401_852_021
_KEEPALIVE = {"tcp_keepalives_idle": 5, "tcp_keepalives_interval": 5, "tcp_keepalives_count": 2}


class Leadership(Protocol):
    """A lock that one process holds at a time, and loses with its life."""

    async def take(self) -> bool:
        """Try to take it, or make sure that it is still held; tell whether it is."""

    async def give_up(self) -> None:
        """Let another process have it."""


def leadership(engine: AsyncEngine) -> Leadership:
    """Return the lock that belongs to the database."""
    return _FileLock(engine) if is_sqlite(engine) else _ServerLock(engine)


class _FileLock:
    """On SQLite: a lock on a file beside the database, which ends with the process."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._path = Path(f"{engine.url.database}.lock")
        self._file: int | None = None

    async def take(self) -> bool:
        if self._file is not None:
            return True
        file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            return False
        self._file = file
        return True

    async def give_up(self) -> None:
        # The file stays: deleting it would let two processes hold two files of one name.
        if self._file is not None:
            os.close(self._file)
            self._file = None


class _ServerLock:
    """On PostgreSQL: an advisory lock of a session of its own, which ends with the session."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._session: AsyncConnection | None = None
        self._held = False

    async def take(self) -> bool:
        try:
            if self._session is None:
                self._session = await self._engine.connect()
                await self._session.execution_options(isolation_level="AUTOCOMMIT")
                # A host that vanished without a word must not hold the lock for hours.
                for setting, seconds in _KEEPALIVE.items():
                    await self._session.execute(sa.text(f"SET {setting} = {seconds}"))
            elif self._held:
                await self._session.execute(sa.text("SELECT 1"))
                return True
            lock = sa.text("SELECT pg_try_advisory_lock(:key)")
            self._held = bool(await self._session.scalar(lock, {"key": _TIMETABLE_LOCK}))
        except SQLAlchemyError:
            # With its session the lock is gone: another process may have it by now.
            await self.give_up()
            raise
        return self._held

    async def give_up(self) -> None:
        self._held = False
        if self._session is not None:
            session, self._session = self._session, None
            await session.invalidate()
            await session.close()
