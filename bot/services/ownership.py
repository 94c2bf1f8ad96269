"""Whose data these are: a database belongs to the bot that began it."""

from db.database import Database, UnitOfWork
from db.dumping import BOT_ID

# The local Telegram's bot; its number is far above every real one.
SANDBOX_BOT_ID = 4_000_000_000_000


class ForeignDataError(Exception):
    """The database belongs to another bot.

    A copy of a database started with a test bot would write to real people, or to nobody,
    in the test bot's name.
    """

    def __init__(self, owner_id: int) -> None:
        super().__init__(f"the data belong to the bot with the number {owner_id}")
        self.owner_id = owner_id


async def bind(db: Database, bot_id: int) -> None:
    """Note at the first start which bot the data belong to; later make sure that it is this one.

    Raises:
        ForeignDataError: it is another one.
    """
    async with db.transaction() as uow:
        # Processes that start together wait for each other here.
        await uow.audit.lock_head()
        owner = await owner_of(uow)
        if owner is None:
            await uow.meta.put(BOT_ID, str(bot_id))
        elif owner != str(bot_id):
            raise ForeignDataError(int(owner))


async def owner_of(uow: UnitOfWork) -> str | None:
    """Return the number of the bot the data belong to; None before its first start."""
    return await uow.meta.find(BOT_ID)
