"""Whether what people send gets through to the webhook: Telegram itself is asked."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import WebhookInfo

from db.faults import is_passing

log = structlog.get_logger(__name__)

_LOOK_EVERY_S = 60


class WebhookWatch:
    """Asks Telegram once a minute how its posts fare.

    An address that nobody answers, or a certificate that has run out, is seen by Telegram alone: we
    only hear nothing.

    Args:
        reached: told when updates reach us.
        posts: how many this process has let in so far.
    """

    def __init__(
        self, bot: Bot, *, reached: Callable[[], Awaitable[None]], posts: Callable[[], int]
    ) -> None:
        self._bot = bot
        self._reached = reached
        self._posts = posts
        self._seen = 0
        self._failed_at: datetime | None = None
        self._waiting: int | None = None

    def figures(self) -> Mapping[str, float]:
        """Return how many updates Telegram keeps for us, as it last said."""
        return {} if self._waiting is None else {"komekshi_webhook_waiting": self._waiting}

    async def run(self) -> None:
        """Look again and again, until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(_LOOK_EVERY_S)

    async def look(self) -> None:
        """Ask once, and say what is wrong."""
        try:
            told = await self._bot.get_webhook_info()
        except (TelegramAPIError, TimeoutError) as error:
            self._waiting = None
            log.warning("webhook_unknown", reason=type(error).__name__)
            return
        self._waiting = told.pending_update_count
        self._tell(told)
        came, self._seen = self._posts() > self._seen, self._posts()
        # While everybody writes there is always one on its way; then it is others that come.
        if came or (told.url and not told.pending_update_count):
            await self._note()

    def _tell(self, told: WebhookInfo) -> None:
        if not told.url:
            log.error("webhook_not_set")
        elif told.last_error_date != self._failed_at:
            self._failed_at = told.last_error_date
            log.warning(
                "webhook_failed",
                at=told.last_error_date and told.last_error_date.isoformat(),
                reason=told.last_error_message,
                waiting=told.pending_update_count,
            )

    async def _note(self) -> None:
        try:
            await self._reached()
        except Exception as error:
            if not is_passing(error):
                raise
            log.warning("presence_unnoted", reason=type(error).__name__)
