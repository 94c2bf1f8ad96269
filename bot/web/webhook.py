"""The door that Telegram posts updates to: stored first, answered then."""

import hmac
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import structlog
from aiohttp import web

from db.faults import is_passing

log = structlog.get_logger(__name__)

PATH = "/telegram"
_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
# An update holds a message of at most 4096 characters, and what it replies to.
_LONGEST_BODY = 1024 * 1024

Receive = Callable[[Sequence[Mapping[str, Any]]], Awaitable[None]]


class WebhookDoor:
    """Lets updates in from whoever knows the secret.

    Args:
        receive: keeps updates; they are safe when it returns.

    Attributes:
        posts: how many updates were let in and kept.
    """

    def __init__(self, secret: str, receive: Receive) -> None:
        if not secret:
            raise ValueError("without a secret everybody could post updates")
        self._secret = secret.encode()
        self._receive = receive
        self.posts = 0

    def app(self) -> web.Application:
        """Return what answers requests."""
        app = web.Application(client_max_size=_LONGEST_BODY)
        app.router.add_post(PATH, self._post)
        return app

    async def _post(self, request: web.Request) -> web.Response:
        # As bytes: text that is not ASCII cannot be compared in constant time.
        given = request.headers.get(_SECRET_HEADER, "").encode(errors="surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            return web.Response(status=401)
        update = _read(await request.read())
        if update is None:
            log.warning("webhook_body_refused", length=request.content_length)
            # Not an error of ours: asked again, it would be no better.
            return web.Response(status=400)
        try:
            await self._receive([update])
        except Exception as error:
            if not is_passing(error):
                raise
            log.warning("webhook_not_stored", reason=type(error).__name__)
            return web.Response(status=503)
        self.posts += 1
        return web.Response()


def _read(body: bytes) -> Mapping[str, Any] | None:
    """Return the update; ``None`` for anything else."""
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(update, dict):
        return None
    number = update.get("update_id")
    fits = isinstance(number, int) and not isinstance(number, bool) and 0 <= number < 2**63
    return update if fits else None
