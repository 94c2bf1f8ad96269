"""The bot's processes in a soak: started, killed, and started again whenever they end."""

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from bench.soak.words import ROOT

# How long a start may take, many of them at once on a busy machine.
START_S = 300.0
_AGAIN_S = 1.0
_PATIENCE_S = 30.0
_LOOK_S = 0.2
# An image holds compiled code: nothing is compiled at each start there.
_AS_INSTALLED = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": ""}


@dataclass
class Supervised:
    """One process of the bot and what became of it; moments are Unix time.

    Attributes:
        kind: the command, ``web`` or ``scheduler``.
        killed_at: when the soak killed it.
        ended: exit codes of its other ends.
    """

    name: str
    kind: str
    environment: Mapping[str, str]
    folder: Path
    killed_at: list[float] = field(default_factory=list)
    ended: list[int] = field(default_factory=list)
    _process: asyncio.subprocess.Process | None = None
    _stopping: bool = False
    _told_to_end: asyncio.subprocess.Process | None = None

    @property
    def log(self) -> Path:
        """Where everything it says is kept."""
        return self.folder / f"{self.name}.log"

    async def run(self) -> None:
        """Keep it running until it is stopped."""
        while not self._stopping:
            with self.log.open("ab") as log:
                self._process = await asyncio.create_subprocess_exec(
                    sys.executable,
                    "-m",
                    "bot",
                    self.kind,
                    env={**os.environ, **_AS_INSTALLED, **self.environment},
                    cwd=self.folder,
                    stdout=log,
                    stderr=log,
                )
            code = await self._process.wait()
            if code != -signal.SIGKILL and self._process is not self._told_to_end:
                self.ended.append(code)
                await asyncio.sleep(_AGAIN_S)

    def kill(self) -> None:
        """Kill it as an outage does: nothing of it is told."""
        if self._process is not None and self._process.returncode is None:
            self.killed_at.append(time.time())
            self._process.kill()

    async def serving(self) -> None:
        """Wait until a web process serves.

        Raises:
            TimeoutError: it does not for long.
        """
        async with asyncio.timeout(START_S):
            while not listens(int(self.environment["WEBHOOK_PORT"])):  # noqa: ASYNC110 - a port
                await asyncio.sleep(_LOOK_S)

    async def restart(self) -> int:
        """End it in good order, to be started again at once; return its exit code."""
        return await self._end(_PATIENCE_S)

    async def stop(self, patience_s: float = _PATIENCE_S) -> None:
        """End it in good order, for good."""
        self._stopping = True
        await self._end(patience_s)

    async def _end(self, patience_s: float) -> int:
        """Ask it to end, and kill one that does not; return its exit code, 0 if it runs not."""
        process = self._process
        if process is None or process.returncode is not None:
            return 0
        self._told_to_end = process
        process.terminate()
        with suppress(TimeoutError):
            async with asyncio.timeout(patience_s):
                return await process.wait()
        process.kill()
        return await process.wait()


def listens(port: int) -> bool:
    """Tell whether somebody serves at the port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
