"""Runs of jobs that must happen once for a slot of time, whoever's clock says what."""

from datetime import UTC, datetime, timedelta

from bot.services.clock import Clock
from db.database import Database
from db.errors import DuplicateError
from db.models.operation import JobRun

# Of a process that died in the middle nobody hears any more; its run is begun anew after this.
LEASE = timedelta(hours=1)


class JobRuns:
    """Gives out runs by job and slot, each to one process at a time, until one has done it."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def begin(self, job: str, slot: str) -> bool:
        """Take the run; tell whether it is ours to do now."""
        now = _machine_time()
        try:
            async with self._db.transaction(effect=False) as uow:
                run = await uow.job_runs.lock(job, slot)
                if run is None:
                    await uow.job_runs.add(JobRun(job=job, slot=slot, taken_until=now + LEASE))
                    return True
                if run.done_at is not None or run.taken_until > now:
                    return False
                run.taken_until = now + LEASE
                return True
        except DuplicateError:
            return False

    async def finish(self, job: str, slot: str) -> None:
        """Note that the run is done: it is never begun again."""
        async with self._db.transaction(effect=False) as uow:
            run = await uow.job_runs.lock(job, slot)
            if run is not None:
                run.done_at = self._clock()

    async def give_back(self, job: str, slot: str) -> None:
        """Let the run be begun again soon: it has failed."""
        async with self._db.transaction(effect=False) as uow:
            run = await uow.job_runs.lock(job, slot)
            if run is not None:
                run.taken_until = _machine_time()


def _machine_time() -> datetime:
    """Return the time leases are in: that of the machines, whatever a clock is moved to."""
    return datetime.now(UTC)
