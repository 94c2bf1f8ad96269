"""Jobs begun and not ended yet, so that a stop can wait for them."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any


class InFlight:
    """Counts the jobs at work."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any] | None] = set()

    def tracking(self, job: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
        """Return the job, counted while it runs."""

        @wraps(job)
        async def tracked() -> None:
            task = asyncio.current_task()
            self._tasks.add(task)
            try:
                await job()
            finally:
                self._tasks.discard(task)

        return tracked

    async def settled(self, timeout_s: float) -> None:
        """Wait until everything begun has ended, at most so long; errors are its own affair."""
        at_work = {task for task in self._tasks if task is not None}
        if at_work:
            await asyncio.wait(at_work, timeout=timeout_s)
