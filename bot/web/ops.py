"""`/healthz`, `/readyz`, `/metrics`: for machines that watch, on an address of their own."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Generic, TypeVar

from aiohttp import web
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

from bot.metrics import Metrics
from bot.services.health import HealthService

T = TypeVar("T")

# Who asks again within it gets the same answer.
FRESH_S = 1.0


class OpsPages:
    """The pages of one process. What they tell names nobody, but it is not for everybody.

    Args:
        outbox_late: how long a due notice may wait before the bot is not fit.
        fresh_s: for so many seconds an answer of the database serves everybody who asks.
    """

    def __init__(
        self,
        health: HealthService,
        metrics: Metrics,
        outbox_late: timedelta,
        *,
        fresh_s: float = FRESH_S,
    ) -> None:
        self._metrics = metrics
        self._checks = _Shared(lambda: health.checks(outbox_late), fresh_s)
        self._backlog = _Shared(health.backlog, fresh_s)

    def app(self) -> web.Application:
        """Return what answers requests."""
        app = web.Application(client_max_size=1)
        app.router.add_get("/healthz", self._health)
        app.router.add_get("/readyz", self._readiness)
        app.router.add_get("/metrics", self._figures)
        app.on_response_prepare.append(_dress)
        return app

    async def _health(self, _: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def _readiness(self, _: web.Request) -> web.Response:
        checks = await self._checks.get()
        lines = [f"{check} {'ok' if holds else 'failed'}\n" for check, holds in checks.items()]
        return web.Response(text="".join(lines), status=200 if all(checks.values()) else 503)

    async def _figures(self, _: web.Request) -> web.Response:
        backlog = await self._backlog.get()
        figures = {"komekshi_database_up": float(backlog is not None)}
        if backlog is not None:
            figures |= {
                "komekshi_outbox_due": backlog.due,
                "komekshi_outbox_later": backlog.later,
                "komekshi_outbox_oldest_seconds": backlog.oldest.total_seconds(),
                "komekshi_inbox_unfinished": backlog.unfinished,
            }
            if backlog.beat_age is not None:
                figures["komekshi_timetable_beat_seconds"] = backlog.beat_age.total_seconds()
        self._metrics.note(figures)
        return web.Response(
            body=generate_latest(self._metrics.registry),
            headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4},
        )


class _Shared(Generic[T]):
    """An answer that is asked for once at a time, however many want it."""

    def __init__(self, ask: Callable[[], Awaitable[T]], fresh_s: float) -> None:
        self._ask = ask
        self._fresh_s = fresh_s
        self._turn = asyncio.Lock()
        self._known: tuple[T, float] | None = None

    async def get(self) -> T:
        async with self._turn:
            if self._known is None or time.monotonic() - self._known[1] > self._fresh_s:
                self._known = (await self._ask(), time.monotonic())
            return self._known[0]


async def _dress(_: web.Request, response: web.StreamResponse) -> None:
    response.headers["Cache-Control"] = "no-store"
    # Which software in which version answers is nobody's business.
    response.headers.popall("Server", None)
