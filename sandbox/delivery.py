"""Posting updates to the bot's webhook, those of one person in order, until it says 2xx."""

import asyncio
import logging
from collections import deque
from collections.abc import Sequence

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, TCPConnector

from sandbox.bodies import read_body
from sandbox.errors import ApiError, BrokenAnswerError, ConnectionDroppedError
from sandbox.model import Json
from sandbox.telegram import Telegram
from sandbox.updates import Pending, Webhook

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  a header's name
ANSWER_AWAITED_S = 60.0
PAUSES_S = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0)
_log = logging.getLogger(__name__)


class WebhookSender:
    """Delivers updates while a webhook is set, up to its `max_connections` at once.

    Those of one person go one after another, and one that is not accepted holds up only those
    behind it. `pauses_s` are the waits between attempts; the last one repeats.
    """

    def __init__(self, telegram: Telegram, pauses_s: Sequence[float] = PAUSES_S) -> None:
        self._tg = telegram
        self._pauses_s = pauses_s
        self._waiting: dict[int, deque[Json]] = {}

    async def run(self) -> None:
        """Deliver until cancelled."""
        updates = self._tg.updates
        timeout = ClientTimeout(total=ANSWER_AWAITED_S)
        # The webhook's own number of connections is what limits.
        async with ClientSession(connector=TCPConnector(limit=0), timeout=timeout) as client:
            while True:
                version = updates.arrivals.version
                updates.expire()
                if updates.webhook.url and updates.pending:
                    await self._deliver(client, updates.webhook)
                else:
                    await updates.arrivals.beyond(version, ANSWER_AWAITED_S)

    async def _deliver(self, client: ClientSession, webhook: Webhook) -> None:
        """Post what is pending and what comes meanwhile, until the webhook changes."""
        updates = self._tg.updates
        self._waiting = {}
        at_once = asyncio.Semaphore(webhook.max_connections)
        queued: dict[int, Pending] = {}
        async with asyncio.TaskGroup() as group:
            while updates.webhook is webhook:
                version = updates.arrivals.version
                updates.expire()
                new = [each.update for each in updates.pending if id(each) not in queued]
                # Held on to, so that no other gets the number of one that is gone.
                queued = {id(each): each for each in updates.pending}
                for update in self._tg.faults.arrange(new):
                    person = _sender_of(update)
                    if person in self._waiting:
                        self._waiting[person].append(update)
                        continue
                    self._waiting[person] = deque([update])
                    group.create_task(self._post_all(client, webhook, person, at_once))
                if not self._waiting:
                    return
                await updates.arrivals.beyond(version, ANSWER_AWAITED_S)

    async def _post_all(
        self, client: ClientSession, webhook: Webhook, person: int, at_once: asyncio.Semaphore
    ) -> None:
        """Post the person's updates, each until it is accepted or the webhook changes."""
        updates, waiting, attempt = self._tg.updates, self._waiting[person], 0
        while waiting and updates.webhook is webhook:
            async with at_once:
                if updates.webhook is not webhook:
                    break
                accepted = await self._post(client, webhook, waiting[0])
            if accepted:
                updates.confirm(waiting.popleft())
                attempt = 0
            else:
                await asyncio.sleep(self._pauses_s[min(attempt, len(self._pauses_s) - 1)])
                attempt += 1
        del self._waiting[person]
        if not self._waiting:
            updates.arrivals.bump()

    async def _post(self, client: ClientSession, webhook: Webhook, update: Json) -> bool:
        """Post one update; tell whether it was accepted."""
        headers = {SECRET_HEADER: webhook.secret_token} if webhook.secret_token else {}
        try:
            async with client.post(
                webhook.url, json=update, headers=headers, allow_redirects=False
            ) as response:
                if not response.ok or response.status >= 300:  # noqa: PLR2004  2xx is done
                    reason = f"Wrong response from the webhook: {response.status} {response.reason}"
                    return self._failed(webhook, reason)
                await self._do_what_it_answers(response)
                return True
        except (ClientError, TimeoutError, OSError) as error:
            return self._failed(webhook, f"{type(error).__name__}: {error}")

    def _failed(self, webhook: Webhook, reason: str) -> bool:
        webhook.last_error = reason
        webhook.last_error_at = self._tg.clock()
        return False

    async def _do_what_it_answers(self, response: ClientResponse) -> None:
        """Do the call that an answer may carry; its own result is told to nobody but the log."""
        try:
            params, files = await read_body(response.headers, response.content)
            method = params.pop("method", None)
            if isinstance(method, str):
                await self._tg.call(method, params, files)
        except (ApiError, BrokenAnswerError, ConnectionDroppedError) as error:
            _log.warning("the call in a webhook's answer failed: %s", error)


def _sender_of(update: Json) -> int:
    """Return the id of whoever did it, or 0."""
    for content in update.values():
        if isinstance(content, dict) and "from" in content:
            return int(content["from"]["id"])
    return 0
