"""Keeping the timetable in one of several processes, with a hand-over when that one is gone."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.jobs.timetable import hurry
from bot.services.heartbeat import Heartbeat
from db.faults import is_passing
from db.leadership import Leadership

log = structlog.get_logger(__name__)

_LOOK_EVERY_S = 5.0


class Leading:
    """Runs the timetable while this process holds the lock, and leaves a heartbeat meanwhile."""

    def __init__(
        self,
        lock: Leadership,
        timetable: AsyncIOScheduler,
        heartbeat: Heartbeat,
        *,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._lock = lock
        self._timetable = timetable
        self._heartbeat = heartbeat
        self._pause = pause
        self.leads = False

    async def run(self) -> None:
        """Lead whenever nobody else does, until cancelled."""
        self._timetable.start(paused=True)
        while True:
            await self._look()
            await self._pause(_LOOK_EVERY_S)

    async def stop(self) -> None:
        """Start no job any more and let another process lead."""
        if self._timetable.running:
            self._timetable.pause()
        self.leads = False
        await self._lock.give_up()

    def hurry(self) -> None:
        """Run every job now, as when the clock has leapt."""
        if self.leads:
            hurry(self._timetable)

    def shut_down(self) -> None:
        """End the timetable; a job that still runs is cancelled."""
        if self._timetable.running:
            self._timetable.shutdown(wait=False)

    async def _look(self) -> None:
        try:
            self._turn(leads=await self._lock.take())
            if self.leads and await self._heartbeat.beat():
                # Its own moments are by the old clock too: nothing would run until they come.
                hurry(self._timetable)
        except Exception as error:
            # Without the database nobody knows who leads: it is not this process then.
            self._turn(leads=False)
            if not is_passing(error):
                raise
            log.warning("leadership_unknown", reason=type(error).__name__)

    def _turn(self, *, leads: bool) -> None:
        if leads == self.leads:
            return
        self.leads = leads
        log.info("timetable_leads" if leads else "timetable_rests")
        if leads:
            self._timetable.resume()
        else:
            self._timetable.pause()
