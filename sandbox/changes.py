"""A counter of changes that can be awaited."""

import asyncio


class Changes:
    """`version` grows with every change; `beyond` waits for a newer one."""

    def __init__(self) -> None:
        self.version = 1
        self._waiting: set[asyncio.Future[None]] = set()

    def bump(self) -> None:
        """Count a change and wake everybody who waits for one."""
        self.version += 1
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)

    async def beyond(self, version: int, timeout_s: float) -> bool:
        """Wait until `version` is behind, at most `timeout_s` real seconds; tell if it is."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout_s
        while self.version <= version:
            waiter = loop.create_future()
            self._waiting.add(waiter)
            try:
                await asyncio.wait_for(waiter, deadline - loop.time())
            except TimeoutError:
                return False
            finally:
                self._waiting.discard(waiter)
        return True
