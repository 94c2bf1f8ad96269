"""What backup, restore and transfer share: one database for a while, and faults told plainly."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from bot.commands.refusals import told_plainly
from bot.config import Settings
from bot.services.backups import BackupError
from bot.start_error import StartError
from db.database import Database
from db.engine import create_engine


@contextmanager
def kept_plainly() -> Iterator[None]:
    """Pass on faults of files, databases and the pack as what they say.

    Raises:
        StartError: instead of them.
    """
    with told_plainly():
        try:
            yield
        except BackupError as error:
            raise StartError(str(error)) from error


@asynccontextmanager
async def database_at(url: str) -> AsyncIterator[Database]:
    """Open the database, as it is, for the time of a command."""
    db = Database(create_engine(url))
    try:
        yield db
    finally:
        await db.close()


def passphrase(settings: Settings) -> str | None:
    """Return what backups are sealed with; None leaves them open."""
    key = settings.backup.key
    return None if key is None else key.get_secret_value()
