"""A bot as the operator starts it, in a process of its own, against a local Telegram over HTTP."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from bot.config import Settings, load_settings
from sandbox import SandboxClock, Server, Telegram, serve

_PATIENCE_S = 60


class Running:
    """A bot's process and what it has printed so far."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.output = ""

    async def printed(self, text: str) -> str:
        """Wait for the text and return everything printed.

        Raises:
            AssertionError: the bot ended, or a minute went by, without it.
        """
        assert self.process.stdout is not None
        try:
            async with asyncio.timeout(_PATIENCE_S):
                while text not in self.output:
                    line = (await self.process.stdout.readline()).decode()
                    assert line, f"the bot ended without {text!r}:\n{self.output}"
                    self.output += line
        except TimeoutError:
            raise AssertionError(f"no {text!r} within a minute:\n{self.output}") from None
        return self.output

    async def ended(self) -> int:
        """Wait for the end and return the exit code."""
        assert self.process.stdout is not None
        async with asyncio.timeout(_PATIENCE_S):
            self.output += (await self.process.stdout.read()).decode()
            return await self.process.wait()


StartBot = Callable[[], AbstractAsyncContextManager[Running]]
ReadSettings = Callable[..., Settings]


async def answered(telegram: Telegram, user_id: int, count: int) -> list[str]:
    """Wait for the bot's messages and return their texts."""
    async with asyncio.timeout(30):
        while True:
            texts = [m["text"] for m in telegram.chat(user_id).messages if not m["out"]]
            if len(texts) >= count:
                return texts
            await asyncio.sleep(0.05)


@pytest.fixture
def telegram() -> Telegram:
    """A local Telegram for a bot with a number that is not the sandbox's own."""
    return Telegram(SandboxClock(), token="7000000001:" + "invented" * 5, bot_username="real_bot")


@pytest.fixture
async def server(telegram: Telegram) -> AsyncIterator[Server]:
    """Its HTTP door."""
    server = await serve(telegram, port=0)
    yield server
    await server.close()


@pytest.fixture
def environment(server: Server, telegram: Telegram, database_url: str) -> dict[str, str]:
    """What the operator has set."""
    return {
        "BOT_TOKEN": telegram.token,
        "TELEGRAM_API_URL": server.url,
        "DATABASE_URL": database_url,
        "REDIS_URL": "",
    }


@pytest.fixture
def read_settings(environment: dict[str, str], tmp_path: Path) -> ReadSettings:
    """Read the settings, some of them changed: `read_settings(FIRST_ADMIN_ID="7")`."""
    return lambda **changed: load_settings(tmp_path / ".env", {**environment, **changed})


@pytest.fixture
def start_bot(environment: dict[str, str]) -> StartBot:
    """Start `python -m bot run` in a process of its own: `async with start_bot() as running`."""

    @asynccontextmanager
    async def start() -> AsyncIterator[Running]:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            "run",
            env={**os.environ, **environment, "PYTHONUNBUFFERED": "1"},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        running = Running(process)
        try:
            yield running
        finally:
            if process.returncode is None:
                process.terminate()
            await running.ended()
            process._transport.close()  # type: ignore[attr-defined]

    return start
