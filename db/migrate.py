"""Migrations from code: bring a database up to this release, refuse one of a newer release."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from db.engine import check, for_reading, migrating
from db.errors import DatabaseTooNewError, DatabaseTooOldError

_SCRIPTS = Path(__file__).parent / "migrations"


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def expected() -> str:
    """Return the newest revision this release knows."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    if head is None:
        raise LookupError("this release has no migrations")
    return head


def found_revision(connection: Connection) -> str | None:
    """Return the revision the database is at, None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def refuse_newer(found: str | None) -> None:
    """Make sure that this release knows the revision.

    Raises:
        DatabaseTooNewError: it is of a newer release.
    """
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if found is not None and found not in known:
        raise DatabaseTooNewError(found, expected())


async def current(engine: AsyncEngine) -> str | None:
    """Return the revision the database is at, None for an empty one."""
    async with engine.connect() as connection:
        return await connection.run_sync(found_revision)


async def suits(engine: AsyncEngine) -> bool:
    """Tell whether this release can serve the database: it is at our revision or a newer one's.

    Migrations suit the release before them, so a process that runs bears those of the next.
    """
    async with engine.connect() as connection:
        await connection.execution_options(**for_reading(engine))
        found = await connection.run_sync(found_revision)
    return found is not None and found not in _earlier()


@cache
def _earlier() -> frozenset[str]:
    known = ScriptDirectory.from_config(_config()).walk_revisions()
    return frozenset(script.revision for script in known) - {expected()}


async def upgrade(engine: AsyncEngine, revision: str = "head") -> None:
    """Bring the database up to `revision`, in one transaction, one process at a time.

    Raises:
        DatabaseUnavailableError: the database cannot be used.
        DatabaseTooNewError: it belongs to a newer release; nothing is changed.
    """
    await check(engine)
    async with migrating(engine) as connection:
        refuse_newer(await connection.run_sync(found_revision))
        await connection.run_sync(lambda sync: upgrade_within(sync, revision))


def upgrade_within(connection: Connection, revision: str) -> None:
    """Bring the database up to `revision` in the transaction that is open."""
    command.upgrade(_config(connection), revision)


async def downgrade(engine: AsyncEngine, revision: str) -> None:
    """Take the database back to `revision` ("base" for an empty one); its later data are lost."""
    async with migrating(engine) as connection:
        await connection.run_sync(lambda sync: command.downgrade(_config(sync), revision))


async def require_current(engine: AsyncEngine) -> None:
    """Make sure that the database suits this release, changing nothing.

    Raises:
        DatabaseUnavailableError: the database cannot be used.
        DatabaseTooNewError, DatabaseTooOldError: it suits another release.
    """
    await check(engine)
    found = await current(engine)
    refuse_newer(found)
    if found != expected():
        raise DatabaseTooOldError(found, expected())
