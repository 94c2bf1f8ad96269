"""Delivery of notices: from a row of the outbox to a message on somebody's phone."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramForbiddenError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)

from bot import show
from bot.context import Context, House, context_for
from bot.handlers.notices import NOTICES
from bot.jobs.settling import Settling
from bot.pace import as_notice
from bot.retry import UnreadableAnswerError, is_trouble
from bot.screens import Screen
from bot.services.outbox import LEASE, Fate, Notice, Outcome
from bot.services.people import Me
from db.faults import is_passing

log = structlog.get_logger(__name__)

# Two seconds' worth of messages: enough for a slow network, few enough that words are fresh.
_AT_ONCE = 60
# A call that hangs must not hang for ever: its person's other notices wait behind it.
_LONGEST_S = 90
_RENEWED_EVERY_S = LEASE.total_seconds() / 3
_NOTED_AGAIN_S = 0.5
# A bug of ours is not mended by repeating; a night of trouble at Telegram is outlived.
LAST_ATTEMPT = 8
LAST_ATTEMPT_IN_TROUBLE = 24
_LONGEST_PAUSE = timedelta(minutes=30)


class OutboxSender:
    """Sends what is due, many at once, within the pace; each person's notices in their order.

    Args:
        observe: told kind and fate of each notice that was noted.
        pause: sleeps while something takes long.
    """

    def __init__(
        self,
        house: House,
        bot: Bot,
        *,
        observe: Callable[[str, str], None] = lambda _kind, _fate: None,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._house = house
        self._bot = bot
        self._observe = observe
        self._pause = pause
        self._at_work: dict[asyncio.Task[None], Notice] = {}
        self._settling = Settling(house.services.outbox)
        self._stopped = False
        self._paused = False
        self._held_s = 0

    def stop(self) -> None:
        """Take nothing more: what is under way ends, the rest waits for the next start."""
        self._stopped = True

    async def deliver_due(self) -> None:
        """Send everything that is due now, and what becomes due meanwhile."""
        await self._settling.catch_up()
        self._paused, self._held_s = False, 0
        async with asyncio.TaskGroup() as group:
            renewing = group.create_task(self._keep_renewing(), name="outbox renewing")
            try:
                await self._send_due()
                await self._note_rest()
            finally:
                renewing.cancel()

    async def _send_due(self) -> None:
        at_work = self._at_work
        async with asyncio.TaskGroup() as sending:
            while not (self._stopped or self._paused):
                if len(at_work) > _AT_ONCE // 2:
                    await asyncio.wait(at_work, return_when=asyncio.FIRST_COMPLETED)
                    continue
                alone = not at_work
                taken = await self._take(_AT_ONCE - len(at_work))
                for notice, me in taken:
                    task = sending.create_task(self._deliver(notice, me))
                    at_work[task] = notice
                    task.add_done_callback(at_work.pop)
                if alone and not taken:
                    return
                if at_work and not taken:
                    # A person's next notice may be taken when the one before is settled.
                    await asyncio.wait(at_work, return_when=asyncio.FIRST_COMPLETED)

    async def _keep_renewing(self) -> None:
        """Hold on to what is being sent, so that nobody else takes it."""
        while True:
            await self._pause(_RENEWED_EVERY_S)
            try:
                await self._house.services.outbox.renew(list(self._at_work.values()))
            except Exception as error:
                if not is_passing(error):
                    raise
                log.warning("outbox_not_renewed", reason=type(error).__name__)

    async def _note_rest(self) -> None:
        """Note what was sent while the database was away, before its lease is over elsewhere."""
        while self._settling.is_behind:
            try:
                await self._settling.catch_up()
            except Exception as error:
                log.warning("outbox_waits", exc_info=error)
                if not is_passing(error):
                    # Told of in full above; the next run begins with another try.
                    return
                await self._pause(_NOTED_AGAIN_S)

    async def _take(self, limit: int) -> list[tuple[Notice, Me | None]]:
        try:
            notices = await self._house.services.outbox.take(limit)
            if not notices:
                return []
            people = await self._house.services.people.get_all({each.person_id for each in notices})
        except Exception:
            # Raised inside the group, it would cut off those who are speaking.
            log.exception("outbox_unreadable")
            self._paused = True
            return []
        return [(each, people.get(each.person_id)) for each in notices]

    async def _deliver(self, notice: Notice, me: Me | None) -> None:
        known = {"notice_id": notice.id} | ({"cause": notice.cause} if notice.cause else {})
        with as_notice(urgent=notice.urgent), structlog.contextvars.bound_contextvars(**known):
            try:
                await self._send_and_settle(notice, me)
            except Exception:
                log.exception("outbox_unwritable")
                self._paused = True

    async def _send_and_settle(self, notice: Notice, me: Me | None) -> None:
        screen: Screen | None = None
        try:
            if me is None or me.telegram_id is None or me.blocked:
                outcome = Outcome(notice, Fate.FAILED, "nobody to reach")
            else:
                async with asyncio.timeout(_LONGEST_S):
                    screen = await self._put_into_words(notice, context_for(self._house, me))
                    outcome = await self._say(notice, me.telegram_id, screen)
        except (TelegramAPIError, TimeoutError) as error:
            outcome = await self._refused(notice, me, error)
        except Exception as error:
            # A bug in one notice must not hold up those behind it.
            log.exception("notice_failed", kind=notice.kind)
            outcome = _put_off(notice, type(error).__name__, LAST_ATTEMPT)
        await self._settling.settle(outcome)
        kind = notice.kind if notice.kind in NOTICES else "unknown"
        log.info("notice_settled", kind=kind, fate=outcome.fate, attempt=notice.attempt)
        self._observe(kind, outcome.fate)
        if screen is not None and outcome.message_id is not None:
            await self._note(screen, outcome.message_id)

    async def _say(self, notice: Notice, chat_id: int, screen: Screen | None) -> Outcome:
        if screen is None:
            return Outcome(notice, Fate.DROPPED, "no longer true")
        try:
            message_id = await show.put(self._bot, chat_id, screen)
        except UnreadableAnswerError:
            log.exception("answer_unreadable", kind=notice.kind)
            return Outcome(notice, Fate.SENT)
        return Outcome(notice, Fate.SENT, message_id=message_id)

    async def _refused(self, notice: Notice, me: Me | None, error: Exception) -> Outcome:
        """Return what a refusal means for the notice, and for those behind it."""
        why = type(error).__name__
        if isinstance(error, TelegramRetryAfter):
            await self._hold(error.retry_after)
            return Outcome(notice, Fate.RELEASED, why)
        if isinstance(error, TelegramUnauthorizedError):
            self.stop()
            return Outcome(notice, Fate.RELEASED, why)
        if isinstance(error, TimeoutError) or is_trouble(error):
            # Those under way will tell whether it is over; no new ones go into it.
            self._paused = True
            return _put_off(notice, why, LAST_ATTEMPT_IN_TROUBLE)
        if isinstance(error, TelegramForbiddenError) and me is not None and me.telegram_id:
            await self._house.services.people.note_blocked(me.telegram_id, blocked=True)
        log.info("notice_refused", kind=notice.kind, reason=str(error))
        return Outcome(notice, Fate.FAILED, str(error))

    async def _hold(self, seconds: int) -> None:
        """Keep everything back; the others under way meet the same refusal a moment later."""
        if self._paused and seconds <= self._held_s:
            return
        self._paused, self._held_s = True, seconds
        log.warning("telegram_holds", retry_after_s=seconds)
        await self._house.services.outbox.hold(timedelta(seconds=seconds))

    async def _note(self, screen: Screen, message_id: int) -> None:
        services = self._house.services
        if screen.card_of is not None and message_id != screen.replaces:
            await services.shifts.note_card(screen.card_of, message_id)
        if screen.digest_of is not None:
            await services.digests.note_sent(screen.digest_of, message_id)
        if screen.order_of is not None:
            await services.certificate_orders.note_shown(*screen.order_of, message_id)

    async def _put_into_words(self, notice: Notice, ctx: Context) -> Screen | None:
        words = NOTICES.get(notice.kind)
        if words is None:
            # Written by a newer release that was rolled back: nothing we could say.
            log.error("notice_unknown", kind=notice.kind)
            return None
        return await words(ctx, notice.args)


def _put_off(notice: Notice, why: str, last_attempt: int) -> Outcome:
    """Return when to try again: about twice as long with each attempt, until the last."""
    if notice.attempt >= last_attempt:
        return Outcome(notice, Fate.FAILED, why)
    spread = random.uniform(0.75, 1.25)  # noqa: S311 - so that many do not come back at once
    pause = min(timedelta(seconds=2**notice.attempt), _LONGEST_PAUSE) * spread
    return Outcome(notice, Fate.PUT_OFF, why, pause)
