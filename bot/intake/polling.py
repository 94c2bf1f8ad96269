"""Long polling: an offset is confirmed only after the updates below it are stored."""

import asyncio
import math
import random
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    TelegramConflictError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods.base import TelegramMethod

from bot.intake.lanes import Intake
from db.faults import is_passing

log = structlog.get_logger(__name__)

T = TypeVar("T")

_WAIT_S = 30
# Beyond the wait itself, for the network.
_NETWORK_S = 15
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.5, 15.0
_NOTE_EVERY_S = 60
# More in memory gains nothing: they are as safe at Telegram.
_MOST_WAITING = 1_000


class GetRawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """``getUpdates`` without reading them: one of an unknown form must not hold up the others."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    timeout: int | None = None
    allowed_updates: list[str] | None = None


class Polling:
    """Asks Telegram for updates, one process at a time.

    Args:
        reached: told now and then, after Telegram has answered.
    """

    def __init__(
        self,
        bot: Bot,
        intake: Intake,
        allowed_updates: list[str],
        *,
        reached: Callable[[], Awaitable[None]],
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._bot = bot
        self._intake = intake
        self._allowed = allowed_updates
        self._reached = reached
        self._pause = pause
        self._offset: int | None = None
        self._noted_at = -math.inf
        self._stopping = False
        self._waits: asyncio.Task[Any] | None = None

    def stop(self) -> None:
        """Let `run` end, as soon as what it has received is stored."""
        self._stopping = True
        if self._waits is not None:
            self._waits.cancel()

    async def run(self) -> None:
        """Receive until stopped."""
        try:
            await self._run()
        except asyncio.CancelledError:
            if not self._stopping:
                raise

    async def _run(self) -> None:
        failures = 0
        while not self._stopping:
            try:
                await self._receive()
                failures = 0
            except TelegramUnauthorizedError:
                # Whoever watches over the token ends all of this.
                await self._waiting(asyncio.Event().wait())
            except TelegramRetryAfter as error:
                await self._waiting(self._pause(error.retry_after))
            except (TelegramConflictError, TelegramNetworkError, TelegramServerError) as error:
                failures += 1
                log.warning("polling_waits", failures=failures, reason=type(error).__name__)
                await self._waiting(self._pause(_pause_s(failures)))
            except Exception as error:
                if not is_passing(error):
                    raise
                failures += 1
                log.warning("polling_waits", failures=failures, exc_info=error)
                await self._waiting(self._pause(_pause_s(failures)))

    async def _receive(self) -> None:
        asking = GetRawUpdates(offset=self._offset, timeout=_WAIT_S, allowed_updates=self._allowed)
        updates = await self._waiting(self._bot(asking, request_timeout=_WAIT_S + _NETWORK_S))
        await self._intake.receive(updates)
        if time.monotonic() - self._noted_at > _NOTE_EVERY_S:
            await self._reached()
            self._noted_at = time.monotonic()
        # An empty answer has confirmed all below the offset; asking on without one bears that
        # Telegram begins its numbers anew, and lower, after a quiet week.
        self._offset = max((update["update_id"] for update in updates), default=-1) + 1 or None
        while self._intake.waiting > _MOST_WAITING:
            await self._waiting(self._pause(_FIRST_PAUSE_S))

    async def _waiting(self, waiting: Awaitable[T]) -> T:
        """Wait for something that a stop may break off; storing is never broken off."""
        self._waits = asyncio.current_task()
        try:
            return await waiting
        finally:
            self._waits = None


def _pause_s(failures: int) -> float:
    # After hours of trouble the power itself would be too large for a number.
    longest = min(_FIRST_PAUSE_S * 2 ** min(failures - 1, 10), _LONGEST_PAUSE_S)
    return float(longest * random.uniform(0.5, 1.0))  # noqa: S311 - spread
