"""Every story is told on a small phone: what does not fit it fails the story."""

import pytest

from db.database import Database
from sandbox import SandboxClock
from tests.height import MOST_LINES
from tests.town import open_town


async def tell(database: Database, clock: SandboxClock, lines: int) -> None:
    async with open_town(database, clock) as town:
        phone = town.phone()
        await phone.start()
        await town.app.bot.send_message(phone.id, "\n".join("x" * lines))


async def test_a_message_of_more_lines_than_a_small_phone_shows_fails_the_story(
    database: Database, clock: SandboxClock
) -> None:
    await tell(database, clock, MOST_LINES)

    with pytest.raises(AssertionError, match="more than 12 lines"):
        await tell(database, clock, MOST_LINES + 1)
