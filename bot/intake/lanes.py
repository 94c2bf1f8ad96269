"""Each person's updates one after another, different people's side by side."""

import asyncio
import bisect
import time
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

import structlog

from bot.intake.failures import through_faults
from bot.intake.hearing import Hearing, Listener
from bot.intake.pace import Pace
from bot.intake.raw import lane_of, sent_at
from bot.services.clock import Clock
from bot.services.inbox import LEASE, Arrived, InboxService, Taken
from db.faults import is_passing
from db.receipts import Receipt

log = structlog.get_logger(__name__)

_TAKEN_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class IntakeLimits:
    """How much at once.

    Attributes:
        at_once: updates of different people handled at one time.
        handler_s: seconds after which a handler is cut off.
        burst: updates one person may send at once.
        per_second: updates one person may send in the long run.
        sweep_s: seconds between looks for what nobody works on.
    """

    at_once: int = 32
    handler_s: float = 45.0
    burst: int = 40
    per_second: float = 2.0
    sweep_s: float = 0.5


class Intake:
    """Keeps updates and has them heard while `run` runs.

    Args:
        pause: sleeps between tries.
        observe: told kind, outcome and seconds of each update that is finished.
    """

    def __init__(
        self,
        inbox: InboxService,
        listener: Listener,
        clock: Clock,
        limits: IntakeLimits | None = None,
        *,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        observe: Callable[[str, str, float], None] = lambda _kind, _outcome, _seconds: None,
    ) -> None:
        self._inbox = inbox
        self._listener = listener
        self._limits = limits or IntakeLimits()
        self._pause = pause
        self._hearing = Hearing(
            inbox, listener, clock, self._limits.handler_s, pause=pause, observe=observe
        )
        self._pace = Pace(self._limits.burst, self._limits.per_second)
        self._slots = asyncio.Semaphore(self._limits.at_once)
        self._lanes: dict[int, deque[Taken]] = {}
        self._coming: Counter[int] = Counter()
        self._finished: list[Receipt] = []
        self._settled = asyncio.Event()
        self._telling = 0
        self._to_settle = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()
        self._takes_over = True
        self._group: asyncio.TaskGroup | None = None

    async def receive(self, updates: Iterable[Mapping[str, Any]]) -> None:
        """Keep the updates, which are safe when this returns, and have them heard.

        Those that are known already change nothing.

        Raises:
            KeyError, TypeError: one has no number.
        """
        arrived = [Arrived(int(each["update_id"]), lane_of(each), each) for each in updates]
        if not arrived:
            return
        coming = Counter(each.lane for each in arrived)
        # What is stored and not yet entered is no orphan to be swept up.
        self._coming += coming
        try:
            stored = await self._inbox.store(arrived, self._refuses)
        except Exception:
            # All of it comes again.
            self._pace.forget({each.lane for each in arrived})
            raise
        finally:
            self._coming -= coming
        for taken in stored.taken:
            self._enter(taken)
        for each in stored.refused:
            if self._pace.begins_to_flood(each.lane, sent_at(each.update)):
                log.warning("flood", lane=each.lane, update_id=each.update_id)
                self._telling += 1
                self._idle.clear()
                self._begin(self._tell_flood(each.update), f"flood of {each.lane}")

    def _refuses(self, arrived: Arrived) -> bool:
        return not self._pace.allows(arrived.lane, sent_at(arrived.update))

    async def _tell_flood(self, update: Mapping[str, Any]) -> None:
        await self._listener.slow_down(update)
        self._telling -= 1
        self._note_idle()

    async def run(self) -> None:
        """Hear updates until cancelled; what is unfinished then is given back.

        Raises:
            ExceptionGroup: the database failed where nobody else could be told.
        """
        try:
            async with asyncio.TaskGroup() as group:
                self._group = group
                group.create_task(self._keep_settling(), name="inbox settling")
                group.create_task(self._keep_sweeping(), name="inbox sweeping")
        finally:
            self._group = None

    async def idle(self) -> None:
        """Wait until everything taken here is finished."""
        await self._idle.wait()

    async def finish(self, timeout_s: float) -> None:
        """Take nothing over any more, and give what was taken here so long to be finished."""
        self._takes_over = False
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                await self.idle()

    async def release(self) -> None:
        """Give back what was not finished, after `run` has ended; else it is free in 15 s."""
        try:
            await self._inbox.release()
        except Exception as error:
            if not is_passing(error):
                raise
            log.warning("inbox_not_released", reason=type(error).__name__)

    @property
    def waiting(self) -> int:
        """How many updates wait here or are in work."""
        return sum(map(len, self._lanes.values()))

    def _enter(self, taken: Taken) -> None:
        self._idle.clear()
        lane = self._lanes.get(taken.lane)
        if lane is not None:
            # The first one is in work; behind it the numbers decide, whatever came first.
            bisect.insort(lane, taken, lo=1, key=lambda each: each.update_id)
            return
        self._lanes[taken.lane] = deque([taken])
        self._begin(self._work(taken.lane), f"lane {taken.lane}")

    def _begin(self, work: Coroutine[Any, Any, None], name: str) -> None:
        if self._group is None:
            work.close()
            raise RuntimeError("nobody hears updates: the intake does not run")
        self._group.create_task(work, name=name)

    async def _work(self, lane: int) -> None:
        waiting = self._lanes[lane]
        while waiting:
            async with self._slots:
                receipt = await self._hearing.hear(waiting[0])
            if receipt is not None:
                # What the next one will read may be written with the end of this one.
                await self._settle(receipt)
            waiting.popleft()
        del self._lanes[lane]
        self._note_idle()

    async def _settle(self, receipt: Receipt) -> None:
        """Wait until the end of the update is written."""
        self._finished.append(receipt)
        self._to_settle.set()
        await self._settled.wait()

    async def _keep_settling(self) -> None:
        """Mark what is answered; all that gathers during one commit goes into the next."""
        while True:
            await self._to_settle.wait()
            self._to_settle.clear()
            batch, self._finished = self._finished, []
            settled, self._settled = self._settled, asyncio.Event()
            await through_faults(partial(self._inbox.settle, batch), self._pause)
            settled.set()

    async def _keep_sweeping(self) -> None:
        """Take what nobody works on, and hold on to what is worked on here."""
        renewed = time.monotonic()
        while True:
            await asyncio.sleep(self._limits.sweep_s)
            if self._lanes and time.monotonic() - renewed > LEASE.total_seconds() / 3:
                await through_faults(self._inbox.renew, self._pause)
                renewed = time.monotonic()
            if self._takes_over:
                await through_faults(self._sweep, self._pause)

    async def _sweep(self) -> None:
        for taken in await self._inbox.take(_TAKEN_AT_ONCE, self._working):
            log.info("update_taken_over", update_id=taken.update_id)
            self._enter(taken)

    def _working(self) -> set[int]:
        return {*self._lanes, *self._coming}

    def _note_idle(self) -> None:
        if not (self._lanes or self._telling):
            self._idle.set()
