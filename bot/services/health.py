"""How the bot fares: what waits, and whether it is fit to serve."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

import structlog

from bot.services.clock import Clock
from bot.services.heartbeat import Heartbeat
from db.database import Database
from db.faults import is_passing
from db.revision import suits

log = structlog.get_logger(__name__)

# Longer than any answer of a healthy database; a scrape gives up after ten seconds.
_PATIENCE_S = 5
_BEAT_LATE = timedelta(seconds=60)


class Check(StrEnum):
    """What must hold for the bot to be fit, each one presuming those before it."""

    DATABASE = "database"
    MIGRATIONS = "migrations"
    TIMETABLE = "timetable"
    OUTBOX = "outbox"


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits at one moment.

    Attributes:
        due, later: notices not settled, by whether their moment has come.
        oldest: age of the oldest due one that nothing holds up, mass notices aside; zero for none.
        unfinished: updates not answered.
        beat_age: time since the timetable last ran; ``None`` before the first time.
    """

    due: int
    later: int
    oldest: timedelta
    unfinished: int
    beat_age: timedelta | None


class HealthService:
    """Looks at the bot as an operator does; anybody who is let in may ask."""

    def __init__(self, db: Database, clock: Clock, heartbeat: Heartbeat) -> None:
        self._db = db
        self._clock = clock
        self._heartbeat = heartbeat

    async def backlog(self) -> Backlog | None:
        """Return what waits; ``None`` when the database does not answer in time."""
        backlog: Backlog | None = None

        async def look() -> bool:
            nonlocal backlog
            backlog = await self._look()
            return True

        return backlog if await _held(look) else None

    async def checks(self, outbox_late: timedelta) -> dict[Check, bool]:
        """Return which checks hold; those after a failure to ask do not.

        Args:
            outbox_late: how long a due notice may wait for its sender.
        """
        asked: dict[Check, Callable[[], Awaitable[bool]]] = {
            Check.DATABASE: self._answers,
            Check.MIGRATIONS: lambda: suits(self._db.engine),
            Check.TIMETABLE: self._beats,
            Check.OUTBOX: lambda: self._is_prompt(outbox_late),
        }
        found = dict.fromkeys(asked, False)

        async def ask() -> bool:
            for check, holds in asked.items():
                found[check] = await holds()
            return True

        await _held(ask)
        return found

    async def _answers(self) -> bool:
        await self._db.ping()
        return True

    async def _beats(self) -> bool:
        age = await self._heartbeat.age()
        # A beat from the future was left before a clock was set back: it proves nothing.
        return age is not None and abs(age) <= _BEAT_LATE

    async def _is_prompt(self, outbox_late: timedelta) -> bool:
        now = self._clock()
        async with self._db.reading() as uow:
            oldest = await uow.outbox.oldest_due(now)
        return oldest is None or now - oldest <= outbox_late

    async def _look(self) -> Backlog:
        now = self._clock()
        async with self._db.reading() as uow:
            due, later = await uow.outbox.count_waiting(now)
            oldest = await uow.outbox.oldest_due(now)
            unfinished = await uow.inbox.count_unfinished()
        return Backlog(
            due,
            later,
            timedelta(0) if oldest is None else now - oldest,
            unfinished,
            await self._heartbeat.age(),
        )


async def _held(look: Callable[[], Awaitable[bool]]) -> bool:
    """Return what a look at the database says, and False when it cannot look."""
    try:
        async with asyncio.timeout(_PATIENCE_S):
            return await look()
    except Exception as error:
        if isinstance(error, OSError | TimeoutError) or is_passing(error):
            log.warning("health_unknown", reason=type(error).__name__)
        else:
            log.exception("health_failed")
        return False
