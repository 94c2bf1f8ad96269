"""What is done to the bot while people ask: kills, restarts, a flush, an outage, a storm."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Final

import sqlalchemy as sa
from redis.asyncio import Redis

from bench.soak.city_process import CityProcess
from bench.soak.logs import leadings
from bench.soak.people import Soul
from bench.soak.plan import Broadcast, Outcome, Plan, Restart
from bench.soak.processes import Supervised
from bench.soak.settling import count_waiting, tell_everybody
from bench.soak.ways import Gate
from db.database import Database

# Of the usual rate: so that a broadcast has most of Telegram's limit for itself.
_QUIET: Final = 0.2
_LOOK_S: Final = 0.5
# How long everybody feels a fault of something all share.
_AFTER_S: Final = 10.0


class Faults:
    """Hurts the bot for as long as the plan says, and notes it in the outcome."""

    def __init__(
        self,
        plan: Plan,
        outcome: Outcome,
        *,
        bots: Sequence[Supervised],
        city: CityProcess,
        gate: Gate,
        database: Database,
        souls: Sequence[Soul],
    ) -> None:
        self._plan = plan
        self._outcome = outcome
        self._bots = bots
        self._city = city
        self._gate = gate
        self._database = database
        self._souls = souls
        self._rng = random.Random(plan.seed)  # noqa: S311 - the same seed, the same kills
        self._calm = False
        self._began = 0.0

    async def run(self) -> None:
        """Have people act, and all faults happen meanwhile."""
        self._began = time.time()
        await self._city.wish("act", self._plan.per_s)
        killing = asyncio.create_task(self._keep_killing(), name="killing")
        try:
            await self._until(0.10)
            await self._flush_redis()
            await self._until(0.16)
            await self._cut_sessions()
            await self._until(0.22)
            # Before the storm, after which the bot speaks more slowly for minutes.
            await self._broadcast(calm=True)
            await self._until(0.42)
            await self._broadcast(calm=False)
            await self._until(0.60)
            await self._restart_in_turn()
            await self._until(0.68)
            await self._storm()
            await self._until(0.76)
            await self._shut_database()
            await self._until(1.0)
        finally:
            killing.cancel()
            await asyncio.wait([killing])

    async def _until(self, share: float) -> None:
        await asyncio.sleep(max(0.0, self._began + share * self._plan.seconds - time.time()))

    async def _keep_killing(self) -> None:
        mortal = [each for each in self._bots if each.kind in self._plan.killed]
        while True:
            await asyncio.sleep(self._plan.kill_every_s)
            if not self._calm:
                self._kill(self._rng.choice(mortal))

    def _kill(self, bot: Supervised) -> None:
        bot.kill()
        self._outcome.kills.append((time.time(), bot.name))

    async def _flush_redis(self) -> None:
        async with Redis.from_url(self._plan.redis_url) as redis:
            await redis.flushdb()

    async def _cut_sessions(self) -> None:
        """End every session of the bot at the server, as its restart does."""
        cut = sa.text(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        async with self._shaking(), self._database.transaction() as uow:
            await uow.session.execute(cut)

    async def _restart_in_turn(self) -> None:
        """End each web process in good order and start it again, as a new release is brought out.

        Nothing is killed meanwhile: there is always one that serves.
        """
        self._calm = True
        webs = [each for each in self._bots if each.kind == "web"]
        for each in webs:
            await each.serving()
        for each in webs:
            began = time.time()
            code = await each.restart()
            ended = time.time()
            await each.serving()
            self._outcome.restarts.append(Restart(each.name, code, began, ended, time.time()))
        self._calm = False

    async def _shut_database(self) -> None:
        """Let nobody reach the database for a while."""
        async with self._shaking():
            await self._gate.shut()
            await asyncio.sleep(self._plan.outage_s)
            await self._gate.open()

    async def _storm(self) -> None:
        async with self._shaking():
            await self._city.wish("storm", self._plan.storm_s)

    @asynccontextmanager
    async def _shaking(self) -> AsyncIterator[None]:
        began = time.time()
        yield
        self._outcome.shaken.append((began, time.time() + _AFTER_S))

    async def _broadcast(self, *, calm: bool) -> None:
        """Tell everybody something, and wait until all are told; one that is not calm is hurt."""
        self._calm = calm
        await self._city.wish("act", max(1.0, self._plan.per_s * _QUIET))
        began = time.time()
        await tell_everybody(self._database, self._souls)
        if not calm and "scheduler" in self._plan.killed:
            await self._told(len(self._souls) // 3)
            self._kill(self._leader())
        await self._told(len(self._souls))
        self._outcome.broadcasts.append(Broadcast(began, time.time(), calm))
        await self._city.wish("act", self._plan.per_s)
        self._calm = False

    async def _told(self, count: int) -> None:
        """Wait until so many of the notices are settled."""
        left = len(self._souls) - count
        while True:
            if await count_waiting(self._database) <= left:
                return
            await asyncio.sleep(_LOOK_S)

    def _leader(self) -> Supervised:
        latest = leadings(self._outcome.logs)[-1]
        return next(each for each in self._bots if each.name == latest.name)
