"""What became of notices, noted together: one commit for all that are ready at that moment."""

import asyncio

from bot.services.outbox import OutboxService, Outcome


class Settling:
    """Notes outcomes without a pause between: whoever comes while one commit runs shares the next.

    So a quick sender pays fewer commits, and yet no notice that was sent waits to be noted: were
    the process killed, at most those come twice that were under way.
    """

    def __init__(self, outbox: OutboxService) -> None:
        self._outbox = outbox
        self._waiting: list[Outcome] = []
        self._turn = asyncio.Lock()

    @property
    def is_behind(self) -> bool:
        """Whether something could not be noted yet."""
        return bool(self._waiting)

    async def settle(self, outcome: Outcome) -> None:
        """Note the outcome; return when it is kept.

        Where the database fails it is kept in mind, and noted with the next ones.
        """
        self._waiting.append(outcome)
        await self.catch_up()

    async def catch_up(self) -> None:
        """Note everything that waits."""
        async with self._turn:
            together, self._waiting = self._waiting, []
            if not together:
                return
            try:
                await self._outbox.settle(together)
            except BaseException:
                self._waiting = together + self._waiting
                raise
