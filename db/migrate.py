"""Migrations from code: bring a database up to this release, refuse one of a newer release."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from db import revision
from db.engine import check, migrating

if TYPE_CHECKING:
    from alembic.config import Config

_SCRIPTS = Path(__file__).parent / "migrations"


async def upgrade(engine: AsyncEngine, to: str | None = None) -> None:
    """Bring the database up to revision `to`, the newest unless given.

    It is done in one transaction, one process at a time.

    Raises:
        DatabaseUnavailableError: the database cannot be used.
        DatabaseTooNewError: it belongs to a newer release; nothing is changed.
    """
    await check(engine)
    wanted = to or revision.expected()
    async with migrating(engine) as connection:
        found = await connection.run_sync(revision.found)
        revision.refuse_newer(found)
        if found != wanted:
            await connection.run_sync(lambda sync: upgrade_within(sync, wanted))


def upgrade_within(connection: Connection, to: str) -> None:
    """Bring the database up to revision `to` in the transaction that is open."""
    # Most starts have nothing to migrate, and Alembic is a third of the start of a short command.
    from alembic import command  # noqa: PLC0415

    command.upgrade(_config(connection), to)


async def downgrade(engine: AsyncEngine, to: str) -> None:
    """Take the database back to revision `to` ("base": to nothing); its later data are lost."""
    async with migrating(engine) as connection:
        await connection.run_sync(lambda sync: downgrade_within(sync, to))


def downgrade_within(connection: Connection, to: str) -> None:
    """Take the database back to revision `to` in the transaction that is open."""
    from alembic import command  # noqa: PLC0415 - as above

    command.downgrade(_config(connection), to)


def _config(connection: Connection) -> "Config":
    from alembic.config import Config  # noqa: PLC0415 - as above

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
