"""`claim`: a way in for an operator whose only admin is lost, or was mistyped."""

import asyncio
from argparse import Namespace

from bot.commands.database_refusals import database_told_plainly
from bot.config import Settings
from bot.services.clock import system_clock
from bot.services.links import CLAIM_LIFETIME, CLAIM_PREFIX, LinkService
from db.database import Database
from db.engine import create_engine
from db.revision import require_current


def main(settings: Settings, _args: Namespace) -> int:
    """Print a link that makes whoever opens it an admin.

    Raises:
        StartError: the database cannot be used.
    """
    with database_told_plainly():
        secret = asyncio.run(_offer(settings.database.url.get_secret_value()))
    minutes = CLAIM_LIFETIME.total_seconds() / 60
    payload = f"{CLAIM_PREFIX}_{secret}"
    # For the operator's eyes only: a log would be read by others too.
    print(f"Whoever opens this becomes an admin, once, within {minutes:.0f} minutes:")
    print(f"  https://t.me/NAME_OF_THE_BOT?start={payload}")
    print(f"or sends the bot this message:\n  /start {payload}")
    return 0


async def _offer(url: str) -> str:
    engine = create_engine(url)
    try:
        await require_current(engine)
        return await LinkService(Database(engine), system_clock).offer_claim()
    finally:
        await engine.dispose()
