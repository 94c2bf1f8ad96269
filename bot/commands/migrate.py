"""`migrate`: bring the database up to this release."""

import asyncio
from argparse import Namespace

from bot.commands.database_refusals import database_told_plainly
from bot.config import Settings
from db.engine import create_engine
from db.migrate import upgrade
from db.revision import current


def main(settings: Settings, _args: Namespace) -> int:
    """Migrate and print the revision reached.

    Raises:
        StartError: the database cannot be used, or belongs to a newer release.
    """
    with database_told_plainly():
        revision = asyncio.run(_migrate(settings.database.url.get_secret_value()))
    print(f"the database is at revision {revision}")
    return 0


async def _migrate(url: str) -> str | None:
    engine = create_engine(url)
    try:
        await upgrade(engine)
        return await current(engine)
    finally:
        await engine.dispose()
