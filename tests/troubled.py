"""A town where something fails in the middle of every act, and stories come out the same.

`--trouble SEED` tells all stories in it (`make sweep`). Each update that comes alone meets a
trouble on its way to its effect: a process that is killed, whose work another takes over; a
statement or a commit that the database refuses for a moment; a call that does not reach Telegram.
Where on the way, the seed says. What fails after the effect is another matter: the person hears
that it is done, in other words than the story's (`test_kill_points.py`, `test_failure_sweep.py`).
"""

import random
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from sqlalchemy.exc import OperationalError

from bot.intake.raw import lane_of
from bot.services.inbox import Arrived, InboxService
from bot.state import DatabaseStorage
from db import receipts
from db.receipts import Receipt
from sandbox.model import Json
from tests.breaking import Kill, Trouble, killing, troubling
from tests.town import Town

_LONGEST_WAY = 20
_MOST_CALLS = 3


def _is_done() -> bool:
    receipt = receipts.current()
    return receipt is not None and receipt.effected_at is not None


class _EarlyKill(Kill):
    def point(self, *_: Any) -> None:
        if not _is_done():
            super().point()


class _EarlyTrouble(Trouble):
    def _meet(self, statement: str) -> None:
        if not _is_done():
            super()._meet(statement)

    def refuses_call(self) -> bool:
        return not _is_done() and super().refuses_call()


@dataclass(repr=False)
class TroubledTown(Town):
    """People whose bot meets a trouble with everything they do, and hides it."""

    seed: int = 0
    repeats: ClassVar[bool] = True

    async def receive(self, updates: list[Json]) -> None:
        """Hand the bot these updates; one that comes alone meets a trouble."""
        if len(updates) != 1:
            await super().receive(updates)
            return
        # Numbers of updates begin anew for each town, but for its own ten thousands.
        chance = random.Random(f"{self.seed} {updates[0]['update_id'] % 10_000}")  # noqa: S311
        of: Literal["kill", "statement", "call"] = chance.choice(("kill", "statement", "call"))
        if of == "kill":
            await self._killed(updates[0], _EarlyKill(chance.randint(1, _LONGEST_WAY)))
        else:
            longest = _LONGEST_WAY if of == "statement" else _MOST_CALLS
            await self._troubled(updates, _EarlyTrouble(chance.randint(1, longest), of))

    async def _killed(self, update: Json, kill: Kill) -> None:
        inbox = InboxService(self.database, self.clock, "another")
        receipt = Receipt(update["update_id"], "another", self.clock(), self.clock)
        new = False
        with killing(self.database, self.app.bot, kill):
            arrived = Arrived(update["update_id"], lane_of(update), update)
            new = bool((await inbox.store([arrived])).taken)
            with receipts.in_work(receipt):
                if new:
                    await self.feed(update)
        if new and not kill.struck:
            await inbox.settle([receipt])
            return
        storage = self.app.listening.dispatcher.storage
        if isinstance(storage, DatabaseStorage):
            await storage.close()  # the memory of the dead
        await self.house.services.inbox.release_all()
        await super().receive([update])
        await self.app.intake._sweep()
        await self.app.intake.idle()

    async def _troubled(self, updates: list[Json], trouble: Trouble) -> None:
        with troubling(self.database, self.app.bot, trouble):
            try:
                await super().receive(updates)
            except OperationalError:
                await super().receive(updates)  # Telegram hands it over again
