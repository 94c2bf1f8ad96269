"""The timetable of a clock that leaps."""

import asyncio
from datetime import timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.inflight import InFlight
from bot.jobs.timetable import hurry


async def test_after_a_leap_what_is_due_is_asked_for_at_once_and_its_rhythm_goes_on() -> None:
    asked = asyncio.Event()

    async def ask() -> None:
        asked.set()

    timetable = AsyncIOScheduler(timezone="UTC")
    job = timetable.add_job(ask, "interval", hours=1)
    timetable.start()
    before = job.next_run_time

    hurry(timetable)

    await asyncio.wait_for(asked.wait(), timeout=10)
    assert timedelta() <= job.next_run_time - before < timedelta(minutes=1)
    timetable.shutdown(wait=False)


async def test_the_log_calls_a_job_by_what_it_does() -> None:
    async def ask() -> None: ...

    assert InFlight().tracking(ask).__qualname__ == ask.__qualname__
