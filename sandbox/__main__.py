"""`python -m sandbox`: the local Telegram alone, for trying any bot with it."""

import argparse
import asyncio
import contextlib
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from sandbox import store
from sandbox.clock import SandboxClock
from sandbox.server import serve
from sandbox.telegram import Telegram

TOKEN = "4000000000000:sandbox"  # noqa: S105  an invented token, good here only


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """Return the command line's choices."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8081, help="0 picks a free one")
    parser.add_argument("--token", default=TOKEN, help="the token the bot will use")
    parser.add_argument("--zone", default="Asia/Qostanay", help="the region's time zone")
    parser.add_argument("--state", type=Path, help="a file that keeps the phones over restarts")
    parser.add_argument("--any-host", action="store_true", help="serve beyond this machine")
    return parser.parse_args(given)


def telegram(chosen: argparse.Namespace) -> Telegram:
    """Return the saved Telegram, or a new one with one person in it."""
    clock = SandboxClock(chosen.zone)
    if chosen.state and chosen.state.exists():
        return store.load(chosen.state, clock)
    tg = Telegram(clock, token=chosen.token)
    tg.add_user("Aigerim", last_name="Ulgi")
    return tg


async def run(chosen: argparse.Namespace) -> None:
    """Serve until SIGINT or SIGTERM."""
    tg = telegram(chosen)
    try:
        server = await serve(tg, chosen.host, chosen.port, allow_any_host=chosen.any_host)
    except ValueError as error:
        raise ValueError(f"{error}; --any-host serves beyond this machine") from error
    sys.stdout.write(f"Phones:  {server.url}/\nBot API: {server.url}/bot{tg.token}/getMe\n")
    sys.stdout.flush()
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    try:
        if chosen.state:
            await _save_until(stopped, tg, chosen.state)
        else:
            await stopped.wait()
    finally:
        await server.close()


async def _save_until(stopped: asyncio.Event, tg: Telegram, path: Path) -> None:
    saving = asyncio.create_task(store.keep_saving(tg, path), name="saving")
    waiting = asyncio.create_task(stopped.wait(), name="waiting")
    await asyncio.wait({saving, waiting}, return_when=asyncio.FIRST_COMPLETED)
    saving.cancel()
    waiting.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await saving


if __name__ == "__main__":
    try:
        asyncio.run(run(arguments()))
    except (ValueError, OSError) as error:
        sys.exit(f"sandbox: {error}")
