"""`backup`: the whole database into one file, while the bot runs."""

import asyncio
from argparse import Namespace
from datetime import UTC
from pathlib import Path

from bot.commands.keeping import database_at, kept_plainly, passphrase
from bot.config import Settings
from bot.services.backups import Backup, back_up
from bot.services.clock import system_clock
from bot.services.scheduled_backups import file_name


def main(settings: Settings, args: Namespace) -> int:
    """Make the file and print where it is and what it holds.

    Raises:
        StartError: the database cannot be read, or the file cannot be written.
    """
    now = system_clock()
    key = passphrase(settings)
    moment = now.astimezone(UTC).strftime("%Y-%m-%d_%H%M%S")
    path = args.file or settings.backup.dir / file_name(
        f"komekshi-{moment}", sealed=key is not None
    )
    url = settings.database.url.get_secret_value()

    async def work() -> Backup:
        async with database_at(url) as db:
            return await back_up(db, Path(path), passphrase=key, now=now)

    with kept_plainly():
        made = asyncio.run(work())
    sealed = "sealed" if key is not None else "not sealed: anybody who has it can read it"
    print(f"{made.path}: {made.rows} rows of {made.tables} tables, {made.size} bytes, {sealed}")
    return 0
