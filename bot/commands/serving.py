"""Running the bot until it is told to stop."""

import asyncio
import signal
from collections.abc import Callable, Coroutine
from contextlib import nullcontext
from typing import Any

from bot.commands.refusals import told_plainly
from bot.config import Settings
from bot.log import watch_loop
from bot.sentry import reporting


def serve(settings: Settings, bot: Callable[[Settings], Coroutine[Any, Any, None]]) -> int:
    """Run `bot` to its end and return the exit code; Ctrl-C and SIGTERM end it in good order.

    Both cancel it, so that it lays down its work in `finally`, and both are the usual way to stop.

    Raises:
        StartError: it cannot start, for a reason the operator can mend.
    """
    dsn = settings.ops.sentry_dsn
    with reporting(dsn.get_secret_value()) if dsn else nullcontext(), told_plainly():
        asyncio.run(_until_stopped(bot(settings)))
    return 0


async def _until_stopped(bot: Coroutine[Any, Any, None]) -> None:
    loop = asyncio.get_running_loop()
    watch_loop(loop)
    running = loop.create_task(bot, name="bot")
    stopped = False

    def stop() -> None:
        nonlocal stopped
        stopped = True
        running.cancel()

    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, stop)
    try:
        await running
    except asyncio.CancelledError:
        if not stopped:
            raise
