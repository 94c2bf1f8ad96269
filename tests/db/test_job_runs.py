"""A job of a slot of time is run once, by one process, whatever happens to processes and clocks."""

import asyncio
from datetime import timedelta

import pytest

from bot.services import job_runs
from bot.services.job_runs import LEASE, JobRuns
from db.database import Database
from sandbox import SandboxClock


@pytest.fixture
def runs(database: Database) -> JobRuns:
    return JobRuns(database, SandboxClock())


async def test_d3_two_schedulers_by_mistake_begin_one_run(runs: JobRuns) -> None:
    begun = await asyncio.gather(*(runs.begin("backup", "2026-03-09") for _ in range(4)))

    assert sorted(begun) == [False, False, False, True]
    assert await runs.begin("backup", "2026-03-10")


async def test_d8_a_run_that_is_done_is_not_begun_again(runs: JobRuns) -> None:
    await runs.begin("backup", "2026-03-09")
    await runs.finish("backup", "2026-03-09")

    assert not await runs.begin("backup", "2026-03-09")


async def test_a_run_that_failed_is_begun_again(runs: JobRuns) -> None:
    await runs.begin("backup", "2026-03-09")
    await runs.give_back("backup", "2026-03-09")

    assert await runs.begin("backup", "2026-03-09")


async def test_a_run_of_a_process_that_died_is_begun_again_after_its_lease(
    runs: JobRuns, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun_at = job_runs._machine_time()
    await runs.begin("backup", "2026-03-09")
    for hours, expected in ((0.9, False), (1.1, True)):
        now = begun_at + LEASE * hours + timedelta(seconds=1)
        monkeypatch.setattr(job_runs, "_machine_time", lambda now=now: now)
        assert await runs.begin("backup", "2026-03-09") is expected
