"""One update, heard until there is an end to it."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any, Protocol

import structlog

from bot.intake.failures import (
    BegunTooOftenError,
    End,
    HandlerTooSlowError,
    judge,
    through_faults,
)
from bot.intake.raw import kind_of
from bot.services.clock import Clock
from bot.services.inbox import InboxService, Taken
from db import receipts
from db.faults import is_full, is_passing
from db.receipts import Receipt, ReceiptLostError

log = structlog.get_logger(__name__)

# An update that was begun so often without an end takes the process down with it.
_MOST_BEGUN = 5
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


class Hearing:
    """Has an update heard, again where that may help, and sees to it when that has no end.

    Args:
        longest_s: seconds after which a handler is cut off.
        pause: sleeps between tries.
        observe: told kind, outcome and seconds of each update that is finished.
    """

    def __init__(
        self,
        inbox: InboxService,
        listener: Listener,
        clock: Clock,
        longest_s: float,
        *,
        pause: Callable[[float], Awaitable[None]],
        observe: Callable[[str, str, float], None],
    ) -> None:
        self._inbox = inbox
        self._listener = listener
        self._clock = clock
        self._longest_s = longest_s
        self._pause = pause
        self._observe = observe

    async def hear(self, taken: Taken) -> Receipt | None:
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
                async with asyncio.timeout(self._longest_s) as limit:
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
            async with asyncio.timeout(self._longest_s):
                told = await self._listener.apologise(taken.update, reference, effected_at)
        if not told:
            owe = partial(self._listener.owe_answer, taken.lane, effected_at)
            await self._through_faults(owe)

    async def _through_faults(self, work: Callable[[], Awaitable[object]]) -> int:
        return await through_faults(work, self._pause)
