"""Each person's updates one after another, different people's side by side."""

import asyncio
import bisect
import time
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Protocol

import structlog

from bot.intake.failures import BegunTooOftenError, End, HandlerTooSlowError, judge
from bot.intake.pace import Pace
from bot.intake.raw import kind_of, lane_of, sent_at
from bot.services.clock import Clock
from bot.services.inbox import LEASE, Arrived, InboxService, Taken
from db import receipts
from db.faults import is_full, is_passing
from db.receipts import Receipt, ReceiptLostError

log = structlog.get_logger(__name__)

# An update that was begun so often without an end takes the process down with it.
_MOST_BEGUN = 5
_TAKEN_AT_ONCE = 50
_FAILED = "failed"
# One laid aside is noted as such; the end of one that another process has is for that to write.
_SETTLED_ELSEWHERE = (_FAILED, End.ELSEWHERE.name.lower())


class Listener(Protocol):
    """Who hears what people did; any exception of theirs is met here."""

    async def hear(self, update: Mapping[str, Any]) -> None:
        """Answer an update."""

    async def resume(self, update: Mapping[str, Any], effected_at: datetime) -> None:
        """Show how things stand after an update that took effect but was not answered."""

    async def apologise(
        self, update: Mapping[str, Any], reference: str, effected_at: datetime | None
    ) -> bool:
        """Tell the person that it failed, and whether it was recorded; raises nothing.

        Returns:
            Whether there is nobody to tell any more.
        """

    async def slow_down(self, update: Mapping[str, Any]) -> None:
        """Tell the person that they send too fast for it to be read; raises nothing."""

    async def owe_answer(self, lane: int, effected_at: datetime | None) -> None:
        """Promise the person an answer that Telegram did not take."""

    async def note_blocked(self, lane: int) -> None:
        """Note that the person has blocked the bot."""

    def new_reference(self) -> str:
        """Return a number that ties what a person is told to the log."""


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
        self._clock = clock
        self._limits = limits or IntakeLimits()
        self._pause = pause
        self._observe = observe
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
                receipt = await self._handle(waiting[0])
            if receipt is not None:
                # What the next one will read may be written with the end of this one.
                await self._settle(receipt)
            waiting.popleft()
        del self._lanes[lane]
        self._note_idle()

    async def _handle(self, taken: Taken) -> Receipt | None:
        """Have the update heard until there is an end; return what is to be settled of it."""
        began = time.perf_counter()
        receipt = Receipt(
            taken.update_id,
            self._inbox.holder,
            taken.received_at,
            self._clock,
            effected_at=taken.effected_at,
        )
        kind = kind_of(taken.update)
        with structlog.contextvars.bound_contextvars(update_id=taken.update_id):
            outcome = await self._until_finished(taken, receipt)
            seconds = time.perf_counter() - began
            log.info("update_finished", kind=kind, outcome=outcome, seconds=round(seconds, 3))
        self._observe(kind, outcome, seconds)
        return None if outcome in _SETTLED_ELSEWHERE else receipt

    async def _until_finished(self, taken: Taken, receipt: Receipt) -> str:
        """Try until there is an end, and return its name."""
        attempt = 0
        while True:
            attempt += 1
            error = await self._attempt(taken, receipt, first=attempt == 1)
            if error is None:
                break
            verdict = judge(error, attempt)
            if verdict.end is End.ASIDE:
                if is_passing(error) and await self._was_no_fault_of_it(error):
                    attempt = 0
                    continue
                return await self._lay_aside(taken, receipt, error)
            if verdict.end is not End.AGAIN:
                return await self._let_go(taken, receipt, verdict.end, error)
            log.warning("update_again", attempt=attempt, reason=type(error).__name__)
            await self._pause(verdict.pause_s)
        return "done"

    async def _was_no_fault_of_it(self, error: Exception) -> bool:
        """Wait until the database can write, and tell whether it is only now back.

        The write is one that is due anyway; on a full disk a small one may still find room.
        """
        return await self._through_faults(self._inbox.renew) > 1 or is_full(error)

    async def _let_go(self, taken: Taken, receipt: Receipt, end: End, error: Exception) -> str:
        """Finish an update whose answer cannot be given here and now."""
        log.info("update_let_go", end=end.name.lower(), reason=type(error).__name__)
        if end is End.BLOCKED:
            await self._through_faults(partial(self._listener.note_blocked, taken.lane))
        if end is End.OWED:
            at = receipt.effected_at
            await self._through_faults(partial(self._listener.owe_answer, taken.lane, at))
        return end.name.lower()

    async def _attempt(self, taken: Taken, receipt: Receipt, *, first: bool) -> Exception | None:
        """Have the update heard once; return what went wrong."""
        begins = first and taken.is_taken_over
        try:
            with receipts.in_work(receipt):
                async with asyncio.timeout(self._limits.handler_s) as limit:
                    if begins or not (first and taken.is_surely_ours):
                        # What another process has done, or this one by a commit whose answer was
                        # lost, must not be refused.
                        begun = await self._inbox.hold(receipt, begins=begins)
                        if begun > _MOST_BEGUN:
                            return BegunTooOftenError()
                    if receipt.effected_at is None:
                        await self._listener.hear(taken.update)
                    else:
                        await self._listener.resume(taken.update, receipt.effected_at)
        except TimeoutError as error:
            return HandlerTooSlowError() if limit.expired() else error
        except Exception as error:  # noqa: BLE001 - judged by the caller, which logs it
            return error
        return None

    async def _lay_aside(self, taken: Taken, receipt: Receipt, error: Exception) -> str:
        reference = self._listener.new_reference()
        log.error("update_failed", reference=reference, exc_info=error)
        if not await self._still_holds(receipt):
            return End.ELSEWHERE.name.lower()
        kind = type(error).__name__
        try:
            await self._through_faults(partial(self._inbox.lay_aside, receipt, kind, reference))
        finally:
            # Last: nobody may be told that nothing was saved while another process can still do it.
            await self._apologise(taken, reference, receipt.effected_at)
        return _FAILED

    async def _still_holds(self, receipt: Receipt) -> bool:
        """Tell whether the update is ours; its receipt knows then whether it has taken effect.

        It may have been cut off in the middle of a commit that succeeded.
        """
        try:
            await self._through_faults(partial(self._inbox.hold, receipt))
        except ReceiptLostError:
            return False
        except Exception:
            # The person is to be told all the same.
            log.exception("receipt_unread", update_id=receipt.update_id)
        return True

    async def _apologise(self, taken: Taken, reference: str, effected_at: datetime | None) -> None:
        """Tell the person that it failed; what Telegram does not take now, the outbox owes them."""
        told = False
        with suppress(TimeoutError):
            async with asyncio.timeout(self._limits.handler_s):
                told = await self._listener.apologise(taken.update, reference, effected_at)
        if not told:
            owe = partial(self._listener.owe_answer, taken.lane, effected_at)
            await self._through_faults(owe)

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
            await self._through_faults(partial(self._inbox.settle, batch))
            settled.set()

    async def _keep_sweeping(self) -> None:
        """Take what nobody works on, and hold on to what is worked on here."""
        renewed = time.monotonic()
        while True:
            await asyncio.sleep(self._limits.sweep_s)
            if self._lanes and time.monotonic() - renewed > LEASE.total_seconds() / 3:
                await self._through_faults(self._inbox.renew)
                renewed = time.monotonic()
            if self._takes_over:
                await self._through_faults(self._sweep)

    async def _sweep(self) -> None:
        for taken in await self._inbox.take(_TAKEN_AT_ONCE, self._working):
            log.info("update_taken_over", update_id=taken.update_id)
            self._enter(taken)

    def _working(self) -> set[int]:
        return {*self._lanes, *self._coming}

    async def _through_faults(self, work: Callable[[], Awaitable[object]]) -> int:
        """Do the work, again and again while the database is away; any other fault is a bug.

        Returns how many tries it took.
        """
        attempt = 0
        while True:
            attempt += 1
            try:
                await work()
            except Exception as error:
                if not is_passing(error):
                    raise
                log.warning("inbox_waits", attempt=attempt, exc_info=error)
                await self._pause(min(0.2 * 2**attempt, 5.0))
            else:
                return attempt

    def _note_idle(self) -> None:
        if not (self._lanes or self._telling):
            self._idle.set()
