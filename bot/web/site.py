"""Serving one of our sites while the bot runs."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from bot.start_error import StartError


@asynccontextmanager
async def site(app: web.Application, host: str, port: int, setting: str) -> AsyncIterator[int]:
    """Serve it while the block runs; gives the port, which 0 leaves to the system.

    Args:
        setting: the variable that names the port, for the operator.

    Raises:
        StartError: nothing can listen there.
    """
    runner = web.AppRunner(app, access_log=None, keepalive_timeout=15)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            raise StartError(f"{setting}: {host}:{port}: {error.strerror}") from error
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()
