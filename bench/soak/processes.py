"""The bot's processes in a soak: started, killed, and started again whenever they end."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from bench.soak.words import ROOT

_AGAIN_S = 1.0
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
            if code != -signal.SIGKILL and not self._stopping:
                self.ended.append(code)
                await asyncio.sleep(_AGAIN_S)

    def kill(self) -> None:
        """Kill it as an outage does: nothing of it is told."""
        if self._process is not None and self._process.returncode is None:
            self.killed_at.append(time.time())
            self._process.kill()

    async def stop(self, patience_s: float = 30.0) -> None:
        """End it in good order."""
        self._stopping = True
        process = self._process
        if process is None or process.returncode is not None:
            return
        process.terminate()
        with suppress(TimeoutError):
            async with asyncio.timeout(patience_s):
                await process.wait()
                return
        process.kill()
        await process.wait()
