"""Two processes with a timetable: one runs it, and the other soon after that one has lost it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta, tzinfo

import pytest
import sqlalchemy as sa
from apscheduler.schedulers import base
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.ext.asyncio import AsyncEngine
from structlog.testing import capture_logs
from structlog.typing import EventDict

from bot.jobs import timetable
from bot.jobs.leading import Leading
from bot.services.heartbeat import Heartbeat
from db.database import Database
from db.engine import create_engine
from db.faults import is_passing
from db.leadership import leadership
from tests.backends import PostgresqlServer, migrate_now

_END_HOLDER = sa.text(
    "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND database ="
    " (SELECT oid FROM pg_database WHERE datname = current_database())"
)


@asynccontextmanager
async def two_engines(url: str) -> AsyncIterator[tuple[AsyncEngine, AsyncEngine]]:
    """Open the database as two processes do."""
    first, second = create_engine(url), create_engine(url)
    yield first, second
    await first.dispose()
    await second.dispose()


@pytest.fixture
async def engines(database_url: str) -> AsyncIterator[tuple[AsyncEngine, AsyncEngine]]:
    async with two_engines(database_url) as engines:
        yield engines


async def end_session_of_holder(engine: AsyncEngine) -> None:
    """End the session that holds the lock, as a restart of the server or a lost network does."""
    async with engine.connect() as connection:
        assert await connection.scalar(_END_HOLDER) is True


class Process:
    """A process with a timetable of one job, which notes each run."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.runs = 0
        self._ending = False
        self.set_back_by = timedelta(0)
        lock = leadership(engine)
        jobs = AsyncIOScheduler(timezone="UTC", job_defaults={"misfire_grace_time": None})
        jobs.add_job(self._run, "interval", seconds=0.05, id="job")
        heartbeat = Heartbeat(Database(engine), self._now)
        self.leading = Leading(lock, jobs, heartbeat, pause=self._pause)

    def _now(self) -> datetime:
        return datetime.now(UTC) - self.set_back_by

    async def _run(self) -> None:
        self.runs += 1

    async def _pause(self, _seconds: float) -> None:
        await asyncio.sleep(0.05)
        if self._ending:
            # Between two looks: nothing of the database is in hand.
            raise asyncio.CancelledError

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Process"]:
        task = asyncio.create_task(self.leading.run())
        try:
            yield self
        finally:
            self._ending = True
            with suppress(asyncio.CancelledError):
                await task
            await self.leading.stop()
            self.leading.shut_down()

    async def runs_again(self) -> None:
        """Wait until the job runs once more."""
        before = self.runs
        async with asyncio.timeout(10):
            while self.runs == before:  # noqa: ASYNC110 - whoever runs it tells nobody
                await asyncio.sleep(0.01)


async def test_d3_of_two_processes_one_holds_the_lock_until_it_gives_it_up(
    engines: tuple[AsyncEngine, AsyncEngine],
) -> None:
    first, second = map(leadership, engines)
    assert [await first.take(), await second.take(), await first.take()] == [True, False, True]

    await first.give_up()

    assert [await second.take(), await first.take()] == [True, False]
    await first.give_up()
    await second.give_up()


async def test_b7_who_lost_the_session_of_the_lock_knows_it_and_another_has_it(
    postgresql_url: str,
) -> None:
    with PostgresqlServer(postgresql_url).database() as url:
        async with two_engines(url) as engines:
            first, second = map(leadership, engines)
            assert await first.take()
            await end_session_of_holder(engines[1])

            assert await second.take()
            with pytest.raises(sa.exc.DBAPIError) as lost:
                await first.take()
            assert is_passing(lost.value)
            assert not await first.take()
            await first.give_up()
            await second.give_up()


async def test_d3_of_two_schedulers_by_mistake_exactly_one_runs_the_timetable(
    engines: tuple[AsyncEngine, AsyncEngine],
) -> None:
    first, second = map(Process, engines)
    async with AsyncExitStack() as first_one:
        await first_one.enter_async_context(first.running())
        await first.runs_again()
        async with second.running():
            await first.runs_again()
            assert (second.leading.leads, second.runs) == (False, 0)

            await first_one.aclose()
            await asyncio.sleep(0.05)  # a run that was handed to the loop by then is made
            before = first.runs
            for _ in range(3):
                await second.runs_again()
            assert first.runs == before


async def test_d3_a_scheduler_whose_session_was_ended_knows_it_and_one_leads_again(
    postgresql_url: str,
) -> None:
    with PostgresqlServer(postgresql_url).database() as url:
        migrate_now(url)
        async with two_engines(url) as engines:
            processes = [Process(engine) for engine in engines]
            with capture_logs() as logs:
                async with processes[0].running(), processes[1].running():
                    await told(logs, "timetable_leads", 1)
                    for turn in (1, 2):
                        await end_session_of_holder(engines[1])
                        await told(logs, "timetable_rests", turn)
                        await told(logs, "timetable_leads", turn + 1)
                        [leader] = [each for each in processes if each.leading.leads]
                        [other] = [each for each in processes if each is not leader]
                        before = other.runs
                        await leader.runs_again()
                        assert other.runs == before


async def told(logs: list[EventDict], event: str, times: int) -> None:
    """Wait until the log says it for the so manieth time."""
    async with asyncio.timeout(10):
        while sum(each["event"] == event for each in logs) < times:  # noqa: ASYNC110 - a list
            await asyncio.sleep(0.01)


async def test_d8_a_timetable_goes_on_when_the_clock_is_set_back(
    engines: tuple[AsyncEngine, AsyncEngine], monkeypatch: pytest.MonkeyPatch
) -> None:
    class SetBack(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) - hour

    hour, process = timedelta(hours=1), Process(engines[0])
    with capture_logs() as logs:
        async with process.running():
            await process.runs_again()
            monkeypatch.setattr(base, "datetime", SetBack)
            monkeypatch.setattr(timetable, "datetime", SetBack)
            process.set_back_by = hour
            await process.runs_again()
            await process.runs_again()

    [by] = [each["seconds"] for each in logs if each["event"] == "clock_set_back"]
    assert by == pytest.approx(3600, abs=60)
